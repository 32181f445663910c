package io.sally.ask.memory;

import io.sally.ask.Translation;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A translation with what says when it may be given out again.
 *
 * @param question as compared: white space and case do not count
 * @param translator who translated, with model and settings
 * @param day the only day on which it is right, or null where every day will do
 * @param fingerprint of the tables that it reads, as they were when it was proven
 * @param pinned whether a person verified it
 */
public record Remembered(
    Translation translation,
    String question,
    List<String> schemaPath,
    String translator,
    @Nullable LocalDate day,
    String fingerprint,
    boolean pinned) {
  public Remembered {
    Objects.requireNonNull(translation, "translation");
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(translator, "translator");
    Objects.requireNonNull(fingerprint, "fingerprint");
    schemaPath = List.copyOf(schemaPath);
  }

  public String id() {
    return translation.id();
  }

  Remembered withPin(boolean pin) {
    return new Remembered(translation, question, schemaPath, translator, day, fingerprint, pin);
  }
}
