package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.driver.remote.RemoteServer;
import io.sally.driver.remote.RemoteSettings;
import io.sally.driver.remote.RemoteSettings.PasswordScheme;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Avatica's own client sees of the server, in both of its serialisations. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteServerTest {
  private static final String JSON = "json";
  private static final String PROTOBUF = "protobuf";
  private static final String DEMO = "jdbc:sally:demo?demoDate=2026-03-15";

  private static final String EVERY_TYPE =
      """
      SELECT * FROM (VALUES
        (1, TRUE, CAST(7 AS TINYINT), CAST(-300 AS SMALLINT), 2147483647, 9223372036854775807,
         CAST(1.5 AS REAL), CAST(-2.25E100 AS DOUBLE), CAST(12345678901234567890.12 AS DECIMAL(30, 2)),
         'Łódź 😀 "a"', CAST('ab' AS CHAR(3)), X'00FF10', DATE '2026-03-29', TIME '23:59:59',
         TIMESTAMP '2026-03-29 02:30:00.125'),
        (2, FALSE, CAST(0 AS TINYINT), CAST(0 AS SMALLINT), 0, 0,
         CAST(0 AS REAL), CAST(0 AS DOUBLE), CAST(0 AS DECIMAL(30, 2)),
         '', CAST('' AS CHAR(3)), X'', DATE '1582-10-04', TIME '00:00:00',
         TIMESTAMP '1901-01-01 00:00:00.001'),
        (3, CAST(NULL AS BOOLEAN), CAST(NULL AS TINYINT), CAST(NULL AS SMALLINT),
         CAST(NULL AS INTEGER), CAST(NULL AS BIGINT), CAST(NULL AS REAL), CAST(NULL AS DOUBLE),
         CAST(NULL AS DECIMAL(30, 2)), CAST(NULL AS VARCHAR), CAST(NULL AS CHAR(3)),
         CAST(NULL AS VARBINARY), CAST(NULL AS DATE), CAST(NULL AS TIME), CAST(NULL AS TIMESTAMP)),
        (4, TRUE, CAST(-128 AS TINYINT), CAST(-32768 AS SMALLINT), -2147483647, -9223372036854775807,
         CAST(0.1 AS REAL), CAST(0.1 AS DOUBLE), CAST(-0.01 AS DECIMAL(30, 2)),
         'x', CAST('abc' AS CHAR(3)), X'AB', DATE '0001-01-01', TIME '12:00:00',
         TIMESTAMP '1500-02-28 23:59:59.999')
      ) AS t (id, yes, tiny, small, number, large, floating, wide, price, text, fixed, bytes, day_of, time_of, moment)
      ORDER BY id""";

  private final Fixture fixture = new Fixture();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private RemoteServer server;

  @BeforeEach
  void serve() throws SQLException {
    server = serve(new SallyDriver(), DEMO, Duration.ofMinutes(1));
  }

  @AfterEach
  void stop() throws SQLException {
    server.close();
    threads.shutdownNow();
  }

  private static RemoteServer serve(SallyDriver driver, String url, Duration expiry)
      throws SQLException {
    return RemoteServer.start(
        new RemoteSettings(
            url, new Properties(), "127.0.0.1", 0, List.of(), PasswordScheme.BASIC, null, expiry),
        driver);
  }

  private Connection connect(String serialization) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=http://localhost:"
            + server.port()
            + ";serialization="
            + serialization);
  }

  private static List<List<@Nullable Object>> values(ResultSet rows) throws SQLException {
    List<List<@Nullable Object>> all = new ArrayList<>();
    int columns = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int column = 1; column <= columns; column++) {
        Object value = rows.getObject(column);
        row.add(comparable(value));
      }
      all.add(row);
    }
    return all;
  }

  /** Avatica's client gives a Byte and a Short where JDBC says Integer (Table B-3). */
  private static @Nullable Object comparable(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    return value instanceof Byte || value instanceof Short ? ((Number) value).intValue() : value;
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, PROTOBUF})
  void givesValuesOfEveryTypeAsTheDriverItselfDoes(String serialization) throws SQLException {
    try (Connection local = DriverManager.getConnection(DEMO);
        Connection remote = connect(serialization);
        ResultSet expected = local.createStatement().executeQuery(EVERY_TYPE);
        ResultSet actual = remote.createStatement().executeQuery(EVERY_TYPE)) {
      assertThat(columns(actual.getMetaData())).isEqualTo(columns(expected.getMetaData()));
      assertThat(values(actual)).isEqualTo(values(expected));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, PROTOBUF})
  void writesDatesOfLongAgoAsTheDriverItselfDoes(String serialization) throws SQLException {
    String sql =
        """
        SELECT DATE '1500-02-28', DATE '0001-01-01', DATE '9999-12-31', DATE '1969-12-31',
          TIMESTAMP '1500-02-28 01:02:03', TIMESTAMP '1969-12-31 23:59:59'""";
    try (Connection remote = connect(serialization)) {
      assertThat(Fixture.rows(remote, sql))
          .isEqualTo(
              List.of(
                  List.of(
                      "1500-02-28",
                      "0001-01-01",
                      "9999-12-31",
                      "1969-12-31",
                      "1500-02-28 01:02:03",
                      "1969-12-31 23:59:59")));
    }
  }

  private static boolean isTime(int type) {
    return type == Types.TIME || type == Types.TIMESTAMP;
  }

  private static List<String> columns(ResultSetMetaData metadata) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      columns.add(
          String.join(
              " ",
              metadata.getColumnLabel(i),
              metadata.getColumnTypeName(i),
              String.valueOf(metadata.getColumnType(i)),
              isTime(metadata.getColumnType(i)) ? "" : String.valueOf(metadata.getPrecision(i)),
              String.valueOf(metadata.getScale(i)),
              String.valueOf(metadata.isNullable(i))));
    }
    return columns;
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, PROTOBUF})
  void carriesWhatTheProtocolHasNoTypeForAsText(String serialization) throws SQLException {
    try (Connection remote = connect(serialization);
        ResultSet rows =
            remote
                .createStatement()
                .executeQuery(
                    """
                    SELECT INTERVAL '1-2' YEAR TO MONTH, ARRAY[1, 2], NULL""")) {
      for (int column = 1; column <= 3; column++) {
        assertThat(rows.getMetaData().getColumnType(column)).isEqualTo(Types.VARCHAR);
      }
      List<@Nullable Object> expected = new ArrayList<>(List.of("1-2", "[1, 2]"));
      expected.add(null);
      assertThat(values(rows)).isEqualTo(List.of(expected));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, PROTOBUF})
  void takesParametersOfEveryType(String serialization) throws SQLException {
    try (Connection remote = connect(serialization);
        PreparedStatement statement =
            remote.prepareStatement(
                """
                SELECT CAST(? AS BOOLEAN), CAST(? AS INTEGER), CAST(? AS BIGINT),
                  CAST(? AS DOUBLE), CAST(? AS DECIMAL(20, 3)), CAST(? AS VARCHAR),
                  CAST(? AS VARBINARY), CAST(? AS DATE), CAST(? AS TIME), CAST(? AS TIMESTAMP),
                  CAST(? AS VARCHAR)""")) {
      Timestamp moment = Timestamp.valueOf("2026-06-01 12:34:56.789");
      for (int run = 1; run <= 2; run++) {
        statement.setBoolean(1, true);
        statement.setInt(2, run);
        statement.setLong(3, Long.MIN_VALUE);
        statement.setDouble(4, -0.1);
        statement.setBigDecimal(5, new BigDecimal("12345678901234567.125"));
        statement.setString(6, "it's Łódź 😀 {");
        statement.setBytes(7, new byte[] {0, -1, 16});
        statement.setDate(8, Date.valueOf("2026-02-28"));
        statement.setTime(9, Time.valueOf("23:00:01"));
        statement.setTimestamp(10, moment);
        statement.setNull(11, Types.VARCHAR);
        try (ResultSet rows = statement.executeQuery()) {
          List<@Nullable Object> expected =
              new ArrayList<>(
                  List.of(
                      true,
                      run,
                      Long.MIN_VALUE,
                      -0.1,
                      new BigDecimal("12345678901234567.125"),
                      "it's Łódź 😀 {",
                      "[0, -1, 16]",
                      Date.valueOf("2026-02-28"),
                      Time.valueOf("23:00:01"),
                      moment));
          expected.add(null);
          assertThat(values(rows)).isEqualTo(List.of(expected));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, PROTOBUF})
  void findsRowsByParameters(String serialization) throws SQLException {
    String sql =
        "SELECT shipment_id FROM shipments WHERE status = ? AND shipped_on >= ? ORDER BY 1";
    try (Connection local = DriverManager.getConnection(DEMO);
        Connection remote = connect(serialization)) {
      List<List<@Nullable Object>> expected = delayedSince(local, sql);
      assertThat(expected).hasSizeGreaterThan(5);
      assertThat(delayedSince(remote, sql)).isEqualTo(expected);
    }
  }

  private static List<List<@Nullable Object>> delayedSince(Connection connection, String sql)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, "delayed");
      statement.setDate(2, Date.valueOf("2026-02-01"));
      try (ResultSet rows = statement.executeQuery()) {
        return values(rows);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, PROTOBUF})
  void pagesThroughManyRowsByWhateverFetchSize(String serialization) throws SQLException {
    try (RemoteServer numbers = serve(fixture.driver, Fixture.URL, Duration.ofMinutes(1));
        Connection remote =
            DriverManager.getConnection(
                "jdbc:avatica:remote:url=http://localhost:"
                    + numbers.port()
                    + ";serialization="
                    + serialization)) {
      for (int fetchSize : new int[] {0, 7, 100, 1_000, 50_000}) {
        try (Statement statement = remote.createStatement()) {
          statement.setFetchSize(fetchSize);
          assertThat(values(statement.executeQuery("SELECT n FROM numbers LIMIT 2501")))
              .isEqualTo(IntStream.range(0, 2501).mapToObj(n -> List.of((Object) n)).toList());
          statement.setMaxRows(150);
          assertThat(values(statement.executeQuery("SELECT n FROM numbers"))).hasSize(150);
        }
        try (PreparedStatement statement =
            remote.prepareStatement("SELECT n FROM numbers WHERE n >= ? LIMIT 1234")) {
          statement.setFetchSize(fetchSize);
          statement.setInt(1, 10);
          assertThat(values(statement.executeQuery()))
              .isEqualTo(IntStream.range(10, 1244).mapToObj(n -> List.of((Object) n)).toList());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, PROTOBUF})
  void describesTheTables(String serialization) throws SQLException {
    try (Connection local = DriverManager.getConnection(DEMO);
        Connection remote = connect(serialization)) {
      DatabaseMetaData expected = local.getMetaData();
      DatabaseMetaData actual = remote.getMetaData();
      assertThat(Fixture.rows(actual.getSchemas())).isEqualTo(Fixture.rows(expected.getSchemas()));
      assertThat(Fixture.rows(actual.getTableTypes()))
          .isEqualTo(Fixture.rows(expected.getTableTypes()));
      assertThat(Fixture.rows(actual.getTypeInfo()))
          .isEqualTo(Fixture.rows(expected.getTypeInfo()));
      String[] tables = {"TABLE"};
      assertThat(Fixture.rows(actual.getTables(null, null, "s%", tables)))
          .isEqualTo(Fixture.rows(expected.getTables(null, null, "s%", tables)));
      assertThat(Fixture.rows(actual.getColumns(null, null, "shipments", "%")))
          .isEqualTo(Fixture.rows(expected.getColumns(null, null, "shipments", "%")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, PROTOBUF})
  void answersQuestionsAndDrawsThem(String serialization) throws SQLException {
    try (Connection remote = connect(serialization);
        PreparedStatement ask = remote.prepareStatement("ASK ?")) {
      assertThat(Fixture.rows(remote, "ASK 'How many sites?'")).isEqualTo(List.of(List.of("150")));
      ask.setString(1, "How many studies?");
      assertThat(Fixture.rows(ask.executeQuery())).isEqualTo(List.of(List.of("12")));
      assertThat(Fixture.rows(remote, "ASK CHART 'shipments by status'").get(0))
          .hasSize(6)
          .startsWith("bar");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, PROTOBUF})
  void tellsOfErrorsAsTheDriverItselfDoes(String serialization) throws SQLException {
    try (Connection local = DriverManager.getConnection(DEMO);
        Connection remote = connect(serialization)) {
      for (String sql :
          List.of(
              "SELECT * FROM sitess",
              "SELECT nonsense FROM sites",
              "SELEC",
              "DELETE FROM sites",
              "SELECT 1 / 0",
              "SELECT CAST(status AS INTEGER) FROM shipments",
              "ASK 'what is the weather in Paris?'")) {
        SQLException expected = failure(local, sql);
        SQLException actual = failure(remote, sql);
        assertThat(actual.getSQLState()).as(sql).isEqualTo(expected.getSQLState());
        assertThat(actual.getMessage()).as(sql).contains(expected.getMessage());
        assertThat(actual.toString() + Arrays.toString(actual.getSuppressed()))
            .doesNotContain("io.sally.");
      }
      assertThat(Fixture.rows(remote, "VALUES 1")).isEqualTo(List.of(List.of("1")));
    }
  }

  private static SQLException failure(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        assertThat(rows.getString(1)).isNotNull();
      }
    } catch (SQLException e) {
      return e;
    }
    throw new AssertionError("This ran: " + sql);
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, PROTOBUF})
  void keepsWhatIsSetOnTheConnection(String serialization) throws SQLException {
    try (Connection remote = connect(serialization);
        Statement statement = remote.createStatement()) {
      assertThat(statement.execute("SET mode = 'demo'")).isFalse();
      try (PreparedStatement set = remote.prepareStatement("SET mode = 'demo'")) {
        assertThat(set.execute()).isFalse();
      }
      remote.setSchema("sally");
      assertThat(remote.getSchema()).isEqualTo("sally");
      assertThat(Fixture.rows(remote, "SELECT COUNT(*) FROM settings WHERE 1 = 0"))
          .isEqualTo(List.of(List.of("0")));
      remote.setReadOnly(true);
      remote.setAutoCommit(false);
      assertThat(Fixture.rows(remote, "VALUES 1")).isEqualTo(List.of(List.of("1")));
      remote.commit();
      remote.rollback();
      assertThat(failure(remote, "SELECT * FROM sites").getSQLState()).isEqualTo("42P01");
    }
  }

  @Test
  void aClientThatMayReconnectsAfterItsConnectionExpired() throws Exception {
    try (RemoteServer shop = serve(fixture.driver, Fixture.URL, Duration.ofMillis(200));
        Connection remote =
            DriverManager.getConnection(
                "jdbc:avatica:remote:url=http://localhost:"
                    + shop.port()
                    + ";transparent_reconnection=true")) {
      assertThat(Fixture.rows(remote, "VALUES 1")).isEqualTo(List.of(List.of("1")));
      while (shop.openConnections() > 0) {
        Thread.sleep(50);
      }
      assertThat(Fixture.rows(remote, "VALUES 2")).isEqualTo(List.of(List.of("2")));
    }
  }

  @Test
  void closingTheConnectionEndsWhatRunsOnIt() throws Exception {
    try (RemoteServer numbers = serve(fixture.driver, Fixture.URL, Duration.ofMinutes(1))) {
      Connection remote =
          DriverManager.getConnection("jdbc:avatica:remote:url=http://localhost:" + numbers.port());
      Future<SQLException> running =
          threads.submit(
              () ->
                  failure(remote, "SELECT count(*) FROM numbers a, numbers b WHERE a.n + b.n < 0"));
      fixture.scanning.await();
      remote.close();
      assertThat(running.get().getSQLState()).isEqualTo("57014");
      assertThat(numbers.openConnections()).isZero();
    }
    assertThat(fixture.open).isZero();
  }

  @Test
  void stoppingEndsWhatRuns() throws Exception {
    RemoteServer numbers = serve(fixture.driver, Fixture.URL, Duration.ofMinutes(1));
    Connection remote =
        DriverManager.getConnection("jdbc:avatica:remote:url=http://localhost:" + numbers.port());
    Future<SQLException> running =
        threads.submit(() -> failure(remote, "ASK '" + Fixture.FOR_EVER + "'"));
    fixture.thinking.await();
    numbers.close();
    numbers.close();
    assertThat(running.get().getMessage()).isNotEmpty();
    assertThat(fixture.open).isZero();
  }

  @Test
  void closesWhatAClientLeftBehind() throws Exception {
    try (RemoteServer shop = serve(fixture.driver, Fixture.URL, Duration.ofMillis(300))) {
      Connection left =
          DriverManager.getConnection("jdbc:avatica:remote:url=http://localhost:" + shop.port());
      ResultSet rows = left.createStatement().executeQuery("SELECT n FROM numbers");
      for (int i = 0; i < 100; i++) {
        assertThat(rows.next()).isTrue();
      }
      assertThat(shop.openConnections()).isEqualTo(1);
      while (shop.openConnections() > 0) {
        Thread.sleep(50);
      }
      assertThatThrownBy(
              () -> {
                while (rows.next()) {
                  assertThat(rows.getInt(1)).isGreaterThan(99);
                }
              })
          .hasMessageContaining("There is no such connection");
      assertThat(fixture.open).isEqualTo(1);
    }
    assertThat(fixture.open).isZero();
  }

  @Test
  void aSourcesConnectionComesBackFromAClientThatWentAway(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("local.db");
    try (Connection lite = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = lite.createStatement()) {
      statement.execute(
          """
          CREATE TABLE items AS WITH RECURSIVE i (n) AS
            (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 20000) SELECT n FROM i""");
    }
    Properties properties = new Properties();
    properties.setProperty("sources.local.type", "sqlite");
    properties.setProperty("sources.local.database", file.toString());
    properties.setProperty("sources.local.connections", "1");
    try (RemoteServer local =
        RemoteServer.start(
            new RemoteSettings(
                "jdbc:sally:",
                properties,
                "127.0.0.1",
                0,
                List.of(),
                PasswordScheme.BASIC,
                null,
                Duration.ofMillis(500)),
            new SallyDriver())) {
      String url = "jdbc:avatica:remote:url=http://localhost:" + local.port();
      Connection left = DriverManager.getConnection(url);
      ResultSet rows = left.createStatement().executeQuery("SELECT n FROM local.items");
      assertThat(rows.next()).isTrue();
      while (local.openConnections() > 0) {
        Thread.sleep(50);
      }
      try (Connection next = DriverManager.getConnection(url)) {
        assertThat(Fixture.rows(next, "SELECT COUNT(*) FROM local.items"))
            .isEqualTo(List.of(List.of("20000")));
      }
    }
  }

  @Test
  void aStatementThatRunsForLongDoesNotExpire() throws Exception {
    try (RemoteServer shop = serve(fixture.driver, Fixture.URL, Duration.ofMillis(200))) {
      Connection remote =
          DriverManager.getConnection("jdbc:avatica:remote:url=http://localhost:" + shop.port());
      Future<SQLException> running =
          threads.submit(
              () ->
                  failure(remote, "SELECT count(*) FROM numbers a, numbers b WHERE a.n + b.n < 0"));
      fixture.scanning.await();
      Thread.sleep(1_000);
      assertThat(running.isDone()).isFalse();
      assertThat(shop.openConnections()).isEqualTo(1);
      remote.close();
      assertThat(running.get().getSQLState()).isEqualTo("57014");
    }
  }

  @Test
  void manyClientsAtOnceGetEachTheirOwnRows() throws Exception {
    String sql =
        "SELECT CAST(? AS VARCHAR) || status, COUNT(*) FROM shipments GROUP BY status ORDER BY 1";
    List<Future<Boolean>> clients = new ArrayList<>();
    for (int client = 0; client < 24; client++) {
      String name = "client " + client + " ";
      String serialization = client % 2 == 0 ? JSON : PROTOBUF;
      clients.add(
          threads.submit(
              () -> {
                for (int run = 0; run < 5; run++) {
                  try (Connection remote = connect(serialization);
                      PreparedStatement statement = remote.prepareStatement(sql)) {
                    statement.setString(1, name);
                    List<List<@Nullable String>> rows = Fixture.rows(statement.executeQuery());
                    assertThat(rows).hasSizeGreaterThan(2);
                    assertThat(rows).allMatch(row -> String.valueOf(row.get(0)).startsWith(name));
                  }
                }
                return true;
              }));
    }
    for (Future<Boolean> client : clients) {
      assertThat(client.get()).isTrue();
    }
    assertThat(server.openConnections()).isZero();
  }

  @Test
  void aClientSetsOnlyWhatIsHarmless() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("demoDate", "2026-01-31");
    String url = "jdbc:avatica:remote:url=http://localhost:" + server.port();
    try (Connection remote = DriverManager.getConnection(url, properties)) {
      assertThat(Fixture.rows(remote, "SELECT CURRENT_DATE"))
          .isEqualTo(List.of(List.of("2026-01-31")));
    }
    for (Map.Entry<String, String> entry :
        Map.of(
                "llm.baseUrl", "http://localhost:1/",
                "sources.x.url", "jdbc:sqlite:/etc/passwd",
                "keyFile", "/etc/passwd",
                "ask.memory", "/tmp/x.db")
            .entrySet()) {
      Properties other = new Properties();
      other.setProperty(entry.getKey(), entry.getValue());
      assertThatThrownBy(() -> DriverManager.getConnection(url, other).close())
          .hasMessageContaining("cannot set the property " + entry.getKey())
          .satisfies(e -> assertThat(e.toString()).contains("(42501)"))
          .hasMessageNotContaining(entry.getValue());
    }
    assertThat(server.openConnections()).isZero();
  }
}
