package io.sally.engine.planner;

import io.sally.engine.Execution;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.source.SqlSource;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The finished query of a source: its text, its columns, and what is bound to it. Immutable;
 * thread-safe.
 */
final class SourceText {
  private final SqlSource source;
  private final String sql;
  private final @Nullable String limitedSql;
  private final long ownLimit;
  private final List<RelDataType> types;
  private final List<String> names;
  private final List<ColumnType> columns;
  private final List<Integer> places;
  private final Map<Integer, Bound> bounds = new HashMap<>();
  private final SqlSource.Rows expected;
  private final List<KeyFilter> filters;
  private final @Nullable String keyedSql;
  private final List<Integer> keyedPlaces = new ArrayList<>();
  private final @Nullable Function1<DataContext, @Nullable Object @Nullable []> computed;

  /** A bound value: a parameter of the statement by its place, or a computed one by its place. */
  private record Bound(RelDataType type, boolean parameter, int place) {}

  private SourceText(
      SourceSelect select,
      List<String> names,
      List<RelDataType> types,
      List<KeyFilter> filters,
      SqlSource.Rows expected,
      RunValues values,
      RexBuilder rexBuilder) {
    this.source = select.source;
    this.types = types;
    this.names = List.copyOf(names);
    this.columns = types.stream().map(TypeMapping::toColumnType).toList();
    this.places = new ArrayList<>();
    this.sql = finish(select.sql(names), places);
    this.limitedSql =
        limited(select, names).map(text -> finish(text, new ArrayList<>())).orElse(null);
    this.ownLimit =
        select.fetch.isEmpty() || limitedSql == null
            ? Long.MAX_VALUE
            : new BigDecimal(select.fetch).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    this.expected = expected;
    this.filters = filters;
    this.keyedSql =
        filters.isEmpty()
            ? null
            : finish(KeyFilter.in(select, names, filters).sql(names), keyedPlaces);
    List<RexNode> computations = new ArrayList<>();
    for (int place : places) {
      RexNode value = values.get(place);
      if (value instanceof RexDynamicParam parameter) {
        bounds.put(place, new Bound(value.getType(), true, parameter.getIndex()));
      } else {
        bounds.put(place, new Bound(value.getType(), false, computations.size()));
        computations.add(value);
      }
    }
    this.computed =
        computations.isEmpty()
            ? null
            : RexExecutorImpl.getExecutable(
                    rexBuilder,
                    ExactDivision.in(
                        TimestampsInMicros.in(
                            ExactFunctions.in(
                                TextComparisons.in(computations, rexBuilder), rexBuilder),
                            rexBuilder),
                        rexBuilder),
                    rexBuilder.getTypeFactory().builder().build())
                .getFunction();
  }

  static SourceText of(SourceQuery query, RunValues values) {
    return new SourceText(
        query.select(),
        SourceSelect.names(query.getRowType().getFieldNames()),
        query.getRowType().getFieldList().stream().map(RelDataTypeField::getType).toList(),
        query.filters(),
        expected(query),
        values,
        query.getCluster().getRexBuilder());
  }

  private static SqlSource.Rows expected(SourceQuery query) {
    RelMetadataQuery metadata = query.getCluster().getMetadataQuery();
    if (isOneAtMost(query.logical())) {
      return SqlSource.Rows.ONE_AT_MOST;
    }
    return canBeLimited(query.select()) && query.estimateRowCount(metadata) <= SqlSource.Rows.FEW
        ? SqlSource.Rows.PROBABLY_FEW
        : SqlSource.Rows.ANY_NUMBER;
  }

  /** Rows that are told apart without looking at any column are one at most. */
  static boolean isOneAtMost(RelNode plan) {
    return Boolean.TRUE.equals(
        plan.getCluster().getMetadataQuery().areColumnsUnique(plan, ImmutableBitSet.of(), false));
  }

  private static boolean canBeLimited(SourceSelect select) {
    return select.combined == null && !select.limited();
  }

  /** For people to read: the keys of a join are not known yet. */
  String sql() {
    return keyedSql == null ? sql : withKeys(keyedSql, i -> filters.get(i).text());
  }

  List<KeyFilter> filters() {
    return filters;
  }

  SqlSource source() {
    return source;
  }

  List<RelDataType> types() {
    return types;
  }

  /** The names of its columns. */
  List<String> names() {
    return names;
  }

  /** The text with a place for a limit, where it has no limit but a number or none. */
  private static Optional<String> limited(SourceSelect select, List<String> names) {
    if (select.combined != null || select.fetch.indexOf(SourceSelect.VALUE) >= 0) {
      return Optional.empty();
    }
    SourceSelect limited = select.copy();
    limited.fetch = String.valueOf(SourceSelect.LIMIT);
    return Optional.of(limited.sql(names));
  }

