package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many connections and many threads for a while, over the demo, a SQLite and a PostgreSQL: every
 * answer is right, and no thread, no memory and no connection to a source stays behind. {@code
 * -Dstress.minutes=5} has it go on for so long; without it takes some seconds.
 */
class StressIT {
  private static final int THREADS = 32;
  private static final int CONNECTIONS = 100;
  private static final double MINUTES =
      Double.parseDouble(System.getProperty("stress.minutes", "0.1"));
  private static final int ROUNDS = MINUTES < 1 ? 5 : 100;

  /** More than garbage that a collection leaves by chance, less than what leaks in any run. */
  private static final long SLACK = 48L << 20;

  /** A query, and the only row that it may give. */
  private record Known(String sql, String row) {}

  private static final List<Known> QUERIES =
      List.of(
          new Known("SELECT count(*) FROM demo.sites", "150"),
          new Known("SELECT * FROM (ASK 'How many digits are there?') t", "1000"),
          new Known("SELECT sum(n) FROM lite.digits WHERE n <= 100", "5050"),
          new Known("SELECT sum(n) FROM pg.numbers WHERE n <= 100", "5050"),
          new Known("SELECT count(*) FROM pg.numbers p JOIN lite.digits l ON p.n = l.n", "1000"),
          new Known("SELECT count(*) FROM lite.digits JOIN demo.sites ON n = site_id", "150"),
          new Known("SELECT name FROM pg.numbers WHERE n = 77", "no 77"),
          new Known(
              "SELECT max(name) FROM (SELECT TOP 5 name FROM pg.numbers ORDER BY n) t", "no 5"));
  private static final String LONG =
      "SELECT count(*) FROM pg.numbers a, pg.numbers b, pg.numbers c WHERE a.n + b.n <> c.n";
  private static final String LONG_HERE =
      "SELECT count(*) FROM lite.digits a, pg.numbers b, demo.shipments c WHERE a.n + b.n <> c.quantity";

  @TempDir static Path folder;

  private static EmbeddedPostgres postgres;
  private static String url;

