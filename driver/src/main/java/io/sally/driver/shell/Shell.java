package io.sally.driver.shell;

import io.sally.driver.SallyDriver;
import io.sally.driver.config.ConnectionUrl;
import io.sally.driver.evaluation.Evaluation;
import io.sally.driver.statement.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The program behind {@code ./sally} and {@code java -jar}: with statements as arguments it runs
 * them, without it reads them from a pipe or, at a terminal, opens an interactive shell.
 */
public final class Shell {
  /** The statement failed. */
  private static final int FAILED = 1;

  /** The command line makes no sense. */
  private static final int USAGE = 2;

  /** What is done without a statement. */
  private static final Set<String> COMMANDS =
      Set.of("check", "configure", "encrypt", "evaluate", "generate-key", "serve");

  private static final String DEFAULT_FILE = "sally.yaml";

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final UnaryOperator<@Nullable String> environment;

  Shell(
      InputStream in,
      PrintStream out,
      PrintStream err,
      UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    int exitCode = new Shell(System.in, out, err, System::getenv).run(arguments);
    out.flush();
    System.exit(exitCode);
  }

  /**
   * Runs one command line.
   *
   * @return the exit code: 0 when all went well, 1 when a statement failed, 2 when the command line
   *     makes no sense
   */
  int run(String[] arguments) throws IOException {
    return arguments.length > 0 && COMMANDS.contains(arguments[0])
        ? command(arguments)
        : statements(arguments);
  }

  private int command(String[] arguments) throws IOException {
    SecretCommands secrets = new SecretCommands(in, out, err, environment);
    String argument = arguments.length == 2 ? arguments[1] : "";
    if (arguments[0].equals("generate-key") && arguments.length == 1) {
      return secrets.generateKey();
    } else if (arguments[0].equals("encrypt") && !argument.isEmpty()) {
      return secrets.encrypt(argument);
    } else if (arguments[0].equals("check") && !argument.isEmpty()) {
      return new Check(out, err, environment).run(argument);
    } else if (arguments[0].equals("configure") && arguments.length <= 2) {
      return new Configure(typing(), out, err, environment)
          .run(argument.isEmpty() ? DEFAULT_FILE : argument);
    } else if (arguments[0].equals("evaluate") && arguments.length == 3) {
      return evaluate(arguments[1], Path.of(arguments[2]));
    } else if (arguments[0].equals("serve")) {
      return new Serve(out, err, environment).run(arguments);
    }
    err.println(ShellArguments.USAGE);
    return USAGE;
  }

  private int evaluate(String configuration, Path questions) throws IOException {
    String url = ConnectionUrl.PREFIX + configuration;
    try (Connection connection = new SallyDriver().connect(url, new Properties())) {
      if (connection == null) {
        return USAGE;
      }
      new Evaluation(connection, out).run(Files.readString(questions));
      return 0;
    } catch (SQLException e) {
      return failed(e);
    } catch (NoSuchFileException e) {
      err.println("There is no file " + questions + ".");
    } catch (IllegalArgumentException e) {
      err.println(questions + ": " + e.getMessage());
    }
    return FAILED;
  }

  private Typing typing() {
    return Optional.ofNullable(System.console())
        .filter(console -> in == System.in)
        .map(console -> Typing.at(console, out))
        .orElseGet(() -> Typing.through(in, out));
  }

  private int statements(String[] arguments) throws IOException {
    ShellArguments parsed;
    try {
      parsed = ShellArguments.parse(arguments);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println();
      err.println(ShellArguments.USAGE);
      return USAGE;
    }
    if (parsed.help()) {
      out.println(ShellArguments.USAGE);
      return 0;
    }
    if (parsed.statements().isEmpty()) {
      return interactive(parsed);
    } else if (parsed.statements().equals(List.of(ShellArguments.STANDARD_INPUT))) {
      return script(parsed);
    }
    return runAll(parsed, parsed.statements());
  }

  private int interactive(ShellArguments arguments) throws IOException {
    try {
      return InteractiveShell.run(
          arguments, new Terminal(out, notices(), new ChartPage(arguments.chart())));
    } catch (SQLException e) {
      return failed(e);
    }
  }

  /** Where a person is told what takes long, or null where there is none. */
  private @Nullable PrintStream notices() {
    return Optional.ofNullable(System.console()).isPresent() && in == System.in ? err : null;
  }

  private int script(ShellArguments arguments) throws IOException {
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    try {
      return runAll(arguments, Script.statements(text));
    } catch (SQLException e) {
      return failed(e);
    }
  }

  private int runAll(ShellArguments arguments, List<String> statements) {
    @Nullable PrintStream terminal = notices();
    try (Connection connection = connected(arguments, terminal)) {
      if (connection == null) {
        return refuse(arguments);
      }
      StatementRun run =
          new StatementRun(
              connection, out, new Terminal(out, terminal, new ChartPage(arguments.chart())));
      for (String statement : statements) {
        run.print(statement);
      }
      return 0;
    } catch (SQLException e) {
      return failed(e);
    } catch (IOException e) {
      out.flush();
      err.println("The chart cannot be written: " + e + ". Name another file with --chart <file>.");
      return FAILED;
    }
  }

  private static @Nullable Connection connected(
      ShellArguments arguments, @Nullable PrintStream terminal) throws SQLException {
    ProgressLine progress = ProgressLine.of(terminal, "Connecting");
    try {
      return new SallyDriver().connect(arguments.url(), arguments.properties());
    } finally {
      progress.end();
    }
  }

  private int failed(SQLException e) {
    out.flush();
    err.println(ErrorText.of(e));
    return FAILED;
  }

  private int refuse(ShellArguments arguments) {
    err.println(
        "The URL "
            + arguments.url().split("[?]", 2)[0]
            + " is not one of Sally's: it begins with jdbc:sally:.");
    return USAGE;
  }
}
