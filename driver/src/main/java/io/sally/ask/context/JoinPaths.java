package io.sally.ask.context;

import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * How tables hang together by foreign keys: those that the catalog declares, and, for a table that
 * declares none, columns that are named as another table of the same schema with its key. Looking
 * each name up once, it stays linear in the number of columns. Immutable.
 */
final class JoinPaths {
  private static final int MOST_HOPS = 4;
  private static final Set<String> KEY_WORDS =
      Set.of("id", "key", "no", "nr", "num", "code", "fk", "sk");

  private final Map<TableName, Set<TableName>> neighbours = new HashMap<>();

  JoinPaths(Collection<Table> tables, NameStems stems) {
    Map<String, Optional<Table>> byThing = new HashMap<>();
    Map<String, Optional<Table>> withoutFirst = new HashMap<>();
    for (Table table : tables) {
      List<String> name = stems.ofName(table.name().table());
      merge(byThing, thing(table, name), table);
      if (name.size() > 1) {
        // Names often begin with the subject area: the customer of crm_customers.
        merge(withoutFirst, thing(table, name.subList(1, name.size())), table);
      }
    }
    withoutFirst.forEach(byThing::putIfAbsent);
    for (Table table : tables) {
      table.foreignKeys().forEach(key -> join(table.name(), key.target()));
      if (table.foreignKeys().isEmpty()) {
        for (Column column : table.columns()) {
          meant(table, column, byThing, stems).ifPresent(to -> join(table.name(), to.name()));
        }
      }
    }
  }

  /** A name that two tables share says nothing. */
  private static void merge(Map<String, Optional<Table>> byThing, String thing, Table table) {
    byThing.merge(thing, Optional.of(table), (one, two) -> Optional.empty());
  }

  private static String thing(Table table, List<String> stems) {
    return table.name().schemaLabel() + '\n' + String.join(" ", stems);
  }

  /** The table of whose key the column's name speaks. */
  private static Optional<Table> meant(
      Table table, Column column, Map<String, Optional<Table>> byThing, NameStems stems) {
    List<String> parts = stems.ofName(column.name());
    int last = parts.size() - 1;
    if (last < 1 || !KEY_WORDS.contains(parts.get(last))) {
      return Optional.empty();
    }
    for (int from = 0; from < last; from++) {
      Optional<Table> other =
          byThing.getOrDefault(thing(table, parts.subList(from, last)), Optional.empty());
      if (other.isPresent() && !other.get().name().equals(table.name()) && hasKey(other.get())) {
        return other;
      }
    }
    return Optional.empty();
  }

  private static boolean hasKey(Table table) {
    UniqueKey key = table.primaryKey();
    return key == null || key.columns().size() == 1;
  }

  private void join(TableName from, TableName to) {
    if (!from.equals(to)) {
      neighbours.computeIfAbsent(from, name -> new LinkedHashSet<>()).add(to);
      neighbours.computeIfAbsent(to, name -> new LinkedHashSet<>()).add(from);
    }
  }

  /** With how many tables this one is joined. */
  int degree(TableName table) {
    return neighbours.getOrDefault(table, Set.of()).size();
  }

  /**
   * The tables between this one and the nearest of the others, in the order of the way; empty when
   * there is none between, or no way.
   */
  List<TableName> between(TableName from, Set<TableName> others) {
    Map<TableName, TableName> cameFrom = new HashMap<>();
    Map<TableName, Integer> hops = new HashMap<>();
    Queue<TableName> next = new ArrayDeque<>();
    Set<TableName> seen = new HashSet<>();
    next.add(from);
    seen.add(from);
    hops.put(from, 0);
    while (!next.isEmpty()) {
      TableName table = next.remove();
      int length = hops.getOrDefault(table, 0);
      for (TableName neighbour : neighbours.getOrDefault(table, Set.of())) {
        if (!seen.add(neighbour)) {
          continue;
        }
        cameFrom.put(neighbour, table);
        if (others.contains(neighbour)) {
          return way(from, neighbour, cameFrom);
        }
        if (length + 1 < MOST_HOPS) {
          hops.put(neighbour, length + 1);
          next.add(neighbour);
        }
      }
    }
    return List.of();
  }

  private static List<TableName> way(
      TableName from, TableName to, Map<TableName, TableName> cameFrom) {
    List<TableName> way = new ArrayList<>();
    TableName table = cameFrom.getOrDefault(to, from);
    while (!table.equals(from)) {
      way.add(table);
      table = cameFrom.getOrDefault(table, from);
    }
    Collections.reverse(way);
    return way;
  }

  /** The columns of the table that a join needs. */
  static Set<String> keyColumns(Table table) {
    Set<String> columns = new HashSet<>();
    if (table.primaryKey() != null) {
      columns.addAll(table.primaryKey().columns());
    }
    for (ForeignKey key : table.foreignKeys()) {
      columns.addAll(key.columns());
    }
    return columns;
  }
}
