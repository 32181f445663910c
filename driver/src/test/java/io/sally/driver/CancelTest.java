package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CancelTest {
  /** A cross join that no machine ends, over rows that never match. */
  private static final String ENDLESS =
      "SELECT count(*) FROM numbers a, numbers b WHERE a.n + b.n < 0";

  private final Fixture fixture = new Fixture();
  private final ExecutorService threads = Executors.newCachedThreadPool();
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
    threads.shutdownNow();
  }

  @Test
  void cancelEndsATranslation() throws Exception {
    Future<ResultSet> running =
        threads.submit(() -> statement.executeQuery("ASK '" + Fixture.FOR_EVER + "'"));
    fixture.thinking.await();
    statement.cancel();
    assertCancelled(running);
    assertUsable();
  }

  @Test
  void cancelEndsAReadingAndClosingDoesToo() throws Exception {
    ResultSet rows = statement.executeQuery("SELECT n FROM numbers");
    CountDownLatch reading = new CountDownLatch(1);
    Callable<Boolean> read =
        () -> {
          while (rows.next()) {
            reading.countDown();
          }
          return true;
        };
    Future<Boolean> running = threads.submit(read);
    reading.await();
    statement.cancel();
    assertCancelled(running);
    assertUsable();
  }

  @Test
  void cancelEndsAQueryThatHasNoRowYet() throws Exception {
    Future<Boolean> running = threads.submit(() -> statement.executeQuery(ENDLESS).next());
    fixture.scanning.await();
    statement.cancel();
    assertCancelled(running);
    assertUsable();
  }

  @Test
  void closingTheConnectionEndsWhatItsStatementsDo() throws Exception {
    Future<Boolean> running = threads.submit(() -> statement.executeQuery(ENDLESS).next());
    fixture.scanning.await();
    Future<ResultSet> translating =
        threads.submit(
            () -> connection.createStatement().executeQuery("ASK '" + Fixture.FOR_EVER + "'"));
    fixture.thinking.await();
    connection.close();
    assertThatThrownBy(running::get).hasCauseInstanceOf(SQLException.class);
    assertThatThrownBy(translating::get).hasCauseInstanceOf(SQLException.class);
    assertThat(fixture.open).isZero();
  }

  @Test
  void theQueryTimeoutCoversTranslatingAndReading() throws SQLException {
    statement.setQueryTimeout(1);
    assertTimeout(() -> statement.executeQuery("ASK '" + Fixture.FOR_EVER + "'"));
    assertTimeout(() -> statement.executeQuery(ENDLESS).next());
    statement.setQueryTimeout(0);
    assertUsable();
  }

  @Test
  void cancellingWhatDoesNotRunHasNoEffectOnWhatFollows() throws SQLException {
    statement.cancel();
    assertUsable();
    ResultSet rows = statement.executeQuery("SELECT id FROM orders");
    rows.close();
    statement.cancel();
    assertUsable();
  }

  private void assertUsable() throws SQLException {
    assertThat(Fixture.rows(statement.executeQuery("SELECT count(*) FROM orders")))
        .isEqualTo(List.of(List.of("2")));
  }

  private static void assertTimeout(Callable<?> call) {
    assertThatThrownBy(call::call)
        .isInstanceOfSatisfying(
            SQLTimeoutException.class, e -> assertThat(e.getSQLState()).isEqualTo("HYT00"));
  }

  private static void assertCancelled(Future<?> running) {
    assertThatThrownBy(running::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
  }
}
