package io.sally.ask.context;

import java.util.List;
import java.util.Objects;

/**
 * What a language model is sent, whichever it is: fixed instructions and a conversation that ends
 * with the question, or with the reason why the last query was refused. Immutable.
 *
 * @param instructions the same for every question, so that a service can cache them
 * @param temperature 0 where the likeliest answer is wanted, above it for one that may differ
 * @param form what the model shall give back
 */
public record Prompt(String instructions, List<Turn> turns, double temperature, Form form) {
  /** What the model shall give back. */
  public enum Form {
    /** A query, or why there is none. */
    QUERY,
    /** Sentences that tell an answer. */
    NARRATION
  }

  /** Who says something. */
  public enum Speaker {
    PERSON,
    MODEL
  }

  /** One turn of the conversation. */
  public record Turn(Speaker speaker, String text) {
    public Turn {
      Objects.requireNonNull(speaker, "speaker");
      Objects.requireNonNull(text, "text");
    }
  }

  public Prompt {
    Objects.requireNonNull(instructions, "instructions");
    Objects.requireNonNull(form, "form");
    turns = List.copyOf(turns);
  }

  /** About how many tokens the model will count; on the high side. */
  public int tokens() {
    return Tokens.of(instructions) + turns.stream().mapToInt(turn -> Tokens.of(turn.text())).sum();
  }
}
