package io.sally.ask.context;

import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * What the catalog has in place of the names that a refused query made up: the nearest tables and
 * columns, with the columns' types. Where the error speaks of types, the types of the query's own
 * columns.
 */
final class NearNames {
  private static final Pattern QUOTED = Pattern.compile("'([^'\\s]{1,100})'");
  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$#]*");
  private static final int MOST = 8;
  private static final int MOST_TYPES = 20;
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private NearNames() {}

  /** One line a name, or nothing. */
  static String text(
      String sql, String error, Collection<Table> tables, Collection<Table> all, NameStems stems) {
    Set<String> words = new LinkedHashSet<>();
    WORD.matcher(sql).results().map(MatchResult::group).map(NearNames::lower).forEach(words::add);
    List<Table> read =
        all.stream().filter(table -> words.contains(lower(table.name().table()))).toList();
    Set<String> lines = new LinkedHashSet<>();
    for (String name : QUOTED.matcher(error).results().map(m -> m.group(1)).distinct().toList()) {
      Stream.concat(read.stream(), tables.stream())
          .flatMap(table -> table.columns().stream().map(column -> new Place(table, column)))
          .filter(place -> isNear(name, place.column().name(), stems))
          .limit(MOST)
          .forEach(place -> lines.add(place.line()));
      all.stream()
          .filter(table -> isNear(name, table.name().table(), stems))
          .limit(MOST)
          .forEach(table -> lines.add(CatalogText.name(table.name())));
    }
    if (lower(error).contains("type") || lower(error).contains("cannot apply")) {
      read.stream()
          .flatMap(table -> table.columns().stream().map(column -> new Place(table, column)))
          .filter(place -> words.contains(lower(place.column().name())))
          .limit(MOST_TYPES)
          .forEach(place -> lines.add(place.line()));
    }
    return String.join("\n", lines);
  }

  private record Place(Table table, Column column) {
    String line() {
      return CatalogText.name(table.name())
          + "."
          + CatalogText.name(column.name())
          + " "
          + column.type();
    }
  }

  private static boolean isNear(String wrong, String name, NameStems stems) {
    String one = lower(wrong);
    String other = lower(name);
    List<String> said = stems.ofName(wrong);
    return DISTANCE.apply(one, other) * 3 <= Math.max(one.length(), other.length())
        || (!said.isEmpty() && stems.ofName(name).containsAll(said))
        || (said.size() > 1 && said.containsAll(stems.ofName(name)));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
