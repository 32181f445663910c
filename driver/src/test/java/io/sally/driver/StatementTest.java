package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementTest {
  private final Fixture fixture = new Fixture();
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void connect() throws SQLException {
    connection = fixture.connect();
    statement = connection.createStatement();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  private static AbstractThrowableAssert<?, ?> assertState(String state, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  @Test
  void queriesGiveRowsAndNoUpdateCount() throws SQLException {
    assertThat(statement.execute("SELECT id, \"Name\" FROM customers ORDER BY id")).isTrue();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    assertThat(Fixture.rows(statement.getResultSet()))
        .isEqualTo(List.of(List.of("1", "Ada"), List.of("2", "Bob"), List.of("3", "Cyd")));
    assertThat(statement.getMoreResults()).isFalse();
    assertThat(statement.getResultSet()).isNull();
  }

  /** A text of that length is beyond what any JVM can allocate, however much memory it has. */
  @Test
  void aStatementThatNeedsTooMuchMemoryFailsAndTheNextOneRuns() throws SQLException {
    assertState(
        "53200",
        () -> statement.executeQuery("SELECT CHAR_LENGTH(REPEAT('x', 2147483647)) FROM customers"));
    assertThat(Fixture.rows(statement.executeQuery("SELECT 1"))).isEqualTo(List.of(List.of("1")));
  }

  @Test
  void settingTheModeGivesAnUpdateCountOnce() throws SQLException {
    assertThat(statement.execute("SET mode = 'demo'")).isFalse();
    assertThat(statement.getResultSet()).isNull();
    assertThat(statement.getUpdateCount()).isZero();
    assertThat(statement.getMoreResults()).isFalse();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    assertThat(statement.executeUpdate("SET mode = 'demo'")).isZero();
  }

  @Test
  void refreshingTheCatalogGivesAnUpdateCount() throws SQLException {
    assertThat(statement.execute("REFRESH CATALOG")).isFalse();
    assertThat(statement.getUpdateCount()).isZero();
    assertThat(statement.executeUpdate("refresh catalog SHOP;")).isZero();
    assertState("22023", () -> statement.execute("REFRESH CATALOG shp"))
        .hasMessage("There is no source 'shp'. Did you mean shop? The sources are shop.");
    assertState("42601", () -> statement.execute("REFRESH shop"))
        .hasMessageContaining("REFRESH CATALOG <source>");
  }

  @Test
  void settingWhatIsNotThereIsRefusedAndChangesNothing() throws SQLException {
    assertState("22023", () -> statement.execute("SET mode = 'production'"))
        .hasMessageContaining("production has no sources");
    assertState("22023", () -> statement.execute("SET mode = 'x'"));
    assertState("22023", () -> statement.execute("SET colour = 'x'"));
    assertState("22023", () -> statement.execute("SET schema = 'nowhere'"))
        .hasMessageContaining("shop");
    assertThat(connection.getSchema()).isEqualTo("shop");
  }

  @Test
  void writingIsRefusedThroughEveryMethod() throws SQLException {
    String insert = "INSERT INTO customers VALUES (4, 'Dan', NULL, NULL)";
    assertState("25006", () -> statement.execute(insert));
    assertState("25006", () -> statement.executeQuery(insert));
    assertState("25006", () -> statement.executeUpdate(insert));
    assertState("25006", () -> connection.prepareStatement(insert).executeUpdate());
    assertThat(Fixture.rows(connection, "SELECT count(*) FROM customers"))
        .isEqualTo(List.of(List.of("3")));
  }

  @Test
  void methodsThatDoNotFitTheStatementAreRefused() {
    assertState("07003", () -> statement.executeUpdate("SELECT id FROM orders"));
    assertState("07003", () -> statement.executeUpdate("ASK '" + Fixture.ALL_ORDERS + "'"));
    assertState("07005", () -> statement.executeQuery("SET mode = 'demo'"));
    assertState(
        "HY010",
        () ->
            connection
                .prepareStatement("SELECT id FROM orders")
                .executeQuery("SELECT id FROM orders"));
    assertState(
        "0A000", () -> statement.execute("SELECT id FROM orders", Statement.RETURN_GENERATED_KEYS));
    assertState("0A000", () -> statement.addBatch("SELECT id FROM orders"));
    assertState("0A000", () -> connection.prepareCall("{call x}"));
  }

  @Test
  void theConnectionStaysUsableAfterErrors() throws SQLException {
    assertState("42601", () -> statement.execute("SELEC 1"));
    assertState("42P01", () -> statement.execute("SELECT * FROM nowhere"));
    assertState("42703", () -> statement.execute("SELECT colour FROM orders"));
    assertState("42601", () -> statement.execute(""));
    assertThat(Fixture.rows(connection, "SELECT count(*) FROM orders"))
        .isEqualTo(List.of(List.of("2")));
  }

  @Test
  void maxRowsBoundsEveryKindOfStatement() throws SQLException {
    statement.setMaxRows(1);
    assertThat(Fixture.rows(statement.executeQuery("SELECT n FROM numbers"))).hasSize(1);
    assertThat(Fixture.rows(statement.executeQuery("ASK '" + Fixture.ALL_ORDERS + "'"))).hasSize(1);
    assertThat(Fixture.rows(statement.executeQuery("EXPLAIN PLAN FOR SELECT n FROM numbers")))
        .hasSize(1);
    try (PreparedStatement prepared = connection.prepareStatement("SELECT n FROM numbers")) {
      prepared.setLargeMaxRows(3);
      assertThat(Fixture.rows(prepared.executeQuery()))
          .isEqualTo(List.of(List.of("0"), List.of("1"), List.of("2")));
    }
  }

  @Test
  void executingAgainClosesTheEarlierResult() throws SQLException {
    ResultSet first = statement.executeQuery("SELECT id FROM orders");
    ResultSet second = statement.executeQuery("SELECT id FROM orders");
    assertThat(first.isClosed()).isTrue();
    assertThat(second.next()).isTrue();
    assertState("HY010", first::next);
  }

  @Test
  void aStatementClosesOnCompletionOnlyWhenItsUserClosesTheResult() throws SQLException {
    statement.closeOnCompletion();
    statement.executeQuery("SELECT id FROM orders");
    ResultSet second = statement.executeQuery("SELECT id FROM orders");
    assertThat(statement.isClosed()).isFalse();
    second.close();
    assertThat(statement.isClosed()).isTrue();
  }

  @Test
  void jdbcEscapesAreExpandedUnlessSwitchedOff() throws SQLException {
    String sql = "SELECT {d '2026-03-29'}, {fn ucase('a')} FROM {oj orders} WHERE id = 10";
    assertThat(Fixture.rows(connection, sql)).isEqualTo(List.of(List.of("2026-03-29", "A")));
    statement.setEscapeProcessing(false);
    assertState("42601", () -> statement.execute("SELECT * FROM {oj orders}"));
  }

  @Test
  void anotherSchemaIsLookedInAfterItWasSet() throws SQLException {
    connection.setSchema("SHOP");
    assertThat(connection.getSchema()).isEqualTo("shop");
    assertThat(Fixture.rows(connection, "SELECT count(*) FROM Orders"))
        .isEqualTo(List.of(List.of("2")));
  }

  @Test
  void optionsAreKeptAndCheckedForSense() throws SQLException {
    statement.setFetchSize(7);
    statement.setQueryTimeout(9);
    statement.setLargeMaxRows(5_000_000_000L);
    assertThat(
            List.of(
                statement.getFetchSize(),
                statement.getQueryTimeout(),
                statement.getMaxRows(),
                statement.getLargeMaxRows()))
        .isEqualTo(List.of(7, 9, Integer.MAX_VALUE, 5_000_000_000L));
    assertState("22023", () -> statement.setFetchSize(-1));
    assertState("22023", () -> statement.setQueryTimeout(-1));
    assertState("22023", () -> statement.setMaxRows(-1));
    assertState("22023", () -> statement.setFetchDirection(0));
  }

  @Test
  void resultsOfAnotherKindAreReplacedWithAWarning() throws SQLException {
    connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
    assertThat(Fixture.messages(connection.getWarnings()))
        .isEqualTo(
            List.of(
                "The result will be forward-only: Sally has no scrollable ones.",
                "The result will be read-only: Sally never writes."));
    assertState("22023", () -> connection.createStatement(1, 2));
  }
}
