package io.sally.ask.offline.evaluation;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts verdicts by database or by kind of question. Confined to one thread. */
final class Tally {
  private final Map<String, Map<Verdict, Integer>> counts = new TreeMap<>();

  void add(String key, Verdict verdict) {
    counts.computeIfAbsent(key, k -> new EnumMap<>(Verdict.class)).merge(verdict, 1, Integer::sum);
  }

  String table(String title) {
    StringBuilder text = new StringBuilder(row(title, "right", "wrong", "abstained"));
    Map<Verdict, Integer> all = new EnumMap<>(Verdict.class);
    counts.forEach(
        (key, count) -> {
          text.append(row(key, count));
          count.forEach((verdict, number) -> all.merge(verdict, number, Integer::sum));
        });
    return text.append(row("all", all)).toString();
  }

  private static String row(String key, Map<Verdict, Integer> count) {
    return row(
        key,
        String.valueOf(count.getOrDefault(Verdict.RIGHT, 0)),
        String.valueOf(count.getOrDefault(Verdict.WRONG, 0)),
        String.valueOf(count.getOrDefault(Verdict.ABSTAINED, 0)));
  }

  private static String row(String key, String right, String wrong, String abstained) {
    return "%-36s %6s %6s %10s%n".formatted(key, right, wrong, abstained);
  }
}
