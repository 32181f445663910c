package io.sally.ask.offline;

import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The tables as nodes, the foreign keys as edges. Thread-safe. */
final class JoinGraph {
  private static final int MAX_HOPS = 4;

  /** The ways between more pairs of tables than this are looked for again. */
  private static final int MAX_KEPT = 20_000;

  private record Key(TableName from, TableName to, boolean toOneOnly) {}

  private final Map<TableName, List<Hop>> hops = new HashMap<>();
  private final Map<Key, List<Place>> paths = new ConcurrentHashMap<>();

  JoinGraph(Catalogs catalogs) {
    Map<TableName, Table> tables = new HashMap<>();
    catalogs.tables().forEach(table -> tables.put(table.name(), table));
    for (Table table :
        tables.values().stream().sorted((a, b) -> a.name().compareTo(b.name())).toList()) {
      for (ForeignKey key : table.foreignKeys()) {
        Table target = tables.get(key.target());
        if (target != null) {
          hops(table).add(new Hop(key, table, target, true));
          hops(target).add(new Hop(key, target, table, false));
        }
      }
    }
  }

  private List<Hop> hops(Table table) {
    return hops.computeIfAbsent(table.name(), name -> new ArrayList<>());
  }

  /**
   * The shortest ways from one table to another.
   *
   * @param toOneOnly along keys to their targets only, so that no row is met twice
   */
  List<Place> paths(Table from, Table to, boolean toOneOnly) {
    if (paths.size() > MAX_KEPT) {
      paths.clear();
    }
    return paths.computeIfAbsent(
        new Key(from.name(), to.name(), toOneOnly), key -> search(from, to, toOneOnly));
  }

  /** The number of hops between two tables in any direction, or a large number. */
  int distance(Table from, Table to) {
    List<Place> ways = paths(from, to, false);
    return ways.isEmpty() ? 100 : ways.get(0).hops().size();
  }

  private List<Place> search(Table from, Table to, boolean toOneOnly) {
    List<Place> frontier = List.of(Place.root(from));
    Set<TableName> seen = new HashSet<>(Set.of(from.name()));
    for (int length = 0; length <= MAX_HOPS; length++) {
      List<Place> found =
          frontier.stream().filter(place -> place.table().name().equals(to.name())).toList();
      if (!found.isEmpty()) {
        return found;
      }
      List<Place> next = new ArrayList<>();
      Set<TableName> reached = new HashSet<>();
      for (Place place : frontier) {
        for (Hop hop : hops.getOrDefault(place.table().name(), List.of())) {
          if ((hop.forward() || !toOneOnly) && !seen.contains(hop.to().name())) {
            reached.add(hop.to().name());
            next.add(place.then(hop));
          }
        }
      }
      seen.addAll(reached);
      frontier = next;
    }
    return List.of();
  }
}
