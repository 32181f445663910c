package io.sally.ask.literals;

import io.sally.ask.literals.ComparedLiteral.Fold;
import io.sally.ask.literals.ComparedLiteral.Kind;
import io.sally.ask.literals.ComparedLiteral.Operator;
import io.sally.engine.catalog.Catalogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.jspecify.annotations.Nullable;

/**
 * Finds the literals of a proven query that are compared with a column of a table. What it does not
 * understand it leaves out: a column of a sub-query, a comparison of an expression, a query that
 * Calcite's standard parser does not read. Confined to one query.
 */
public final class ComparedLiterals {
  private static final Map<SqlKind, Operator> OPERATORS =
      Map.of(
          SqlKind.EQUALS, Operator.EQUALS,
          SqlKind.NOT_EQUALS, Operator.NOT_EQUALS,
          SqlKind.LESS_THAN, Operator.LESS,
          SqlKind.LESS_THAN_OR_EQUAL, Operator.LESS_OR_EQUAL,
          SqlKind.GREATER_THAN, Operator.GREATER,
          SqlKind.GREATER_THAN_OR_EQUAL, Operator.GREATER_OR_EQUAL,
          SqlKind.LIKE, Operator.LIKE);

  private static final Map<Operator, Operator> TURNED =
      Map.of(
          Operator.LESS, Operator.GREATER,
          Operator.LESS_OR_EQUAL, Operator.GREATER_OR_EQUAL,
          Operator.GREATER, Operator.LESS,
          Operator.GREATER_OR_EQUAL, Operator.LESS_OR_EQUAL);

  static final SqlParser.Config PARSER =
      SqlParser.config()
          .withConformance(SqlConformanceEnum.LENIENT)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withQuotedCasing(Casing.UNCHANGED)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withIdentifierMaxLength(1000);

  private final String sql;
  private final Catalogs catalogs;
  private final List<String> schemaPath;
  private final List<ComparedLiteral> found = new ArrayList<>();
  private int choices;

  private ComparedLiterals(String sql, Catalogs catalogs, List<String> schemaPath) {
    this.sql = sql;
    this.catalogs = catalogs;
    this.schemaPath = schemaPath;
  }

  /**
   * The literals, in no order.
   *
   * @param sql the query as proven
   */
  public static List<ComparedLiteral> in(String sql, Catalogs catalogs, List<String> schemaPath) {
    SqlNode query;
    try {
      query = SqlParser.create(sql, PARSER).parseQuery();
    } catch (SqlParseException notRead) {
      return List.of();
    }
    ComparedLiterals literals = new ComparedLiterals(sql, catalogs, schemaPath);
    literals.query(query, new TablesInScope(catalogs, schemaPath, null));
    return List.copyOf(literals.found);
  }

  private void query(SqlNode node, TablesInScope outer) {
    if (node instanceof SqlWith with) {
      TablesInScope inner = new TablesInScope(catalogs, schemaPath, outer);
      for (SqlNode item : with.withList) {
        inner.hide(((SqlWithItem) item).name.getSimple());
      }
      for (SqlNode item : with.withList) {
        query(((SqlWithItem) item).query, inner);
      }
      query(with.body, inner);
    } else if (node instanceof SqlSelect select) {
      select(select, outer);
    } else if (node instanceof SqlCall call) {
      // Set operations, ORDER BY around a query, and whatever else holds queries.
      for (SqlNode operand : call.getOperandList()) {
        if (operand != null) {
          query(operand, outer);
        }
      }
    } else if (node instanceof SqlNodeList list) {
      list.forEach(item -> query(item, outer));
    }
  }

  private void select(SqlSelect select, TablesInScope outer) {
    TablesInScope scope = new TablesInScope(catalogs, schemaPath, outer);
    SqlNode from = select.getFrom();
    if (from != null) {
      tables(from, scope);
      joins(from, scope);
    }
    for (SqlNode part :
        new @Nullable SqlNode[] {
          select.getWhere(), select.getHaving(), select.getQualify(), select.getSelectList()
        }) {
      if (part != null) {
        condition(part, scope, true);
      }
    }
    for (@Nullable SqlNode part :
        new @Nullable SqlNode[] {
          select.getGroup(), select.getOrderList(), select.getWindowList()
        }) {
      if (part != null) {
        condition(part, scope, false);
      }
    }
  }

