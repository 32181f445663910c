package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What the metadata claims of SQL here, asked of SQL here. */
class VocabularyTest {
  private static final Map<String, String> ARGUMENTS =
      Map.ofEntries(
          Map.entry("ATAN2", "1, 2"),
          Map.entry("MOD", "7, 4"),
          Map.entry("PI", ""),
          Map.entry("POWER", "2, 3"),
          Map.entry("RAND", ""),
          Map.entry("ROUND", "1.25, 1"),
          Map.entry("TRUNCATE", "1.25, 1"),
          Map.entry("ASCII", "'a'"),
          Map.entry("CONCAT", "'a', 'b'"),
          Map.entry("DIFFERENCE", "'a', 'b'"),
          Map.entry("INSERT", "'abc', 1, 1, 'x'"),
          Map.entry("LCASE", "'A'"),
          Map.entry("LEFT", "'abc', 1"),
          Map.entry("LENGTH", "'abc'"),
          Map.entry("LOCATE", "'b', 'abc'"),
          Map.entry("LTRIM", "' a'"),
          Map.entry("REPEAT", "'a', 2"),
          Map.entry("REPLACE", "'abc', 'b', 'x'"),
          Map.entry("RIGHT", "'abc', 1"),
          Map.entry("RTRIM", "'a '"),
          Map.entry("SOUNDEX", "'abc'"),
          Map.entry("SUBSTRING", "'abc', 1, 2"),
          Map.entry("UCASE", "'a'"),
          Map.entry("IFNULL", "CAST(NULL AS INTEGER), 1"),
          Map.entry("OCTET_LENGTH", "X'01'"),
          Map.entry("POSITION", "'b' IN 'abc'"),
          Map.entry("DATABASE", ""),
          Map.entry("USER", ""),
          Map.entry("CURDATE", ""),
          Map.entry("CURRENT_DATE", ""),
          Map.entry("CURRENT_TIME", ""),
          Map.entry("CURRENT_TIMESTAMP", ""),
          Map.entry("EXTRACT", "YEAR FROM DATE '2026-03-29'"),
          Map.entry("CURTIME", ""),
          Map.entry("NOW", ""),
          Map.entry("TIMESTAMPADD", "SQL_TSI_DAY, 1, DATE '2026-03-29'"),
          Map.entry("TIMESTAMPDIFF", "SQL_TSI_DAY, DATE '2026-03-29', DATE '2026-03-30'"));

  private final Fixture fixture = new Fixture();

  @Test
  void everyFunctionThatIsListedCanBeCalled() throws SQLException {
    try (Connection connection = fixture.connect()) {
      DatabaseMetaData metadata = connection.getMetaData();
      List<String> failures = new ArrayList<>();
      call(connection, metadata.getNumericFunctions(), "1", failures);
      call(connection, metadata.getStringFunctions(), "1", failures);
      call(connection, metadata.getSystemFunctions(), "1", failures);
      call(
          connection, metadata.getTimeDateFunctions(), "TIMESTAMP '2026-03-29 01:02:03'", failures);
      assertThat(failures).isEmpty();
    }
  }

  private static void call(
      Connection connection, String functions, String usual, List<String> failures) {
    for (String function : functions.split(",", -1)) {
      String sql = "SELECT {fn " + function + "(" + ARGUMENTS.getOrDefault(function, usual) + ")}";
      try {
        Fixture.rows(connection, sql + " FROM orders WHERE id = 10");
      } catch (SQLException e) {
        failures.add(sql + ": " + e.getMessage());
      }
    }
  }

  @Test
  void everyKeywordThatIsListedNeedsQuotesAsAName() throws SQLException {
    try (Connection connection = fixture.connect()) {
      List<String> free = new ArrayList<>();
      for (String keyword : connection.getMetaData().getSQLKeywords().split(",", -1)) {
        if (namesWithoutQuotes(connection, keyword)) {
          free.add(keyword);
        }
      }
      assertThat(free).isEmpty();
    }
  }

  private static boolean namesWithoutQuotes(Connection connection, String word) {
    String quoted = '"' + word + '"';
    for (String sql :
        List.of(
            "SELECT " + word + " FROM (SELECT id AS " + quoted + " FROM orders) AS t",
            "SELECT t." + word + " FROM (SELECT id AS " + quoted + " FROM orders) AS t",
            "SELECT id AS " + word + " FROM orders",
            "SELECT " + word + ".id FROM orders AS " + word)) {
      try {
        Fixture.rows(connection, sql);
      } catch (SQLException e) {
        return false;
      }
    }
    return true;
  }

  @Test
  void grammarIsAsTheFlagsSay() throws SQLException {
    try (Connection connection = fixture.connect()) {
      for (String sql :
          List.of(
              "SELECT id x FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer_id)",
              "SELECT count(*) FROM orders GROUP BY customer_id ORDER BY max(id) + 1",
              "SELECT o.id FROM orders o FULL OUTER JOIN customers c ON c.id = o.customer_id",
              "SELECT id FROM orders ORDER BY amount",
              "SELECT \"Name\" FROM customers WHERE \"Name\" LIKE 'x!%%' ESCAPE '!'",
              "SELECT id FROM customers WHERE id = ANY (SELECT customer_id FROM orders)",
              "SELECT id FROM customers WHERE id > (SELECT min(customer_id) FROM orders)",
              "SELECT id FROM shop.customers UNION SELECT id FROM orders",
              "SELECT id FROM SHOP.\"CUSTOMERS\" UNION ALL SELECT ID FROM \"Orders\"")) {
        assertThat(Fixture.rows(connection, sql)).as(sql).isNotNull();
      }
      assertThat(Fixture.rows(connection, "SELECT email FROM customers ORDER BY email"))
          .last()
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .containsExactly((Object) null);
    }
  }
}
