package io.sally.ask.prepared;

import io.sally.ask.prepared.QuestionWord.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lays a question over another with slots: whether it says the same but for the values, and which
 * those are. Confined to one question.
 */
final class SlotMatch {
  private static final int MOST_WORDS = 5;

  private final List<QuestionWord> known;
  private final List<Slot> slots;
  private final List<QuestionWord> asked;
  private final List<List<String>> matches = new ArrayList<>();

  private SlotMatch(List<QuestionWord> known, List<Slot> slots, List<QuestionWord> asked) {
    this.known = known;
    this.slots = slots;
    this.asked = asked;
  }

  /** The values, one for each slot; empty where there is not exactly one way to read them. */
  static Optional<List<String>> of(
      List<QuestionWord> known, List<Slot> slots, List<QuestionWord> asked) {
    SlotMatch match = new SlotMatch(known, slots, asked);
    match.match(0, 0, 0, List.of());
    return match.matches.size() == 1 ? Optional.of(match.matches.get(0)) : Optional.empty();
  }

  private void match(int knownAt, int slotAt, int askedAt, List<String> values) {
    if (knownAt == known.size()) {
      if (askedAt == asked.size()) {
        matches.add(values);
      }
      return;
    }
    if (slotAt < slots.size() && slots.get(slotAt).from() == knownAt) {
      Slot slot = slots.get(slotAt);
      int most = slot.kind() == Kind.WORD ? MOST_WORDS : 1;
      for (int to = askedAt + 1; to <= Math.min(asked.size(), askedAt + most); to++) {
        List<QuestionWord> words = asked.subList(askedAt, to);
        if (words.stream().anyMatch(word -> word.kind() != slot.kind())) {
          break;
        }
        List<String> more = new ArrayList<>(values);
        more.add(String.join(" ", words.stream().map(QuestionWord::text).toList()));
        match(slot.to(), slotAt + 1, to, more);
      }
    } else if (askedAt < asked.size() && known.get(knownAt).isSame(asked.get(askedAt))) {
      match(knownAt + 1, slotAt, askedAt + 1, values);
    }
  }
}
