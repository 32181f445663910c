package io.sally.engine.source;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of database computes with the same meaning as Sally, and how it writes that;
 * everything else is computed here. To admit and to write is one act, so that nothing is pushed
 * whose text was not thought of. Deny by default: an empty answer means "computed here". Immutable.
 *
 * <p>Texts are compared, sorted and grouped by code point and with case everywhere. Operands arrive
 * as SQL text that may stand in any place of an expression.
 */
public interface PushDown {
  /** A number of so many bits is below 10 to the 13th. */
  int DIVISOR_BITS = 43;

  /**
   * A column of fixed length without the blanks that fill it up: they have no meaning anywhere, and
   * would keep it from being equal to the same text elsewhere.
   */
  String fixedText(String column);

  /** A constant; a null constant has its type too. */
  Optional<String> literal(RexLiteral literal);

  /** The place of a value that is bound when the query runs, for example {@code ?}. */
  Optional<String> parameter(RelDataType type, String marker);

  /** The place of a bound value with which something is compared by {@code =}. */
  default Optional<String> equalParameter(RelDataType type, String marker) {
    return parameter(type, marker);
  }

  /**
   * A condition on a column of this type that holds for each row in which it has one of many bound
   * values, and perhaps for more: the rows are compared once more here.
   */
  Optional<KeyTest> among(RelDataType type);

  /** An operator or function, neither an aggregate nor a window. */
  Optional<String> call(RexCall call, List<String> operands);

  /** An aggregate; its FILTER is the last operand where it has one. */
  Optional<String> aggregate(AggregateCall call, List<RelDataType> types, List<String> operands);

  /**
   * A sum of exact numbers divided by the count of what was summed or by a constant, where the
   * database divides them by such alone. The divisor is zero only where the sum is null, and
   * without its point it has at most {@link #DIVISOR_BITS}, as every count has.
   *
   * @param summed the type of what was summed
   * @param scale how many digits the quotient has right of the point
   */
  default Optional<String> average(RelDataType summed, String sum, String divisor, int scale) {
    return Optional.empty();
  }

  /**
   * How {@link #aggregate} writes the count of what a sum adds up.
   *
   * @param sum what {@link #aggregate} made of the sum, which begins with {@code SUM(}
   */
  default String counted(String sum) {
    return "COUNT(" + sum.substring("SUM(".length());
  }

  /** A window function by its SQL name, for example {@code ROW_NUMBER}, without its OVER. */
  Optional<String> windowFunction(
      String name, RelDataType type, List<RelDataType> types, List<String> operands);

  /** An expression by which rows are grouped. */
  Optional<GroupKey> groupKey(RelDataType type, String operand);

  /** One item of ORDER BY; the direction of nulls is never unspecified. */
  Optional<String> orderKey(
      RelDataType type,
      String operand,
      RelFieldCollation.Direction direction,
      RelFieldCollation.NullDirection nulls);

  /** Whether a value of this type may be an item of a select list. */
  boolean selects(RelDataType type);

  /** Whether the database joins in this way. */
  boolean joins(JoinRelType type);

  /** Whether the database joins in this way on this condition. */
  default boolean joins(JoinRelType type, RexNode condition) {
    return joins(type);
  }

  /** Whether the database combines rows of these types in this way. */
  boolean combines(SetOp operation);

  /** Whether the database knows GROUPING SETS. */
  boolean groupingSets();

  /** What stands after ORDER BY for a limit or an offset, or both; each may be empty. */
  String page(String offset, String fetch);

  /** The table or sub-query under another name. */
  String named(String table, String alias);

  /** What stands after the select list of a query that reads no table, often nothing. */
  String fromNothing();

  /**
   * A condition on a column and many values.
   *
   * @param before what stands between the column and the values
   * @param array whether the values are bound as one array, and not each for itself
   * @param most how many values it takes
   * @param scan the same for values that are so large a part of those in the column that to read
   *     all rows is faster than to look each value up; null where the database finds that out
   */
  record KeyTest(String before, String after, boolean array, int most, @Nullable KeyTest scan) {
    /** A condition that serves for any number of values. */
    KeyTest(String before, String after, boolean array, int most) {
      this(before, after, array, most, null);
    }
  }

  /**
   * How rows are grouped by an expression.
   *
   * @param grouped what stands in GROUP BY
   * @param shown what gives the group's value in the select list
   */
  record GroupKey(String grouped, String shown) {}
}
