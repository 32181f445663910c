package io.sally.ask.offline;

import io.sally.ask.offline.Query.Condition;
import io.sally.ask.offline.Query.Expression;
import io.sally.ask.offline.Query.Order;
import io.sally.ask.offline.Query.Output;
import io.sally.ask.offline.Query.Ref;
import io.sally.ask.words.Sense;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says in a sentence what a query answers. Confined to one question. */
final class Explanation {
  private final Names names;

  Explanation(Names names) {
    this.names = names;
  }

  String of(Query query) {
    String rows = names.plural(query.root()) + conditions(query.where());
    List<String> computed = new ArrayList<>();
    List<String> plain = new ArrayList<>();
    for (Output output : query.outputs()) {
      if (output.expression() instanceof Expression.Of of) {
        computed.add(measure(of, query));
      } else if (output.expression().isComputed()) {
        computed.add(fraction(output.expression(), query));
      } else if (!plain.isEmpty() && isNameOfLast(output, query)) {
        plain.set(plain.size() - 1, thing(output));
      } else {
        plain.add(expression(output.expression()));
      }
    }
    StringBuilder sentence = new StringBuilder();
    if (query.isAggregated()) {
      boolean counts = computed.size() == 1 && computed.get(0).equals(rowCount(query));
      sentence
          .append(counts ? "number of " + rows : list(computed) + " of " + rows)
          .append(plain.isEmpty() ? "" : " for each " + list(plain));
      for (Query.Having having : query.having()) {
        sentence
            .append(", where the ")
            .append(measure(having.measure(), query))
            .append(" is ")
            .append(having.comparison().words())
            .append(' ')
            .append(having.number().toPlainString());
      }
    } else if (plain.isEmpty()) {
      sentence.append(rows);
    } else {
      sentence
          .append(query.distinct() ? "different " : "")
          .append(list(plain))
          .append(" of ")
          .append(rows);
    }
    if (query.limit() != null || (!query.isAggregated() && !query.orders().isEmpty())) {
      sentence.append(order(query));
    }
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + ".";
  }

  /** Whether the output is the name of the thing whose key stands before it. */
  private boolean isNameOfLast(Output output, Query query) {
    int index = query.outputs().indexOf(output);
    return index > 0
        && output.expression() instanceof Expression.Plain label
        && query.outputs().get(index - 1).expression() instanceof Expression.Plain key
        && key.ref().place().equals(label.ref().place())
        && !label.ref().place().hops().isEmpty()
        && Names.isKey(key.ref().place().table(), key.ref().column())
        && names
            .label(label.ref().place().table())
            .filter(label.ref().column()::equals)
            .isPresent();
  }

  private String thing(Output output) {
    return output.expression() instanceof Expression.Plain plain
        ? place(plain.ref().place())
        : expression(output.expression());
  }

  private String rowCount(Query query) {
    return "number of " + names.plural(query.root());
  }

  private String order(Query query) {
    if (query.orders().isEmpty()) {
      return query.limit() == null ? "" : ", the first " + query.limit();
    }
    Order order = query.orders().get(0);
    String by =
        order.expression() instanceof Expression.Of of
            ? measure(of, query)
            : order.expression().isComputed()
                ? fraction(order.expression(), query)
                : expression(order.expression());
    String amount =
        query.limit() == null
            ? ""
            : query.offset() > 0
                ? "after the first " + query.offset() + " "
                : query.limit() == 1 ? "the first " : "the first " + query.limit() + " ";
    return ", " + amount + "by " + by + (order.descending() ? ", descending" : "");
  }

  private String measure(Expression.Of of, Query query) {
    Ref ref = of.ref();
    if (ref == null) {
      return rowCount(query);
    }
    boolean things =
        of.aggregate() == Aggregate.COUNT_DISTINCT
            && !ref.place().hops().isEmpty()
            && Names.isKey(ref.place().table(), ref.column());
    String column = things ? names.plural(ref.place().table()) : names.words(ref.column());
    String words = of.aggregate().words();
    return column.startsWith(words) ? column : words + " " + column;
  }

  private String fraction(Expression expression, Query query) {
    if (expression instanceof Expression.Share share) {
      return (share.percent() ? "percentage" : "share")
          + " of those where "
          + condition(share.condition());
    }
    Expression.Quotient quotient = (Expression.Quotient) expression;
    return "ratio of "
        + operand(quotient.top(), query)
        + " to "
        + operand(quotient.bottom(), query);
  }

