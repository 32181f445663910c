package io.sally.ask.offline;

import io.sally.ask.offline.Query.Expression;
import io.sally.ask.offline.Query.Output;
import io.sally.ask.offline.Query.Ref;
import io.sally.engine.catalog.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names the columns of a result so that each says what it holds and no two are alike. */
final class Outputs {
  private Outputs() {}

  static List<Output> named(List<Output> outputs, Table root, Names names) {
    Set<String> taken = new HashSet<>();
    List<Output> named = new ArrayList<>();
    for (Output output : outputs) {
      String name = name(output.expression(), outputs, root, names);
      String free = name;
      for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
        free = name + "_" + i;
      }
      named.add(new Output(output.expression(), free));
    }
    return named;
  }

  private static String name(Expression expression, List<Output> all, Table root, Names names) {
    if (expression instanceof Expression.Of of) {
      Ref ref = of.ref();
      if (ref == null) {
        return snake(names.singular(root)) + "_count";
      }
      if (of.aggregate() == Aggregate.COUNT_DISTINCT) {
        return snake(
                Names.isKey(ref.place().table(), ref.column())
                    ? names.singular(ref.place().table())
                    : names.singular(ref.column()))
            + "_count";
      }
      String column = ref.column().name();
      String prefix = of.aggregate().prefix();
      return column.toLowerCase(Locale.ROOT).startsWith(prefix) ? column : prefix + "_" + column;
    } else if (expression instanceof Expression.Share share) {
      return share.percent() ? "percentage" : "share";
    } else if (expression instanceof Expression.Quotient) {
      return "ratio";
    } else if (expression instanceof Expression.UnitOf unit) {
      return unit.unit().noun();
    }
    Ref ref = ((Expression.Plain) expression).ref();
    String column = ref.column().name();
    boolean shared =
        all.stream()
            .map(Output::expression)
            .filter(Expression.Plain.class::isInstance)
            .map(e -> ((Expression.Plain) e).ref())
            .anyMatch(o -> !o.equals(ref) && o.column().name().equalsIgnoreCase(column));
    boolean vague = !ref.place().hops().isEmpty() && isVague(column);
    if (!shared && !vague) {
      return column;
    }
    String table = snake(names.singular(ref.place().table()));
    if (ref.place().hops().isEmpty()) {
      return isVague(column) ? table + "_" + column : column;
    }
    String role = shared ? String.join("_", names.roleWords(last(ref).key())) : "";
    return (role.isEmpty() ? table : role + "_" + table) + "_" + column;
  }

  private static Hop last(Ref ref) {
    return ref.place().hops().get(ref.place().hops().size() - 1);
  }

  private static boolean isVague(String column) {
    return Set.of("id", "name", "title", "code", "key", "number", "label")
        .contains(column.toLowerCase(Locale.ROOT));
  }

  static String snake(String words) {
    return words.replace(' ', '_');
  }
}
