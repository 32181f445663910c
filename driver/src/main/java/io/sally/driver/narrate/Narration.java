package io.sally.driver.narrate;

import io.sally.driver.answer.AnswerColumn;
import io.sally.driver.answer.AnswerColumn.Role;
import io.sally.driver.answer.AnswerRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells an answer in a sentence or two, made of its rows alone: nothing leaves the machine, and
 * every number in it is one of the rows, or counts them. Confined to one thread.
 */
public final class Narration {
  private static final int MOST_VALUES = 6;

  private final AnswerRows rows;
  private final List<AnswerColumn> columns;

  private Narration(AnswerRows rows) {
    this.rows = rows;
    this.columns = rows.profile();
  }

  /** The sentences. */
  public static String of(AnswerRows rows) {
    Narration narration = new Narration(rows);
    return switch (rows.rows().size()) {
      case 0 -> "There are no rows: nothing in the data fits the question.";
      case 1 -> rows.cut() ? narration.several() : narration.one();
      default -> narration.several();
    };
  }

  private String one() {
    List<@Nullable Object> row = rows.rows().get(0);
    String values =
        columns.stream()
            .limit(MOST_VALUES)
            .map(
                column ->
                    column.title() + (isPlural(column) ? " are " : " is ") + text(column, row))
            .collect(Collectors.joining(", "));
    int more = columns.size() - MOST_VALUES;
    return sentence(
        columns.size() == 1
            ? "The " + values
            : "There is one row: "
                + values
                + (more > 0 ? ", and " + more + (more == 1 ? " value" : " values") + " more" : ""));
  }

  private String several() {
    int count = rows.rows().size();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        sentence(
            rows.cut()
                ? "There are more than " + count + (count == 1 ? " row" : " rows")
                : "There are " + count + " rows"));
    measure().flatMap(this::range).ifPresent(sentences::add);
    if (sentences.size() == 1) {
      names().ifPresent(name -> sentences.add(examples(name)));
    }
    return String.join(" ", sentences);
  }

  /** The last column of numbers is what a question asks for; those before it are its keys. */
  private Optional<AnswerColumn> measure() {
    return columns.stream()
        .filter(column -> column.role() == Role.QUANTITY)
        .reduce((first, last) -> last);
  }

  /** What names a row: the last name in front of the numbers, or else its date. */
  private Optional<AnswerColumn> names() {
    return columns.stream()
        .filter(column -> column.role() == Role.CATEGORY && column.distinct() > 0)
        .reduce((first, last) -> last)
        .or(
            () ->
                columns.stream()
                    .filter(column -> column.role() == Role.TIME || column.role() == Role.STEP)
                    .findFirst());
  }

  private Optional<String> range(AnswerColumn measure) {
    List<Measured> measured = measured(measure);
    if (measured.isEmpty()) {
      return Optional.empty();
    }
    Measured most = measured.stream().max(Comparator.comparing(Measured::number)).orElseThrow();
    Measured least = measured.stream().min(Comparator.comparing(Measured::number)).orElseThrow();
    String of = rows.cut() ? "Of the first " + rows.rows().size() + ", " : "";
    if (most.number().compareTo(least.number()) == 0) {
      return Optional.of(
          sentence(
              (of.isEmpty() ? "The " : of + "the ")
                  + measure.title()
                  + (isPlural(measure) ? " are " : " is ")
                  + text(measure, most.row())
                  + (measured.size() == rows.rows().size()
                      ? " in each of them"
                      : " wherever there is one")));
    }
    return Optional.of(
        sentence(
            (of.isEmpty() ? "The " : of + "the ")
                + measure.title()
                + (isPlural(measure) ? " go from " : " goes from ")
                + text(measure, least.row())
                + at(measured, least)
                + " to "
                + text(measure, most.row())
                + at(measured, most)));
  }

  /** A row with its number. */
  private record Measured(BigDecimal number, List<@Nullable Object> row) {}

  private List<Measured> measured(AnswerColumn measure) {
    List<Measured> measured = new ArrayList<>();
    for (List<@Nullable Object> row : rows.rows()) {
      if (row.get(measure.index()) instanceof Number number
          && Double.isFinite(number.doubleValue())) {
        measured.add(new Measured(new BigDecimal(number.toString()), row));
      }
    }
    return measured;
  }

  /** The name of the row that has this number; of several the first, and how many others. */
  private String at(List<Measured> measured, Measured extreme) {
    Optional<AnswerColumn> name = names();
    if (name.isEmpty()) {
      return "";
    }
    List<String> named =
        measured.stream()
            .filter(other -> other.number().compareTo(extreme.number()) == 0)
            .map(other -> text(name.get(), other.row()))
            .distinct()
            .toList();
    int others = named.size() - 1;
    String more = others == 0 ? "" : " and " + others + (others == 1 ? " other" : " others");
    return " (" + named.get(0) + more + ")";
  }

  private String examples(AnswerColumn name) {
    List<String> named =
        rows.rows().stream()
            .map(row -> text(name, row))
            .distinct()
            .limit(MOST_VALUES + 1L)
            .toList();
    boolean all = named.size() <= MOST_VALUES && !rows.cut();
    List<String> shown = named.subList(0, Math.min(named.size(), MOST_VALUES));
    return sentence(
        (all ? "The " : "The first by ") + name.title() + ": " + String.join(", ", shown));
  }

  /** English forms most plurals so; a name in another language is merely worded oddly. */
  private static boolean isPlural(AnswerColumn column) {
    return column.title().matches("(?i).*[a-z&&[^su]]s|.*ss?es");
  }

  private static String text(AnswerColumn column, List<? extends @Nullable Object> row) {
    String text = Objects.requireNonNullElse(column.text(row), "not known");
    return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
  }

  private static String sentence(String words) {
    return words.matches("(?s).*[.!?…]") ? words : words + ".";
  }
}
