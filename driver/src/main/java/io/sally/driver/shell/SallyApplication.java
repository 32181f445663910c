package io.sally.driver.shell;

import io.sally.driver.SallyDriver;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import sqlline.Application;
import sqlline.BuiltInProperty;
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
        + " !tables lists the tables, !help the commands, !quit leaves.";
  }

  @Override
  public Collection<String> getConnectionUrlExamples() {
    return Set.of("jdbc:sally:", "jdbc:sally:demo");
  }

  @Override
  public SqlLineOpts getOpts(SqlLine sqlLine) {
    SqlLineOpts options = super.getOpts(sqlLine);
    options.set(BuiltInProperty.PROMPT, "sally> ");
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
