package io.sally.engine.source;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What SQLite computes as Sally does: integers and texts. Decimals are binary fractions there,
 * dates are texts or numbers as each row likes, arithmetic slips from integers to fractions, LIKE
 * and division have other rules: all of these are computed here. A column may be declared to
 * compare without case, so every comparison of texts asks for the binary one. Immutable.
 */
public final class SqlitePushDown extends StandardPushDown {
  @Override
  boolean comparable(Family family) {
    return family == Family.INTEGER || family == Family.TEXT || family == Family.BOOLEAN;
  }

  @Override
  String exact(String text) {
    return "(" + text + " COLLATE BINARY)";
  }

  @Override
  boolean exactEquality() {
    return false;
  }

  @Override
  String truth(String operand) {
    return "(" + operand + " <> 0)";
  }

  /** One COLLATE decides for both sides. Any number other than 0 is true. */
  @Override
  Optional<String> compare(RexCall call, Family family, String left, String right) {
    if (family == Family.BOOLEAN) {
      return super.compare(call, family, truth(left), truth(right));
    }
    return family == Family.TEXT
        ? Optional.of("(" + exact(left) + " " + sign(call.getKind()) + " " + right + ")")
        : super.compare(call, family, left, right);
  }

  @Override
  String sign(SqlKind kind) {
    return switch (kind) {
      case IS_DISTINCT_FROM -> "IS NOT";
      case IS_NOT_DISTINCT_FROM -> "IS";
      default -> super.sign(kind);
    };
  }

  @Override
  boolean arithmetic(RexCall call) {
    return false;
  }

  @Override
  Optional<String> text(String value) {
    return value.indexOf('\0') < 0
        ? Optional.of("'" + value.replace("'", "''") + "'")
        : Optional.empty();
  }

  @Override
  Optional<String> cast(RelDataType from, RelDataType to, String operand) {
    return Family.of(from) == Family.INTEGER && Family.of(to) == Family.INTEGER && widens(from, to)
        ? Optional.of(operand)
        : Optional.empty();
  }

  /** LIKE has no regard to case there; GLOB has, and a constant pattern can be written for it. */
  @Override
  Optional<String> like(RexCall call, List<String> operands) {
    boolean plain =
        call.getOperator().getName().toUpperCase(Locale.ROOT).equals("LIKE")
            && call.getOperands().size() == 2
            && call.getOperands().get(1) instanceof RexLiteral;
    if (!plain) {
      return Optional.empty();
    }
    String pattern = ((RexLiteral) call.getOperands().get(1)).getValueAs(String.class);
    if (pattern == null) {
      return Optional.empty();
    }
    StringBuilder glob = new StringBuilder();
    pattern
        .chars()
        .forEach(
            c -> {
              switch (c) {
                case '%' -> glob.append('*');
                case '_' -> glob.append('?');
                case '*', '?', '[' -> glob.append('[').append((char) c).append(']');
                default -> glob.append((char) c);
              }
            });
    return text(glob.toString()).map(text -> "(" + operands.get(0) + " GLOB " + text + ")");
  }

  @Override
  Optional<String> function(RexCall call, List<String> operands) {
    return switch (call.getOperator().getName()) {
      case "||" ->
          Family.of(call.getType()) == Family.TEXT
              ? Optional.of("(" + String.join(" || ", operands) + ")")
              : Optional.empty();
      case "SUBSTRING" -> PostgreSqlPushDown.substring(call, operands);
      default -> Optional.empty();
    };
  }

  /** 64 bits hold every sum of 32-bit integers; a sum of larger ones may overflow there alone. */
  @Override
  boolean sums(RelDataType type) {
    return Family.of(type) == Family.INTEGER && type.getSqlTypeName() != SqlTypeName.BIGINT;
  }

  @Override
  String filtered(String function, List<String> operands, @Nullable String filter) {
    String call = String.format(Locale.ROOT, function, operands.toArray());
    return filter == null ? call : call + " FILTER (WHERE " + filter + ")";
  }

  @Override
  public Optional<GroupKey> groupKey(RelDataType type, String operand) {
    return switch (Family.of(type)) {
      case BOOLEAN -> Optional.of(new GroupKey(truth(operand), truth(operand)));
      case TEXT -> Optional.of(new GroupKey(exact(operand), operand));
      default -> super.groupKey(type, operand);
    };
  }

  @Override
  String ordered(String key, boolean nullable, boolean descending, boolean nullsFirst) {
    String item = descending ? key + " DESC" : key;
    return !nullable || nullsFirst != descending
        ? item
        : item + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
  }

  /** There is no OFFSET without a LIMIT. */
  @Override
  public String page(String offset, String fetch) {
    return super.page(offset, fetch.isEmpty() && !offset.isEmpty() ? "-1" : fetch);
  }
}