  /** Puts the places of bound values and the numbers of aliases where the marks are. */
  private static String finish(String marked, List<Integer> places) {
    StringBuilder sql = new StringBuilder();
    Map<String, Integer> aliases = new HashMap<>();
    for (int i = 0; i < marked.length(); i++) {
      char c = marked.charAt(i);
      if (c == SourceSelect.VALUE || c == SourceSelect.ALIAS || c == SourceSelect.KEYS) {
        int end = marked.indexOf(c, i + 1);
        String number = marked.substring(i + 1, end);
        if (c == SourceSelect.VALUE) {
          places.add(Integer.valueOf(number));
          sql.append('?');
        } else if (c == SourceSelect.KEYS) {
          places.add(-1 - Integer.parseInt(number));
          sql.append(c).append(number).append(c);
        } else {
          sql.append('t').append(aliases.computeIfAbsent(number, key -> aliases.size() + 1));
        }
        i = end;
      } else {
        sql.append(c);
      }
    }
    return sql.toString();
  }

  /**
   * Runs the query.
   *
   * @param execution that of the run, or a part of it
   * @param maxRows how many rows are wanted at most, 0 for all
   * @param oneAtMost whether the plan knows that there is one row at most
   */
  RowCursor open(SourceRun run, Execution execution, long maxRows, boolean oneAtMost)
      throws SQLException {
    String text = sql;
    long limit = ownLimit;
    if (maxRows > 0 && limitedSql != null) {
      limit = Math.min(ownLimit, maxRows);
      text = limitedSql.replace(String.valueOf(SourceSelect.LIMIT), Long.toString(limit));
    }
    return source.open(
        text,
        columns,
        values(run, places, List.of()),
        oneAtMost ? SqlSource.Rows.ONE_AT_MOST : expectedWith(limit),
        execution);
  }

  /**
   * Runs the query for the rows with certain keys.
   *
   * @param keys those of each filter, empty where they are not known
   */
  RowCursor open(SourceRun run, Execution execution, List<Optional<List<Object>>> keys)
      throws SQLException {
    String marked = keyedSql;
    if (marked == null || keys.stream().allMatch(Optional::isEmpty)) {
      return open(run, execution, 0, false);
    }
    String text =
        withKeys(marked, i -> keys.get(i).map(filters.get(i)::condition).orElse(KeyFilter.ANY_ROW));
    return source.open(
        text, columns, values(run, keyedPlaces, keys), expectedWith(keys), execution);
  }

  private SqlSource.Rows expectedWith(long limit) {
    if (limit == Long.MAX_VALUE || expected == SqlSource.Rows.ONE_AT_MOST) {
      return expected;
    }
    return limit <= SqlSource.Rows.FEW ? SqlSource.Rows.FEW_AT_MOST : SqlSource.Rows.ANY_NUMBER;
  }

  private SqlSource.Rows expectedWith(List<Optional<List<Object>>> keys) {
    boolean few = false;
    for (int i = 0; i < keys.size(); i++) {
      SourceKeys wanted = filters.get(i).keys();
      few |=
          keys.get(i).map(known -> wanted.rows(known.size()) <= SqlSource.Rows.FEW).orElse(false);
    }
    return few
            && expected == SqlSource.Rows.ANY_NUMBER
            && limitedSql != null
            && ownLimit == Long.MAX_VALUE
        ? SqlSource.Rows.PROBABLY_FEW
        : expected;
  }

  private static String withKeys(String marked, IntFunction<String> condition) {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < marked.length(); i++) {
      char c = marked.charAt(i);
      if (c == SourceSelect.KEYS) {
        int end = marked.indexOf(c, i + 1);
        sql.append(condition.apply(Integer.parseInt(marked.substring(i + 1, end))));
        i = end;
      } else {
        sql.append(c);
      }
    }
    return sql.toString();
  }

  private List<@Nullable Object> values(
      SourceRun run, List<Integer> wanted, List<Optional<List<Object>>> keys) {
    @Nullable Object @Nullable [] results = computed == null ? null : computed.apply(run.context());
    List<@Nullable Object> values = new ArrayList<>();
    for (int place : wanted) {
      if (place < 0) {
        int filter = -1 - place;
        keys.get(filter).ifPresent(known -> values.addAll(filters.get(filter).values(known)));
        continue;
      }
      Bound bound = Objects.requireNonNull(bounds.get(place), "bound");
      if (bound.parameter()) {
        values.add(run.parameters().get(bound.place()));
      } else {
        Object value = results == null ? null : results[bound.place()];
        values.add(InternalValues.toJdbc(bound.type()).apply(value));
      }
    }
    return values;
  }
}
