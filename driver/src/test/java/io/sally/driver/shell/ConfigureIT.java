package io.sally.driver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.ask.gemini.GeminiProtocolServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dialogue through a pipe, with real databases. */
@Timeout(300)
class ConfigureIT {
  private static final String PASSWORD = "it's ${env:no} \\ \"canary\"";

  private static EmbeddedPostgres postgres;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    try (Connection pg = postgres.getPostgresDatabase().getConnection();
        Statement statement = pg.createStatement()) {
      statement.execute("CREATE TABLE customers (id int PRIMARY KEY, name text)");
      statement.execute("INSERT INTO customers VALUES (1, 'Ada')");
      statement.execute(
          "CREATE ROLE stranger LOGIN PASSWORD '" + PASSWORD.replace("'", "''") + "'");
      statement.execute("GRANT SELECT ON customers TO stranger");
      try (ResultSet rows = statement.executeQuery("SHOW hba_file")) {
        rows.next();
        Path rules = Path.of(rows.getString(1));
        // The server trusts everybody but this one.
        Files.writeString(rules, "host all stranger all scram-sha-256\n" + Files.readString(rules));
      }
      statement.execute("SELECT pg_reload_conf()");
      statement.execute("SELECT pg_sleep(1)");
    }
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void makeSqlite() throws SQLException {
    try (Connection lite =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("local.db"));
        Statement statement = lite.createStatement()) {
      statement.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER)");
      statement.execute("INSERT INTO orders VALUES (10, 1)");
    }
  }

  private static String lines(String... lines) {
    return String.join("\n", lines) + "\n";
  }

  /** The answers for PostgreSQL as far as the password's place. */
  private static String stranger(String... rest) {
    return lines("postgresql", "", "" + postgres.getPort(), "postgres", "stranger", "pg")
        + lines(rest);
  }

  private Path file() {
    return folder.resolve("sally.yaml");
  }

  private CommandLine configure(Map<String, String> environment, String input) throws IOException {
    return CommandLine.run(environment, input, "configure", file().toString());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesAFileThatJoinsBothSources() throws IOException, SQLException {
    Map<String, String> environment = Map.of("PG_PASSWORD", PASSWORD);
    CommandLine run =
        configure(
            environment,
            stranger("environment", "")
                + lines("yes", "sqlite", "local.db", "", "no", "offline", "yes"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).doesNotContain("canary").contains("jdbc:sally:" + file());
    assertThat(run.out()).containsPattern("The source pg works: postgresql [0-9.]+.*, 1 table, ");
    assertThat(Files.readString(file()))
        .isEqualTo(
            """
            sources:
              pg:
                type: postgresql
                host: localhost
                port: %d
                database: postgres
                user: stranger
                password: '${env:PG_PASSWORD}'
              local:
                type: sqlite
                database: 'local.db'
            llm:
              provider: offline
            """
                .formatted(postgres.getPort()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    CommandLine check = CommandLine.run(environment, "", "check", file().toString());
    assertThat(check.exitCode()).isZero();
    assertThat(check.out())
        .containsPattern("pg +postgresql +up +\\d+ +[0-9.]+.* 1 table")
        .containsPattern("local +sqlite +up +\\d+ +3[0-9.]+ +1 table")
        .containsPattern("\\(language model\\) +offline +up")
        .doesNotContain("Advice", "Warning");
  }

  @Test
  void aWrongPasswordIsCorrectedAndOneInClearIsNotShown() throws IOException, SQLException {
    CommandLine run =
        configure(
            Map.of(),
            stranger("plain", "wrong-canary", "correct")
                + lines("", "", "", "", "", "", "", PASSWORD)
                + lines("no", "offline", "yes"));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .doesNotContain("canary")
        .contains("The source pg does not work yet: ", "password: '***'");
    try (Connection connection = DriverManager.getConnection("jdbc:sally:" + file());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM pg.customers")) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("Ada");
    }
    CommandLine check = CommandLine.run(Map.of(), "", "check", file().toString());
    assertThat(check.exitCode()).isZero();
    assertThat(check.out())
        .contains("Advice: sources.pg.password has its secret in clear in the file.")
        .doesNotContain("canary");
  }

  @Test
  void encryptsWithTheKeyOfTheEnvironment() throws IOException {
    String key = CommandLine.run(Map.of(), "", "generate-key").out().strip();
    CommandLine run =
        configure(
            Map.of("SALLY_KEY", key),
            stranger("encrypted", PASSWORD) + lines("no", "offline", "yes"));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.all()).doesNotContain("canary");
    assertThat(Files.readString(file())).contains("password: 'ENC(v1:").doesNotContain("canary");
    assertThat(CommandLine.run(Map.of("SALLY_KEY", key), "", "check", file().toString()).exitCode())
        .isZero();
    assertThat(CommandLine.run(Map.of(), "", "check", file().toString()).exitCode()).isEqualTo(1);
  }

  @Test
  void takesAPasswordFromAFileBesideTheConfiguration() throws IOException {
    Files.writeString(folder.resolve("secret"), PASSWORD + "\n");
    CommandLine run =
        configure(Map.of(), stranger("file", "secret") + lines("no", "offline", "yes"));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(Files.readString(file())).contains("password: '${file:secret}'");
  }

  @Test
  void sourcesThatDoNotAnswerAreKeptOrDroppedByWish() throws IOException {
    CommandLine run =
        configure(
            Map.of(),
            stranger("environment", "UNSET_VARIABLE", "drop")
                + lines("yes", "sqlite", "missing/nothing.db", "late", "keep")
                + lines("no", "offline", "yes"));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("the environment variable UNSET_VARIABLE, which is not set")
        .contains("The source late does not work yet: ");
    assertThat(Files.readString(file())).contains("late:").doesNotContain("pg:");
    CommandLine check = CommandLine.run(Map.of(), "", "check", file().toString());
    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out()).containsPattern("late +sqlite +DOWN");
  }

  @Test
  void triesTheLanguageModelBeforeItGoesOn() throws IOException {
    try (GeminiProtocolServer model =
        GeminiProtocolServer.start().then(GeminiProtocolServer.sql("SELECT COUNT(*) FROM sites"))) {
      Map<String, String> environment =
          Map.of("GEMINI_API_KEY", GeminiProtocolServer.KEY, "OTHER_KEY", "AIza-wrong-canary");
      CommandLine run =
          configure(
              environment,
              lines("sqlite", "local.db", "", "no")
                  + lines("gemini", "OTHER_KEY", GeminiProtocolServer.MODEL, "" + model.baseUrl())
                  + lines("correct", "gemini", "GEMINI_API_KEY", "", "", "yes"));
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .contains("The language model does not work yet: ")
          .contains("The language model gemini-test-flash works: ")
          .doesNotContain("canary", GeminiProtocolServer.KEY);
      assertThat(Files.readString(file()))
          .endsWith(
              """
              llm:
                provider: gemini
                apiKey: '${env:GEMINI_API_KEY}'
                model: 'gemini-test-flash'
                baseUrl: '%s'
              """
                  .formatted(model.baseUrl()));
      CommandLine check = CommandLine.run(environment, "", "check", file().toString());
      assertThat(check.exitCode()).isZero();
      assertThat(check.out())
          .containsPattern("\\(language model\\) +gemini +up +\\d+ +gemini-test-flash");
    }
  }

  @Test
  void anExistingFileIsReplacedOnlyByWish() throws IOException {
    Files.writeString(file(), "mode: demo\n");
    assertThat(configure(Map.of(), lines("no")).exitCode()).isEqualTo(1);
    assertThat(Files.readString(file())).isEqualTo("mode: demo\n");
    String rest = lines("sqlite", "local.db", "", "no", "offline");
    assertThat(configure(Map.of(), lines("yes") + rest + lines("no")).exitCode()).isEqualTo(1);
    assertThat(Files.readString(file())).isEqualTo("mode: demo\n");
    assertThat(configure(Map.of(), lines("yes") + rest + lines("yes")).exitCode()).isZero();
    assertThat(Files.readString(file())).startsWith("sources:\n  local:\n");
    assertThat(files()).containsExactly("local.db", "sally.yaml");
  }

  @Test
  void anInputThatEndsWritesNothing() throws IOException {
    CommandLine run = configure(Map.of(), lines("sqlite", "local.db"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("The input ended before the dialogue did. Nothing was written.\n");
    assertThat(files()).containsExactly("local.db");
  }

  @Test
  void answersThatMakeNoSenseAreAskedForAgain() throws IOException {
    CommandLine run =
        configure(
            Map.of(),
            lines("access", "sqlite", "", "local.db", "demo", "two words", "shop")
                + lines("perhaps", "no", "offline", "yes"));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Choose one of postgresql, mysql, mariadb, oracle, sqlite, trino.")
        .contains("Name the file.")
        .contains("A name begins with a letter")
        .contains("Choose one of yes, no.");
    assertThat(Files.readString(file())).startsWith("sources:\n  shop:\n");
  }
}
