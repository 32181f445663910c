package io.sally.driver.shell;

import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Questions to a person, each asked until its answer makes sense. An empty line takes the answer
 * that is shown in brackets, a dash takes none. Each method throws EOFException when the input
 * ends.
 */
final class Dialogue {
  private static final String NOTHING = "-";

  private final Typing typing;
  private final PrintStream out;

  Dialogue(Typing typing, PrintStream out) {
    this.typing = typing;
    this.out = out;
  }

  /** Says something. */
  void say(String text) {
    out.println(text);
  }

  /** A text; empty only where {@code preset} is, or where the person typed a dash. */
  String text(String question, String preset) throws IOException {
    return text(question, preset, answer -> "");
  }

  /**
   * A text that passes.
   *
   * @param objection what is wrong with an answer; empty where nothing is
   */
  String text(String question, String preset, Function<String, String> objection)
      throws IOException {
    String prompt = question + (preset.isEmpty() ? "" : " [" + preset + "]") + ": ";
    while (true) {
      String typed = given(typing.line(prompt)).strip();
      String answer = typed.isEmpty() ? preset : typed.equals(NOTHING) ? "" : typed;
      String wrong =
          unprintable(answer) ? "No control characters, please." : objection.apply(answer);
      if (wrong.isEmpty()) {
        return answer;
      }
      say("  " + wrong);
    }
  }

  /** One of some words; its first letters do. */
  String choice(String question, List<String> choices, String preset) throws IOException {
    String all = String.join(", ", choices);
    String typed =
        text(
            question + " (" + all + ")",
            preset,
            answer -> chosen(answer, choices).size() == 1 ? "" : "Choose one of " + all + ".");
    return chosen(typed, choices).get(0);
  }

  private static List<String> chosen(String answer, List<String> choices) {
    String word = answer.toLowerCase(Locale.ROOT);
    if (choices.contains(word)) {
      return List.of(word);
    }
    return choices.stream().filter(choice -> !word.isEmpty() && choice.startsWith(word)).toList();
  }

  /** Yes or no. */
  boolean agrees(String question, boolean preset) throws IOException {
    return choice(question, List.of("yes", "no"), preset ? "yes" : "no").equals("yes");
  }

  /** A secret, to the last blank; empty where nothing was typed. */
  String secret(String question) throws IOException {
    while (true) {
      String typed = given(typing.secret(question + ": "));
      if (!unprintable(typed)) {
        return typed;
      }
      say("  No control characters, please.");
    }
  }

  private static boolean unprintable(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static String given(@Nullable String line) throws EOFException {
    if (line == null) {
      throw new EOFException("The input ended before the dialogue did.");
    }
    return line;
  }
}
