package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private final Fixture fixture = new Fixture();

  private static void assertState(String state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  @Test
  void commitsOnlyOutOfAutoCommitMode() throws SQLException {
    try (Connection connection = fixture.connect();
        ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM orders")) {
      assertState("HY010", connection::commit);
      assertState("HY010", connection::rollback);
      connection.setAutoCommit(false);
      connection.commit();
      connection.rollback();
      assertThat(rows.next()).isTrue();
      assertState("0A000", connection::setSavepoint);
    }
  }

  @Test
  void staysReadOnlyAndWarnsOfNothing() throws SQLException {
    try (Connection connection = fixture.connect()) {
      connection.setReadOnly(false);
      assertThat(connection.isReadOnly()).isTrue();
      assertThat(Fixture.messages(connection.getWarnings())).isEmpty();
    }
  }

  @Test
  void warningsStayUntilTheyAreCleared() throws SQLException {
    try (Connection connection = fixture.connect()) {
      connection.setClientInfo("Colour", "red");
      assertThat(Fixture.messages(connection.getWarnings()))
          .isEqualTo(List.of("There is no client info property Colour."));
      connection.clearWarnings();
      assertThat(Fixture.messages(connection.getWarnings())).isEmpty();
    }
  }

  @Test
  void hasNoTransactionsAndLetsThatBeRestored() throws SQLException {
    try (Connection connection = fixture.connect()) {
      connection.setTransactionIsolation(connection.getTransactionIsolation());
      assertState(
          "0A000", () -> connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED));
      assertState("22023", () -> connection.setTransactionIsolation(3));
      connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
      assertState("0A000", () -> connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT));
      assertState("22023", () -> connection.setHoldability(0));
    }
  }

  @Test
  void keepsTheNameOfTheApplication() throws SQLException {
    Connection connection = fixture.connect();
    connection.setClientInfo("ApplicationName", "tests");
    connection.setClientInfo("Colour", "red");
    assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("tests");
    assertThat(connection.getClientInfo("Colour")).isNull();
    assertThat(Objects.requireNonNull(connection.getWarnings()).getMessage()).contains("Colour");
    connection.close();
    assertThatThrownBy(() -> connection.setClientInfo("ApplicationName", "x"))
        .isInstanceOf(SQLClientInfoException.class);
  }

  @Test
  void abortClosesAtOnceAndReleasesByTheExecutor() throws SQLException {
    Connection connection = fixture.connect();
    List<Runnable> later = new ArrayList<>();
    connection.abort(later::add);
    assertThat(List.of(connection.isClosed(), connection.isValid(0), fixture.open))
        .isEqualTo(List.of(true, false, 1));
    later.forEach(Runnable::run);
    assertThat(fixture.open).isZero();
    assertState("08003", connection::createStatement);
    connection.close();
  }

  @Test
  void unwrapsToItselfAlone() throws SQLException {
    try (Connection connection = fixture.connect()) {
      assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
      assertThat(connection.isWrapperFor(String.class)).isFalse();
      assertState("22023", () -> connection.unwrap(String.class));
    }
  }

  @Test
  void nativeSqlHasNoEscapes() throws SQLException {
    try (Connection connection = fixture.connect()) {
      assertThat(
              connection.nativeSQL(
                  "SELECT {d '2026-01-01'}, { ts '2026-01-01 00:00:00'}, {fn lcase('{d')}, \"{t\""
                      + " /* {d } */ FROM {oj a LEFT JOIN b ON a.x LIKE '!%' {escape '!'}}"
                      + " {limit 5} -- {d"))
          .isEqualTo(
              "SELECT DATE '2026-01-01', TIMESTAMP '2026-01-01 00:00:00', {fn LCASE('{d')}, \"{t\""
                  + " /* {d } */ FROM  a LEFT JOIN b ON a.x LIKE '!%' ESCAPE '!'"
                  + " LIMIT 5 -- {d");
      assertState("0A000", () -> connection.nativeSQL("{call x()}"));
      assertState("0A000", () -> connection.nativeSQL("{? = call x()}"));
    }
  }
}
