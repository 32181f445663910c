package io.sally.driver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellTest {
  private static final String CANARY = "s3cret-canary";

  @TempDir Path folder;

  @BeforeEach
  void makeSqlite() throws SQLException {
    try (Connection lite =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("local.db"));
        Statement statement = lite.createStatement()) {
      statement.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, label TEXT)");
      statement.execute("INSERT INTO items VALUES (7, 'nut')");
    }
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("sally.yaml"), text).toString();
  }

  private static CommandLine run(String... arguments) throws IOException {
    return CommandLine.run(Map.of(), "", arguments);
  }

  @Test
  void runsAStatementOverTheSourcesOfAFile() throws IOException {
    String file = file("sources: {local: {type: sqlite, database: local.db}}\n");
    CommandLine run = run("--config", file, "SELECT label FROM local.items");
    assertThat(run.out()).startsWith("label\n-----\nnut\n(1 row, ");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aWrongFileIsToldWithItsPlace() throws IOException {
    String file = file("sources:\n  local: {type: access}\n");
    CommandLine run = run("-c", file, "SELECT 1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("Error 22023: ").contains(file + ", line 2");
    CommandLine check = run("check", file);
    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.err()).isEqualTo(run.err());
  }

  @Test
  void checkWarnsOfAFileThatOthersCanRead() throws IOException {
    String file = file("sources: {local: {type: sqlite, database: local.db}}\n");
    Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rw-r--r--"));
    CommandLine open = run("check", file);
    assertThat(open.exitCode()).isZero();
    assertThat(open.out()).endsWith("Take it back: chmod 600.\n");
    Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rw-------"));
    assertThat(run("check", file).out()).doesNotContain("chmod");
  }

  @Test
  void checkSaysWhichSourceIsDown() throws IOException {
    CommandLine run =
        run(
            "check",
            file(
                """
                sources:
                  local: {type: sqlite, database: local.db}
                  gone: {type: postgresql, host: 127.0.0.1, port: 1, password: %s}
                """
                    .formatted(CANARY)));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern("local +sqlite +up +\\d+ +3[0-9.]+ +1 table\n")
        .containsPattern("gone +postgresql +DOWN +\\d+ +\\S.*gone")
        .contains("Advice: sources.gone.password has its secret in clear");
    assertThat(run.all()).doesNotContain(CANARY);
  }

  @Test
  void anEncryptedSecretServesItsSettingAndNoOther() throws IOException {
    CommandLine key = run("generate-key");
    assertThat(key.exitCode()).isZero();
    Map<String, String> environment = Map.of("SALLY_KEY", key.out().strip());
    CommandLine sealed =
        CommandLine.run(environment, CANARY + "\n", "encrypt", "sources.local.password");
    assertThat(sealed.exitCode()).isZero();
    assertThat(sealed.out()).startsWith("ENC(v1:").doesNotContain(CANARY);
    String text = "sources: {%s: {type: sqlite, database: local.db, password: '%s'}}\n";
    String right = file(text.formatted("local", sealed.out().strip()));
    assertThat(CommandLine.run(environment, "", "check", right).exitCode()).isZero();
    String wrong = file(text.formatted("other", sealed.out().strip()));
    CommandLine run = CommandLine.run(environment, "", "check", wrong);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("sources.other.password cannot be decrypted");
  }

  @Test
  void encryptNeedsAKeyAndASecret() throws IOException {
    CommandLine noKey = CommandLine.run(Map.of(), CANARY, "encrypt", "llm.apiKey");
    assertThat(noKey.exitCode()).isEqualTo(1);
    assertThat(noKey.err()).startsWith("There is no key to encrypt with.").doesNotContain(CANARY);
    Map<String, String> environment = Map.of("SALLY_KEY", run("generate-key").out().strip());
    CommandLine empty = CommandLine.run(environment, "\n", "encrypt", "llm.apiKey");
    assertThat(empty.exitCode()).isEqualTo(1);
    assertThat(empty.err()).startsWith("The secret is empty.");
  }

  @Test
  void commandsInAWrongFormShowTheUsage() throws IOException {
    for (String[] arguments :
        new String[][] {{"check"}, {"encrypt"}, {"generate-key", "x"}, {"configure", "a", "b"}}) {
      CommandLine run = run(arguments);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).isEqualTo(ShellArguments.USAGE + System.lineSeparator());
    }
  }

  @Test
  void aChartIsBarsOnTheTerminalAndAPageThatNeedsNoNetwork() throws IOException {
    Path page = folder.resolve("c.html");
    String question = "ASK CHART 'number of shipments by status'";
    CommandLine run = run("--chart", page.toString(), question, question);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern("\n\\w+ +█{40} \\d+\n")
        .contains("\nChart: bar, in " + page + "\n")
        .endsWith("\nChart: bar, in " + folder.resolve("c-2.html") + "\n");
    assertThat(Files.readString(page))
        .isEqualTo(Files.readString(folder.resolve("c-2.html")))
        .contains("<title>number of shipments by status</title>", "default-src 'none'")
        .doesNotContain("<script src", "<link", "@import");
  }

  @Test
  void noValueLeavesItsPlaceInAPage() throws IOException {
    String hostile = "</script><script>alert(1)</script><!-- & ]]>";
    String page = ChartPage.page(hostile, "{\"title\":\"" + hostile + "\"}");
    assertThat(page)
        .doesNotContain("<script>alert", "<!-- &")
        .contains("<title>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;!-- &amp; ]]&gt;")
        .contains("\\u003c/script\\u003e\\u003cscript\\u003ealert(1)");
    // Three libraries, the data and what starts them: nothing in them ends its element early.
    assertThat(page.split("</script>", -1)).hasSize(6);
  }

  @Test
  void aPageThatCannotBeWrittenIsAnError() throws IOException {
    CommandLine run =
        run("--chart", folder.resolve("no/such/c.html").toString(), "ASK CHART 'how many sites?'");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no/such/c.html").contains("--chart <file>");
  }
}
