package io.sally.driver.statement;

/** A place in a statement's text as people count: from 1, in lines and in characters of a line. */
record Place(int line, int column) {
  /**
   * The place of an offset in the text. A line ends with {@code \n}, {@code \r} or {@code \r\n}.
   */
  static Place of(String sql, int offset) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < offset; i++) {
      char c = sql.charAt(i);
      boolean firstOfTwo = c == '\r' && i + 1 < sql.length() && sql.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !firstOfTwo)) {
        line++;
        lineStart = i + 1;
      }
    }
    return new Place(line, sql.codePointCount(lineStart, offset) + 1);
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
