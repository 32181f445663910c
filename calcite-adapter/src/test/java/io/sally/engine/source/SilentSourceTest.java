package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Session;
import io.sally.engine.SourceState;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that takes connections and never says a word. */
class SilentSourceTest {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  @SuppressWarnings("NullAway.Init")
  private static ServerSocket silence;

  @BeforeAll
  static void listen() throws IOException {
    silence = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  }

  @AfterAll
  static void close() throws IOException {
    silence.close();
  }

  private static SourceSettings settings(Duration connectTimeout) {
    return SourceSettings.ofDatabase(
            "mute",
            "127.0.0.1",
            silence.getLocalPort(),
            "db",
            "user",
            () -> "s3cr3t",
            List.of("public"))
        .within(4, connectTimeout);
  }

  static Stream<Source> sources() {
    SourceSettings settings = settings(CONNECT_TIMEOUT);
    return Stream.of(
        new PostgreSqlSource(settings), new MySqlSource(settings), new OracleSource(settings));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void isGivenUpAfterItsConnectTimeoutAndHoldsUpNothingElse(Source mute) throws SQLException {
    try (Engine engine = Engine.over(List.of(EngineReading.memory(), mute))) {
      assertThat(EngineReading.rows(engine, "SELECT n FROM memory.two"))
          .isEqualTo(List.of(List.of(1), List.of(2)));
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> EngineReading.rows(engine, "SELECT * FROM mute.orders"))
            .isInstanceOf(SQLException.class)
            .hasMessageStartingWith("Source mute cannot be reached: ")
            .hasMessageNotContaining("s3cr3t")
            .hasFieldOrPropertyWithValue("SQLState", "08001");
      }
      Catalogs catalogs = engine.catalogs();
      assertThat(catalogs.catalogs().stream().map(Catalog::source)).containsExactly("memory");
      assertThat(catalogs.missing().keySet()).containsExactly("mute");
      assertThat(catalogs.missing().get("mute")).startsWith("Source mute cannot be reached: ");
      List<SourceState> states = engine.sourceStates();
      assertThat(states.stream().map(SourceState::state))
          .containsExactly(SourceState.State.UP, SourceState.State.DOWN);
      assertThat(states.get(1).lastError()).isNotBlank();
    }
  }

  @Test
  void aStatementTimeoutEndsTheWaitForIt() throws SQLException {
    Source mute = new PostgreSqlSource(settings(Duration.ofSeconds(60)));
    try (Engine engine = Engine.over(List.of(mute))) {
      long begun = System.nanoTime();
      Limits limits = new Limits(Duration.ofMillis(300), 0, 0);
      SQLTimeoutException timeout =
          catchThrowableOfType(
              SQLTimeoutException.class,
              () -> EngineReading.rows(engine, limits, "SELECT * FROM mute.orders"));
      assertThat(timeout.getSQLState()).isEqualTo("HYT00");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mysql", "oracle"})
  void aCancelEndsTheWaitForIt(String type) throws Exception {
    SourceSettings settings = settings(Duration.ofSeconds(20));
    Source mute =
        switch (type) {
          case "postgresql" -> new PostgreSqlSource(settings);
          case "mysql" -> new MySqlSource(settings);
          default -> new OracleSource(settings);
        };
    try (Engine engine = Engine.over(List.of(mute));
        Execution execution = EngineReading.begin(engine, Limits.NONE)) {
      CompletableFuture<SQLException> run =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      SQLException.class,
                      () ->
                          engine.prepare(
                              "SELECT * FROM mute.orders", new Session(List.of()), execution)));
      TimeUnit.MILLISECONDS.sleep(300);
      assertThat(run).isNotDone();
      execution.cancel();
      assertThat(run.get(3, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
    }
  }

  /** A name without its source may belong to any source of the session, in their order. */
  @Test
  void aNameThatMayBeItsIsNotLookedForElsewhere() throws SQLException {
    Source mute = new PostgreSqlSource(settings(CONNECT_TIMEOUT));
    try (Engine engine = Engine.over(List.of(EngineReading.memory(), mute))) {
      assertThat(EngineReading.rows(engine, "SELECT n FROM two", "memory", "mute"))
          .isEqualTo(List.of(List.of(1), List.of(2)));
      assertThatThrownBy(() -> EngineReading.rows(engine, "SELECT n FROM two", "mute", "memory"))
          .hasFieldOrPropertyWithValue("SQLState", "08001");
      assertThat(EngineReading.rows(engine, "SELECT n FROM memory.two", "mute", "memory"))
          .isEqualTo(List.of(List.of(1), List.of(2)));
    }
  }
}
