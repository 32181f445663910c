package io.sally.driver.shell;

import io.sally.driver.ModelCheck;
import io.sally.driver.SourceCheck;
import io.sally.driver.config.Configuration;
import io.sally.driver.config.ConfigurationReader;
import io.sally.driver.config.ConnectionUrl;
import io.sally.driver.config.Origin;
import io.sally.driver.config.Setting;
import io.sally.driver.config.SourceConfiguration;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The command {@code check}: tries each source of a file, and the language model. */
final class Check {
  private static final String LINE = "%-20s %-12s %-6s %8s  %-12s %s%n";

  private final PrintStream out;
  private final PrintStream err;
  private final UnaryOperator<@Nullable String> environment;
  private boolean failed;

  Check(PrintStream out, PrintStream err, UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /**
   * Prints what comes of it.
   *
   * @return the exit code: 0 when everything can be reached, 1 otherwise
   */
  int run(String file) throws IOException {
    Configuration configuration;
    try {
      configuration =
          new ConfigurationReader(environment).read(ConnectionUrl.PREFIX + file, new Properties());
    } catch (SQLException e) {
      err.println(ErrorText.of(e));
      return 1;
    }
    out.printf(Locale.ROOT, LINE, "name", "type", "state", "ms", "version", "message");
    for (SourceConfiguration source : configuration.sources()) {
      SourceCheck check = SourceCheck.of(source);
      line(
          source.name(),
          source.type().name().toLowerCase(Locale.ROOT),
          check.reachable(),
          check.latency(),
          check.version(),
          check.message());
    }
    ModelCheck model = ModelCheck.of(configuration);
    line(
        "(language model)",
        configuration.llm().provider(),
        model.reachable(),
        model.latency(),
        null,
        model.message());
    advise(Path.of(file), configuration);
    return failed ? 1 : 0;
  }

  private void line(
      String name,
      String type,
      boolean up,
      Duration latency,
      @Nullable String version,
      String message) {
    failed |= !up;
    out.printf(
        Locale.ROOT,
        LINE,
        name,
        type,
        up ? "up" : "DOWN",
        latency.toMillis(),
        version == null ? "" : version,
        message);
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
