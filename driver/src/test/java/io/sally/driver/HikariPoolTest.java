package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pool that most programs put between them and a driver. */
class HikariPoolTest {
  private static final int THREADS = 16;
  private static final int ROUNDS = 25;

  private HikariDataSource pool;

  @BeforeEach
  void open() {
    HikariConfig config = new HikariConfig();
    config.setDataSourceClassName(SallyDataSource.class.getName());
    config.addDataSourceProperty("url", "jdbc:sally:demo?demoDate=2026-03-15&llm.provider=offline");
    config.addDataSourceProperty("user", "ada");
    config.setMinimumIdle(2);
    config.setMaximumPoolSize(10);
    config.setAutoCommit(true);
    // Without one Hikari hands on the schema that the borrower before has set.
    config.setSchema("demo");
    config.setConnectionTimeout(TimeUnit.MINUTES.toMillis(1));
    pool = new HikariDataSource(config);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  private static List<Object> state(Connection connection) throws SQLException {
    return List.of(
        connection.getAutoCommit(),
        connection.isReadOnly(),
        String.valueOf(connection.getSchema()),
        String.valueOf(connection.getCatalog()),
        connection.getTransactionIsolation(),
        connection.getHoldability(),
        connection.getNetworkTimeout(),
        connection.getWarnings() == null);
  }

  @Test
  void theNextBorrowerFindsAConnectionAsTheFirstDid() throws SQLException {
    List<Object> fresh;
    Connection first;
    try (Connection connection = pool.getConnection()) {
      first = connection.unwrap(SallyConnection.class);
      fresh = state(connection);
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setSchema("sally");
      connection.setTransactionIsolation(Connection.TRANSACTION_NONE);
      connection.setNetworkTimeout(Runnable::run, 0);
      connection.setClientInfo("Colour", "red");
      connection.createStatement().executeQuery("SELECT count(*) FROM sources").next();
    }
    List<Connection> borrowed = new ArrayList<>();
    try {
      boolean met = false;
      while (!met && borrowed.size() < 10) {
        Connection connection = pool.getConnection();
        borrowed.add(connection);
        met = connection.unwrap(SallyConnection.class) == first;
      }
      assertThat(met).isTrue();
      assertThat(state(borrowed.get(borrowed.size() - 1))).isEqualTo(fresh);
    } finally {
      for (Connection connection : borrowed) {
        connection.close();
      }
    }
  }

  /**
   * Hikari sees no SET, and with this property tells the driver whose connection it is when;
   * without it a borrower says so itself.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatABorrowerSetsByASqlStatementIsNotTheNextOnes(boolean boundaries) throws SQLException {
    String property = "com.zaxxer.hikari.enableRequestBoundaries";
    System.setProperty(property, String.valueOf(boundaries));
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:sally:demo?demoDate=2026-03-15&llm.provider=offline");
    config.setMaximumPoolSize(1);
    config.setSchema("information_schema");
    try (HikariDataSource one = new HikariDataSource(config)) {
      Connection first;
      try (Connection connection = one.getConnection();
          Statement statement = connection.createStatement()) {
        first = connection.unwrap(SallyConnection.class);
        assertThat(connection.getSchema()).isEqualTo("information_schema");
        statement.execute("SET mode = 'demo'");
        assertThat(Fixture.rows(connection, "ASK 'how many sites are there?'"))
            .isEqualTo(List.of(List.of("150")));
        connection.setClientInfo("ApplicationName", "mine");
        statement.execute("SET schema = 'sally'");
        if (!boundaries) {
          statement.execute("RESET ALL");
        }
      }
      try (Connection connection = one.getConnection()) {
        assertThat(connection.unwrap(SallyConnection.class)).isSameAs(first);
        assertThat(connection.getSchema()).isEqualTo(boundaries ? "information_schema" : "demo");
        assertThat(connection.getClientInfo("ApplicationName"))
            .isEqualTo(boundaries ? null : "mine");
        connection.setSchema("demo");
        assertThatThrownBy(() -> Fixture.rows(connection, "ASK MORE 'in Germany'"))
            .hasMessageContaining("There is no question that ASK MORE could build on");
      }
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  void manyBorrowersShareTenConnectionsAndLeaveNoneBehind() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Long> sums = new ArrayList<>();
      for (Future<Long> sum :
          threads.invokeAll(Collections.nCopies(THREADS, (Callable<Long>) this::work))) {
        sums.add(sum.get());
      }
      assertThat(sums).isEqualTo(Collections.nCopies(THREADS, ROUNDS * (150L + 12L)));
    } finally {
      threads.shutdown();
    }
    HikariPoolMXBean state = pool.getHikariPoolMXBean();
    assertThat(List.of(state.getActiveConnections(), state.getThreadsAwaitingConnection()))
        .isEqualTo(List.of(0, 0));
    assertThat(state.getTotalConnections()).isBetween(2, 10);
  }

  private long work() throws SQLException {
    long sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet sites = statement.executeQuery("SELECT count(*) FROM sites")) {
        sites.next();
        sum += sites.getLong(1);
        try (PreparedStatement ask = connection.prepareStatement("ASK ?")) {
          ask.setString(1, "How many studies?");
          try (ResultSet studies = ask.executeQuery()) {
            studies.next();
            sum += studies.getLong(1);
          }
        }
        assertThat(connection.isValid(1)).isTrue();
      }
    }
    return sum;
  }

  @Test
  void whatABorrowerLeavesOpenIsClosedForIt() throws SQLException {
    Statement statement;
    ResultSet rows;
    try (Connection connection = pool.getConnection()) {
      statement = connection.createStatement();
      rows = statement.executeQuery("SELECT * FROM shipments");
      assertThat(rows.next()).isTrue();
    }
    assertThat(List.of(statement.isClosed(), rows.isClosed())).isEqualTo(List.of(true, true));
  }

  /** A failed statement is the statement's failure: the pool keeps the connection. */
  @Test
  void aConnectionOutlivesTheErrorsOfItsStatements() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      for (String wrong :
          List.of("SELEC 1", "SELECT * FROM nowhere", "DELETE FROM sites", "ASK 'zorgs?'")) {
        assertThatThrownBy(() -> connection.createStatement().executeQuery(wrong))
            .isInstanceOf(SQLException.class);
      }
      assertThat(List.of(connection.isValid(1), connection.isClosed()))
          .isEqualTo(List.of(true, false));
      assertThat(Fixture.rows(connection, "SELECT count(*) FROM sites"))
          .isEqualTo(List.of(List.of("150")));
    }
  }

  @Test
  void aConnectionThatDiedIsReplaced() throws SQLException {
    Connection dead;
    try (Connection connection = pool.getConnection()) {
      dead = connection.unwrap(SallyConnection.class);
      dead.abort(Runnable::run);
      // It is by the SQLState that the pool learns of it.
      assertThatThrownBy(connection::createStatement)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
    }
    try (Connection connection = pool.getConnection()) {
      assertThat(connection.unwrap(SallyConnection.class)).isNotSameAs(dead);
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void theClosedPoolHasClosedItsConnections() throws SQLException {
    Connection connection;
    try (Connection borrowed = pool.getConnection()) {
      connection = borrowed.unwrap(SallyConnection.class);
    }
    pool.close();
    assertThat(List.of(connection.isClosed(), connection.isValid(1)))
        .isEqualTo(List.of(true, false));
  }
}
