package io.sally.ask.offline;

import io.sally.ask.words.Sense;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a question without the words that say nothing, and what stands at each place; a
 * place behind the last says nothing. Immutable.
 */
final class Phrases {
  private static final Set<Sense> SILENT = EnumSet.of(Sense.NOISE, Sense.OPENER, Sense.LINK);

  private final List<Segment> segments;

  Phrases(List<Segment> all) {
    Set<TableName> named =
        all.stream()
            .filter(s -> !s.isUnplaced() && isTopTable(s))
            .flatMap(s -> s.meaning(Meaning.OfTable.class).stream())
            .map(of -> of.table().name())
            .collect(Collectors.toSet());
    List<Segment> telling = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Segment segment = all.get(i);
      // "Written by": the one who did it and not what to group by.
      boolean doer =
          i > 0 && isTop(all.get(i - 1), Sense.LINK) && segment.text().equalsIgnoreCase("by");
      if (!doer
          && !isLinkAmong(segment, named)
          && SILENT.stream().noneMatch(sense -> isTop(segment, sense))) {
        telling.add(segment);
      }
    }
    this.segments = List.copyOf(telling);
  }

  /** A verb that also names a column, but none of the things of which the question speaks. */
  private static boolean isLinkAmong(Segment segment, Set<TableName> named) {
    return segment.is(Sense.LINK)
        && !named.isEmpty()
        && segment.matches().stream()
            .map(Match::meaning)
            .noneMatch(
                meaning ->
                    meaning instanceof Meaning.OfTable
                        || meaning instanceof Meaning.OfRole
                        || (meaning instanceof Meaning.OfColumn column
                            && named.contains(column.table().name()))
                        || (meaning instanceof Meaning.OfValue value
                            && named.contains(value.table().name())));
  }

  int size() {
    return segments.size();
  }

  Segment at(int index) {
    return segments.get(index);
  }

  private static boolean isTop(Segment segment, Sense sense) {
    return !segment.isUnplaced()
        && segment.matches().get(0).meaning() instanceof Meaning.Function f
        && f.sense() == sense;
  }

  @Nullable Sense sense(int index) {
    return index >= 0
            && index < segments.size()
            && !segments.get(index).isUnplaced()
            && segments.get(index).matches().get(0).meaning() instanceof Meaning.Function f
        ? f.sense()
        : null;
  }

  Optional<BigDecimal> number(int index) {
    return index < segments.size()
        ? segments.get(index).meaning(Meaning.OfNumber.class).map(Meaning.OfNumber::value)
        : Optional.empty();
  }

  Optional<Period> period(int index) {
    return index < segments.size()
        ? segments.get(index).meaning(Meaning.OfPeriod.class).map(Meaning.OfPeriod::period)
        : Optional.empty();
  }

  Optional<Unit> unit(int index) {
    return index < segments.size()
        ? segments.get(index).meaning(Meaning.OfUnit.class).map(Meaning.OfUnit::unit)
        : Optional.empty();
  }

  @Nullable Table table(int index) {
    return index < segments.size()
        ? segments
            .get(index)
            .meaning(Meaning.OfTable.class)
            .map(Meaning.OfTable::table)
            .orElse(null)
        : null;
  }

  Mention columns(int index) {
    return index < segments.size()
        ? Mention.ofColumns(
            segments.get(index).text(), segments.get(index).matches(Meaning.OfColumn.class))
        : Mention.ofColumns("", List.of());
  }

  Mention timeColumns(int index) {
    return columns(index).only(c -> Names.isTime(c.column()));
  }

  Mention values(int index) {
    return index < segments.size()
        ? Mention.ofValues(
            segments.get(index).text(), segments.get(index).matches(Meaning.OfValue.class))
        : Mention.ofValues("", List.of());
  }

  /** What the glossary calls so, where nothing else is meant. */
  @Nullable Definition definition(int index) {
    return index < segments.size()
            && !segments.get(index).isUnplaced()
            && segments.get(index).matches().get(0).meaning() instanceof Meaning.OfDefinition of
        ? of.definition()
        : null;
  }

  static boolean isSingular(Segment segment) {
    String text = segment.text().toLowerCase(Locale.ROOT);
    return !text.endsWith("s") || text.endsWith("ss");
  }

  static boolean isTopTable(Segment segment) {
    return segment.matches().stream()
        .filter(m -> m.meaning() instanceof Meaning.OfTable)
        .anyMatch(m -> m.score() >= segment.matches().get(0).score() - 0.0001 || m.score() >= 0.95);
  }
}
