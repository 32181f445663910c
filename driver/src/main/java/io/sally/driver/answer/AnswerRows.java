package io.sally.driver.answer;

import io.sally.driver.value.Texts;
import io.sally.engine.ResultColumn;
import io.sally.engine.RowCursor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of an answer, held in memory and therefore bounded: in their number, in their
 * cells, and in the characters of a cell. Immutable.
 *
 * @param rows the values as {@link RowCursor} gives them, but for binaries and arrays, which are
 *     texts here, and for long texts, which are cut
 * @param cut whether the answer has more rows than these
 */
public record AnswerRows(
    List<ResultColumn> columns, List<List<@Nullable Object>> rows, boolean cut) {
  /** The most rows that are held. */
  public static final int MOST_ROWS = 5_000;

  /** The most characters of a text. */
  public static final int MOST_CHARACTERS = 200;

  private static final int MOST_CELLS = 50_000;
  private static final int MOST_BYTES = 32;

  public AnswerRows {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** How many rows of so many columns are held when the answer may have {@code most}. */
  public static int mostRows(int columns, long most) {
    int byCells = Math.max(1, MOST_CELLS / Math.max(1, columns));
    return (int) Math.min(most, Math.min(MOST_ROWS, byCells));
  }

  /**
   * Reads a cursor up to the bounds; the caller closes it.
   *
   * @param most the most rows that an answer may have
   * @throws SQLException as the cursor does
   */
  public static AnswerRows read(List<ResultColumn> columns, RowCursor cursor, long most)
      throws SQLException {
    int mostRows = mostRows(columns.size(), most);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    boolean more = cursor.next();
    while (more && rows.size() < mostRows) {
      List<@Nullable Object> row = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        row.add(bounded(cursor.value(i)));
      }
      rows.add(Collections.unmodifiableList(row));
      more = cursor.next();
    }
    return new AnswerRows(columns, rows, more);
  }

  /** The columns with what their values are good for. */
  public List<AnswerColumn> profile() {
    return IntStream.range(0, columns.size()).mapToObj(i -> AnswerColumn.of(this, i)).toList();
  }

  /** The rows with each value as a text, or null. */
  public List<List<@Nullable String>> texts() {
    List<List<@Nullable String>> texts = new ArrayList<>(rows.size());
    for (List<@Nullable Object> row : rows) {
      List<@Nullable String> line = new ArrayList<>(row.size());
      row.forEach(value -> line.add(value == null ? null : Texts.toText(value)));
      texts.add(Collections.unmodifiableList(line));
    }
    return Collections.unmodifiableList(texts);
  }

  /** The values of one column, in the order of the rows. */
  public List<@Nullable Object> values(int column) {
    List<@Nullable Object> values = new ArrayList<>(rows.size());
    rows.forEach(row -> values.add(row.get(column)));
    return Collections.unmodifiableList(values);
  }

  private static @Nullable Object bounded(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MOST_BYTES));
      return bytes.length > MOST_BYTES ? hex + "…" : hex;
    } else if (value instanceof String text) {
      return shortened(text);
    }
    return value instanceof List<?> ? shortened(Texts.toText(value)) : value;
  }

  /** The text, or its beginning where it is long; no character is cut in two. */
  private static String shortened(String text) {
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    int end = MOST_CHARACTERS - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