  private final AtomicLong statements = new AtomicLong();
  private final AtomicLong cancels = new AtomicLong();
  private final ScheduledExecutorService canceller = Executors.newScheduledThreadPool(2);

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().setServerConfig("max_connections", "50").start();
    try (Connection pg = postgres.getPostgresDatabase().getConnection();
        Statement statement = pg.createStatement()) {
      statement.execute("CREATE TABLE numbers (n int PRIMARY KEY, name text)");
      statement.execute("INSERT INTO numbers SELECT i, 'no ' || i FROM generate_series(1, 3000) i");
      statement.execute("CREATE ROLE sally LOGIN");
      statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO sally");
    }
    try (Connection lite =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("local.db"));
        Statement statement = lite.createStatement()) {
      statement.execute("CREATE TABLE digits (n INTEGER PRIMARY KEY)");
      statement.execute(
          "INSERT INTO digits WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE"
              + " n < 1000) SELECT n FROM c");
    }
    url =
        "jdbc:sally:"
            + Files.writeString(
                folder.resolve("sally.yaml"),
                """
                llm: {provider: offline}
                sources:
                  pg: {type: postgresql, host: localhost, port: %d, database: postgres, user: sally}
                  lite: {type: sqlite, database: local.db}
                """
                    .formatted(postgres.getPort()));
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Test
  void nothingStaysBehind() throws Exception {
    try (Connection connection = DriverManager.getConnection(url)) {
      for (int round = 0; round < 20; round++) {
        work(connection, new Random(round));
      }
    }
    canceller.schedule(() -> {}, 0, TimeUnit.SECONDS).get();
    Set<Thread> threads = liveThreads(Set.of());
    long memory = usedMemory();

    Instant begun = Instant.now();
    for (int round = 0; round < ROUNDS; round++) {
      openAndCloseMany();
    }
    Duration opening = Duration.between(begun, Instant.now());
    long afterOpening = usedMemory();
    manyThreads(Instant.now().plusMillis((long) (MINUTES * 60_000)));
    long afterWork = usedMemory();

    System.out.printf(
        "Stress: %d connections opened and closed %d times in %d ms; %d statements by %d threads in"
            + " %.1f minutes, %d of them cancelled or out of time; memory %d, %d, %d KB; connections to the"
            + " source %d%n",
        CONNECTIONS,
        ROUNDS,
        opening.toMillis(),
        statements.get(),
        THREADS,
        MINUTES,
        cancels.get(),
        memory >> 10,
        afterOpening >> 10,
        afterWork >> 10,
        sourceConnections());
    assertThat(liveThreads(threads)).isEmpty();
    assertThat(sourceConnections()).isZero();
    assertThat(afterWork - memory).isLessThan(SLACK);
    canceller.shutdownNow();
  }

  private void openAndCloseMany() throws SQLException {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Connection connection = DriverManager.getConnection(url);
      connections.add(connection);
      check(connection, QUERIES.get(i % QUERIES.size()));
    }
    for (Connection connection : connections) {
      connection.close();
    }
  }

  private void manyThreads(Instant end) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(i);
      running.add(
          threads.submit(
              () -> {
                while (Instant.now().isBefore(end)) {
                  try (Connection connection = DriverManager.getConnection(url)) {
                    for (int n = 0; n < 20 && Instant.now().isBefore(end); n++) {
                      work(connection, random);
                    }
                  }
                }
                return null;
              }));
    }
    threads.shutdown();
    for (Future<?> each : running) {
      each.get();
    }
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  private void work(Connection connection, Random random) throws SQLException {
    statements.incrementAndGet();
    Known known = QUERIES.get(random.nextInt(QUERIES.size()));
    switch (random.nextInt(10)) {
      case 0 -> cancelled(connection, random.nextBoolean() ? LONG : LONG_HERE, random.nextInt(40));
      case 1 -> prepared(connection, 1 + random.nextInt(3000));
      case 2 -> abandoned();
      case 3 -> wrong(connection);
      case 4 -> listed(connection);
      default -> check(connection, known);
    }
  }

  private static void check(Connection connection, Known known) throws SQLException {
    assertThat(Fixture.rows(connection, known.sql())).isEqualTo(List.of(List.of(known.row())));
  }

  private void cancelled(Connection connection, String sql, int milliseconds) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Future<?> cancel =
          canceller.schedule(
              () -> {
                statement.cancel();
                return null;
              },
              milliseconds,
              TimeUnit.MILLISECONDS);
      // A cancel that comes before the statement runs stops nothing.
      statement.setQueryTimeout(2);
      try (ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
      } catch (SQLException e) {
        assertThat(e.getSQLState()).isIn("57014", "HYT00");
        cancels.incrementAndGet();
      } finally {
        cancel.cancel(false);
      }
    }
  }

  private static void prepared(Connection connection, int n) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT name FROM pg.numbers WHERE n = ?")) {
      statement.setInt(1, n);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(Fixture.rows(rows)).isEqualTo(List.of(List.of("no " + n)));
      }
    }
  }

  /** Neither the result nor the statement is closed: the connection does it. */
  private static void abandoned() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      Statement statement = connection.createStatement();
      statement.setFetchSize(10);
      ResultSet rows = statement.executeQuery("SELECT * FROM pg.numbers ORDER BY n");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
    }
  }

  private static void wrong(Connection connection) {
    try {
      Fixture.rows(connection, "SELECT 1 / (n - n) FROM lite.digits, pg.nowhere");
      throw new AssertionError("no error");
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isEqualTo("42P01");
    }
  }

  private static void listed(Connection connection) throws SQLException {
    try (ResultSet tables = connection.getMetaData().getTables(null, "pg", "%", null)) {
      assertThat(tables.next()).isTrue();
      assertThat(tables.getString("TABLE_NAME")).isEqualTo("numbers");
    }
  }

  private static long sourceConnections() throws SQLException {
    try (Connection pg = postgres.getPostgresDatabase().getConnection()) {
      return Long.parseLong(
          String.valueOf(
              Fixture.rows(pg, "SELECT count(*) FROM pg_stat_activity WHERE usename = 'sally'")
                  .get(0)
                  .get(0)));
    }
  }

  /** The threads beside these that are still alive after a while, in which what ends has ended. */
  private static Set<Thread> liveThreads(Set<Thread> known) throws InterruptedException {
    Set<Thread> alive = Set.of();
    for (int round = 0; round < 100; round++) {
      alive =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !known.contains(thread))
              .collect(Collectors.toSet());
      if (alive.isEmpty()) {
        break;
      }
      Thread.sleep(known.isEmpty() ? 20 : 100);
    }
    return alive;
  }

  private static long usedMemory() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      System.gc();
      Thread.sleep(100);
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
