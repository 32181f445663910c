package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that are texts for want of anything else, as PostgreSQL has it (manual, "Type
 * Conversion"): {@code SELECT ?}, a column of {@code VALUES} that holds nothing else, and the
 * arguments of functions of texts, as in {@code LOWER(?)} and {@code '%' || ? || '%'}. Where a
 * number may be meant, as in {@code GREATEST(?, ?)}, nothing is guessed, since numbers compare
 * otherwise than their texts; and neither is in a set operation, whose other part has a type.
 */
final class TextParameters extends SqlShuttle {
  private static final Set<String> OF_TEXTS =
      Set.of(
          "||",
          "CHARACTER_LENGTH",
          "CHAR_LENGTH",
          "CONCAT",
          "INITCAP",
          "LENGTH",
          "LOWER",
          "LTRIM",
          "REPLACE",
          "RTRIM",
          "TRIM",
          "UPPER");

  private TextParameters() {}

  /** The query with those parameters cast; it is changed in the course of it. */
  static SqlNode in(SqlNode query) {
    SqlNode cast = Objects.requireNonNullElse(query.accept(new TextParameters()), query);
    columns(cast);
    return cast;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (visited instanceof SqlCall own
        && OF_TEXTS.contains(own.getOperator().getName().toUpperCase(Locale.ROOT))
        && own.getOperandList().stream().anyMatch(SqlDynamicParam.class::isInstance)) {
      List<@Nullable SqlNode> operands = new ArrayList<>();
      for (SqlNode operand : own.getOperandList()) {
        operands.add(operand instanceof SqlDynamicParam ? text(operand) : operand);
      }
      return own.getOperator()
          .createCall(own.getFunctionQuantifier(), own.getParserPosition(), operands);
    }
    return visited;
  }

  private static void columns(@Nullable SqlNode node) {
    if (node instanceof SqlOrderBy ordered) {
      columns(ordered.query);
    } else if (node instanceof SqlWith with) {
      with.withList.forEach(item -> columns(((SqlWithItem) item).query));
      columns(with.body);
    } else if (node instanceof SqlSelect select) {
      items(select.getSelectList());
      columns(select.getFrom());
    } else if (node instanceof SqlJoin join) {
      columns(join.getLeft());
      columns(join.getRight());
    } else if (node != null && node.getKind() == SqlKind.AS) {
      columns(((SqlCall) node).operand(0));
    } else if (node != null && node.getKind() == SqlKind.VALUES) {
      rows(((SqlCall) node).getOperandList());
    }
  }

  private static void items(SqlNodeList items) {
    for (int i = 0; i < items.size(); i++) {
      SqlNode item = items.get(i);
      if (item instanceof SqlDynamicParam) {
        items.set(i, text(item));
      } else if (item.getKind() == SqlKind.AS
          && ((SqlCall) item).operand(0) instanceof SqlDynamicParam parameter) {
        ((SqlCall) item).setOperand(0, text(parameter));
      }
    }
  }

  private static void rows(List<SqlNode> rows) {
    List<SqlCall> calls = rows.stream().map(SqlCall.class::cast).toList();
    IntStream.range(0, calls.get(0).operandCount())
        .filter(
            i ->
                calls.stream()
                    .allMatch(
                        row -> i < row.operandCount() && row.operand(i) instanceof SqlDynamicParam))
        .forEach(i -> calls.forEach(row -> row.setOperand(i, text(row.operand(i)))));
  }

  private static SqlNode text(SqlNode parameter) {
    SqlParserPos position = parameter.getParserPosition();
    return SqlStdOperatorTable.CAST.createCall(
        position,
        parameter,
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, position), position));
  }
}
