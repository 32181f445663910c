package io.sally.ask.offline;

import io.sally.ask.offline.Query.Condition;
import io.sally.ask.offline.Query.Expression;
import io.sally.ask.offline.Query.Order;
import io.sally.ask.offline.Query.Output;
import io.sally.ask.offline.Query.Ref;
import io.sally.ask.words.Sense;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Builds Calcite's parse tree of a query. Confined to one question. */
final class SqlWriter {
  /** The engine knows it by this name. */
  private static final SqlOperator MEDIAN =
      new SqlUnresolvedFunction(
          new SqlIdentifier("MEDIAN", SqlParserPos.ZERO),
          null,
          null,
          null,
          null,
          SqlFunctionCategory.USER_DEFINED_FUNCTION);

  private static final SqlParserPos POS = SqlParserPos.ZERO;

  private final Catalogs catalogs;
  private final List<String> schemaPath;
  private final Names names;

  SqlWriter(Catalogs catalogs, List<String> schemaPath, Names names) {
    this.catalogs = catalogs;
    this.schemaPath = schemaPath;
    this.names = names;
  }

  SqlNode query(Query query) {
    Scope scope = new Scope(query.root(), UsedPlaces.of(query), names);
    SqlNodeList select = new SqlNodeList(POS);
    for (Output output : query.outputs()) {
      select.add(output(output, scope));
    }
    if (query.outputs().isEmpty()) {
      select.add(scope.star());
    }
    boolean aggregated = query.isAggregated();
    SqlNodeList groupBy = new SqlNodeList(POS);
    if (aggregated) {
      for (Output output : query.outputs()) {
        if (!output.expression().isComputed()) {
          groupBy.add(expression(output.expression(), scope));
        }
      }
    }
    SqlNode body =
        select(
            query.distinct(),
            select,
            from(scope),
            where(query.where(), scope),
            groupBy,
            and(
                query.having().stream()
                    .map(
                        h ->
                            compare(
                                h.comparison(), expression(h.measure(), scope), number(h.number())))
                    .toList()));
    if (query.orders().isEmpty() && query.limit() == null) {
      return body;
    }
    SqlNodeList orderBy = new SqlNodeList(POS);
    for (Order order : query.orders()) {
      orderBy.add(order(order, query, scope));
    }
    SqlNode fetch = query.limit() == null ? null : number(BigDecimal.valueOf(query.limit()));
    SqlNode offset = query.offset() == 0 ? null : number(BigDecimal.valueOf(query.offset()));
    return new SqlOrderBy(POS, body, orderBy, offset, fetch);
  }

  private static SqlNode select(
      boolean distinct,
      SqlNodeList select,
      SqlNode from,
      @Nullable SqlNode where,
      SqlNodeList groupBy,
      @Nullable SqlNode having) {
    SqlNodeList keywords = distinct ? SqlNodeList.of(SqlSelectKeyword.DISTINCT.symbol(POS)) : null;
    return new SqlSelect(
        POS,
        keywords,
        select,
        from,
        where,
        groupBy.isEmpty() ? null : groupBy,
        having,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private SqlNode output(Output output, Scope scope) {
    SqlNode expression = expression(output.expression(), scope);
    boolean plain =
        output.expression() instanceof Expression.Plain p
            && p.ref().column().name().equals(output.name());
    return plain
        ? expression
        : call(SqlStdOperatorTable.AS, expression, new SqlIdentifier(output.name(), POS));
  }

  private SqlNode expression(Expression expression, Scope scope) {
    if (expression instanceof Expression.Plain plain) {
      return scope.column(plain.ref());
    } else if (expression instanceof Expression.UnitOf unit) {
      return DateSql.startOf(
          scope.column(unit.ref()), unit.unit(), Names.isDay(unit.ref().column()));
    }
    if (expression instanceof Expression.Share share) {
      SqlNode part =
          call(
              SqlStdOperatorTable.COUNT,
              new SqlCase(
                  POS,
                  null,
                  SqlNodeList.of(condition(share.condition(), scope)),
                  SqlNodeList.of(number(BigDecimal.ONE)),
                  SqlLiteral.createNull(POS)));
      SqlNode all = call(SqlStdOperatorTable.COUNT, SqlIdentifier.star(POS));
      SqlNode quotient = quotient(part, all);
      return share.percent()
          ? call(SqlStdOperatorTable.MULTIPLY, number(BigDecimal.valueOf(100)), quotient)
          : quotient;
    } else if (expression instanceof Expression.OfThose those) {
      return ofThose(those, scope);
    } else if (expression instanceof Expression.Quotient of) {
      return quotient(expression(of.top(), scope), expression(of.bottom(), scope));
    }
    Expression.Of of = (Expression.Of) expression;
    Ref ref = of.ref();
    return ref == null
        ? call(SqlStdOperatorTable.COUNT, SqlIdentifier.star(POS))
        : aggregate(of.aggregate(), scope.column(ref));
  }

  private SqlNode ofThose(Expression.OfThose those, Scope scope) {
    Ref ref = those.measure().ref();
    SqlNode value = ref == null ? number(BigDecimal.ONE) : scope.column(ref);
    SqlNode only =
        new SqlCase(
            POS,
            null,
            SqlNodeList.of(condition(new Condition.All(those.conditions()), scope)),
            SqlNodeList.of(value),
            SqlLiteral.createNull(POS));
    return aggregate(those.measure().aggregate(), only);
  }

  private static SqlNode aggregate(Aggregate aggregate, SqlNode column) {
    return switch (aggregate) {
      case COUNT -> call(SqlStdOperatorTable.COUNT, column);
      case COUNT_DISTINCT ->
          SqlStdOperatorTable.COUNT.createCall(SqlSelectKeyword.DISTINCT.symbol(POS), POS, column);
      case SUM -> call(SqlStdOperatorTable.SUM, column);
      case AVERAGE -> call(SqlStdOperatorTable.AVG, column);
      case MEDIAN -> call(MEDIAN, column);
      case MINIMUM -> call(SqlStdOperatorTable.MIN, column);
      case MAXIMUM -> call(SqlStdOperatorTable.MAX, column);
    };
  }

  /** Divided as floating point, so that whole numbers are not cut; nothing by zero. */
  private static SqlNode quotient(SqlNode top, SqlNode bottom) {
    SqlDataTypeSpec type =
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.DOUBLE, POS), POS);
    return call(
        SqlStdOperatorTable.DIVIDE,
        call(SqlStdOperatorTable.CAST, top, type),
        call(SqlStdOperatorTable.NULLIF, bottom, number(BigDecimal.ZERO)));
  }

