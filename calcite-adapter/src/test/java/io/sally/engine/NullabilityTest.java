package io.sally.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * What says that it is never null is never null: the planner folds {@code f(x) IS NULL} and {@code
 * COALESCE(f(x), …)} by that.
 */
class NullabilityTest {
  private static final int CALLS_IN_A_QUERY = 20;
  private static final StaffEngine STAFF = new StaffEngine();

  @AfterAll
  static void close() throws SQLException {
    STAFF.close();
  }

  @Test
  void noFunctionGivesANullThatItsTypeRulesOut() throws SQLException, IOException {
    assertThat(wrong(calls("functions-of-nulls.txt"), " FROM blank")).isEmpty();
  }

  @Test
  void noAggregateGivesANullThatItsTypeRulesOut() throws SQLException, IOException {
    assertThat(wrong(calls("aggregates-of-nulls.txt"), " FROM blank")).isEmpty();
    assertThat(wrong(calls("aggregates-of-nulls.txt"), " FROM blank WHERE id > 9")).isEmpty();
  }

  @Test
  void whatMayBeNullIsReplaced() throws SQLException {
    assertThat(
            STAFF.text(
                """
                SELECT COALESCE(DAYNAME(hired), 'none'), MONTHNAME(hired) IS NULL,
                  COALESCE(LPAD(code, n), 'none'), COALESCE(RPAD(code, n, '-'), 'none')
                FROM emp WHERE id IN (3, 4) ORDER BY id
                """))
        .isEqualTo("none|true|none|none\nSunday|false|none|none");
  }

  /** No rows give no text, also where each text is NOT NULL. */
  @Test
  void joinedTextsOfNoRowsAreNull() throws SQLException {
    assertThat(
            STAFF.text(
                """
                SELECT COALESCE(LISTAGG(CAST(id AS VARCHAR)), 'none'),
                  COALESCE(STRING_AGG(CAST(id AS VARCHAR), ','), 'none'),
                  GROUP_CONCAT(CAST(id AS VARCHAR)) IS NULL, COALESCE(ARRAY_AGG(id), ARRAY[0])
                FROM emp WHERE id > 99
                """))
        .isEqualTo("none|none|true|[0]");
    assertThat(
            STAFF.text(
                """
                SELECT LISTAGG(id, ',') WITHIN GROUP (ORDER BY id DESC),
                  STRING_AGG(code, '-' ORDER BY id),
                  GROUP_CONCAT(code ORDER BY code SEPARATOR '+'),
                  STRING_AGG(CAST(id AS VARCHAR), ',') FILTER (WHERE id > 9) IS NULL
                FROM emp WHERE id < 6
                """))
        .isEqualTo("5,4,3,2,1|a-ab-B-a|B+a+a+ab|true");
  }

  private static List<String> wrong(List<String> calls, String from) throws SQLException {
    List<String> wrong = new ArrayList<>();
    for (int first = 0; first < calls.size(); first += CALLS_IN_A_QUERY) {
      List<String> some = calls.subList(first, Math.min(calls.size(), first + CALLS_IN_A_QUERY));
      String sql = "SELECT " + String.join(", ", some) + from;
      List<@Nullable Object> row = STAFF.rows(sql).get(0);
      List<ResultColumn> columns = STAFF.plan(sql).columns();
      for (int i = 0; i < row.size(); i++) {
        if (row.get(i) == null && !columns.get(i).nullable()) {
          wrong.add(some.get(i));
        }
      }
    }
    return wrong;
  }

  /** Calls with nulls alone, one a line; the columns are those of table blank. */
  private static List<String> calls(String list) throws IOException {
    try (var calls = Objects.requireNonNull(NullabilityTest.class.getResourceAsStream(list))) {
      return new String(calls.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
