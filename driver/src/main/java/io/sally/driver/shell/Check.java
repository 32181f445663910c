package io.sally.driver.shell;

import io.sally.driver.SallyDriver;
import io.sally.driver.SourceCheck;
import io.sally.driver.config.Configuration;
import io.sally.driver.config.ConfigurationReader;
import io.sally.driver.config.ConnectionUrl;
import io.sally.driver.config.LlmSettings;
import io.sally.driver.config.Origin;
import io.sally.driver.config.Setting;
import io.sally.driver.config.SourceConfiguration;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/** The command {@code check}: tries each source of a file, and the language model. */
final class Check {
  private static final String LINE = "%-20s %-12s %-6s %8s  %s%n";

  private final PrintStream out;
  private final PrintStream err;
  private boolean failed;

  Check(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Prints what comes of it.
   *
   * @return the exit code: 0 when everything can be reached, 1 otherwise
   */
  int run(String file) throws IOException {
    String url = ConnectionUrl.PREFIX + file;
    Configuration configuration;
    try {
      configuration = new ConfigurationReader(System::getenv).read(url, new Properties());
    } catch (SQLException e) {
      err.println(ErrorText.of(e));
      return 1;
    }
    out.printf(Locale.ROOT, LINE, "name", "type", "state", "ms", "message");
    for (SourceConfiguration source : configuration.sources()) {
      SourceCheck check = SourceCheck.of(source);
      line(
          source.name(),
          source.type().name().toLowerCase(Locale.ROOT),
          check.reachable(),
          check.took(),
          check.message());
    }
    model(url, configuration.llm());
    advise(Path.of(file), configuration);
    return failed ? 1 : 0;
  }

  private void line(String name, String type, boolean up, Duration took, String message) {
    failed |= !up;
    out.printf(Locale.ROOT, LINE, name, type, up ? "up" : "DOWN", took.toMillis(), message);
  }

  /** One question about the demo schema: the way of every question, with nobody's data. */
  private void model(String url, LlmSettings llm) {
    String type = llm.provider().name().toLowerCase(Locale.ROOT);
    Properties demo = new Properties();
    demo.setProperty("mode", "demo");
    Instant begin = Instant.now();
    try (Connection connection =
            Objects.requireNonNull(new SallyDriver().connect(url, demo), "a URL of its own");
        Statement statement = connection.createStatement()) {
      statement.execute("ASK SQL 'How many sites are there?'");
      line("(language model)", type, true, Duration.between(begin, Instant.now()), llm.model());
    } catch (SQLException e) {
      line(
          "(language model)", type, false, Duration.between(begin, Instant.now()), ErrorText.of(e));
    }
  }

  private void advise(Path file, Configuration configuration) throws IOException {
    for (Setting setting : configuration.settings()) {
      if (setting.origin() == Origin.FILE
          && setting.value().contains(Setting.HIDDEN_VALUE)
          && !setting.value().startsWith("ENC(")) {
        out.println(
            "Advice: "
                + setting.key()
                + " has its secret in clear in the file. ${env:NAME}, ${file:path} or the command"
                + " encrypt keep it out.");
      }
    }
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null
        && Files.exists(file)
        && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
      out.println(
          "Warning: every user of this machine can read " + file + ". Take it back: chmod 600.");
    }
  }
}