  /** Puts the tables of FROM into the scope, and reads the queries among them. */
  private void tables(SqlNode from, TablesInScope scope) {
    if (from instanceof SqlJoin join) {
      tables(join.getLeft(), scope);
      tables(join.getRight(), scope);
    } else if (from instanceof SqlIdentifier name) {
      List<String> parts = parts(name);
      scope.add(parts.get(parts.size() - 1), parts);
    } else if (from.getKind() == SqlKind.AS) {
      SqlCall as = (SqlCall) from;
      String alias = ((SqlIdentifier) as.operand(1)).getSimple();
      if (as.operandCount() == 2 && as.operand(0) instanceof SqlIdentifier name) {
        scope.add(alias, parts(name));
      } else {
        scope.add(alias, null);
        query(as.operand(0), scope);
      }
    } else {
      scope.add("", null);
      query(from, scope);
    }
  }

  private void joins(SqlNode from, TablesInScope scope) {
    if (from instanceof SqlJoin join) {
      joins(join.getLeft(), scope);
      joins(join.getRight(), scope);
      SqlNode condition = join.getCondition();
      if (condition != null) {
        JoinType type = join.getJoinType();
        condition(condition, scope, type == JoinType.INNER || type == JoinType.COMMA);
      }
    }
  }

  /** Reads an expression; what it compares is required as long as only AND stands around it. */
  private void condition(SqlNode node, TablesInScope scope, boolean required) {
    if (node instanceof SqlNodeList list) {
      list.forEach(
          item -> {
            if (item != null) {
              condition(item, scope, required);
            }
          });
    } else if (node instanceof SqlSelect || node instanceof SqlWith) {
      query(node, scope);
    } else if (node instanceof SqlCall call) {
      call(call, scope, required);
    }
  }

  private void call(SqlCall call, TablesInScope scope, boolean required) {
    SqlKind kind = call.getKind();
    if (kind.belongsTo(SqlKind.SET_QUERY) || kind == SqlKind.ORDER_BY) {
      query(call, scope);
      return;
    }
    if (comparison(call, scope, required)) {
      return;
    }
    boolean below =
        required
            && switch (kind) {
              case OR, NOT, NOT_IN, IS_FALSE, IS_NOT_TRUE -> false;
              default -> true;
            };
    if (kind == SqlKind.OR && required && isChoice(call, scope)) {
      int choice = choices++;
      alternatives(call).forEach(one -> comparison((SqlCall) one, scope, true, choice));
      return;
    }
    for (SqlNode operand : call.getOperandList()) {
      if (operand != null) {
        condition(operand, scope, below);
      }
    }
  }

  /** Whether all alternatives compare the same column with a literal. */
  private boolean isChoice(SqlCall or, TablesInScope scope) {
    long columns =
        alternatives(or).stream()
            .map(
                one ->
                    one instanceof SqlBasicCall call
                            && (call.getKind() == SqlKind.EQUALS || call.getKind() == SqlKind.LIKE)
                            && call.operand(1) instanceof SqlLiteral
                        ? column(call.operand(0), scope).map(Object::toString).orElse("?")
                        : "?")
            .distinct()
            .filter(column -> !column.equals("?"))
            .count();
    return columns == 1
        && alternatives(or).stream()
            .allMatch(
                one ->
                    one instanceof SqlBasicCall call
                        && call.operandCount() == 2
                        && call.operand(1) instanceof SqlLiteral
                        && column(call.operand(0), scope).isPresent());
  }

  private static List<SqlNode> alternatives(SqlNode node) {
    if (node.getKind() != SqlKind.OR) {
      return List.of(node);
    }
    List<SqlNode> all = new ArrayList<>();
    ((SqlCall) node).getOperandList().forEach(operand -> all.addAll(alternatives(operand)));
    return all;
  }

