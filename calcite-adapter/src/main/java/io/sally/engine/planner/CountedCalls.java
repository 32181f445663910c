package io.sally.engine.planner;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.EnumerableDefaults;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.EqualityComparer;
import org.apache.calcite.linq4j.function.Function0;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Function2;
import org.apache.calcite.linq4j.function.Predicate2;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.MethodCallExpression;
import org.apache.calcite.linq4j.tree.Shuttle;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.util.BuiltInMethod;
import org.jspecify.annotations.Nullable;

/**
 * Operators for which Calcite's generated code calls a static method, so that {@link PassingRows}
 * cannot stand in for it: semi- and anti-joins, and grouping by several sets of keys. The calls are
 * replaced by ones that count what is held. Stateless.
 */
public final class CountedCalls {
  private static final Map<Method, Method> REPLACED =
      Map.of(
          BuiltInMethod.GROUP_BY_MULTIPLE.method,
          own("groupBy", BuiltInMethod.GROUP_BY_MULTIPLE),
          BuiltInMethod.SEMI_JOIN.method,
          own("semiJoin", BuiltInMethod.SEMI_JOIN),
          BuiltInMethod.ANTI_JOIN.method,
          own("antiJoin", BuiltInMethod.ANTI_JOIN));

  private CountedCalls() {}

  private static Method own(String name, BuiltInMethod builtIn) {
    return Types.lookupMethod(CountedCalls.class, name, builtIn.method.getParameterTypes());
  }

  /** The generated code with its calls replaced. */
  static BlockStatement in(BlockStatement code) {
    return code.accept(
        new Shuttle() {
          @Override
          public Expression visit(
              MethodCallExpression call, @Nullable Expression target, List<Expression> arguments) {
            Method own = REPLACED.get(call.method);
            return own == null
                ? super.visit(call, target, arguments)
                : Expressions.call(own, arguments);
          }
        });
  }

  /** Called by generated code. */
  public static <T, I, K> Enumerable<T> semiJoin(
      Enumerable<T> outer,
      Enumerable<I> inner,
      Function1<T, K> outerKeySelector,
      Function1<I, K> innerKeySelector,
      @Nullable EqualityComparer<K> comparer,
      @Nullable Predicate2<T, I> predicate) {
    return semiJoin(
        outer,
        inner,
        new SpillingSemiJoin.How<>(outerKeySelector, innerKeySelector, comparer, predicate, false));
  }

  /** Called by generated code. */
  public static <T, I, K> Enumerable<T> antiJoin(
      Enumerable<T> outer,
      Enumerable<I> inner,
      Function1<T, K> outerKeySelector,
      Function1<I, K> innerKeySelector,
      @Nullable EqualityComparer<K> comparer,
      @Nullable Predicate2<T, I> predicate) {
    return semiJoin(
        outer,
        inner,
        new SpillingSemiJoin.How<>(outerKeySelector, innerKeySelector, comparer, predicate, true));
  }

  @SuppressWarnings("NullAway") // Calcite takes null for what is not asked for.
  private static <T, I, K> Enumerable<T> semiJoin(
      Enumerable<T> outer, Enumerable<I> inner, SpillingSemiJoin.How<T, I, K> how) {
    return passing(outer).canSpillWith(passing(inner))
        ? passing(outer).semiJoin(passing(inner), how)
        : EnumerableDefaults.semiJoin(
            outer,
            inner,
            how.leftKey(),
            how.rightKey(),
            how.comparer(),
            how.anti(),
            how.condition());
  }

  /** Called by generated code. */
  public static <T, K, A, R> Enumerable<R> groupBy(
      Enumerable<T> rows,
      List<Function1<T, K>> keySelectors,
      Function0<A> accumulatorInitializer,
      Function2<A, T, A> accumulatorAdder,
      Function2<K, A, R> resultSelector) {
    PassingRows<T> passing = passing(rows);
    if (passing.spills()) {
      return passing.grouped(
          new EachKey<>(rows, keySelectors.size()),
          row -> keySelectors.get(number(row)).apply(EachKey.row(row)),
          accumulatorInitializer,
          (group, row) -> accumulatorAdder.apply(group, EachKey.row(row)),
          resultSelector,
          null);
    }
    PassingRows.Groups<T, K> groups = passing.groups();
    return EnumerableDefaults.groupByMultiple(
        rows,
        keySelectors.stream().map(groups::key).toList(),
        groups.initializer(accumulatorInitializer),
        groups.adder(accumulatorAdder),
        resultSelector);
  }

  private static int number(Object[] row) {
    return (Integer) row[0];
  }

  private static <T> PassingRows<T> passing(Enumerable<T> rows) {
    if (rows instanceof PassingRows<T> passing) {
      return passing;
    }
    throw new IllegalStateException("rows come to an operator through a checkpoint");
  }

  /** Each row once for each set of keys, with the number of the set. */
  private static final class EachKey<T> extends AbstractEnumerable<Object[]> {
    private final Enumerable<T> rows;
    private final int keys;

    EachKey(Enumerable<T> rows, int keys) {
      this.rows = rows;
      this.keys = keys;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Put there as a T.
    static <T> T row(Object[] pair) {
      return (T) pair[1];
    }

    @Override
    public Enumerator<Object[]> enumerator() {
      Enumerator<T> all = rows.enumerator();
      return new Enumerator<>() {
        private int key = keys;

        @Override
        public boolean moveNext() {
          key++;
          if (key < keys) {
            return true;
          }
          key = 0;
          return all.moveNext();
        }

        @Override
        public Object[] current() {
          return new Object[] {key, all.current()};
        }

        @Override
        public void reset() {
          throw new UnsupportedOperationException("rows are read once");
        }

        @Override
        public void close() {
          all.close();
        }
      };
    }
  }
}
