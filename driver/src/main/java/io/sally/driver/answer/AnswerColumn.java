package io.sally.driver.answer;

import io.sally.driver.value.Texts;
import io.sally.engine.ResultColumn;
import java.time.temporal.Temporal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column of an answer and what its values are good for. Immutable.
 *
 * @param index zero-based
 * @param label the name under which the answer shows it
 * @param distinct how many different values there are, null being none
 * @param missing how many rows have null
 */
public record AnswerColumn(int index, String label, Role role, int distinct, int missing) {
  /** What a column can be in a chart or in a sentence. */
  public enum Role {
    /** Numbers that can be compared, added or averaged. */
    QUANTITY,
    /** Dates or moments. */
    TIME,
    /** Whatever else comes in an order of its own: years, months by number, '2026-03'. */
    STEP,
    /** Names, and what stands for a name: identifiers, booleans, short texts. */
    CATEGORY,
    /** What can only be shown: long texts, binaries, arrays, intervals. */
    OTHER
  }

  private static final int LONGEST_NAME = 80;
  private static final int LARGEST_STEP = 366;
  private static final int FIRST_YEAR = 1800;
  private static final int LAST_YEAR = 2200;

  private static final Pattern IDENTIFIER =
      Pattern.compile(
          "(.*[_\\s-])?(id|key|code|uuid|zip|postcode|phone)", Pattern.CASE_INSENSITIVE);
  private static final Pattern CAMEL_IDENTIFIER = Pattern.compile(".*[a-z](Id|Key|Code)");
  private static final Pattern STEP_NAME =
      Pattern.compile(
          "(.*[_\\s-])?(year|quarter|month|week|day|weekday|hour)([_\\s-](number|no|of[_\\s-].*))?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern RATE_NAME =
      Pattern.compile("(.*[_\\s-])?(per|each|every)[_\\s-].*", Pattern.CASE_INSENSITIVE);
  private static final Pattern STEP_TEXT =
      Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?|[- ]?[QW]\\d{1,2})?");

  static AnswerColumn of(AnswerRows rows, int index) {
    ResultColumn column = rows.columns().get(index);
    Set<Object> distinct = new HashSet<>();
    int missing = 0;
    for (Object value : rows.values(index)) {
      if (value == null) {
        missing++;
      } else {
        distinct.add(value);
      }
    }
    return new AnswerColumn(
        index, column.label(), role(column, distinct), distinct.size(), missing);
  }

  /** The label as a person reads it: {@code delayed_shipments} without its underscore. */
  public String title() {
    String words = label.replace('_', ' ').strip();
    return words.isEmpty() ? "column " + (index + 1) : words;
  }

  /** Whether each row has a value and no two have the same. */
  public boolean isKeyOf(AnswerRows rows) {
    return missing == 0 && distinct == rows.rows().size();
  }

  /** The text of this column's value in a row, or null. */
  public @Nullable String text(List<? extends @Nullable Object> row) {
    Object value = row.get(index);
    return value == null ? null : Texts.toText(value);
  }

  private static Role role(ResultColumn column, Set<Object> values) {
    return switch (column.type().jdbcType()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> roleOfIntegers(column, values);
      case DECIMAL, NUMERIC, REAL, FLOAT, DOUBLE ->
          isIdentifier(column) ? Role.CATEGORY : Role.QUANTITY;
      case DATE, TIMESTAMP, TIMESTAMP_WITH_TIMEZONE ->
          values.stream().anyMatch(Temporal.class::isInstance) ? Role.TIME : Role.CATEGORY;
      case BOOLEAN, BIT, TIME, TIME_WITH_TIMEZONE -> Role.CATEGORY;
      case CHAR, VARCHAR, NCHAR, NVARCHAR, LONGVARCHAR, LONGNVARCHAR, CLOB, NCLOB ->
          roleOfTexts(values);
      default -> "UUID".equalsIgnoreCase(column.type().name()) ? Role.CATEGORY : Role.OTHER;
    };
  }

  private static Role roleOfIntegers(ResultColumn column, Set<Object> values) {
    if (isIdentifier(column)) {
      return Role.CATEGORY;
    }
    return isStep(column.label(), values) ? Role.STEP : Role.QUANTITY;
  }

  /** A number that comes unchanged out of a column of such a name counts and measures nothing. */
  private static boolean isIdentifier(ResultColumn column) {
    String name = column.column();
    return name != null
        && (IDENTIFIER.matcher(name).matches() || CAMEL_IDENTIFIER.matcher(name).matches());
  }

  private static boolean isStep(String label, Set<Object> values) {
    if (!STEP_NAME.matcher(label).matches() || RATE_NAME.matcher(label).matches()) {
      return false;
    }
    boolean years = label.toLowerCase(Locale.ROOT).contains("year");
    return values.stream()
        .allMatch(
            value ->
                value instanceof Number number
                    && (isWithin(number.longValue(), 0, LARGEST_STEP)
                        || (years && isWithin(number.longValue(), FIRST_YEAR, LAST_YEAR))));
  }

  private static boolean isWithin(long number, long least, long most) {
    return number >= least && number <= most;
  }

  private static Role roleOfTexts(Set<Object> values) {
    boolean steps = !values.isEmpty();
    for (Object value : values) {
      String text = Objects.toString(value);
      if (text.length() > LONGEST_NAME) {
        return Role.OTHER;
      }
      steps &= STEP_TEXT.matcher(text).matches();
    }
    return steps ? Role.STEP : Role.CATEGORY;
  }
}