  private boolean comparison(SqlCall call, TablesInScope scope, boolean required) {
    return comparison(call, scope, required, choices++);
  }

  private boolean comparison(SqlCall call, TablesInScope scope, boolean required, int choice) {
    if (call.getKind() == SqlKind.IN || call.getKind() == SqlKind.NOT_IN) {
      return call.operand(1) instanceof SqlNodeList values
          && in(call, values, scope, required, choice);
    }
    Operator operator = OPERATORS.get(call.getKind());
    if (operator == null || call.operandCount() != 2) {
      return false;
    }
    boolean turned = call.operand(0) instanceof SqlLiteral && operator != Operator.LIKE;
    SqlNode value = call.operand(turned ? 1 : 0);
    if (!(call.operand(turned ? 0 : 1) instanceof SqlLiteral literal)) {
      return false;
    }
    boolean negated = call.getOperator().getName().startsWith("NOT ");
    Optional<Column> column = column(value, scope);
    column.ifPresent(
        c ->
            add(
                c,
                turned ? Objects.requireNonNullElse(TURNED.get(operator), operator) : operator,
                literal,
                choice,
                required && !negated && operator != Operator.NOT_EQUALS));
    return column.isPresent();
  }

  private boolean in(
      SqlCall call, SqlNodeList values, TablesInScope scope, boolean required, int choice) {
    Optional<Column> column = column(call.operand(0), scope);
    if (column.isEmpty()) {
      return false;
    }
    boolean positive = call.getKind() == SqlKind.IN;
    for (SqlNode value : values) {
      if (value instanceof SqlLiteral literal) {
        Operator operator = positive ? Operator.EQUALS : Operator.NOT_EQUALS;
        add(column.get(), operator, literal, choice, required && positive);
      } else {
        condition(value, scope, false);
      }
    }
    return true;
  }

  private static List<String> parts(SqlIdentifier name) {
    int count = 1;
    for (SqlIdentifier prefix = name; !prefix.isSimple(); count++) {
      prefix = prefix.skipLast(1);
    }
    return IntStream.range(0, count).mapToObj(i -> name.getComponent(i).getSimple()).toList();
  }

  private record Column(TablesInScope.Place place, Fold fold) {}

  private static Optional<Column> column(SqlNode node, TablesInScope scope) {
    if (node instanceof SqlIdentifier name) {
      return scope.column(parts(name)).map(place -> new Column(place, Fold.NONE));
    }
    if (node instanceof SqlBasicCall call
        && call.operandCount() == 1
        && call.operand(0) instanceof SqlIdentifier name) {
      String function = call.getOperator().getName();
      for (Fold fold : List.of(Fold.LOWER, Fold.UPPER)) {
        if (fold.name().equalsIgnoreCase(function)) {
          return scope.column(parts(name)).map(place -> new Column(place, fold));
        }
      }
    }
    return Optional.empty();
  }

  private void add(
      Column column, Operator operator, SqlLiteral literal, int choice, boolean required) {
    SqlParserPos at = literal.getParserPosition();
    if (at.getLineNum() == 0) {
      return;
    }
    int start = SqlParserUtil.lineColToIndex(sql, at.getLineNum(), at.getColumnNum());
    int end = SqlParserUtil.lineColToIndex(sql, at.getEndLineNum(), at.getEndColumnNum()) + 1;
    String written = sql.substring(start, end);
    Kind kind;
    String value;
    if (literal instanceof SqlCharStringLiteral) {
      kind = Kind.TEXT;
      value = Objects.requireNonNullElse(literal.getValueAs(String.class), "");
      if (!written.equals(ComparedLiteral.quoted(value))) {
        return;
      }
    } else if (literal instanceof SqlNumericLiteral) {
      kind = Kind.NUMBER;
      value = written;
    } else {
      return;
    }
    found.add(
        new ComparedLiteral(
            column.place().table(),
            column.place().column(),
            operator,
            column.fold(),
            kind,
            value,
            start,
            end,
            choice,
            required));
  }
}
