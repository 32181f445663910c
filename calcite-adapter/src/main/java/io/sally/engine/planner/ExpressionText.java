package io.sally.engine.planner;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlPostfixOperator;

/**
 * Writes an expression of a plan for people, with the names of the columns that it reads. The text
 * is for reading, not for parsing. Immutable.
 */
final class ExpressionText {
  private final List<String> fields;

  /**
   * @param fields the names of the columns of the expression's input
   */
  ExpressionText(List<String> fields) {
    this.fields = fields;
  }

  String of(RexNode node) {
    if (node instanceof RexInputRef field) {
      return fields.get(field.getIndex());
    } else if (node instanceof RexDynamicParam) {
      return "?";
    } else if (node instanceof RexCall call) {
      return call(call);
    }
    return node.toString();
  }

  private String call(RexCall call) {
    List<RexNode> operands = call.getOperands();
    String name = call.getOperator().getName();
    if (TextOrder.isKey(call.getOperator()) || DecimalKeys.isKey(call.getOperator())) {
      return of(operands.get(0));
    } else if (call.isA(SqlKind.CAST)) {
      return "CAST(" + of(operands.get(0)) + " AS " + call.getType() + ")";
    } else if (call.getOperator() instanceof SqlBinaryOperator && operands.size() > 1) {
      return operands.stream().map(this::nested).collect(Collectors.joining(" " + name + " "));
    } else if (call.getOperator() instanceof SqlPostfixOperator) {
      return nested(operands.get(0)) + " " + name;
    }
    return name + operands.stream().map(this::of).collect(Collectors.joining(", ", "(", ")"));
  }

  private String nested(RexNode operand) {
    boolean binary =
        operand instanceof RexCall call && call.getOperator() instanceof SqlBinaryOperator;
    return binary ? "(" + of(operand) + ")" : of(operand);
  }
}
