package io.sally.ask.offline;

import io.sally.ask.offline.Query.Condition;
import io.sally.ask.offline.Query.Expression;
import io.sally.ask.offline.Query.Ref;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keys by which the rows of a table relate to other rows of the same table, as a person's mentor is
 * a person too. Whose name or amount is meant, the one's or the other's, no words tell that are
 * understood here: so such a question is refused, unless it asks nothing of either but the key.
 */
final class OwnKind {
  private final Names names;

  OwnKind(Names names) {
    this.names = names;
  }

  /**
   * Looks at a query.
   *
   * @throws NotUnderstoodException when it is not clear of which of the two rows it speaks
   */
  void check(Query query) throws NotUnderstoodException {
    for (Condition condition : query.where()) {
      if (condition instanceof Condition.Compare compare
          && compare.right() instanceof Ref right
          && isKey(right) != isKey(compare.left())) {
        throw unclear(isKey(right) ? right : compare.left());
      }
    }
    Optional<Ref> key =
        Stream.concat(
                query.outputs().stream().flatMap(output -> plain(output.expression())),
                query.orders().stream().flatMap(order -> plain(order.expression())))
            .filter(OwnKind::isOwnKind)
            .findFirst();
    if (key.isPresent() && !query.where().stream().allMatch(c -> asksForTheKey(c, key.get()))) {
      throw unclear(key.get());
    }
  }

  private static Stream<Ref> plain(Expression expression) {
    return expression instanceof Expression.Plain of ? Stream.of(of.ref()) : Stream.empty();
  }

  private static boolean asksForTheKey(Condition condition, Ref key) {
    return condition instanceof Condition.Missing
        && Conditions.refs(condition).allMatch(key::equals);
  }

  private static boolean isOwnKind(Ref ref) {
    Table table = ref.place().table();
    return table.foreignKeys().stream()
        .anyMatch(
            key ->
                key.target().equals(table.name())
                    && key.columns().equals(List.of(ref.column().name())));
  }

  private static boolean isKey(Ref ref) {
    Table table = ref.place().table();
    List<String> column = List.of(ref.column().name());
    return table.foreignKeys().stream().anyMatch(key -> key.columns().equals(column))
        || (table.primaryKey() != null && table.primaryKey().columns().equals(column));
  }

  private NotUnderstoodException unclear(Ref key) {
    Column column = key.column();
    String things = names.plural(key.place().table());
    return new NotUnderstoodException(
        "“"
            + names.words(column)
            + "” relates "
            + things
            + " to each other, and it is not clear of which of the two the question speaks. Write"
            + " it in SQL, with "
            + things
            + " twice in FROM.",
        List.of());
  }
}