  /** A null is no extreme, so it comes last in either direction. */
  private SqlNode order(Order order, Query query, Scope scope) {
    SqlNode by = expression(order.expression(), scope);
    for (Output output : query.outputs()) {
      if (output.expression().equals(order.expression())
          && !(order.expression() instanceof Expression.Plain)) {
        by = new SqlIdentifier(output.name(), POS);
      }
    }
    if (order.descending()) {
      by = call(SqlStdOperatorTable.DESC, by);
    }
    return isNullable(order.expression()) ? call(SqlStdOperatorTable.NULLS_LAST, by) : by;
  }

  private static boolean isNullable(Expression expression) {
    if (expression instanceof Expression.Of of) {
      Ref ref = of.ref();
      return ref != null
          && of.aggregate() != Aggregate.COUNT
          && of.aggregate() != Aggregate.COUNT_DISTINCT
          && isNullable(ref);
    }
    if (expression instanceof Expression.Share || expression instanceof Expression.Quotient) {
      return true;
    }
    return isNullable(
        expression instanceof Expression.UnitOf unit
            ? unit.ref()
            : ((Expression.Plain) expression).ref());
  }

  private static boolean isNullable(Ref ref) {
    return ref.column().nullable() || ref.place().hops().stream().anyMatch(Hop::nullable);
  }

  private SqlNode from(Scope scope) {
    SqlNode from = table(scope.root(), scope.alias(Place.root(scope.root())));
    boolean outer = false;
    for (Place place : scope.joined()) {
      Hop hop = place.hops().get(place.hops().size() - 1);
      Place before = place.first(place.hops().size() - 1);
      // A row whose key is missing stays; a condition on the other side drops it where it should.
      outer |= hop.nullable();
      from =
          new SqlJoin(
              POS,
              from,
              SqlLiteral.createBoolean(false, POS),
              (outer ? JoinType.LEFT : JoinType.INNER).symbol(POS),
              table(place.table(), scope.alias(place)),
              JoinConditionType.ON.symbol(POS),
              joinCondition(hop, before, place, scope));
    }
    return from;
  }

  private static SqlNode joinCondition(Hop hop, Place before, Place place, Scope scope) {
    List<SqlNode> pairs = new ArrayList<>();
    for (int i = 0; i < hop.key().columns().size(); i++) {
      String holder = hop.key().columns().get(i);
      String target = hop.key().targetColumns().get(i);
      pairs.add(
          call(
              SqlStdOperatorTable.EQUALS,
              scope.name(before, hop.forward() ? holder : target),
              scope.name(place, hop.forward() ? target : holder)));
    }
    return pairs.stream().reduce((a, b) -> call(SqlStdOperatorTable.AND, a, b)).orElseThrow();
  }

