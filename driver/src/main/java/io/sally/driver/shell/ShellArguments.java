package io.sally.driver.shell;

import io.sally.driver.config.ConnectionUrl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A command line, understood.
 *
 * @param statements what to run, in order; empty for the interactive shell
 * @param chart where the page of the first chart goes
 */
record ShellArguments(
    String url, Properties properties, List<String> statements, Path chart, boolean help) {
  static final String USAGE =
      """
      Usage: sally [options] ["<statement>" ...]

        sally "ASK 'How many shipments are delayed by country?'"   asks and prints the answer
        sally "ASK CHART 'shipments by country'"                   draws bars and writes a web page
        sally "SELECT * FROM studies"                              runs SQL
        sally - < file.sql                                         runs the statements of a file
        sally                                                      opens the interactive shell
        sally configure [<file>]                                   asks, tries and writes sally.yaml
        sally check <file>                                         tries each source and the model
        sally serve [--port 8765] [...]                            answers over HTTP; serve --help
        sally evaluate <file> <questions.sql>                      asks questions with known answers
        sally generate-key                                         prints a key for ENC(...) values
        sally encrypt <setting> < secret.txt                       prints the ENC(...) of a secret

      Options:
        -c, --config <file>          the configuration file, as in jdbc:sally:<file>
        -u, --url <url>              the JDBC URL; default jdbc:sally:demo
        -p, --property <name>=<value>  a connection property, any number of times
        --chart <file>               the web page of ASK CHART; default sally-chart.html
        -h, --help                   this text

      Exit codes: 0 all went well, 1 a statement failed, 2 the command line makes no sense.""";

  /**
   * A statement may begin with a comment, so that not everything with a dash in front is an option.
   */
  private static final Pattern OPTION = Pattern.compile("-[a-zA-Z]|--[a-z]+(-[a-z]+)*");

  private static final Pattern SECRET = Pattern.compile("llm\\.apiKey|sources\\..*\\.password");

  /** In the place of a statement: the statements come through standard input. */
  static final String STANDARD_INPUT = "-";

  private static final String DEFAULT_CHART = "sally-chart.html";
  private static final String DEFAULT_URL = "jdbc:sally:demo";

  /**
   * Understands a command line.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  static ShellArguments parse(String[] arguments) {
    String url = DEFAULT_URL;
    Properties properties = new Properties();
    List<String> statements = new ArrayList<>();
    Path chart = Path.of(DEFAULT_CHART);
    boolean help = false;
    Iterator<String> rest = List.of(arguments).iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "-c", "--config" -> url = ConnectionUrl.PREFIX + value(argument, rest);
        case "-u", "--url" -> url = value(argument, rest);
        case "-p", "--property" -> {
          String property = value(argument, rest);
          int equals = property.indexOf('=');
          if (equals < 1) {
            throw new IllegalArgumentException(
                "A property is written " + argument + " <name>=<value>.");
          }
          properties.setProperty(property.substring(0, equals), property.substring(equals + 1));
          refuseBareSecret(property);
        }
        case "--chart" -> chart = Path.of(value(argument, rest));
        case "-h", "--help" -> help = true;
        default -> {
          if (OPTION.matcher(argument).matches()) {
            throw new IllegalArgumentException("There is no option " + argument + ".");
          }
          statements.add(argument);
        }
      }
    }
    return new ShellArguments(url, properties, List.copyOf(statements), chart, help);
  }

  /** Every user of the machine sees the command line, and the shell shows its URL. */
  private static void refuseBareSecret(String property) {
    int equals = property.indexOf('=');
    String name = property.substring(0, equals);
    if (SECRET.matcher(name).matches() && !property.startsWith("${", equals + 1)) {
      throw new IllegalArgumentException(
          "A secret on the command line can be seen by others. Write "
              + name
              + "=${env:NAME} or "
              + name
              + "=${file:/path}.");
    }
  }

  static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException("The option " + option + " needs a value.");
    }
    return rest.next();
  }
}