  private String operand(Expression expression, Query query) {
    if (expression instanceof Expression.OfThose those) {
      String where = conditions(those.conditions());
      return measure(those.measure(), query) + where;
    }
    return expression instanceof Expression.Of of ? measure(of, query) : expression(expression);
  }

  private String expression(Expression expression) {
    if (expression instanceof Expression.Quotient quotient) {
      return "ratio of " + expression(quotient.top()) + " to " + expression(quotient.bottom());
    }
    if (expression instanceof Expression.UnitOf unit) {
      return unit.unit().noun() + " of " + ref(unit.ref());
    }
    return ref(((Expression.Plain) expression).ref());
  }

  private String ref(Ref ref) {
    String column = names.words(ref.column());
    if (ref.place().hops().isEmpty()) {
      return column;
    }
    return column + " of the " + place(ref.place());
  }

  private String place(Place place) {
    Hop last = place.hops().get(place.hops().size() - 1);
    String role = String.join(" ", names.roleWords(last.key()));
    String table = names.singular(place.table());
    return role.isEmpty() || table.startsWith(role) ? table : role + " " + table;
  }

  private String conditions(List<Condition> conditions) {
    return conditions.isEmpty()
        ? ""
        : " where " + conditions.stream().map(this::condition).collect(Collectors.joining(" and "));
  }

  /** A condition as a clause: "city is “Bath”". */
  String condition(Condition condition) {
    if (condition instanceof Condition.Compare compare) {
      String right =
          compare.right() instanceof Ref ref
              ? "the " + ref(ref)
              : compare.right() instanceof BigDecimal number
                  ? number.toPlainString()
                  : "“" + compare.right() + "”";
      String verb =
          compare.right() instanceof String && compare.comparison() == Comparison.EQUAL
              ? "is"
              : "is " + compare.comparison().words();
      return ref(compare.left()) + " " + verb + " " + right;
    } else if (condition instanceof Condition.ToAverage average) {
      return ref(average.ref()) + " is " + average.comparison().words() + " the average";
    } else if (condition instanceof Condition.Range range) {
      return ref(range.ref())
          + (range.negated() ? " is not" : " is")
          + " between "
          + range.low().toPlainString()
          + " and "
          + range.high().toPlainString();
    } else if (condition instanceof Condition.OneOf oneOf) {
      return ref(oneOf.ref())
          + (oneOf.negated() ? " is not " : " is ")
          + oneOf.values().stream().map(v -> "“" + v + "”").collect(Collectors.joining(" or "));
    } else if (condition instanceof Condition.Missing missing) {
      return ref(missing.ref()) + (missing.negated() ? " is known" : " is missing");
    } else if (condition instanceof Condition.Flag flag) {
      return ref(flag.ref()) + (flag.value() ? " holds" : " does not hold");
    } else if (condition instanceof Condition.During during) {
      return ref(during.ref()) + (during.negated() ? " is not " : " is ") + during.period().text();
    } else if (condition instanceof Condition.Like like) {
      String verb =
          like.kind() == Sense.STARTS
              ? "starts with"
              : like.kind() == Sense.ENDS ? "ends with" : "contains";
      return ref(like.ref()) + (like.negated() ? " not " : " ") + verb + " “" + like.text() + "”";
    } else if (condition instanceof Condition.All all) {
      return all.conditions().stream().map(this::condition).collect(Collectors.joining(" and "));
    } else if (condition instanceof Condition.Either either) {
      return either.conditions().stream()
          .map(this::condition)
          .collect(Collectors.joining(" or ", "(", ")"));
    } else if (condition instanceof Condition.Not not) {
      return "not (" + condition(not.condition()) + ")";
    }
    return related((Condition.Related) condition);
  }

  private String related(Condition.Related related) {
    String count =
        related.comparison() == null
            ? (related.negated() ? "no " : "")
            : related.comparison().words() + " " + related.number().toPlainString() + " ";
    return "there are " + count + names.plural(related.table()) + conditions(related.inside());
  }

  private static String list(List<String> parts) {
    return Names.list(parts, "and");
  }
}
