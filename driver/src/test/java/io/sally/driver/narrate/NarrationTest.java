package io.sally.driver.narrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.driver.answer.AnswerRows;
import io.sally.engine.ResultColumn;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.ColumnType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NarrationTest {
  private static final ResultColumn COUNTRY =
      ResultColumn.computed("country", ColumnType.varchar(), true);
  private static final ResultColumn DAY = ResultColumn.computed("day", ColumnType.date(), true);
  private static final ResultColumn LATE =
      ResultColumn.computed("late_shipments", ColumnType.decimal(20, 1), true);

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  private static String narrate(List<ResultColumn> columns, List<List<@Nullable Object>> rows)
      throws SQLException {
    return Narration.of(AnswerRows.read(columns, RowCursor.over(rows), 1_000));
  }

  @Test
  void oneNumberIsTheSentence() throws SQLException {
    assertThat(narrate(List.of(LATE), List.of(row(new BigDecimal("9007199254740993.1")))))
        .isEqualTo("The late shipments are 9007199254740993.1.");
    assertThat(narrate(List.of(LATE), List.of(row((Object) null))))
        .isEqualTo("The late shipments are not known.");
  }

  @Test
  void oneRowIsToldValueByValue() throws SQLException {
    assertThat(narrate(List.of(COUNTRY, LATE), List.of(row("New\nYork", 3))))
        .isEqualTo("There is one row: country is New York, late shipments are 3.");
  }

  @Test
  void noRowsAreSaidToBeNone() throws SQLException {
    assertThat(narrate(List.of(LATE), List.of()))
        .isEqualTo("There are no rows: nothing in the data fits the question.");
  }

  @Test
  void severalRowsAreToldByTheirEnds() throws SQLException {
    assertThat(
            narrate(
                List.of(COUNTRY, LATE),
                List.of(row("Peru", 7), row("Chile", 2), row(null, 2), row("Cuba", null))))
        .isEqualTo(
            "There are 4 rows. The late shipments go from 2 (Chile and 1 other) to 7 (Peru).");
    assertThat(
            narrate(
                List.of(DAY, LATE),
                List.of(row(LocalDate.of(2026, 3, 1), 4), row(LocalDate.of(2026, 3, 2), 4))))
        .isEqualTo("There are 2 rows. The late shipments are 4 in each of them.");
  }

  @Test
  void rowsWithoutNumbersAreToldByTheirNames() throws SQLException {
    assertThat(narrate(List.of(COUNTRY), List.of(row("Peru"), row("Chile"))))
        .isEqualTo("There are 2 rows. The country: Peru, Chile.");
  }

  @Test
  void anAnswerThatIsNotAllReadSaysSo() throws SQLException {
    List<List<@Nullable Object>> rows =
        IntStream.range(0, 1_001).mapToObj(i -> row("c" + i, i)).toList();
    assertThat(narrate(List.of(COUNTRY, LATE), rows))
        .isEqualTo(
            "There are more than 1000 rows. Of the first 1000, the late shipments go from 0 (c0)"
                + " to 999 (c999).");
  }
}
