package io.sally.ask.normalise;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.statement.create.table.ColDataType;

/** The patterns by which the dialects write dates, as TO_CHAR's. */
final class Formats {
  /** MySQL's DATE_FORMAT and STR_TO_DATE. */
  static final Map<Character, String> MYSQL =
      Map.ofEntries(
          Map.entry('Y', "YYYY"),
          Map.entry('y', "YY"),
          Map.entry('m', "MM"),
          Map.entry('c', "FMMM"),
          Map.entry('M', "FMMonth"),
          Map.entry('b', "Mon"),
          Map.entry('d', "DD"),
          Map.entry('e', "FMDD"),
          Map.entry('a', "Dy"),
          Map.entry('W', "FMDay"),
          Map.entry('j', "DDD"),
          Map.entry('H', "HH24"),
          Map.entry('h', "HH12"),
          Map.entry('I', "HH12"),
          Map.entry('i', "MI"),
          Map.entry('s', "SS"),
          Map.entry('S', "SS"),
          Map.entry('p', "AM"),
          Map.entry('v', "IW"),
          Map.entry('x', "IYYY"),
          Map.entry('T', "HH24:MI:SS"));

  /** SQLite's strftime and BigQuery's FORMAT_DATE. */
  static final Map<Character, String> STRFTIME =
      Map.ofEntries(
          Map.entry('Y', "YYYY"),
          Map.entry('y', "YY"),
          Map.entry('m', "MM"),
          Map.entry('B', "FMMonth"),
          Map.entry('b', "Mon"),
          Map.entry('h', "Mon"),
          Map.entry('d', "DD"),
          Map.entry('e', "FMDD"),
          Map.entry('a', "Dy"),
          Map.entry('A', "FMDay"),
          Map.entry('j', "DDD"),
          Map.entry('H', "HH24"),
          Map.entry('I', "HH12"),
          Map.entry('M', "MI"),
          Map.entry('S', "SS"),
          Map.entry('p', "AM"),
          Map.entry('Q', "Q"),
          Map.entry('u', "ID"),
          Map.entry('V', "IW"),
          Map.entry('G', "IYYY"),
          Map.entry('F', "YYYY-MM-DD"),
          Map.entry('R', "HH24:MI"),
          Map.entry('T', "HH24:MI:SS"));

  /** The elements of TO_CHAR whose case does not matter, the longer first. */
  private static final List<String> NUMERALS =
      List.of(
          "YYYY", "IYYY", "HH24", "HH12", "DDD", "YY", "MM", "DD", "MI", "SS", "HH", "IW", "WW",
          "ID", "FM", "Q", "D");

  /** Those whose case is the case of what they write. */
  private static final List<String> WORDS =
      List.of(
          "Month", "MONTH", "month", "Mon", "MON", "mon", "Day", "DAY", "day", "Dy", "DY", "dy",
          "AM", "PM", "am", "pm");

  private Formats() {}

