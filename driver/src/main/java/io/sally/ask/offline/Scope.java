package io.sally.ask.offline;

import io.sally.ask.offline.Query.Ref;
import io.sally.engine.catalog.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The tables of one FROM clause under the names that they have there. Immutable. */
final class Scope {
  private static final SqlParserPos POS = SqlParserPos.ZERO;

  private final Table root;
  private final Map<Place, String> aliases = new LinkedHashMap<>();

  Scope(Table root, Set<Place> places, Names names) {
    this.root = root;
    Set<String> taken = new HashSet<>();
    for (Place place : places) {
      String name = place.table().name().table();
      boolean again =
          places.stream()
              .anyMatch(p -> !p.equals(place) && p.table().name().table().equalsIgnoreCase(name));
      String alias = again && !place.hops().isEmpty() ? inRole(place, names) : name;
      String free = alias;
      for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
        free = alias + "_" + i;
      }
      aliases.put(place, free);
    }
  }

  private static String inRole(Place place, Names names) {
    List<String> role = names.roleWords(place.hops().get(place.hops().size() - 1).key());
    String table = place.table().name().table();
    return role.isEmpty() ? table : String.join("_", role) + "_" + table;
  }

  Table root() {
    return root;
  }

  /** The places beside the root, each after the one from which it is reached. */
  List<Place> joined() {
    List<Place> joined = new ArrayList<>(aliases.keySet());
    joined.removeIf(place -> place.hops().isEmpty());
    return joined;
  }

  String alias(Place place) {
    String alias = aliases.get(place);
    if (alias == null) {
      throw new IllegalStateException("The place is not in this FROM clause: " + place);
    }
    return alias;
  }

  SqlNode column(Ref ref) {
    return name(ref.place(), ref.column().name());
  }

  SqlNode name(Place place, String column) {
    return aliases.size() == 1
        ? new SqlIdentifier(column, POS)
        : new SqlIdentifier(List.of(alias(place), column), POS);
  }

  /** All columns of the root. */
  SqlNode star() {
    return aliases.size() == 1
        ? SqlIdentifier.star(POS)
        : SqlIdentifier.star(List.of(alias(Place.root(root)), ""), POS, List.of(POS, POS));
  }
}
