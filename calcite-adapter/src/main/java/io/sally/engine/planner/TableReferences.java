package io.sally.engine.planner;

import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.TableName;
import io.sally.engine.planner.SourceSchema.Found;
import io.sally.engine.planner.SourceSchema.Part;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Finds the table that each name in a FROM clause means, and writes its whole path in the name's
 * place. Only the sources that names lead to are asked for, so that one that is down keeps no
 * statement over others from working.
 *
 * <p>A name that begins with a source's means a table of that source. Any other is looked for in
 * the schemas of the session, in their order; one that cannot be asked ends the search with its
 * error, since the table may be there. A name that is not found stays as it is: the validator says
 * so; but {@code DUAL}, where no table has that name, is Oracle's table of one row. Confined to one
 * statement.
 */
final class TableReferences {
  private static final String DUAL = "DUAL";

  private final SourceSchemas sources;
  private final List<String> schemaPath;

  private TableReferences(SourceSchemas sources, List<String> schemaPath) {
    this.sources = sources;
    this.schemaPath = schemaPath;
  }

  /**
   * Finds the tables of a query, whose names it changes in place.
   *
   * @throws SQLException when a source that must be asked cannot be reached, or a name means more
   *     than one table
   */
  static void find(SqlNode query, SourceSchemas sources, List<String> schemaPath)
      throws SQLException {
    SchemaLabels.splitInColumns(query, sources.names());
    new TableReferences(sources, schemaPath).visit(query, Set.of());
  }

  private void visit(@Nullable SqlNode node, Set<String> named) throws SQLException {
    if (node instanceof SqlWith with) {
      Set<String> inner = new HashSet<>(named);
      for (SqlNode each : with.withList) {
        SqlWithItem item = (SqlWithItem) each;
        Set<String> own = new HashSet<>(inner);
        if (item.recursive.booleanValue()) {
          own.add(fold(item.name.getSimple()));
        }
        visit(item.query, own);
        inner.add(fold(item.name.getSimple()));
      }
      visit(with.body, inner);
    } else if (node instanceof SqlSelect select) {
      SqlNode from = select.getFrom();
      if (from != null) {
        from = from(from, named);
        select.setFrom(from);
      }
      for (SqlNode operand : select.getOperandList()) {
        if (operand != from) {
          visit(operand, named);
        }
      }
    } else if (node != null && node.getKind() == SqlKind.EXPLICIT_TABLE) {
      from(((SqlCall) node).operand(0), named);
    } else if (node instanceof SqlCall call) {
      for (SqlNode operand : call.getOperandList()) {
        visit(operand, named);
      }
    } else if (node instanceof SqlNodeList list) {
      for (SqlNode element : list) {
        visit(element, named);
      }
    }
  }

  /** What stands in the place of this part of a FROM clause: most often the same. */
  private SqlNode from(SqlNode node, Set<String> named) throws SQLException {
    if (node instanceof SqlIdentifier name) {
      if (name.names.size() != 1 || !named.contains(fold(name.names.get(0)))) {
        return resolve(name) || !isDual(name) ? name : dual(name);
      }
    } else if (node instanceof SqlJoin join) {
      join.setLeft(from(join.getLeft(), named));
      join.setRight(from(join.getRight(), named));
      visit(join.getCondition(), named);
    } else {
      switch (node.getKind()) {
        case AS,
            TABLE_REF,
            LATERAL,
            TABLESAMPLE,
            SNAPSHOT,
            EXTEND,
            MATCH_RECOGNIZE,
            PIVOT,
            UNPIVOT -> {
          SqlCall call = (SqlCall) node;
          List<SqlNode> operands = call.getOperandList();
          SqlNode table = from(operands.get(0), named);
          if (table != operands.get(0)) {
            return dual(call, table);
          }
          for (SqlNode operand : operands.subList(1, operands.size())) {
            visit(operand, named);
          }
        }
        default -> visit(node, named);
      }
    }
    return node;
  }

