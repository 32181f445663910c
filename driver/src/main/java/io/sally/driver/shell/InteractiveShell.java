package io.sally.driver.shell;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.stream.Collectors;
import sqlline.SqlLine;

/** The interactive shell: SQLLine, connected to Sally from the start. */
final class InteractiveShell {
  private InteractiveShell() {}

  /**
   * Runs the shell until the person leaves it.
   *
   * @param terminal what the person sees beside the rows
   * @return the exit code
   */
  static int run(ShellArguments arguments, Terminal terminal) throws IOException, SQLException {
    new TerminalDriver(terminal).takeOver();
    String[] options = {
      "-ac", SallyApplication.class.getName(),
      "-d", TerminalDriver.class.getName(),
      "-u", url(arguments),
      "-n", "",
      "-p", ""
    };
    // Without a stream of its own SQLLine talks to the terminal, with editing and history.
    SqlLine.Status status = new SqlLine().begin(options, null, true);
    return status == SqlLine.Status.OK ? 0 : 1;
  }

  /** SQLLine knows no properties of a connection but those in its URL. */
  private static String url(ShellArguments arguments) {
    String parameters =
        arguments.properties().stringPropertyNames().stream()
            .sorted()
            .map(name -> encode(name) + "=" + encode(arguments.properties().getProperty(name)))
            .collect(Collectors.joining("&"));
    if (parameters.isEmpty()) {
      return arguments.url();
    }
    return arguments.url() + (arguments.url().contains("?") ? "&" : "?") + parameters;
  }

  /** As in a URL's query, where a plus sign is a plus sign. */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
