package io.sally.engine.planner;

import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * Reads DATE, TIME and TIMESTAMP literals by the Gregorian calendar for all years, as ISO 8601,
 * PostgreSQL and java.time do. Calcite reads them with java.util's calendar, which is the Julian
 * one before 1582: there 1400-02-29 is a day and 1582-10-10 is none. A literal with a time zone is
 * the moment it names, as in PostgreSQL; without one at its end it is in UTC.
 */
final class DateTimeLiterals extends SqlShuttle {
  private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d+))?)?");
  private static final Pattern TIMESTAMP =
      Pattern.compile("(" + DATE.pattern() + ")(?:[ T](" + TIME.pattern() + "))?");

  private static final Pattern INSTANT =
      Pattern.compile("(" + TIMESTAMP.pattern() + ")\\s*([A-Za-z+-][\\w+:/-]*)?");
  private static final int ZONE = 11;

  private static final Pattern FINER_THAN_MILLIS = Pattern.compile("\\.\\d{3}\\d*[1-9]");
  private static final Pattern COUNTING =
      Pattern.compile(
          "INTERVAL|DATEADD|DATEDIFF|(?:TIME|DATE|DATETIME|TIMESTAMP)_?(?:ADD|SUB|DIFF)");

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private DateTimeLiterals() {}

  /**
   * The statement with its literals read.
   *
   * @throws SQLException with SQLState 22007 when one is no date or time, 0A000 when it has more
   *     digits of a second than can be kept
   */
  static SqlNode in(SqlNode statement) throws SQLException {
    try {
      SqlNode read = statement.accept(new DateTimeLiterals());
      return read == null ? statement : read;
    } catch (Refusal e) {
      throw e.reason();
    }
  }

  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    if (literal instanceof SqlIntervalLiteral interval) {
      refuseFinerInterval(interval);
    } else if (literal instanceof SqlUnknownLiteral unread) {
      SqlLiteral read =
          read(
              unread.tag.toUpperCase(Locale.ROOT),
              unread.getValue().strip(),
              unread.getParserPosition());
      return read == null ? literal : read;
    } else if (literal instanceof SqlCharStringLiteral text) {
      // U&'…' comes in a character set of its own, which could be compared with no other text.
      NlsString value = text.getValueAs(NlsString.class);
      return value.getCharset() == null
          ? literal
          : SqlLiteral.createCharString(value.getValue(), literal.getParserPosition());
    }
    return literal;
  }

  /** Intervals count whole milliseconds: what is finer would be cut off without a word. */
  private static void refuseFinerInterval(SqlIntervalLiteral interval) {
    SqlIntervalLiteral.IntervalValue value =
        interval.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    if (FINER_THAN_MILLIS.matcher(value.getIntervalLiteral()).find()) {
      throw finerInterval("An interval", interval.getParserPosition());
    }
  }

  private static Refusal finerInterval(String what, SqlParserPos position) {
    return new Refusal(
        SqlErrors.notSupported(
            what
                + at(position)
                + " counts no less than milliseconds. EXTRACT(MICROSECOND FROM …) and comparisons"
                + " of timestamps see microseconds."));
  }

  /** Calcite counts these in milliseconds too, and calls the result microseconds. */
  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (COUNTING.matcher(name).matches()) {
      for (SqlNode operand : call.getOperandList()) {
        if (operand instanceof SqlIntervalQualifier unit && finer(unit)) {
          throw finerInterval(name, call.getParserPosition());
        }
      }
    }
    return super.visit(call);
  }

  private static boolean finer(SqlIntervalQualifier qualifier) {
    TimeUnit unit = qualifier.getUnit();
    return unit == TimeUnit.MICROSECOND || unit == TimeUnit.NANOSECOND;
  }

  /**
   * One literal of this type, or null where the type is none of these.
   *
   * @throws Refusal when the text is no such date or time
   */
  static @Nullable SqlLiteral read(String type, String text, SqlParserPos position) {
    try {
      switch (type) {
        case "DATE" -> {
          Matcher date = matching(DATE, text);
          return SqlLiteral.createDate(new DateString(date(date).toString()), position);
        }
        case "TIME" -> {
          Matcher time = matching(TIME, text);
          String fraction = fraction(time.group(4), SallyTypeSystem.TIME_DIGITS);
          TimeString value = new TimeString(time(time, 1)).withFraction(fraction);
          return SqlLiteral.createTime(value, fraction.length(), position);
        }
        case "TIMESTAMP" -> {
          return timestamp(SqlTypeName.TIMESTAMP, text, ZoneOffset.UTC, position);
        }
        case "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE" -> {
          Matcher instant = matching(INSTANT, text);
          String zone = instant.group(ZONE);
          return timestamp(
              SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
              instant.group(1),
              zone == null ? ZoneOffset.UTC : ZoneId.of(zone),
              position);
        }
        default -> {
          return null;
        }
      }
    } catch (DateTimeException e) {
      throw new Refusal(
          SqlErrors.data(
              "'" + text + "' is no " + type + at(position) + ". Write it like " + example(type),
              "22007",
              e));
    } catch (TooFine e) {
      throw new Refusal(
          SqlErrors.notSupported(
              "'"
                  + text
                  + "'"
                  + at(position)
                  + " has more digits of a second than the "
                  + e.kept
                  + " that are kept. Leave the others out."));
    }
  }

  /** What the clocks of a zone show, as what they show in UTC. */
  private static SqlLiteral timestamp(
      SqlTypeName type, String text, ZoneId zone, SqlParserPos position) {
    Matcher timestamp = matching(TIMESTAMP, text);
    LocalDateTime wall =
        LocalDateTime.of(
            date(matching(DATE, timestamp.group(1))),
            timestamp.group(5) == null ? LocalTime.MIDNIGHT : LocalTime.parse(time(timestamp, 6)));
    LocalDateTime utc = wall.atZone(zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
    if (utc.getYear() < 1 || utc.getYear() > 9999) {
      throw new DateTimeException("the year is not within 1 to 9999");
    }
    String fraction = fraction(timestamp.group(9), Microseconds.DIGITS);
    TimestampString value =
        new TimestampString(utc.toLocalDate() + " " + SECONDS.format(utc)).withFraction(fraction);
    return SqlLiteral.createTimestamp(type, value, fraction.length(), position);
  }

  private static Matcher matching(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new DateTimeException(text);
    }
    return matcher;
  }

  private static LocalDate date(Matcher date) {
    LocalDate day = LocalDate.of(number(date, 1), number(date, 2), number(date, 3));
    if (day.getYear() == 0) {
      throw new DateTimeException("there is no year 0");
    }
    return day;
  }

  private static String time(Matcher time, int first) {
    int second = time.group(first + 2) == null ? 0 : number(time, first + 2);
    LocalTime read = LocalTime.of(number(time, first), number(time, first + 1), second);
    return "%02d:%02d:%02d".formatted(read.getHour(), read.getMinute(), read.getSecond());
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static String fraction(@Nullable String digits, int kept) {
    if (digits == null) {
      return "";
    } else if (digits.length() <= kept) {
      return digits;
    }
    if (!digits.substring(kept).matches("0*")) {
      throw new TooFine(kept);
    }
    return digits.substring(0, kept);
  }

  private static String at(SqlParserPos position) {
    return " (line " + position.getLineNum() + ", column " + position.getColumnNum() + ")";
  }

  private static String example(String type) {
    return switch (type) {
      case "DATE" -> "DATE '2026-03-01'.";
      case "TIME" -> "TIME '08:15:00'.";
      case "TIMESTAMP" -> "TIMESTAMP '2026-03-01 08:15:00'.";
      default -> type + " '2026-03-01 08:15:00+01:00' or with the name of a zone at its end.";
    };
  }

  private static final class TooFine extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int kept;

    TooFine(int kept) {
      this.kept = kept;
    }
  }
}
