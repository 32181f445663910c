package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 50;

  private final Fixture fixture = new Fixture();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void eightThreadsShareOneConnection() throws Exception {
    try (Connection connection = fixture.connect()) {
      assertThat(eightTimes(() -> work(connection))).isEqualTo(everyonesAnswer());
    }
    assertThat(fixture.open).isZero();
  }

  @Test
  void eightConnectionsShareOneBackend() throws Exception {
    try (Connection first = fixture.connect()) {
      assertThat(
              eightTimes(
                  () -> {
                    try (Connection own = fixture.connect()) {
                      return work(own);
                    }
                  }))
          .isEqualTo(everyonesAnswer());
      assertThat(List.of(fixture.open, first.isClosed())).isEqualTo(List.of(1, false));
    }
    assertThat(fixture.open).isZero();
  }

  @Test
  void otherConfigurationsHaveABackendOfTheirOwn() throws SQLException {
    try (Connection first = fixture.connect();
        Connection second = fixture.connect("jdbc:sally:?ask.attempts=1")) {
      assertThat(List.of(first.isValid(1), second.isValid(1), fixture.open))
          .isEqualTo(List.of(true, true, 2));
    }
    assertThat(fixture.open).isZero();
  }

  private static List<List<String>> everyonesAnswer() {
    return Collections.nCopies(THREADS, Collections.nCopies(ROUNDS, "[[2]] [[11]] [[1]]"));
  }

  private static List<String> work(Connection connection) throws SQLException {
    List<String> answers = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      try (PreparedStatement prepared =
          connection.prepareStatement("SELECT id FROM orders WHERE id > ?")) {
        prepared.setLong(1, 10);
        answers.add(
            Fixture.rows(connection, "SELECT count(*) FROM orders")
                + " "
                + Fixture.rows(prepared.executeQuery())
                + " "
                + Fixture.rows(
                    connection, "SELECT count(*) FROM (ASK 'all orders') t WHERE id = 10"));
      }
    }
    return answers;
  }

  private List<List<String>> eightTimes(Callable<List<String>> work) throws Exception {
    List<List<String>> answers = new ArrayList<>();
    for (Future<List<String>> future : threads.invokeAll(Collections.nCopies(THREADS, work))) {
      answers.add(future.get());
    }
    return answers;
  }
}
