package io.sally.driver.shell;

import io.sally.driver.SallyDriver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sqlline.Application;
import sqlline.BuiltInProperty;
import sqlline.CommandHandler;
import sqlline.SqlLine;
import sqlline.SqlLineOpts;

/** What SQLLine is told of Sally. Public because SQLLine makes it by its name. */
public final class SallyApplication extends Application {
  @Override
  public String getInfoMessage() {
    SallyDriver driver = new SallyDriver();
    return "Sally "
        + driver.getMajorVersion()
        + "."
        + driver.getMinorVersion()
        + ". Type SQL or ASK '<question>' and end it with a semicolon;"
        + " !help ask lists what it knows, !tables the tables, !help all commands; Ctrl-C ends a statement,"
        + " !quit leaves.";
  }

  @Override
  public Collection<String> getConnectionUrlExamples() {
    return Set.of("jdbc:sally:", "jdbc:sally:demo");
  }

  @Override
  public Collection<CommandHandler> getCommandHandlers(SqlLine sqlLine) {
    List<CommandHandler> handlers = new ArrayList<>(super.getCommandHandlers(sqlLine));
    handlers.add(new AskCommand(sqlLine));
    return handlers;
  }

  /** Colours are for terminals that have them, and for people who want them (no-color.org). */
  private static boolean isColourful() {
    String terminal = System.getenv("TERM");
    String unwanted = System.getenv("NO_COLOR");
    return Optional.ofNullable(System.console()).isPresent()
        && !"dumb".equals(terminal)
        && (unwanted == null || unwanted.isEmpty());
  }

  @Override
  public SqlLineOpts getOpts(SqlLine sqlLine) {
    SqlLineOpts options = super.getOpts(sqlLine);
    options.set(BuiltInProperty.PROMPT, "sally> ");
    options.set(BuiltInProperty.COLOR, isColourful());
    options.set(BuiltInProperty.SHOW_WARNINGS, true);
    options.set(BuiltInProperty.ISOLATION, "TRANSACTION_NONE");
    options.set(BuiltInProperty.MAX_COLUMN_WIDTH, -1);
    options.set(BuiltInProperty.AUTO_RESIZE, true);
    options.set(
        BuiltInProperty.HISTORY_FILE,
        Path.of(System.getProperty("user.home"), ".sally", "history").toString());
    return options;
  }
}