  private static boolean isDual(SqlIdentifier name) {
    return name.isSimple() && name.getSimple().equalsIgnoreCase(DUAL);
  }

  /** One row with an X in the column DUMMY (Oracle, SQL Language Reference, "DUAL Table"). */
  private static SqlNode dual(SqlIdentifier name) {
    SqlParserPos position = name.getParserPosition();
    SqlNode row =
        SqlStdOperatorTable.ROW.createCall(position, SqlLiteral.createCharString("X", position));
    return SqlStdOperatorTable.AS.createCall(
        position,
        SqlStdOperatorTable.VALUES.createCall(position, row),
        new SqlIdentifier(name.getSimple(), position),
        new SqlIdentifier("DUMMY", position));
  }

  /** The same under the alias that the statement gives it, and its names of columns. */
  private static SqlNode dual(SqlCall named, SqlNode dual) {
    List<SqlNode> operands = new ArrayList<>(named.getOperandList());
    List<SqlNode> own = ((SqlCall) dual).getOperandList();
    operands.set(0, named.getKind() == SqlKind.AS ? own.get(0) : dual);
    if (named.getKind() == SqlKind.AS && operands.size() == 2) {
      operands.add(own.get(2));
    }
    return named.getOperator().createCall(named.getParserPosition(), operands);
  }

  /** Whether the name means a table that is there. */
  private boolean resolve(SqlIdentifier name) throws SQLException {
    SchemaLabels.split(name, sources.names());
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < name.names.size(); i++) {
      parts.add(new Part(name.names.get(i), name.isComponentQuoted(i)));
    }
    String source = parts.size() > 1 ? sourceNamed(parts.get(0)) : null;
    if (source != null) {
      return take(name, source, sources.schema(source).find(parts.subList(1, parts.size())));
    }
    for (String schema : schemaPath) {
      if (lookedUp(name, parts, schema)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String sourceNamed(Part part) {
    List<String> same =
        sources.names().stream().filter(name -> name.equalsIgnoreCase(part.text())).toList();
    return same.contains(part.text()) ? part.text() : same.size() == 1 ? same.get(0) : null;
  }

  /**
   * Looks into one schema of the session.
   *
   * @param schema a source, or {@code source.schema}
   */
  private boolean lookedUp(SqlIdentifier name, List<Part> parts, String schema)
      throws SQLException {
    for (String source : sources.names()) {
      if (schema.equals(source)) {
        return take(name, source, sources.schema(source).find(parts));
      }
      if (schema.startsWith(source + ".") && parts.size() == 1) {
        Part inner = new Part(schema.substring(source.length() + 1), true);
        return take(name, source, sources.schema(source).find(List.of(inner, parts.get(0))));
      }
    }
    return false;
  }

  private static boolean take(SqlIdentifier name, String source, Found found) throws SQLException {
    if (found instanceof Found.Several several) {
      throw ambiguous(name, several.tables());
    }
    if (!(found instanceof Found.One one)) {
      return false;
    }
    List<String> path = new ArrayList<>(List.of(source));
    path.addAll(one.path());
    SqlParserPos position = name.getParserPosition();
    name.setNames(path, Collections.nCopies(path.size(), position));
    return true;
  }

  private static SQLException ambiguous(SqlIdentifier name, List<TableName> tables) {
    SqlParserPos position = name.getParserPosition();
    return SqlErrors.ambiguous(
        "The name "
            + String.join(".", name.names)
            + " (line "
            + position.getLineNum()
            + ", column "
            + position.getColumnNum()
            + ") means more than one table, whose names differ only by case. Write "
            + tables.stream()
                .map(TableReferences::quoted)
                .sorted()
                .collect(Collectors.joining(" or "))
            + ".",
        null);
  }

  private static String quoted(TableName table) {
    return (table.schema() == null ? "" : quoted(table.schema()) + ".") + quoted(table.table());
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String fold(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