  /** A pattern of percent signs as TO_CHAR's. */
  static String ofPercents(String pattern, Map<Character, String> meaning) throws SQLException {
    StringBuilder format = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '%' && i + 1 < pattern.length()) {
        char code = pattern.charAt(++i);
        String element = code == '%' ? "%" : meaning.get(code);
        if (element == null) {
          throw SelectWriter.refused("%" + code + " in the format '" + pattern + "'");
        }
        format.append(element);
      } else {
        literal(format, c);
      }
    }
    return format.toString();
  }

  /** .NET's pattern, as T-SQL's FORMAT takes it, as TO_CHAR's. */
  static String ofDotNet(String pattern) throws SQLException {
    StringBuilder format = new StringBuilder();
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      int end = i;
      while (end < pattern.length() && pattern.charAt(end) == c) {
        end++;
      }
      String run = pattern.substring(i, end);
      String element =
          switch (run) {
            case "yyyy" -> "YYYY";
            case "yy" -> "YY";
            case "MMMM" -> "FMMonth";
            case "MMM" -> "Mon";
            case "MM" -> "MM";
            case "M" -> "FMMM";
            case "dddd" -> "FMDay";
            case "ddd" -> "Dy";
            case "dd" -> "DD";
            case "d" -> "FMDD";
            case "HH" -> "HH24";
            case "hh" -> "HH12";
            case "mm" -> "MI";
            case "ss" -> "SS";
            case "tt" -> "AM";
            default -> null;
          };
      if (element != null) {
        format.append(element);
      } else if (Character.isLetter(c)) {
        throw SelectWriter.refused(run + " in the format '" + pattern + "'");
      } else {
        run.chars().forEach(letter -> literal(format, (char) letter));
      }
      i = end;
    }
    return format.toString();
  }

  private static void literal(StringBuilder format, char c) {
    if (Character.isLetter(c)) {
      format.append('"').append(c).append('"');
    } else {
      format.append(c);
    }
  }

  /** A pattern of PostgreSQL's and Oracle's TO_CHAR, when all of it is known. */
  static String ofToChar(String pattern) throws SQLException {
    StringBuilder format = new StringBuilder();
    String rest = pattern;
    while (!rest.isEmpty()) {
      String left = rest;
      Optional<String> word = WORDS.stream().filter(left::startsWith).findFirst();
      Optional<String> numeral =
          NUMERALS.stream().filter(n -> left.regionMatches(true, 0, n, 0, n.length())).findFirst();
      String taken;
      if (word.isPresent()) {
        taken = word.get();
        format.append(taken);
      } else if (numeral.isPresent()) {
        taken = numeral.get();
        format.append(taken);
      } else if (rest.startsWith("\"") && rest.indexOf('"', 1) > 0) {
        taken = rest.substring(0, rest.indexOf('"', 1) + 1);
        format.append(taken);
      } else if (Character.isLetterOrDigit(rest.charAt(0))) {
        throw SelectWriter.refused("'" + rest + "' in the format '" + pattern + "'");
      } else {
        taken = rest.substring(0, 1);
        format.append(taken);
      }
      rest = rest.substring(taken.length());
    }
    return format.toString();
  }

  /** The styles of T-SQL's CONVERT. */
  static Written styled(String style, Written value, ColDataType type, Dates dates, Expression e)
      throws SQLException {
    String format =
        switch (style) {
          case "23" -> "YYYY-MM-DD";
          case "101" -> "MM/DD/YYYY";
          case "103" -> "DD/MM/YYYY";
          case "104" -> "DD.MM.YYYY";
          case "105" -> "DD-MM-YYYY";
          case "108" -> "HH24:MI:SS";
          case "111" -> "YYYY/MM/DD";
          case "112" -> "YYYYMMDD";
          case "120" -> "YYYY-MM-DD HH24:MI:SS";
          default -> throw SelectWriter.refused("the style " + style + " of CONVERT");
        };
    String text = toChar(dates.timestamp(value).sql(), format);
    Matcher size = Pattern.compile("\\(\\s*(\\d+)\\s*\\)").matcher(type.toString());
    return ExpressionWriter.call(
        size.find() ? "CAST(" + text + " AS VARCHAR(" + size.group(1) + "))" : text, Kind.TEXT, e);
  }

  /**
   * What stands between double quotes is written by itself, since Calcite writes the quotes too.
   */
  static String toChar(String timestamp, String format) {
    if (format.indexOf('"') < 0) {
      return "TO_CHAR(" + timestamp + ", " + Names.text(format) + ")";
    }
    List<String> parts = new ArrayList<>();
    // Quoted pieces side by side are one.
    String[] pieces = format.replace("\"\"", "").split("\"", -1);
    for (int i = 0; i < pieces.length; i++) {
      if (!pieces[i].isEmpty()) {
        parts.add(
            i % 2 == 1
                ? Names.text(pieces[i])
                : "TO_CHAR(" + timestamp + ", " + Names.text(pieces[i]) + ")");
      }
    }
    return "(" + String.join(" || ", parts) + ")";
  }
}
