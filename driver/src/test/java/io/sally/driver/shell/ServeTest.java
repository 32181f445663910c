package io.sally.driver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code serve} refuses before it listens. */
class ServeTest {
  private static final String CANARY = "pa55-canary";

  private static CommandLine serve(String... arguments) throws IOException {
    String[] all = new String[arguments.length + 1];
    all[0] = "serve";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CommandLine.run(Map.of("ALICE", CANARY), "", all);
  }

  private static void assertRefused(String reason, String... arguments) throws IOException {
    CommandLine run = serve(arguments);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith(reason).contains("Usage: sally serve [options]");
    assertThat(run.all()).doesNotContain(CANARY);
  }

  @Test
  void tellsItsOptions() throws IOException {
    CommandLine run = serve("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: sally serve [options]").contains("--keystore");
    assertThat(CommandLine.run(Map.of(), "", "--help").out()).contains("sally serve [--port 8765]");
  }

  @Test
  void opensToOthersOnlyWithAUserOrWhenToldSo() throws IOException {
    assertRefused("Everybody who reaches 0.0.0.0 could read", "--bind", "0.0.0.0");
  }

  @Test
  void sendsNoPasswordInClearToOtherMachines() throws IOException {
    assertRefused(
        "With --password-scheme basic the password travels in clear",
        "--bind",
        "0.0.0.0",
        "--user",
        "alice=${env:ALICE}",
        "--password-scheme",
        "basic");
  }

  @Test
  void takesNoSecretFromTheCommandLineAsItIs() throws IOException {
    CommandLine run = serve("--user", "alice=" + CANARY);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "Error 22023: serve.users.alice.password: a secret on the command line can be seen by"
                + " others. Write ${env:NAME}, ${file:path} or ENC(…).\n");
  }

  @Test
  void saysThatASecretLeadsNowhere() throws IOException {
    CommandLine run = serve("--user", "alice=${env:NOBODY}");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("Error 22023: ").contains("NOBODY");
  }

  @Test
  void refusesWhatMakesNoSense() throws IOException {
    assertRefused("--port takes a number", "--port", "65536");
    assertRefused("--port takes a number", "--port", "http");
    assertRefused("A user is written", "--user", "alice");
    assertRefused("A user is written", "--user", "a:b=${env:ALICE}");
    assertRefused(
        "There are two users alice",
        "--user",
        "alice=${env:ALICE}",
        "--user",
        "alice=${env:ALICE}");
    assertRefused("--keystore and --keystore-password go together", "--keystore", "x.p12");
    assertRefused("--expire takes a time", "--expire", "0s");
    assertRefused("--password-scheme takes basic or digest", "--password-scheme", "none");
    assertRefused("serve takes no statement: SELECT 1", "SELECT 1");
    assertRefused("There is no option --nonsense", "--nonsense");
    assertRefused("The option --bind needs a value", "--bind");
  }

  @Test
  void saysWhyItCannotBegin() throws IOException {
    CommandLine run = serve("--port", "0", "-c", "/there/is/no/such.yaml");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("Error ").contains("/there/is/no/such.yaml");
  }
}
