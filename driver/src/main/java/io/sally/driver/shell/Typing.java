package io.sally.driver.shell;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the lines of a dialogue come from: a person's terminal, or a pipe. */
interface Typing {
  /** Shows the prompt and reads a line; null at the end of the input. */
  @Nullable String line(String prompt) throws IOException;

  /** The same without echo where there is one. */
  @Nullable String secret(String prompt) throws IOException;

  /** Lines of a pipe, in UTF-8. */
  static Typing through(InputStream in, PrintStream out) {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    return new Typing() {
      @Override
      public @Nullable String line(String prompt) throws IOException {
        out.print(prompt);
        out.flush();
        String line = lines.readLine();
        out.println();
        return line;
      }

      @Override
      public @Nullable String secret(String prompt) throws IOException {
        return line(prompt);
      }
    };
  }

  /** A person's terminal. */
  static Typing at(Console console, PrintStream out) {
    return new Typing() {
      @Override
      public @Nullable String line(String prompt) {
        out.flush();
        return console.readLine("%s", prompt);
      }

      @Override
      public @Nullable String secret(String prompt) {
        out.flush();
        char[] typed = console.readPassword("%s", prompt);
        if (typed == null) {
          return null;
        }
        String text = new String(typed);
        Arrays.fill(typed, ' ');
        return text;
      }
    };
  }
}
