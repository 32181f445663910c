package io.sally.engine.planner;

import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Tables of one name in one FROM clause, as in {@code FROM pg.customers JOIN shop.customers ON
 * pg.customers.id = shop.customers.id}. Calcite knows a table in a FROM clause by its last name
 * alone; as in PostgreSQL (manual, "Table Expressions"), two tables may have the same where their
 * whole names differ and neither has an alias, and a column is then told by the whole name. Each
 * gets an alias of its own here, and the names of columns begin with it. Stateless.
 */
final class NamesakeTables {
  private NamesakeTables() {}

  /** A table in a FROM clause. */
  private record Item(String name, List<String> path, @Nullable String alias) {
    /** Whether the names before a column's own mean this table. */
    boolean isMeantBy(List<String> prefix) {
      if (prefix.size() == 1) {
        return fold(name).equals(fold(prefix.get(0)));
      }
      return fold(path).equals(fold(prefix));
    }
  }

  /** The tables of a FROM clause, and those of the queries around it. */
  private record Scope(List<Item> items, @Nullable Scope outer) {}

  /**
   * Tells them apart, in place, in a query whose tables have their whole names.
   *
   * @throws SQLException when a column's table could be any of several
   */
  static void tellApart(SqlNode query) throws SQLException {
    visit(query, null);
  }

  private static void visit(@Nullable SqlNode node, @Nullable Scope scope) throws SQLException {
    if (node instanceof SqlOrderBy ordered && ordered.query instanceof SqlSelect select) {
      Scope inner = select(select, scope);
      visit(ordered.orderList, inner);
      visit(ordered.offset, scope);
      visit(ordered.fetch, scope);
    } else if (node instanceof SqlSelect select) {
      select(select, scope);
    } else if (node instanceof SqlIdentifier name) {
      column(name, scope);
    } else if (node instanceof SqlCall call) {
      for (SqlNode operand : call.getOperandList()) {
        visit(operand, scope);
      }
    } else if (node instanceof SqlNodeList list) {
      for (SqlNode element : list) {
        visit(element, scope);
      }
    }
  }

  private static Scope select(SqlSelect select, @Nullable Scope outer) throws SQLException {
    List<Item> items = new ArrayList<>();
    SqlNode from = select.getFrom();
    if (from != null) {
      Map<String, List<List<String>>> paths = new HashMap<>();
      collect(from, paths);
      select.setFrom(labelled(from, paths, items));
    }
    Scope scope = new Scope(items, outer);
    conditions(select.getFrom(), scope);
    for (SqlNode operand : select.getOperandList()) {
      if (operand != select.getFrom()) {
        visit(operand, scope);
      }
    }
    return scope;
  }

  /** The whole names of all tables, by the name that Calcite would know them by. */
  private static void collect(SqlNode node, Map<String, List<List<String>>> paths) {
    if (node instanceof SqlJoin join) {
      collect(join.getLeft(), paths);
      collect(join.getRight(), paths);
    } else if (node instanceof SqlIdentifier table) {
      paths
          .computeIfAbsent(fold(last(table.names)), name -> new ArrayList<>())
          .add(fold(table.names));
    } else if (node.getKind() == SqlKind.AS
        && ((SqlCall) node).operand(1) instanceof SqlIdentifier alias) {
      // An alias is no whole name: with it the name is taken.
      paths
          .computeIfAbsent(fold(alias.getSimple()), name -> new ArrayList<>())
          .add(List.of(fold(alias.getSimple())));
    }
  }

  private static SqlNode labelled(
      SqlNode node, Map<String, List<List<String>>> paths, List<Item> items) {
    if (node instanceof SqlJoin join) {
      join.setLeft(labelled(join.getLeft(), paths, items));
      join.setRight(labelled(join.getRight(), paths, items));
    } else if (node instanceof SqlIdentifier table) {
      List<List<String>> namesakes = paths.getOrDefault(fold(last(table.names)), List.of());
      boolean apart =
          namesakes.size() > 1
              && namesakes.stream().allMatch(path -> path.size() > 1)
              && namesakes.stream().distinct().count() == namesakes.size();
      String alias = apart ? String.join(".", table.names) : null;
      items.add(new Item(last(table.names), List.copyOf(table.names), alias));
      if (alias != null) {
        SqlParserPos position = table.getParserPosition();
        return SqlStdOperatorTable.AS.createCall(
            position, table, new SqlIdentifier(alias, position));
      }
    } else if (node.getKind() == SqlKind.AS
        && ((SqlCall) node).operand(1) instanceof SqlIdentifier alias) {
      items.add(new Item(alias.getSimple(), List.of(alias.getSimple()), null));
    }
    return node;
  }

  /** What stands in a FROM clause beside the names of its tables. */
  private static void conditions(@Nullable SqlNode from, Scope scope) throws SQLException {
    if (from instanceof SqlJoin join) {
      conditions(join.getLeft(), scope);
      conditions(join.getRight(), scope);
      visit(join.getCondition(), scope);
    } else if (from instanceof SqlCall call && call.getKind() == SqlKind.AS) {
      conditions(call.operand(0), scope);
    } else if (from != null && !(from instanceof SqlIdentifier)) {
      visit(from, scope);
    }
  }

  private static void column(SqlIdentifier name, @Nullable Scope scope) throws SQLException {
    if (name.names.size() < 2) {
      return;
    }
    for (Scope each = scope; each != null; each = each.outer()) {
      for (int length = name.names.size() - 1; length > 0; length--) {
        List<String> prefix = name.names.subList(0, length);
        List<Item> meant = each.items().stream().filter(item -> item.isMeantBy(prefix)).toList();
        if (meant.size() > 1 && meant.stream().allMatch(item -> item.alias() != null)) {
          throw ambiguous(name, prefix, meant);
        } else if (!meant.isEmpty()) {
          begin(name, meant.get(0).alias(), length);
          return;
        }
      }
    }
  }

  /** Has an alias take the place of the first names. */
  private static void begin(SqlIdentifier name, @Nullable String alias, int length) {
    if (alias == null) {
      return;
    }
    List<String> names = new ArrayList<>(List.of(alias));
    names.addAll(name.names.subList(length, name.names.size()));
    List<SqlParserPos> positions = new ArrayList<>();
    for (int i = length - 1; i < name.names.size(); i++) {
      positions.add(name.getComponentParserPosition(i));
    }
    name.setNames(names, positions);
  }

  private static SQLException ambiguous(SqlIdentifier name, List<String> prefix, List<Item> meant) {
    SqlParserPos position = name.getParserPosition();
    return SqlErrors.ambiguous(
        "The table "
            + String.join(".", prefix)
            + " (line "
            + position.getLineNum()
            + ", column "
            + position.getColumnNum()
            + ") may be "
            + String.join(
                " or ", meant.stream().map(item -> String.join(".", item.path())).toList())
            + ". Write the whole name before the column, or give the tables aliases.",
        null);
  }

  private static String last(List<String> names) {
    return names.get(names.size() - 1);
  }

  private static String fold(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static List<String> fold(List<String> names) {
    UnaryOperator<String> fold = NamesakeTables::fold;
    return names.stream().map(fold).toList();
  }
}
