package io.sally.engine.planner;

import java.lang.reflect.Method;
import java.util.List;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.EnumerableDefaults;
import org.apache.calcite.linq4j.function.Function0;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Function2;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.MethodCallExpression;
import org.apache.calcite.linq4j.tree.Shuttle;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.util.BuiltInMethod;
import org.jspecify.annotations.Nullable;

/**
 * Grouping by several sets of keys, with each new group counted: Calcite calls for it a static
 * method, which is replaced in the generated code. Stateless.
 */
public final class GroupingSets {
  private static final Method GROUP_BY =
      Types.lookupMethod(
          GroupingSets.class,
          "groupBy",
          Enumerable.class,
          List.class,
          Function0.class,
          Function2.class,
          Function2.class);

  private GroupingSets() {}

  /** The generated code with its groups counted. */
  static BlockStatement counted(BlockStatement code) {
    return code.accept(
        new Shuttle() {
          @Override
          public Expression visit(
              MethodCallExpression call, @Nullable Expression target, List<Expression> arguments) {
            return call.method.equals(BuiltInMethod.GROUP_BY_MULTIPLE.method)
                ? Expressions.call(GROUP_BY, arguments)
                : super.visit(call, target, arguments);
          }
        });
  }

  /** Called by generated code. */
  public static <T, K, A, R> Enumerable<R> groupBy(
      Enumerable<T> rows,
      List<Function1<T, K>> keySelectors,
      Function0<A> accumulatorInitializer,
      Function2<A, T, A> accumulatorAdder,
      Function2<K, A, R> resultSelector) {
    if (!(rows instanceof PassingRows<T> passing)) {
      throw new IllegalStateException("rows come to grouping sets through a checkpoint");
    }
    PassingRows.Groups<T, K> groups = passing.groups();
    return EnumerableDefaults.groupByMultiple(
        rows,
        keySelectors.stream().map(groups::key).toList(),
        groups.initializer(accumulatorInitializer),
        groups.adder(accumulatorAdder),
        resultSelector);
  }
}
