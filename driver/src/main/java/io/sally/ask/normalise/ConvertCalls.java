package io.sally.ask.normalise;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MySQL's CONVERT(x, type), which the parser takes for T-SQL's CONVERT(type, x). */
final class ConvertCalls {
  private static final Pattern START =
      Pattern.compile("\\bCONVERT\\s*\\(", Pattern.CASE_INSENSITIVE);
  private static final Pattern TYPE =
      Pattern.compile(
          "\\s*(?:(?:UN)?SIGNED(?:\\s+INTEGER)?|DECIMAL|CHAR|DATE|DATETIME|TIME|DOUBLE|FLOAT)\\s*(?:\\([\\d\\s,]+\\))?\\s*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern USING = Pattern.compile("(?is)(.*)\\sUSING\\s+\\w+\\s*");
  private static final Pattern TSQL_TYPE =
      Pattern.compile(
          "(?i)\\s*(?:N?VARCHAR|N?CHAR|INT|BIGINT|DATE|DATETIME2?|DECIMAL|NUMERIC|FLOAT|BIT|TIME)\\s*(?:\\(.*\\))?\\s*");

  private ConvertCalls() {}

  /** The text with each such call as a CAST. */
  static String asCasts(String sql) {
    String text = sql;
    Matcher start = START.matcher(text);
    int from = 0;
    while (start.find(from)) {
      from = start.end();
      int comma = -1;
      int end = from;
      int depth = 1;
      boolean quoted = false;
      for (; end < text.length() && depth > 0; end++) {
        char c = text.charAt(end);
        quoted ^= c == '\'';
        if (!quoted) {
          depth += c == '(' ? 1 : c == ')' ? -1 : 0;
          comma = c == ',' && depth == 1 ? end : comma;
        }
      }
      if (depth > 0) {
        return text;
      }
      String inside = text.substring(from, end - 1);
      Matcher using = USING.matcher(inside);
      String cast = null;
      if (comma > 0
          && TYPE.matcher(text.substring(comma + 1, end - 1)).matches()
          && !TSQL_TYPE.matcher(text.substring(from, comma)).matches()) {
        cast =
            "CAST("
                + text.substring(from, comma)
                + " AS "
                + text.substring(comma + 1, end - 1).strip()
                + ")";
      } else if (comma < 0 && using.matches()) {
        // Another character set changes no character.
        cast = "(" + using.group(1) + ")";
      }
      if (cast != null) {
        text = text.substring(0, start.start()) + cast + text.substring(end);
        from = start.start();
        start = START.matcher(text);
      }
    }
    return text;
  }
}
