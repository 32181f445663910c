package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The one jar's command {@code serve}, and clients of it that know nothing of the jar. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServeIT {
  private static final String JAR = System.getProperty("sally.jar");
  private static final String PASSWORD = "pa55-canary";
  private static final Pattern ADDRESS =
      Pattern.compile("Sally answers at (http://127\\.0\\.0\\.1:[0-9]+) for alice\\.");
  private static final int SIGTERM = 128 + 15;

  @TempDir Path folder;

  @Test
  void servesUntilItIsTerminated() throws Exception {
    Path err = folder.resolve("err.txt");
    Process server = start(err);
    try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
      String address = address(out.readLine());
      assertThat(out.readLine()).isEqualTo("Stop it with Ctrl-C.");
      try (Connection remote = DriverManager.getConnection(url(address, PASSWORD));
          PreparedStatement ask = remote.prepareStatement("ASK ?")) {
        ask.setString(1, "How many sites?");
        assertThat(Fixture.rows(ask.executeQuery())).isEqualTo(List.of(List.of("150")));
        assertThat(Fixture.rows(remote, "SELECT CURRENT_DATE"))
            .isEqualTo(List.of(List.of("2026-03-15")));
      }
      try (Connection remote = DriverManager.getConnection(url(address, PASSWORD));
          PreparedStatement skipped = remote.prepareStatement("SELECT CAST(? AS TIMESTAMP)")) {
        Timestamp moment = Timestamp.valueOf("2026-03-29 02:30:00");
        skipped.setTimestamp(1, moment);
        try (ResultSet rows = skipped.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getTimestamp(1)).isEqualTo(moment);
        }
      }
      assertThatThrownBy(() -> DriverManager.getConnection(url(address, "wrong")).isValid(1))
          .hasMessageContaining("401");
      // By its handle, since destroying a Process closes its streams.
      server.toHandle().destroy();
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).isEqualTo(SIGTERM);
      assertThat(out.readLine()).isNull();
      assertThat(Files.readString(err)).isEqualTo("Sally has stopped.\n");
    } finally {
      server.destroyForcibly();
    }
  }

  /** The script needs Python alone, which a machine that builds this need not have. */
  @Test
  void answersAProgramInPython() throws Exception {
    assumeTrue(run(List.of("python3", "--version"), Map.of()).startsWith("Python 3"));
    Process server = start(folder.resolve("err.txt"));
    try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
      Map<String, String> environment =
          Map.of(
              "SALLY_URL",
              address(out.readLine()) + "/",
              "SALLY_USER",
              "alice",
              "SALLY_PASSWORD",
              PASSWORD);
      List<String> ask = List.of("python3", "../docs/remote.py");
      assertThat(
              run(
                  and(
                      ask,
                      "SELECT DATE '1582-10-04' AS d, TIMESTAMP '2026-03-29 02:30:00' AS t, CAST(12345678901234567890.50 AS DECIMAL(22, 2)) AS n,"
                          + " CAST(NULL AS VARCHAR) AS nothing, 'Łódź' AS text"),
                  environment))
          .isEqualTo(
              "d\tt\tn\tnothing\ttext\n1582-10-04\t2026-03-29 02:30:00\t12345678901234567890.50\t\tŁódź\n");
      assertThat(run(and(ask, "SELECT shipment_id FROM shipments"), environment).lines())
          .doesNotHaveDuplicates()
          .hasSize(1 + shipments(environment, ask));
      assertThat(run(and(ask, "SELECT * FROM sitess"), environment))
          .isEqualTo(
              "Error 42P01: There is no table or schema 'sitess' (line 1, column 15)."
                  + " Did you mean sites?\n");
    } finally {
      server.destroyForcibly();
    }
  }

  private static int shipments(Map<String, String> environment, List<String> ask) throws Exception {
    return Integer.parseInt(
        run(and(ask, "SELECT COUNT(*) AS n FROM shipments"), environment).split("\n", -1)[1]);
  }

  private static List<String> and(List<String> command, String argument) {
    return Stream.concat(command.stream(), Stream.of(argument)).toList();
  }

  private static String run(List<String> command, Map<String, String> environment)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      // There is no such program.
      return String.valueOf(e.getMessage());
    }
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return printed;
  }

  private static String address(String line) {
    Matcher matcher = ADDRESS.matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    return matcher.group(1);
  }

  private static String url(String address, String password) {
    return "jdbc:avatica:remote:url="
        + address
        + ";serialization=protobuf;authentication=DIGEST;avatica_user=alice;avatica_password="
        + password;
  }

  private static Process start(Path err) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Its clocks skip an hour that there is elsewhere.
                "-Duser.timezone=Europe/Paris",
                "-jar",
                JAR,
                "serve",
                "--port",
                "0",
                "--user",
                "alice=${env:ALICE}",
                "-p",
                "demoDate=2026-03-15")
            .redirectError(err.toFile());
    builder.environment().remove("GEMINI_API_KEY");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("ALICE", PASSWORD);
    return builder.start();
  }
}
