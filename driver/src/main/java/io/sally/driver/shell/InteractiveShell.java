package io.sally.driver.shell;

import io.sally.driver.SallyDriver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import sqlline.SqlLine;

/** The interactive shell: SQLLine, connected to Sally from the start. */
final class InteractiveShell {
  private InteractiveShell() {}

  /**
   * Runs the shell until the person leaves it.
   *
   * @return the exit code
   */
  static int run(ShellArguments arguments) throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of("-d", SallyDriver.class.getName(), "-u", arguments.url(), "-n", "", "-p", ""));
    options.add("--showWarnings=true");
    options.add("--isolation=TRANSACTION_NONE");
    options.add("--maxWidth=160");
    options.add("--prompt=sally> ");
    arguments
        .properties()
        .stringPropertyNames()
        .forEach(name -> options.addAll(List.of("-c", name)));
    SqlLine.Status status = new SqlLine().begin(options.toArray(new String[0]), System.in, true);
    return status == SqlLine.Status.OK ? 0 : 1;
  }
}
