package io.sally.ask.normalise;

/** Names as the dialects quote them. */
final class Names {
  private Names() {}

  /** The bare name. */
  static String bare(String written) {
    String name = written.strip();
    if (name.length() >= 2) {
      char first = name.charAt(0);
      char last = name.charAt(name.length() - 1);
      String inner = name.substring(1, name.length() - 1);
      if (first == '"' && last == '"') {
        return inner.replace("\"\"", "\"");
      } else if (first == '`' && last == '`') {
        return inner.replace("``", "`");
      } else if (first == '[' && last == ']') {
        return inner.replace("]]", "]");
      } else if (first == '\'' && last == '\'') {
        return inner.replace("''", "'");
      }
    }
    return name;
  }

  /** The bare name as Calcite quotes it. */
  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** A text literal. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
