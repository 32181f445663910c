package io.sally.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayBoundTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "how many sites?                | SELECT COUNT(*) FROM sites",
        "sites opened in the last 30 days | SELECT * FROM s WHERE d > CURRENT_DATE - INTERVAL '30' DAY",
        "sites opened last month         | SELECT * FROM s WHERE d > CURRENT_DATE - INTERVAL '1' MONTH",
        "sites opened on 2026-10-01      | SELECT * FROM s WHERE d = DATE '2026-10-01'",
        "sites in Texas                  | SELECT * FROM s WHERE x = 'TX' OR x = 'texas'",
        "top sites                       | SELECT \"2026\" FROM s ORDER BY 1 FETCH FIRST 10 ROWS ONLY",
        "share of delayed                | SELECT CAST(100.0 * a / 1.0 AS DECIMAL(18, 2)) FROM s WHERE b = 0",
        "sites with more than 12 orders  | SELECT * FROM s WHERE n > 12",
        "stock over 500                  | SELECT * FROM s WHERE n > 500 AND m < 1000",
      })
  void holdsEveryDayWhenNothingInItCanBeADateOfToday(String question, String sql) {
    assertThat(DayBound.isBound(question, "", sql, List.of("Sites."))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sites opened last month        | SELECT * FROM s WHERE d >= DATE '2026-10-01'",
        "sites opened this month        | SELECT * FROM s WHERE EXTRACT(MONTH FROM d) = 11",
        "sites opened this year         | SELECT * FROM s WHERE y = 2026",
        "sites opened today             | SELECT * FROM s WHERE TO_CHAR(d) = '22-Nov'",
        "sites open today               | SELECT * FROM s WHERE weekday = 'Sunday'",
        "sites open this month          | SELECT * FROM s WHERE m = 'May'",
        "orders until the end of the next week | SELECT * FROM s WHERE d < CURRENT_DATE + INTERVAL '1' DAY",
        "11 sites of this month         | SELECT * FROM s WHERE n = 11 AND EXTRACT(MONTH FROM d) = 11",
        "orders since spring            | SELECT * FROM s WHERE k > 20260301",
        "pipes of 5 inches this year    | SELECT * FROM s WHERE a = '\"' AND d > DATE '2026-01-01' AND b = '\"'",
      })
  void isMadeAnewTheNextDayWhenSomethingMayBe(String question, String sql) {
    assertThat(DayBound.isBound(question, "", sql, List.of("Sites."))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Sites opened since October.,true",
    "Sites of 2026.,true",
    "Sites that may ship.,false"
  })
  void whatIsToldOfTheQueryCounts(String explanation, boolean bound) {
    assertThat(DayBound.isBound("sites", "", "SELECT * FROM s", List.of(explanation)))
        .isEqualTo(bound);
  }
}
