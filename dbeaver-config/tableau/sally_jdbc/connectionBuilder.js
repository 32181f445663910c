(function dsbuilder(attr) {
  return ["jdbc:sally:" + attr[connectionHelper.attributeServer]];
})
