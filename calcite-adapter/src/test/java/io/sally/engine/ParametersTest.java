package io.sally.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code ?} of a statement: their types, their values, and what does not fit. */
class ParametersTest {
  private static final StaffEngine STAFF = new StaffEngine();

  @AfterAll
  static void close() throws SQLException {
    STAFF.close();
  }

  @Test
  void takesTheirTypesFromTheirPlaces() throws SQLException {
    assertThat(
            STAFF
                .plan(
                    "SELECT CAST(? AS DECIMAL(9, 2)) FROM emp WHERE n = ? AND code LIKE ?"
                        + " AND hired BETWEEN ? AND ? AND pay > ? AND seen < ?")
                .parameters()
                .stream()
                .map(parameter -> parameter.type().toString()))
        .containsExactly(
            "DECIMAL(9, 2)",
            "INTEGER",
            "VARCHAR(10)",
            "DATE",
            "DATE",
            "DECIMAL(6, 2)",
            "TIMESTAMP(0)");
  }

  @Test
  void takesValuesOfTheTypeAndTextsThatReadAsIt() throws SQLException {
    String sql =
        "SELECT id FROM emp WHERE n = ? AND pay = ? AND code = ? AND hired = ? AND seen = ?";
    Object[][] same = {
      {
        4,
        new BigDecimal("4.44"),
        "a",
        LocalDate.of(2026, 1, 2),
        LocalDateTime.of(2026, 1, 2, 3, 4, 5)
      },
      {4L, 4.44, "a", LocalDateTime.of(2026, 1, 2, 0, 0), "2026-01-02T03:04:05"},
      {"4", "4.44", "a", "2026-01-02", "2026-01-02 03:04:05"}
    };
    for (Object[] values : same) {
      assertThat(STAFF.text(sql, values)).as(Arrays.toString(values)).isEqualTo("1");
    }
  }

  @Test
  void aNullIsNoValueThatEqualsAnother() throws SQLException {
    @Nullable Object none = null;
    assertThat(STAFF.rows("SELECT id FROM emp WHERE n = ?", none)).isEmpty();
    assertThat(
            STAFF.text(
                "SELECT COUNT(*) FROM emp WHERE n IS NOT DISTINCT FROM CAST(? AS INT)", none))
        .isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          22018 | SELECT id FROM emp WHERE n = ?     | four
          22018 | SELECT id FROM emp WHERE pay = ?   | 4,44
          22003 | SELECT id FROM emp WHERE n = ?     | 2147483648
          22003 | SELECT id FROM emp WHERE n = ?     | 1.5
          22007 | SELECT id FROM emp WHERE hired = ? | 2026-02-30
          22007 | SELECT id FROM emp WHERE seen = ?  | yesterday
          22018 | SELECT CAST(? AS BOOLEAN)          | perhaps
          """)
  void whatDoesNotFitIsRefused(String state, String sql, String value) {
    SQLException failure = catchThrowableOfType(SQLException.class, () -> STAFF.rows(sql, value));
    assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure.getMessage()).startsWith("Parameter 1 ").doesNotContain(value);
  }

  @Test
  void asManyValuesAreNeededAsThereAreParameters() {
    for (Object[] values : new Object[][] {{}, {1, 2}}) {
      SQLException failure =
          catchThrowableOfType(
              SQLException.class, () -> STAFF.rows("SELECT id FROM emp WHERE n = ?", values));
      assertThat(failure.getSQLState() + " " + failure.getMessage())
          .isEqualTo(
              "22023 The statement has 1 parameters and " + values.length + " values were given.");
    }
  }
}