  private SqlNode table(Table table, String alias) {
    SqlNode name = new SqlIdentifier(path(table.name()), POS);
    return alias.equals(table.name().table())
        ? name
        : call(SqlStdOperatorTable.AS, name, new SqlIdentifier(alias, POS));
  }

  /** The shortest name under which the schema path finds this table and no other. */
  private List<String> path(TableName name) {
    for (String schema : schemaPath) {
      boolean here =
          catalogs
              .tables()
              .anyMatch(
                  t ->
                      t.name().schemaLabel().equalsIgnoreCase(schema)
                          && t.name().table().equalsIgnoreCase(name.table()));
      if (here) {
        return schema.equalsIgnoreCase(name.schemaLabel())
            ? List.of(name.table())
            : qualified(name);
      }
    }
    return qualified(name);
  }

  private static List<String> qualified(TableName name) {
    return name.schema() == null
        ? List.of(name.source(), name.table())
        : List.of(name.source(), name.schema(), name.table());
  }

  private @Nullable SqlNode where(List<Condition> conditions, Scope scope) {
    return and(conditions.stream().map(c -> condition(c, scope)).toList());
  }

  private static @Nullable SqlNode and(List<SqlNode> nodes) {
    return nodes.stream().reduce((a, b) -> call(SqlStdOperatorTable.AND, a, b)).orElse(null);
  }

  private SqlNode condition(Condition condition, Scope scope) {
    if (condition instanceof Condition.Compare compare) {
      return compare(
          compare.comparison(), scope.column(compare.left()), operand(compare.right(), scope));
    } else if (condition instanceof Condition.ToAverage average) {
      return compare(
          average.comparison(), scope.column(average.ref()), averageOfAll(average.ref()));
    } else if (condition instanceof Condition.Range range) {
      return call(
          range.negated() ? SqlStdOperatorTable.NOT_BETWEEN : SqlStdOperatorTable.BETWEEN,
          scope.column(range.ref()),
          number(range.low()),
          number(range.high()));
    } else if (condition instanceof Condition.OneOf oneOf) {
      return oneOf(oneOf, scope);
    } else if (condition instanceof Condition.Missing missing) {
      return call(
          missing.negated() ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL,
          scope.column(missing.ref()));
    } else if (condition instanceof Condition.Flag flag) {
      return call(
          SqlStdOperatorTable.EQUALS,
          scope.column(flag.ref()),
          SqlLiteral.createBoolean(flag.value(), POS));
    } else if (condition instanceof Condition.During during) {
      SqlNode node =
          DateSql.within(
              scope.column(during.ref()), during.period(), Names.isDay(during.ref().column()));
      return during.negated() ? call(SqlStdOperatorTable.NOT, node) : node;
    } else if (condition instanceof Condition.Like like) {
      return like(like, scope);
    } else if (condition instanceof Condition.All all) {
      return all.conditions().stream()
          .map(c -> condition(c, scope))
          .reduce((a, b) -> call(SqlStdOperatorTable.AND, a, b))
          .orElseThrow();
    } else if (condition instanceof Condition.Either either) {
      return either.conditions().stream()
          .map(c -> condition(c, scope))
          .reduce((a, b) -> call(SqlStdOperatorTable.OR, a, b))
          .orElseThrow();
    } else if (condition instanceof Condition.Not not) {
      return call(SqlStdOperatorTable.NOT, condition(not.condition(), scope));
    }
    return related((Condition.Related) condition, scope);
  }

  private SqlNode averageOfAll(Ref ref) {
    Place all = Place.root(ref.place().table());
    Scope scope = new Scope(all.table(), Set.of(all), names);
    return select(
        false,
        SqlNodeList.of(call(SqlStdOperatorTable.AVG, scope.column(new Ref(all, ref.column())))),
        from(scope),
        null,
        new SqlNodeList(POS),
        null);
  }

  private static SqlNode oneOf(Condition.OneOf oneOf, Scope scope) {
    SqlNode column = scope.column(oneOf.ref());
    if (oneOf.values().size() == 1) {
      return call(
          oneOf.negated() ? SqlStdOperatorTable.NOT_EQUALS : SqlStdOperatorTable.EQUALS,
          column,
          text(oneOf.values().get(0)));
    }
    SqlNodeList values = new SqlNodeList(POS);
    oneOf.values().forEach(value -> values.add(text(value)));
    return call(
        oneOf.negated() ? SqlStdOperatorTable.NOT_IN : SqlStdOperatorTable.IN, column, values);
  }

