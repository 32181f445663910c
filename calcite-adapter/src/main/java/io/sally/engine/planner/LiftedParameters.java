package io.sally.engine.planner;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that stand for lifted literals in a plan. Where Calcite casts a literal at once,
 * as 5 to DECIMAL(12, 2), there is a parameter of that type, whose value is cast when it is bound.
 * Confined to the planning of one statement.
 */
final class LiftedParameters {
  private final int first;
  private final List<Lifted> lifted = new ArrayList<>();

  /**
   * @param first the index of the first one: how many {@code ?} the statement has
   */
  LiftedParameters(int first) {
    this.first = first;
  }

  /**
   * What one parameter stands for.
   *
   * @param place which of the text's literals
   * @param written how that is read
   * @param castFrom the parameter that is cast to this one, or -1 for the literal itself
   * @param sample its value in the statement that was planned
   */
  record Lifted(int place, SqlTypeName written, int castFrom, RexLiteral sample) {
    RelDataType type() {
      return sample.getType();
    }
  }

  /** The parameter for a literal of the text. */
  RexNode of(int place, SqlLiteral literal, RexLiteral value, RexBuilder rexBuilder) {
    return parameter(new Lifted(place, literal.getTypeName(), -1, value), rexBuilder);
  }

  /** Whether this is one of them. */
  boolean contains(RexNode node) {
    return node instanceof RexDynamicParam parameter
        && parameter.getIndex() >= first
        && parameter.getIndex() - first < lifted.size();
  }

  /** The value that a parameter has in the statement that was planned. */
  RexLiteral sample(RexNode parameter) {
    return lifted.get(((RexDynamicParam) parameter).getIndex() - first).sample();
  }

  /** The parameter cast to another type, where its sample was cast at once to this. */
  Optional<RexNode> cast(RexNode parameter, RexNode sample, RexBuilder rexBuilder) {
    if (!(sample instanceof RexLiteral literal) || value(literal) == null) {
      return Optional.empty();
    }
    int from = ((RexDynamicParam) parameter).getIndex() - first;
    return Optional.of(
        parameter(
            new Lifted(lifted.get(from).place(), lifted.get(from).written(), from, literal),
            rexBuilder));
  }

  private RexNode parameter(Lifted wanted, RexBuilder rexBuilder) {
    int index = lifted.indexOf(wanted);
    if (index < 0) {
      index = lifted.size();
      lifted.add(wanted);
    }
    return rexBuilder.makeDynamicParam(wanted.type(), first + index);
  }

  /** The types of all of them, in the order of their indexes. */
  List<RelDataType> types() {
    return lifted.stream().map(Lifted::type).toList();
  }

  /** The literals of the text that have one. */
  Set<Integer> places() {
    Set<Integer> places = new HashSet<>();
    lifted.forEach(each -> places.add(each.place()));
    return places;
  }

  List<Lifted> all() {
    return List.copyOf(lifted);
  }

  /**
   * The values that another text gives to the parameters, in the Java types of {@link
   * io.sally.engine.RowCursor}; empty where one of its literals is of another type, or cannot be
   * cast without computing.
   */
  static Optional<List<Object>> values(
      List<Lifted> lifted, LiteralText text, RexBuilder rexBuilder) {
    List<RexLiteral> literals = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Lifted each : lifted) {
      RexNode literal;
      if (each.castFrom() < 0) {
        SqlLiteral read = LiftedLiterals.read(each.written(), text.literals().get(each.place()));
        if (read == null) {
          return Optional.empty();
        }
        literal = literal(read, rexBuilder);
      } else {
        literal = rexBuilder.makeCast(each.type(), literals.get(each.castFrom()), true, false);
      }
      Object value =
          literal instanceof RexLiteral found && found.getType().equals(each.type())
              ? value(found)
              : null;
      if (value == null) {
        return Optional.empty();
      }
      literals.add((RexLiteral) literal);
      values.add(value);
    }
    return Optional.of(values);
  }

  /** As Calcite's converter makes it. */
  private static RexLiteral literal(SqlLiteral literal, RexBuilder rexBuilder) {
    return switch (literal.getTypeName()) {
      case DECIMAL ->
          rexBuilder.makeExactLiteral(
              literal.getValueAs(BigDecimal.class),
              literal.createSqlType(rexBuilder.getTypeFactory()));
      case CHAR -> rexBuilder.makeCharLiteral(literal.getValueAs(NlsString.class));
      case DATE -> rexBuilder.makeDateLiteral(literal.getValueAs(DateString.class));
      case TIME ->
          rexBuilder.makeTimeLiteral(
              literal.getValueAs(TimeString.class),
              literal.createSqlType(rexBuilder.getTypeFactory()).getPrecision());
      case TIMESTAMP ->
          rexBuilder.makeTimestampLiteral(
              literal.getValueAs(TimestampString.class),
              literal.createSqlType(rexBuilder.getTypeFactory()).getPrecision());
      default -> throw new IllegalArgumentException(literal.getTypeName().getName());
    };
  }

  /** The value of a literal of a type whose values can be bound, or null. */
  private static @Nullable Object value(RexLiteral literal) {
    return switch (literal.getType().getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> exact(literal);
      case FLOAT, DOUBLE -> literal.getValueAs(Double.class);
      case CHAR, VARCHAR -> literal.getValueAs(String.class);
      case DATE -> Objects.toString(literal.getValueAs(DateString.class), null);
      case TIME -> Objects.toString(literal.getValueAs(TimeString.class), null);
      case TIMESTAMP -> Objects.toString(literal.getValueAs(TimestampString.class), null);
      default -> null;
    };
  }

  private static @Nullable Object exact(RexLiteral literal) {
    BigDecimal value = literal.getValueAs(BigDecimal.class);
    boolean whole = literal.getType().getSqlTypeName() != SqlTypeName.DECIMAL;
    return value != null && whole && value.stripTrailingZeros().scale() > 0 ? null : value;
  }
}
