package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What the metadata claims of SQL here, asked of SQL here. */
class VocabularyTest {
  private final Fixture fixture = new Fixture();

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