  private static SqlNode like(Condition.Like like, Scope scope) {
    String literal =
        like.text()
            .toLowerCase(Locale.ROOT)
            .replace("\\", "\\\\")
            .replace("%", "\\%")
            .replace("_", "\\_");
    String pattern =
        (like.kind() == Sense.STARTS ? "" : "%") + literal + (like.kind() == Sense.ENDS ? "" : "%");
    SqlOperator operator = like.negated() ? SqlStdOperatorTable.NOT_LIKE : SqlStdOperatorTable.LIKE;
    SqlNode lower = call(SqlStdOperatorTable.LOWER, scope.column(like.ref()));
    return literal.contains("\\")
        ? call(operator, lower, text(pattern), text("\\"))
        : call(operator, lower, text(pattern));
  }

  /** Written with IN, so that the inner query stands alone and each source can take it whole. */
  private SqlNode related(Condition.Related related, Scope scope) {
    Table inner = related.table();
    Place holder = Place.root(inner);
    for (int i = related.back().size() - 1; i > 0; i--) {
      Hop hop = related.back().get(i);
      holder = holder.then(new Hop(hop.key(), hop.to(), hop.from(), !hop.forward()));
    }
    Hop first = related.back().get(0);
    UsedPlaces places = new UsedPlaces(holder);
    related.inside().forEach(places::add);
    Scope inside = new Scope(inner, places.all(), names);
    SqlNodeList keys = new SqlNodeList(POS);
    SqlNodeList outer = new SqlNodeList(POS);
    for (int i = 0; i < first.key().columns().size(); i++) {
      keys.add(inside.name(holder, first.key().columns().get(i)));
      outer.add(scope.name(related.anchor(), first.key().targetColumns().get(i)));
    }
    boolean zeroFits = related.comparison() != null && fitsZero(related);
    Comparison comparison =
        related.comparison() == null || !zeroFits
            ? related.comparison()
            : related.comparison().negated();
    boolean negated = related.negated() ^ zeroFits;
    List<SqlNode> conditions = new ArrayList<>();
    related.inside().forEach(condition -> conditions.add(condition(condition, inside)));
    if (negated && first.nullable()) {
      keys.forEach(key -> conditions.add(call(SqlStdOperatorTable.IS_NOT_NULL, key)));
    }
    SqlNode having =
        comparison == null
            ? null
            : compare(
                comparison,
                call(SqlStdOperatorTable.COUNT, SqlIdentifier.star(POS)),
                number(related.number()));
    SqlNode query =
        select(
            false,
            keys,
            from(inside),
            and(conditions),
            having == null ? new SqlNodeList(POS) : keys,
            having);
    SqlNode left =
        outer.size() == 1 ? outer.get(0) : SqlStdOperatorTable.ROW.createCall(POS, outer.getList());
    return call(negated ? SqlStdOperatorTable.NOT_IN : SqlStdOperatorTable.IN, left, query);
  }

  /** Whether no rows at all fulfil the count: such things stand in no inner query's result. */
  private static boolean fitsZero(Condition.Related related) {
    int zero = BigDecimal.ZERO.compareTo(related.number());
    Comparison comparison = related.comparison();
    if (comparison == null) {
      return false;
    }
    return switch (comparison) {
      case GREATER -> zero > 0;
      case AT_LEAST -> zero >= 0;
      case LESS -> zero < 0;
      case AT_MOST -> zero <= 0;
      case EQUAL -> zero == 0;
      case NOT_EQUAL -> zero != 0;
    };
  }

  private static SqlNode compare(Comparison comparison, SqlNode left, SqlNode right) {
    SqlOperator operator =
        switch (comparison) {
          case GREATER -> SqlStdOperatorTable.GREATER_THAN;
          case AT_LEAST -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
          case LESS -> SqlStdOperatorTable.LESS_THAN;
          case AT_MOST -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
          case EQUAL -> SqlStdOperatorTable.EQUALS;
          case NOT_EQUAL -> SqlStdOperatorTable.NOT_EQUALS;
        };
    return call(operator, left, right);
  }

  private static SqlNode operand(Object operand, Scope scope) {
    if (operand instanceof Ref ref) {
      return scope.column(ref);
    }
    return operand instanceof BigDecimal number ? number(number) : text(operand.toString());
  }

  private static SqlNode number(BigDecimal number) {
    return SqlLiteral.createExactNumeric(number.toPlainString(), POS);
  }

  private static SqlNode text(String text) {
    return SqlLiteral.createCharString(text, POS);
  }

  static SqlNode call(SqlOperator operator, SqlNode... operands) {
    return new SqlBasicCall(operator, List.of(operands), POS);
  }
}
