package io.sally.engine.planner;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;

/** Texts are Unicode: Calcite's default is ISO-8859-1, which refuses a literal such as 'Łódź'. */
final class SallyTypeFactory extends JavaTypeFactoryImpl {
  SallyTypeFactory() {
    super(new SallyTypeSystem());
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }
}
