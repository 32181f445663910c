package io.sally.engine.planner;

import io.sally.engine.source.PushDown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Writes expressions for one source. An empty answer means that the source does not compute the
 * expression as Sally does. Confined to the planning of one statement.
 */
final class SourceExpressions {
  private static final String SUM = "SUM(";

  private final PushDown pushDown;
  private final List<SourceSelect.Item> items;
  private final RunValues values;
  private final RexBuilder rexBuilder;

  SourceExpressions(
      PushDown pushDown, List<SourceSelect.Item> items, RunValues values, RexBuilder rexBuilder) {
    this.pushDown = pushDown;
    this.items = items;
    this.values = values;
    this.rexBuilder = rexBuilder;
  }

  /** The expression as a value or condition of the source. */
  Optional<String> write(RexNode node) {
    if (node instanceof RexInputRef ref) {
      return Optional.of(items.get(ref.getIndex()).sql());
    } else if (node instanceof RexLiteral literal) {
      return pushDown.literal(literal);
    } else if (node instanceof RexDynamicParam) {
      return pushDown.parameter(node.getType(), values.mark(node));
    } else if (node instanceof RexOver over) {
      return over(over);
    } else if (node instanceof RexCall call) {
      return call(call);
    }
    return Optional.empty();
  }

  private Optional<String> call(RexCall call) {
    if (call.getKind() == SqlKind.SEARCH) {
      RexNode expanded = RexUtil.expandSearch(rexBuilder, null, call);
      return list(expanded).or(() -> write(expanded));
    }
    Optional<String> average = average(call);
    if (average.isPresent()) {
      return average;
    }
    List<String> operands = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      // A flag such as the YEAR of EXTRACT is no value: the source's own text names it.
      if (operand instanceof RexLiteral literal && literal.getTypeName() == SqlTypeName.SYMBOL) {
        operands.add("");
        continue;
      }
      Optional<String> written =
          operand instanceof RexDynamicParam && call.getKind() == SqlKind.EQUALS
              ? pushDown.equalParameter(operand.getType(), values.mark(operand))
              : write(operand);
      if (written.isEmpty()) {
        return computedHere(call);
      }
      operands.add(written.get());
    }
    return pushDown.call(call, operands).or(() -> computedHere(call));
  }

  /**
   * A sum divided by the count of the same rows, which is zero only where the sum is null, or by a
   * constant: no division by zero has to be an error.
   */
  private Optional<String> average(RexCall call) {
    boolean division = call.getKind() == SqlKind.DIVIDE || call.getKind() == SqlKind.CHECKED_DIVIDE;
    if (!division
        || call.getType().getSqlTypeName() != SqlTypeName.DECIMAL
        || !(RexUtil.removeCast(call.getOperands().get(0)) instanceof RexInputRef sum)) {
      return Optional.empty();
    }
    String added = items.get(sum.getIndex()).sql();
    RelDataType summed = items.get(sum.getIndex()).summed();
    return summed == null || !added.startsWith(SUM)
        ? Optional.empty()
        : divisor(call.getOperands().get(1), added)
            .flatMap(by -> pushDown.average(summed, added, by, call.getType().getScale()));
  }

  private Optional<String> divisor(RexNode node, String added) {
    if (node instanceof RexLiteral literal) {
      BigDecimal value =
          SqlTypeUtil.isExactNumeric(node.getType()) ? literal.getValueAs(BigDecimal.class) : null;
      return value != null
              && value.signum() != 0
              && value.unscaledValue().bitLength() <= PushDown.DIVISOR_BITS
          ? pushDown.literal(literal)
          : Optional.empty();
    }
    String counted = node instanceof RexInputRef count ? items.get(count.getIndex()).sql() : "";
    return counted.equals("COUNT(*)") || counted.equals(pushDown.counted(added))
        ? Optional.of(counted)
        : Optional.empty();
  }

  /** Several comparisons of one thing with constants, where the source compares them by = alone. */
  private Optional<String> list(RexNode expanded) {
    boolean in = expanded.getKind() == SqlKind.OR;
    if (!in && expanded.getKind() != SqlKind.AND) {
      return Optional.empty();
    }
    SqlKind kind = in ? SqlKind.EQUALS : SqlKind.NOT_EQUALS;
    List<String> constants = new ArrayList<>();
    String compared = null;
    for (RexNode part : ((RexCall) expanded).getOperands()) {
      if (part.getKind() != kind
          || !(((RexCall) part).getOperands().get(1) instanceof RexLiteral)) {
        return Optional.empty();
      }
      Optional<String> left = write(((RexCall) part).getOperands().get(0));
      Optional<String> right = write(((RexCall) part).getOperands().get(1));
      Optional<String> plain =
          left.flatMap(one -> right.map(other -> "(" + one + " " + kind.sql + " " + other + ")"));
      if (plain.isEmpty()
          || !plain.equals(write(part))
          || (compared != null && !compared.equals(left.orElse(null)))) {
        return Optional.empty();
      }
      compared = left.orElse(null);
      right.ifPresent(constants::add);
    }
    return Optional.of(
        "(" + compared + (in ? " IN (" : " NOT IN (") + String.join(", ", constants) + "))");
  }

  /** An expression that looks at no row has one value a run, which can be bound. */
  private Optional<String> computedHere(RexCall call) {
    return dependsOnRows(call) || !RexUtil.isDeterministic(call)
        ? Optional.empty()
        : pushDown.parameter(call.getType(), values.mark(call));
  }

  static boolean dependsOnRows(RexNode node) {
    try {
      node.accept(
          new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitInputRef(RexInputRef ref) {
              throw Util.FoundOne.NULL;
            }

            @Override
            public @Nullable Void visitOver(RexOver over) {
              throw Util.FoundOne.NULL;
            }

            @Override
            public @Nullable Void visitCorrelVariable(
                org.apache.calcite.rex.RexCorrelVariable variable) {
              throw Util.FoundOne.NULL;
            }

            @Override
            public @Nullable Void visitSubQuery(org.apache.calcite.rex.RexSubQuery subQuery) {
              throw Util.FoundOne.NULL;
            }
          });
      return false;
    } catch (Util.FoundOne found) {
      return true;
    }
  }

  private Optional<String> over(RexOver over) {
    if (over.isDistinct()
        || over.ignoreNulls()
        || over.getWindow().getExclude() != RexWindowExclusion.EXCLUDE_NO_OTHER) {
      return Optional.empty();
    }
    List<String> operands = new ArrayList<>();
    List<RelDataType> types = new ArrayList<>();
    for (RexNode operand : over.getOperands()) {
      Optional<String> written = write(operand);
      if (written.isEmpty()) {
        return Optional.empty();
      }
      operands.add(written.get());
      types.add(operand.getType());
    }
    SqlAggFunction function = over.getAggOperator();
    boolean zeroForNone = function.getKind() == SqlKind.SUM0;
    String name = zeroForNone ? "SUM" : function.getName();
    Optional<String> call = pushDown.windowFunction(name, over.getType(), types, operands);
    Optional<String> window = window(over.getWindow(), function);
    if (call.isEmpty() || window.isEmpty()) {
      return Optional.empty();
    }
    String sql = call.get() + " OVER (" + window.get() + ")";
    return Optional.of(zeroForNone ? "COALESCE(" + sql + ", 0)" : sql);
  }

  private Optional<String> window(RexWindow window, SqlAggFunction function) {
    List<String> clauses = new ArrayList<>();
    if (!window.partitionKeys.isEmpty()) {
      List<String> keys = new ArrayList<>();
      for (RexNode key : window.partitionKeys) {
        Optional<String> written =
            write(key)
                .filter(sql -> sorts(key, sql))
                .flatMap(sql -> pushDown.groupKey(key.getType(), sql))
                .map(PushDown.GroupKey::grouped);
        if (written.isEmpty()) {
          return Optional.empty();
        }
        keys.add(written.get());
      }
      clauses.add("PARTITION BY " + String.join(", ", keys));
    }
    if (!window.orderKeys.isEmpty()) {
      List<String> keys = new ArrayList<>();
      for (RexFieldCollation key : window.orderKeys) {
        Optional<String> written =
            write(key.left)
                .flatMap(
                    sql ->
                        pushDown.orderKey(key.left.getType(), sql, key.getDirection(), nulls(key)));
        if (written.isEmpty()) {
          return Optional.empty();
        }
        keys.add(written.get());
      }
      clauses.add("ORDER BY " + String.join(", ", keys));
    }
    if (function.allowsFraming() && !window.orderKeys.isEmpty()) {
      Optional<String> frame = frame(window);
      if (frame.isEmpty()) {
        return Optional.empty();
      }
      clauses.add(frame.get());
    }
    return Optional.of(String.join(" ", clauses));
  }

  /** A database finds the rows of a partition by sorting. */
  private boolean sorts(RexNode key, String sql) {
    return pushDown
        .orderKey(
            key.getType(),
            sql,
            RelFieldCollation.Direction.ASCENDING,
            RelFieldCollation.NullDirection.LAST)
        .isPresent();
  }

  private static RelFieldCollation.NullDirection nulls(RexFieldCollation key) {
    return nulls(key.getNullDirection(), key.getDirection());
  }

  /** Nulls sort high where nothing else is said. */
  static RelFieldCollation.NullDirection nulls(
      RelFieldCollation.NullDirection said, RelFieldCollation.Direction direction) {
    if (said != RelFieldCollation.NullDirection.UNSPECIFIED) {
      return said;
    }
    return direction.isDescending()
        ? RelFieldCollation.NullDirection.FIRST
        : RelFieldCollation.NullDirection.LAST;
  }

  /** A range that counts in values has its own arithmetic in each database: only rows count. */
  private static Optional<String> frame(RexWindow window) {
    RexWindowBound lower = window.getLowerBound();
    RexWindowBound upper = window.getUpperBound();
    if (!window.isRows() && (lower.getOffset() != null || upper.getOffset() != null)) {
      return Optional.empty();
    }
    Optional<String> from = bound(lower);
    Optional<String> to = bound(upper);
    return from.isEmpty() || to.isEmpty()
        ? Optional.empty()
        : Optional.of(
            (window.isRows() ? "ROWS" : "RANGE") + " BETWEEN " + from.get() + " AND " + to.get());
  }

  private static Optional<String> bound(RexWindowBound bound) {
    if (bound.isCurrentRow()) {
      return Optional.of("CURRENT ROW");
    }
    String direction = bound.isPreceding() ? " PRECEDING" : " FOLLOWING";
    if (bound.isUnbounded()) {
      return Optional.of("UNBOUNDED" + direction);
    }
    return bound.getOffset() instanceof RexLiteral literal
        ? Optional.ofNullable(literal.getValueAs(BigDecimal.class))
            .map(rows -> rows.toPlainString() + direction)
        : Optional.empty();
  }
}
