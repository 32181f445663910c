package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tools write around a person's text, with a query and with a question inside. */
class WrappedStatementsTest {
  private static final List<String> TEXTS =
      List.of(
          Fixture.ORDERS_SQL,
          "ASK '" + Fixture.ALL_ORDERS + "'",
          "WITH w AS (SELECT * FROM orders) SELECT id, customer_id, amount FROM w ORDER BY id",
          "(SELECT id, customer_id, amount FROM orders WHERE id = 10)"
              + " UNION ALL SELECT id, customer_id, amount FROM orders WHERE id = 11");

  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = new Fixture().connect();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "%s;",
        "\n-- mine\n/* all; of it */ %s -- done; really\n;\n;",
        "SELECT * FROM (%s) alias LIMIT 200",
        "SELECT * FROM (%s;) alias LIMIT 200",
        "SELECT * FROM (%s;\n-- mine\n) alias LIMIT 200",
        "SELECT * FROM (\n%s -- (mine\n) AS t0 LIMIT 0, 200",
        "SELECT TOP 200 * FROM (%s) \"Custom SQL Query\"",
        "SELECT TOP (200) * FROM (%s) AS q ORDER BY 1",
        "SELECT * FROM (%s) x FETCH FIRST 200 ROWS ONLY",
        "SELECT * FROM (%s) x ORDER BY id OFFSET 0 ROWS FETCH NEXT 200 ROWS ONLY",
        "SELECT z_q.* FROM (SELECT * FROM (%s) a LIMIT 200) z_q",
        "SELECT \"source\".\"id\" AS \"id\", \"source\".\"customer_id\" AS \"customer_id\","
            + " \"source\".\"amount\" AS \"amount\" FROM (%s) AS \"source\" LIMIT 1048575",
        "-- user: 1 hash: a4\nSELECT * FROM (%s) virtual_table\nLIMIT 1000 OFFSET 0",
        "WITH q AS (%s) SELECT * FROM q",
        "SELECT * FROM ((%s) LIMIT 200) t",
        "SELECT * FROM ((%s) ORDER BY 1 OFFSET 0 ROWS FETCH NEXT 200 ROWS ONLY) t",
        "SELECT * FROM (((%s)) UNION (%s) ORDER BY id LIMIT 200) t",
        "WITH q AS ((%s) INTERSECT (%s) ORDER BY id DESC) SELECT * FROM q ORDER BY 1",
        "((%s) EXCEPT (SELECT id, customer_id, amount FROM orders WHERE id < 0) ORDER BY id)",
      })
  void aWrappedTextGivesItsRows(String wrapping) throws SQLException {
    for (String text : TEXTS) {
      assertThat(Fixture.rows(connection, wrapping.replace("%s", text)))
          .as(wrapping.replace("%s", text))
          .hasToString("[[10, 1, 12.50], [11, 3, null]]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM (%s) alias LIMIT 1",
        "SELECT TOP 1 * FROM (%s) alias",
        "SELECT DISTINCT TOP 1 * FROM (%s) alias ORDER BY id",
        "SELECT * FROM (%s) alias FETCH FIRST ROW ONLY",
        "SELECT * FROM (%s) alias FETCH NEXT 1 ROW ONLY",
        "SELECT * FROM (%s) alias ORDER BY 1 LIMIT 1 OFFSET 0",
        "SELECT * FROM (%s) alias WHERE (alias.id = 10) ORDER BY 3 DESC",
        "SELECT * FROM (%s) alias WHERE \"amount\" IS NOT NULL",
      })
  void thePageOfAWrappedTextIsCutAndFiltered(String wrapping) throws SQLException {
    for (String text : TEXTS) {
      assertThat(Fixture.rows(connection, wrapping.replace("%s", text)))
          .as(wrapping.replace("%s", text))
          .hasToString("[[10, 1, 12.50]]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*) FROM (%s) z_q",
        "SELECT COUNT(*) FROM (%s;) z_q",
        "SELECT COUNT(1) AS n FROM (\n%s\n) AS t",
        "select count(*) from (%s -- mine\n) dbvrcnt",
        "SELECT SUM(1) FROM (%s) \"Custom SQL Query\" HAVING COUNT(1) > 0",
      })
  void theRowsOfAWrappedTextAreCounted(String wrapping) throws SQLException {
    for (String text : TEXTS) {
      assertThat(Fixture.rows(connection, wrapping.replace("%s", text)))
          .as(wrapping.replace("%s", text))
          .hasToString("[[2]]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM (%s) \"Custom SQL Query\" WHERE 1=0",
        "SELECT * FROM (%s) \"Custom SQL Query\" WHERE (0 = 1)",
        "SELECT * FROM (%s) q WHERE 1<>1 LIMIT 0",
        "SELECT TOP 0 * FROM (%s) q",
        "SELECT * FROM (%s) q LIMIT 0",
        "SELECT * FROM (%s) q FETCH FIRST 0 ROWS ONLY",
      })
  void theColumnsOfAWrappedTextComeWithoutRows(String wrapping) throws SQLException {
    for (String text : TEXTS) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(wrapping.replace("%s", text))) {
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          labels.add(rows.getMetaData().getColumnLabel(i));
        }
        assertThat(labels).isEqualTo(List.of("id", "customer_id", "amount"));
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s LIMIT 1",
        "%s ORDER BY id LIMIT 1",
        "%s\nORDER BY \"amount\" DESC NULLS LAST FETCH FIRST 1 ROWS ONLY",
        "%s FETCH FIRST ROW ONLY -- page",
        "%s OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY;",
      })
  void aTailThatToolsAppendIsTheAnswers(String appended) throws SQLException {
    assertThat(Fixture.rows(connection, appended.replace("%s", "ASK '" + Fixture.ALL_ORDERS + "'")))
        .hasToString("[[10, 1, 12.50]]");
    try (PreparedStatement prepared =
        connection.prepareStatement(appended.replace("%s", "ASK ?"))) {
      prepared.setString(1, Fixture.ALL_ORDERS);
      assertThat(Fixture.rows(prepared.executeQuery())).hasToString("[[10, 1, 12.50]]");
    }
  }

  @Test
  void parametersStandInsideAndBehindTheWrappedText() throws SQLException {
    try (PreparedStatement prepared =
        connection.prepareStatement(
            "SELECT TOP 5 * FROM (SELECT id FROM orders WHERE customer_id = ?;) t WHERE id >= ?")) {
      prepared.setInt(1, 3);
      prepared.setInt(2, 11);
      assertThat(Fixture.rows(prepared.executeQuery())).hasToString("[[11]]");
    }
    try (PreparedStatement prepared = connection.prepareStatement("ASK ? LIMIT ?")) {
      prepared.setString(1, Fixture.ALL_ORDERS);
      prepared.setInt(2, 1);
      assertThat(Fixture.rows(prepared.executeQuery())).hasToString("[[10, 1, 12.50]]");
    }
  }

  @Test
  void anErrorInsideIsToldWhereTheToolSentIt() {
    assertThatThrownBy(
            () -> Fixture.rows(connection, "SELECT TOP 5 *\nFROM (SELECT colour FROM orders;) t"))
        .hasMessageContaining("colour")
        .hasMessageContaining("line 2, column 14");
  }

  /** Two columns may differ by case alone: a star takes both, and quotes tell one of them. */
  @Test
  void aStarTakesColumnsThatDifferByCaseAlone() throws SQLException {
    String text = "SELECT \"id\" AS \"Id\", customer_id AS \"ID\" FROM orders WHERE \"id\" = 10";
    for (String sql :
        List.of(
            "SELECT * FROM (" + text + ") t",
            "SELECT t.* FROM (" + text + ") t LIMIT 5",
            "WITH t AS (" + text + ") SELECT * FROM t",
            "select * from (select * from (" + text + ") a) b order by 1",
            "SELECT \"Id\", \"ID\" FROM (" + text + ") t WHERE abs(\"ID\") = 1",
            "SELECT t.\"Id\", max(t.\"ID\") FROM (" + text + ") t GROUP BY t.\"Id\"")) {
      assertThat(Fixture.rows(connection, sql)).as(sql).hasToString("[[10, 1]]");
    }
    assertThat(Fixture.rows(connection, "SELECT \"ID\", \"Id\" FROM (" + text + ") t"))
        .hasToString("[[1, 10]]");
    for (String sql :
        List.of(
            "SELECT id FROM (" + text + ") t",
            "SELECT Id FROM (" + text + ") t",
            "SELECT * FROM (" + text + ") t WHERE t.ID = 1",
            "SELECT * FROM (" + text + ") t ORDER BY id",
            "SELECT \"iD\" FROM (" + text + ") t",
            "SELECT id FROM orders JOIN customers ON customer_id = customers.id")) {
      assertThatThrownBy(() -> Fixture.rows(connection, sql))
          .as(sql)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42702"));
    }
  }
}
