package io.sally.driver.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What one command line prints with this input and these environment variables. */
record CommandLine(int exitCode, String out, String err) {
  static CommandLine run(Map<String, String> environment, String input, String... arguments)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream toOut = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream toErr = new PrintStream(err, false, StandardCharsets.UTF_8)) {
      int exitCode =
          new Shell(
                  new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                  toOut,
                  toErr,
                  environment::get)
              .run(arguments);
      toOut.flush();
      toErr.flush();
      return new CommandLine(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }

  /** All that was printed. */
  String all() {
    return out + err;
  }
}
