package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;

/**
 * LIKE and ILIKE without a regular expression. Calcite makes one of every pattern, which
 * backtracks: a pattern with many percent signs takes minutes on one text, where no cancel reaches
 * it, and a dot stops at a line break. Here a match takes at most the product of both lengths and
 * goes by code point. Immutable; thread-safe.
 */
public final class LinearLike extends RexShuttle {
  private static final SqlUserDefinedFunction LIKE = function("LINEAR_LIKE", "like");
  private static final SqlUserDefinedFunction ILIKE = function("LINEAR_ILIKE", "ilike");
  private static final int NO_ESCAPE = -1;

  private final RexBuilder rexBuilder;

  private LinearLike(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
  }

  private static SqlUserDefinedFunction function(String name, String method) {
    return new SqlUserDefinedFunction(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.BOOLEAN_NULLABLE,
        null,
        OperandTypes.operandMetadata(
            List.of(), typeFactory -> List.of(), i -> "arg" + i, i -> false),
        Objects.requireNonNull(ScalarFunctionImpl.create(LinearLike.class, method)));
  }

  /** The plan with every LIKE and ILIKE made linear. */
  static RelNode in(RelNode plan) {
    LinearLike like = new LinearLike(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(like);
          }
        });
  }

  /** The executor with the same done to the constants that it folds. */
  static RexExecutor in(RexExecutor executor) {
    return (rexBuilder, constants, reduced) ->
        executor.reduce(rexBuilder, new LinearLike(rexBuilder).apply(constants), reduced);
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexCall visited = (RexCall) super.visitCall(call);
    if (!(call.getOperator() instanceof SqlLikeOperator operator)
        || operator.getKind() != SqlKind.LIKE) {
      return visited;
    }
    List<RexNode> operands = new ArrayList<>(visited.getOperands());
    if (operands.size() == 2) {
      // A backslash escapes only where ESCAPE says so, as the standard has it.
      operands.add(rexBuilder.makeNullLiteral(operands.get(1).getType()));
    }
    RexNode like =
        rexBuilder.makeCall(call.getType(), operator.isCaseSensitive() ? LIKE : ILIKE, operands);
    return operator.isNegated() ? rexBuilder.makeCall(SqlStdOperatorTable.NOT, like) : like;
  }

  /** Called by generated code. */
  public static @Nullable Boolean like(
      @Nullable String text, @Nullable String pattern, @Nullable String escape) {
    return (text == null || pattern == null) ? null : matches(text, pattern, escape);
  }

  /** Called by generated code. */
  public static @Nullable Boolean ilike(
      @Nullable String text, @Nullable String pattern, @Nullable String escape) {
    return (text == null || pattern == null)
        ? null
        : matches(
            text.toLowerCase(Locale.ROOT),
            pattern.toLowerCase(Locale.ROOT),
            escape == null ? null : escape.toLowerCase(Locale.ROOT));
  }

  /**
   * Goes along text and pattern together; at a mismatch it goes back to the last percent sign and
   * lets that take one code point more.
   */
  private static boolean matches(String textString, String patternString, @Nullable String escape) {
    int[] text = textString.codePoints().toArray();
    Pattern pattern = Pattern.of(patternString, escape);
    int at = 0;
    int in = 0;
    int percent = -1;
    int taken = 0;
    while (at < text.length) {
      if (in < pattern.length() && pattern.isAnyText(in)) {
        percent = in++;
        taken = at;
      } else if (in < pattern.length() && pattern.takes(in, text[at])) {
        in++;
        at++;
      } else if (percent >= 0) {
        in = percent + 1;
        at = ++taken;
      } else {
        return false;
      }
    }
    while (in < pattern.length() && pattern.isAnyText(in)) {
      in++;
    }
    return in == pattern.length();
  }

  /** A pattern with its escapes undone: what stands at a place, and whether it means itself. */
  private static final class Pattern {
    private final int[] codePoints;
    private final boolean[] literal;
    private final int length;

    private Pattern(int[] codePoints, boolean[] literal, int length) {
      this.codePoints = codePoints;
      this.literal = literal;
      this.length = length;
    }

    int length() {
      return length;
    }

    static Pattern of(String pattern, @Nullable String escape) {
      int escaping = NO_ESCAPE;
      if (escape != null) {
        if (escape.codePointCount(0, escape.length()) != 1) {
          throw new InvalidEscapeException("ESCAPE takes one character, not '" + escape + "'");
        }
        escaping = escape.codePointAt(0);
      }
      int[] source = pattern.codePoints().toArray();
      int[] codePoints = new int[source.length];
      boolean[] literal = new boolean[source.length];
      int length = 0;
      for (int i = 0; i < source.length; i++) {
        boolean escaped = source[i] == escaping;
        if (escaped) {
          i++;
          if (i == source.length
              || (source[i] != '%' && source[i] != '_' && source[i] != escaping)) {
            throw new InvalidEscapeException(
                "The escape character of a LIKE pattern stands before %, _ or itself");
          }
        }
        codePoints[length] = source[i];
        literal[length] = escaped || (source[i] != '%' && source[i] != '_');
        length++;
      }
      return new Pattern(codePoints, literal, length);
    }

    boolean isAnyText(int place) {
      return !literal[place] && codePoints[place] == '%';
    }

    boolean takes(int place, int codePoint) {
      return literal[place] ? codePoints[place] == codePoint : codePoints[place] == '_';
    }
  }

  /** The ESCAPE of a LIKE is not one character, or stands before something else. */
  static final class InvalidEscapeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidEscapeException(String message) {
      super(message);
    }
  }
}
