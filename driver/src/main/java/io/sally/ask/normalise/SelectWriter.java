package io.sally.ask.normalise;

import io.sally.ask.normalise.Scope.Found;
import io.sally.ask.normalise.Scope.Relation;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.AllValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.WindowDefinition;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.MinorThan;
import net.sf.jsqlparser.expression.operators.relational.MinorThanEquals;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.Distinct;
import net.sf.jsqlparser.statement.select.Fetch;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.GroupByElement;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.LateralSubSelect;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.TableFunction;
import net.sf.jsqlparser.statement.select.Top;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.select.WithItem;
import org.jspecify.annotations.Nullable;

/** Writes whole queries. Confined to one statement. */
final class SelectWriter {
  private final Dialect dialect;
  private final Tables tables;
  private final ExpressionWriter expressions;

  SelectWriter(Dialect dialect, Tables tables) {
    this.dialect = dialect;
    this.tables = tables;
    this.expressions = new ExpressionWriter(dialect, this);
  }

  /** The query, in which the names of {@code outer} can be used. */
  Query write(Select select, @Nullable Scope outer) throws SQLException {
    Scope around = new Scope(outer);
    String with = with(select, around);
    refuseUncommon(select);
    Query body;
    if (select instanceof PlainSelect plain) {
      body = plain(plain, around);
    } else if (select instanceof SetOperationList operations) {
      body = operations(operations, around);
    } else if (select instanceof Values values) {
      body = values(values, around);
    } else if (select instanceof ParenthesedSelect parenthesed) {
      Query inner = write(parenthesed.getSelect(), around);
      body =
          new Query(
              "(" + inner.sql() + ")" + order(select, null, around) + limit(select, null, around),
              inner.columns());
    } else {
      throw refused(select.toString());
    }
    return new Query(with + body.sql(), body.columns());
  }

  static SQLException refused(String what) {
    return SqlErrors.notSupported(
        "This cannot be put into Calcite's SQL with the same meaning: " + what + ".");
  }

  private static void refuseUncommon(Select select) throws SQLException {
    if (select.getForMode() != null || select.getForClause() != null) {
      throw refused("FOR at the end of a query");
    } else if (select.getPivot() != null || select.getUnPivot() != null) {
      throw refused("PIVOT; write an aggregate of CASE for each column");
    } else if (select.getLimitBy() != null) {
      throw refused("LIMIT BY; write ROW_NUMBER() in a sub-query");
    }
  }

  private String with(Select select, Scope scope) throws SQLException {
    List<WithItem<?>> items = select.getWithItemsList();
    if (items == null || items.isEmpty()) {
      return "";
    }
    boolean recursive = false;
    List<String> written = new ArrayList<>();
    for (WithItem<?> item : items) {
      if (!(item.getParenthesedStatement() instanceof ParenthesedSelect body)) {
        throw SqlErrors.readOnly("Sally only reads: a WITH that changes data is not permitted.");
      }
      if (item.getSearchClause() != null || item.getCycleClause() != null) {
        throw refused("SEARCH or CYCLE of a recursive WITH");
      }
      String name = Names.bare(item.getAliasName());
      List<String> columns = new ArrayList<>();
      if (item.getWithItemList() != null) {
        item.getWithItemList().forEach(c -> columns.add(Names.bare(c.toString())));
      }
      boolean own =
          Pattern.compile("(?i)\\b(?:FROM|JOIN|,)\\s+[\"`\\[]?" + Pattern.quote(name) + "\\b")
              .matcher(body.toString())
              .find();
      if (own) {
        // T-SQL, Oracle and SQLite leave the word RECURSIVE out.
        recursive |= item.isRecursive() || (scope.defined(name) == null && !tables.has(name));
        Map<String, Kind> unknown = new LinkedHashMap<>();
        columns.forEach(c -> unknown.put(c, Kind.UNKNOWN));
        scope.define(name, unknown);
      }
      Query query = write(body.getSelect(), scope);
      scope.define(name, renamed(query.columns(), columns));
      written.add(
          Names.quoted(name)
              + (columns.isEmpty() ? "" : quoted(columns))
              + " AS ("
              + query.sql()
              + ")");
    }
    return (recursive ? "WITH RECURSIVE " : "WITH ") + String.join(", ", written) + " ";
  }

  private static Map<String, Kind> renamed(Map<String, Kind> columns, List<String> names) {
    if (names.isEmpty()) {
      return columns;
    }
    Map<String, Kind> renamed = new LinkedHashMap<>();
    List<Kind> kinds = List.copyOf(columns.values());
    for (int i = 0; i < names.size(); i++) {
      renamed.put(names.get(i), i < kinds.size() ? kinds.get(i) : Kind.UNKNOWN);
    }
    return renamed;
  }

  private static String quoted(List<String> names) {
    return "(" + String.join(", ", names.stream().map(Names::quoted).toList()) + ")";
  }

  private Query operations(SetOperationList list, Scope scope) throws SQLException {
    StringBuilder sql = new StringBuilder();
    Map<String, Kind> columns = new LinkedHashMap<>();
    boolean leftToRight = dialect == Dialect.SQLITE || dialect == Dialect.ORACLE;
    for (int i = 0; i < list.getSelects().size(); i++) {
      Query part = write(list.getSelects().get(i), scope);
      if (i == 0) {
        columns = part.columns();
      } else {
        if (leftToRight && i > 1) {
          sql.insert(0, "(").append(")");
        }
        String operation =
            list.getOperations()
                .get(i - 1)
                .toString()
                .strip()
                .toUpperCase(Locale.ROOT)
                .replace("MINUS", "EXCEPT");
        sql.append(' ').append(operation).append(' ');
      }
      sql.append(part.sql());
    }
    sql.append(order(list, null, scope)).append(limit(list, null, scope));
    return new Query(sql.toString(), columns);
  }

  private Query values(Values values, Scope scope) throws SQLException {
    List<String> rows = new ArrayList<>();
    for (Expression row : values.getExpressions()) {
      rows.add(
          row instanceof ExpressionList<?> list
              ? "(" + expressions.list(list, scope) + ")"
              : "(" + expressions.write(row, scope).sql() + ")");
    }
    return new Query("VALUES " + String.join(", ", rows), Map.of());
  }

  private Query plain(PlainSelect select, Scope around) throws SQLException {
    refuseUncommon(select);
    if (select.getOracleHierarchical() != null) {
      throw refused("CONNECT BY; write a recursive WITH");
    } else if (select.getIntoTables() != null || select.getMySqlSelectIntoClause() != null) {
      throw SqlErrors.readOnly("Sally only reads: SELECT … INTO is not permitted.");
    } else if (select.getLateralViews() != null && !select.getLateralViews().isEmpty()) {
      throw refused("LATERAL VIEW");
    }
    Scope scope = new Scope(around);
    String from = from(select, scope);
    RowLimit rownum = RowLimit.in(select.getWhere());
    for (SelectItem<?> item : select.getSelectItems()) {
      if (item.getAlias() != null) {
        scope.alias(Names.bare(item.getAlias().getName()), item.getExpression());
      }
    }
    String where =
        rownum.rest() == null ? "" : " WHERE " + expressions.condition(rownum.rest(), scope);
    scope.forgetUsed();
    expressions.forget();
    int aggregates = expressions.aggregates();
    Map<String, Kind> columns = new LinkedHashMap<>();
    String items = items(select, scope, columns);
    String having =
        select.getHaving() == null
            ? ""
            : " HAVING " + expressions.condition(select.getHaving(), scope);
    if (select.getGroupBy() == null
        && !having.isEmpty()
        && expressions.aggregates() == aggregates
        && (dialect == Dialect.MYSQL || dialect == Dialect.SQLITE)) {
      // Without groups HAVING is a WHERE that knows the aliases.
      String condition = having.substring(" HAVING ".length());
      where =
          where.isEmpty()
              ? " WHERE " + condition
              : where.replaceFirst(" WHERE ", " WHERE (") + ") AND (" + condition + ")";
      having = "";
    }
    Ranking ranking = ranking(select, scope);
    String order = order(select, select, scope);
    String group = group(select, scope);
    if (rownum.rows() != null
        && (!group.isEmpty()
            || expressions.aggregates() > aggregates
            || select.getDistinct() != null
            || items.contains(" OVER "))) {
      throw refused("ROWNUM beside an aggregate, DISTINCT or OVER; limit the rows in a sub-query");
    }
    String windows = windows(select, scope);
    String limit =
        rownum.rows() != null
            ? " LIMIT " + rownum.rows()
            : ranking.limits() ? "" : limit(select, select, scope);
    String sql =
        "SELECT "
            + (select.getDistinct() != null && !ranking.distinctOn() ? "DISTINCT " : "")
            + items
            + from
            + where
            + group
            + having
            + windows
            + ranking.qualify()
            + order
            + limit;
    return new Query(sql, columns);
  }

  /** What ROWNUM in a WHERE asks for, and the rest of the condition. */
  private record RowLimit(@Nullable Expression rest, @Nullable Long rows) {
    static RowLimit in(@Nullable Expression where) {
      if (where instanceof AndExpression and) {
        RowLimit left = in(and.getLeftExpression());
        RowLimit right = in(and.getRightExpression());
        if (left.rows != null || right.rows != null) {
          Long rows =
              left.rows == null
                  ? right.rows
                  : right.rows == null ? left.rows : (Long) Math.min(left.rows, right.rows);
          Expression rest =
              left.rest == null
                  ? right.rest
                  : right.rest == null ? left.rest : new AndExpression(left.rest, right.rest);
          return new RowLimit(rest, rows);
        }
      } else if (where instanceof ComparisonOperator comparison
          && comparison.getLeftExpression() instanceof Column column
          && column.getTable() == null
          && column.getColumnName().equalsIgnoreCase("ROWNUM")
          && comparison.getRightExpression() instanceof LongValue value) {
        if (where instanceof MinorThanEquals
            || (where instanceof EqualsTo && value.getValue() == 1)) {
          return new RowLimit(null, value.getValue());
        } else if (where instanceof MinorThan) {
          return new RowLimit(null, value.getValue() - 1);
        }
      }
      return new RowLimit(where, null);
    }
  }

  /**
   * @param limits whether the condition stands for the query's limit
   */
  private record Ranking(String qualify, boolean distinctOn, boolean limits) {}

  /** QUALIFY, DISTINCT ON and WITH TIES: each keeps rows by their rank. */
  private Ranking ranking(PlainSelect select, Scope scope) throws SQLException {
    Distinct distinct = select.getDistinct();
    boolean on = distinct != null && distinct.getOnSelectItems() != null;
    String ties = ties(select, scope);
    if ((select.getQualify() != null && (on || ties != null)) || (on && ties != null)) {
      throw refused("QUALIFY, DISTINCT ON and WITH TIES in one query");
    } else if (on && select.getGroupBy() != null) {
      throw refused("DISTINCT ON beside GROUP BY; group in a sub-query");
    } else if (select.getQualify() != null) {
      return new Ranking(
          " QUALIFY " + expressions.condition(select.getQualify(), scope), false, false);
    } else if (on) {
      List<String> keys = new ArrayList<>();
      for (SelectItem<?> item : distinct.getOnSelectItems()) {
        keys.add(expressions.write(meant(item.getExpression(), select, scope), scope).sql());
      }
      return new Ranking(
          " QUALIFY ROW_NUMBER() OVER (PARTITION BY "
              + String.join(", ", keys)
              + expandedOrder(select, scope)
              + ") = 1",
          true,
          false);
    } else if (ties != null) {
      if (distinct != null) {
        throw refused("WITH TIES beside DISTINCT");
      }
      return new Ranking(
          " QUALIFY RANK() OVER (" + expandedOrder(select, scope).strip() + ") <= " + ties,
          false,
          true);
    }
    return new Ranking("", false, false);
  }

  private @Nullable String ties(PlainSelect select, Scope scope) throws SQLException {
    Top top = select.getTop();
    Fetch fetch = select.getFetch();
    if (top != null && top.isWithTies()) {
      return expressions.write(top.getExpression(), scope).sql();
    } else if (fetch != null && fetch.toString().toUpperCase(Locale.ROOT).contains("WITH TIES")) {
      return expressions.write(fetch.getExpression(), scope).sql();
    }
    return null;
  }

  private String expandedOrder(PlainSelect select, Scope scope) throws SQLException {
    if (select.getOrderByElements() == null) {
      return "";
    }
    List<String> keys = new ArrayList<>();
    for (OrderByElement element : select.getOrderByElements()) {
      Expression key = meant(element.getExpression(), select, scope);
      keys.add(expressions.write(key, scope).sql() + direction(element));
    }
    return " ORDER BY " + String.join(", ", keys);
  }

  /** What a position or an alias of the select list stands for. */
  private static Expression meant(Expression key, PlainSelect select, Scope scope)
      throws SQLException {
    if (key instanceof LongValue position) {
      long index = position.getValue();
      if (index < 1 || index > select.getSelectItems().size()) {
        throw SqlErrors.invalid(
            "Position "
                + index
                + " is not in the select list, which has "
                + select.getSelectItems().size()
                + " items.",
            null);
      }
      return select.getSelectItems().get((int) index - 1).getExpression();
    } else if (key instanceof Column column && column.getTable() == null) {
      Expression named = scope.alias(Names.bare(column.getColumnName()));
      return named == null ? key : named;
    }
    return key;
  }

  private String items(PlainSelect select, Scope scope, Map<String, Kind> columns)
      throws SQLException {
    List<String> items = new ArrayList<>();
    boolean known = true;
    for (SelectItem<?> item : select.getSelectItems()) {
      Expression expression = item.getExpression();
      if (expression instanceof AllColumns all) {
        known &= star(all, scope, items, columns);
        continue;
      }
      Written written = expressions.write(expression, scope);
      String name =
          item.getAlias() != null
              ? Names.bare(item.getAlias().getName())
              : expression instanceof Column column ? Names.bare(column.getColumnName()) : null;
      boolean renamed = item.getAlias() != null || !(expression instanceof Column);
      if (name != null) {
        columns.put(name, written.kind());
      } else {
        columns.put("EXPR$" + items.size(), written.kind());
      }
      items.add(written.sql() + (name != null && renamed ? " AS " + Names.quoted(name) : ""));
    }
    if (!known) {
      columns.clear();
    }
    return String.join(", ", items);
  }

  /** Adds what the star stands for; false where its columns are not known. */
  private static boolean star(
      AllColumns all, Scope scope, List<String> items, Map<String, Kind> columns)
      throws SQLException {
    if (all.getReplaceExpressions() != null && !all.getReplaceExpressions().isEmpty()) {
      throw refused("* REPLACE; name the columns");
    }
    String alias = all instanceof AllTableColumns of ? Names.bare(of.getTable().getName()) : null;
    List<Relation> relations =
        scope.relations().stream()
            .filter(r -> alias == null || r.alias().equalsIgnoreCase(alias))
            .toList();
    boolean known = relations.stream().allMatch(r -> r.columns() != null);
    ExpressionList<Column> except = all.getExceptColumns();
    if (except == null || except.isEmpty()) {
      items.add(alias == null ? "*" : Names.quoted(alias) + ".*");
      for (Relation relation : relations) {
        if (relation.columns() != null) {
          columns.putAll(relation.columns());
        }
      }
      return known;
    }
    if (!known) {
      throw refused("* EXCEPT over columns that are not known; name the columns");
    }
    Set<String> left = new LinkedHashSet<>();
    except.forEach(c -> left.add(Names.bare(c.getColumnName()).toLowerCase(Locale.ROOT)));
    for (Relation relation : relations) {
      if (relation.columns() != null) {
        relation
            .columns()
            .forEach(
                (name, kind) -> {
                  if (!left.contains(name.toLowerCase(Locale.ROOT))) {
                    items.add(Names.quoted(relation.alias()) + "." + Names.quoted(name));
                    columns.put(name, kind);
                  }
                });
      }
    }
    return true;
  }

  private String from(PlainSelect select, Scope scope) throws SQLException {
    if (select.getFromItem() == null) {
      return "";
    }
    StringBuilder from = new StringBuilder(" FROM ");
    from.append(item(select.getFromItem(), scope));
    joins(from, select.getJoins(), scope);
    return from.toString();
  }

  private void joins(StringBuilder from, @Nullable List<Join> joins, Scope scope)
      throws SQLException {
    if (joins == null) {
      return;
    }
    for (Join join : joins) {
      if (join.isSemi() || join.isAsOf() || join.isWindowJoin() || join.isAny() || join.isArray()) {
        throw refused(join.toString());
      }
      if (join.isApply()) {
        from.append(join.isOuter() ? " LEFT JOIN LATERAL " : " CROSS JOIN LATERAL ");
        from.append(lateral(join.getFromItem(), scope));
        from.append(join.isOuter() ? " ON TRUE" : "");
        continue;
      }
      from.append(
          join.isSimple()
              ? ", "
              : (join.isNatural() ? " NATURAL" : "")
                  + (join.isLeft()
                      ? " LEFT JOIN "
                      : join.isRight()
                          ? " RIGHT JOIN "
                          : join.isFull()
                              ? " FULL JOIN "
                              : join.isCross() || isPlainJoinWithoutCondition(join)
                                  ? " CROSS JOIN "
                                  : " JOIN "));
      from.append(item(join.getFromItem(), scope));
      for (Expression on : join.getOnExpressions()) {
        from.append(" ON ").append(expressions.condition(on, scope));
      }
      if (join.getUsingColumns() != null && !join.getUsingColumns().isEmpty()) {
        List<String> names =
            join.getUsingColumns().stream().map(c -> Names.bare(c.getColumnName())).toList();
        from.append(" USING ").append(quoted(names));
      }
    }
  }

  /** MySQL and SQLite take a JOIN without a condition for a CROSS JOIN. */
  private static boolean isPlainJoinWithoutCondition(Join join) {
    return !join.isNatural()
        && join.getOnExpressions().isEmpty()
        && (join.getUsingColumns() == null || join.getUsingColumns().isEmpty());
  }

  private String lateral(FromItem item, Scope scope) throws SQLException {
    if (!(item instanceof ParenthesedSelect select)) {
      throw refused("APPLY of anything but a sub-query");
    }
    return derived(select, scope, scope);
  }

  private String item(FromItem item, Scope scope) throws SQLException {
    if (item.getPivot() != null || item.getUnPivot() != null) {
      throw refused("PIVOT; write an aggregate of CASE for each column");
    }
    if (item instanceof Table table) {
      return table(table, scope);
    } else if (item instanceof LateralSubSelect select) {
      return "LATERAL " + derived(select, scope, scope);
    } else if (item instanceof ParenthesedSelect select) {
      return derived(select, scope, scope.outer());
    } else if (item instanceof ParenthesedFromItem held
        && held.getAlias() != null
        && held.getFromItem() instanceof Values values
        && (held.getJoins() == null || held.getJoins().isEmpty())) {
      return named(values(values, scope), held.getAlias(), scope);
    } else if (item instanceof ParenthesedFromItem joined) {
      if (joined.getAlias() != null) {
        throw refused("a name for joined tables in parentheses");
      }
      StringBuilder inner = new StringBuilder(item(joined.getFromItem(), scope));
      joins(inner, joined.getJoins(), scope);
      return "(" + inner + ")";
    } else if (item instanceof Values values) {
      return named(values(values, scope), values.getAlias(), scope);
    } else if (item instanceof TableFunction function
        && function.getFunction().getName().equalsIgnoreCase("UNNEST")) {
      Alias alias = function.getAlias();
      String sql =
          "UNNEST(" + expressions.list(function.getFunction().getParameters(), scope) + ")";
      if (alias == null) {
        scope.add(new Relation("", null, List.of()));
        return sql;
      }
      String name = Names.bare(alias.getName());
      List<String> columns = columns(alias);
      scope.add(new Relation(name, null, List.of()));
      return sql
          + " AS "
          + Names.quoted(name)
          + (columns.isEmpty() ? quoted(List.of(name)) : quoted(columns));
    }
    throw refused("FROM " + item);
  }

  private String derived(ParenthesedSelect select, Scope scope, @Nullable Scope visible)
      throws SQLException {
    return named(write(select.getSelect(), visible), select.getAlias(), scope);
  }

  private static String named(Query query, @Nullable Alias alias, Scope scope) {
    if (alias == null) {
      scope.add(new Relation("", query.columns().isEmpty() ? null : query.columns(), List.of()));
      return "(" + query.sql() + ")";
    }
    String name = Names.bare(alias.getName());
    List<String> names = columns(alias);
    Map<String, Kind> columns = renamed(query.columns(), names);
    scope.add(new Relation(name, columns.isEmpty() ? null : columns, List.of()));
    return "("
        + query.sql()
        + ") AS "
        + Names.quoted(name)
        + (names.isEmpty() ? "" : quoted(names));
  }

  private static List<String> columns(Alias alias) {
    return alias.getAliasColumns() == null
        ? List.of()
        : alias.getAliasColumns().stream().map(c -> Names.bare(c.name)).toList();
  }

  private String table(Table table, Scope scope) throws SQLException {
    if (table.getSampleClause() != null) {
      throw refused("a sample of the table " + table.getName());
    } else if (table.getName().contains("@")) {
      throw refused("the database link of " + table);
    }
    Alias alias = table.getAlias();
    List<String> names = alias == null ? List.of() : columns(alias);
    String written = tables.written(table);
    String bare = Names.bare(table.getName());
    String name = alias == null ? bare : Names.bare(alias.getName());
    String as =
        alias == null ? "" : " AS " + Names.quoted(name) + (names.isEmpty() ? "" : quoted(names));
    Map<String, Kind> defined = table.getSchemaName() == null ? scope.defined(bare) : null;
    if (defined != null) {
      Map<String, Kind> columns = renamed(defined, names);
      scope.add(new Relation(name, columns.isEmpty() ? null : columns, List.of()));
      return Names.quoted(bare) + as;
    }
    Optional<io.sally.engine.catalog.Table> found = tables.find(table);
    if (found.isEmpty() && bare.equalsIgnoreCase("dual")) {
      scope.add(new Relation(name, Map.of("dummy", Kind.TEXT), List.of()));
      return "(VALUES ('X')) AS " + Names.quoted(name) + "(\"dummy\")";
    }
    if (found.isPresent()) {
      Map<String, Kind> columns = new LinkedHashMap<>();
      found.get().columns().forEach(c -> columns.put(c.name(), Kind.of(c.type())));
      List<String> key =
          found.get().primaryKey() == null ? List.of() : found.get().primaryKey().columns();
      scope.add(new Relation(name, renamed(columns, names), key));
    } else {
      scope.add(new Relation(name, null, List.of()));
    }
    return written + as;
  }

  private String group(PlainSelect select, Scope scope) throws SQLException {
    GroupByElement group = select.getGroupBy();
    if (group == null) {
      return "";
    }
    Set<String> keys = new LinkedHashSet<>();
    boolean plain = true;
    ExpressionList<Expression> list = group.getGroupByExpressionList();
    if (list != null) {
      for (Expression key : list) {
        plain &= addKey(keys, key, select, scope);
      }
    }
    List<ExpressionList<Expression>> sets = group.getGroupingSets();
    if (sets != null && !sets.isEmpty()) {
      List<String> written = new ArrayList<>();
      for (ExpressionList<Expression> set : sets) {
        List<String> members = new ArrayList<>();
        for (Expression member : set) {
          members.add(key(member, select, scope));
        }
        written.add("(" + String.join(", ", members) + ")");
      }
      keys.add("GROUPING SETS (" + String.join(", ", written) + ")");
      plain = false;
    }
    if (group.isMysqlWithRollup()) {
      return " GROUP BY ROLLUP(" + String.join(", ", keys) + ")";
    }
    if (plain) {
      addDetermined(keys, scope);
    }
    return " GROUP BY " + (keys.isEmpty() ? "()" : String.join(", ", keys));
  }

  /** Adds one key of GROUP BY; false for ROLLUP and its kin. */
  private boolean addKey(Set<String> keys, Expression key, PlainSelect select, Scope scope)
      throws SQLException {
    if (key instanceof Function function
        && function.getName().toUpperCase(Locale.ROOT).matches("ROLLUP|CUBE|GROUPING SETS")) {
      List<String> members = new ArrayList<>();
      for (Expression member : function.getParameters()) {
        members.add(key(member, select, scope));
      }
      keys.add(
          function.getName().toUpperCase(Locale.ROOT) + "(" + String.join(", ", members) + ")");
      return false;
    } else if (key instanceof ParenthesedExpressionList<?> members) {
      boolean plain = true;
      for (Expression member : members) {
        plain &= addKey(keys, member, select, scope);
      }
      return plain;
    }
    keys.add(key(key, select, scope));
    return true;
  }

  /** A column of the tables goes before an alias of the same name, as in all the databases. */
  private String key(Expression key, PlainSelect select, Scope scope) throws SQLException {
    if (key instanceof ParenthesedExpressionList<?> members) {
      List<String> written = new ArrayList<>();
      for (Expression member : members) {
        written.add(key(member, select, scope));
      }
      return "(" + String.join(", ", written) + ")";
    }
    boolean column =
        key instanceof Column name
            && name.getTable() == null
            && scope.find(null, Names.bare(name.getColumnName())).isPresent();
    return expressions.write(column ? key : meant(key, select, scope), scope).sql();
  }

  /** A column that a grouped primary key determines is as good as grouped. */
  private static void addDetermined(Set<String> keys, Scope scope) {
    for (Relation relation : scope.relations()) {
      boolean grouped =
          !relation.key().isEmpty()
              && relation.key().stream()
                  .allMatch(column -> keys.contains(ExpressionWriter.column(relation, column)));
      if (grouped) {
        scope.used().stream()
            .filter(found -> found.relation().equals(relation))
            .map(Found::name)
            .forEach(column -> keys.add(ExpressionWriter.column(relation, column)));
      }
    }
  }

  private String windows(PlainSelect select, Scope scope) throws SQLException {
    if (select.getWindowDefinitions() == null || select.getWindowDefinitions().isEmpty()) {
      return "";
    }
    List<String> windows = new ArrayList<>();
    for (WindowDefinition window : select.getWindowDefinitions()) {
      windows.add(
          Names.quoted(Names.bare(window.getWindowName()))
              + " AS ("
              + expressions.window(
                  window.getPartitionExpressionList(),
                  window.getOrderByElements(),
                  window.getWindowElement(),
                  scope)
              + ")");
    }
    return " WINDOW " + String.join(", ", windows);
  }

  /**
   * @param select the SELECT whose aliases may be used, or null where there is none
   */
  private String order(Select ordered, @Nullable PlainSelect select, Scope scope)
      throws SQLException {
    List<OrderByElement> elements = ordered.getOrderByElements();
    if (elements == null || elements.isEmpty()) {
      return "";
    }
    List<String> keys = new ArrayList<>();
    for (OrderByElement element : elements) {
      Expression key = element.getExpression();
      String written;
      if (key instanceof LongValue position) {
        written = position.getStringValue();
      } else if (key instanceof Column column
          && column.getTable() == null
          && (select == null || scope.alias(Names.bare(column.getColumnName())) != null)) {
        written = Names.quoted(Names.bare(column.getColumnName()));
      } else {
        written = expressions.write(key, scope).sql();
      }
      keys.add(written + direction(element));
    }
    return " ORDER BY " + String.join(", ", keys);
  }

  /** Ascending or descending, with the nulls where the dialect has them. */
  String direction(OrderByElement element) {
    String direction = element.isAsc() ? "" : " DESC";
    if (element.getNullOrdering() != null) {
      return direction
          + (element.getNullOrdering() == OrderByElement.NullOrdering.NULLS_FIRST
              ? " NULLS FIRST"
              : " NULLS LAST");
    } else if (dialect.nullsAreLow()) {
      return direction + (element.isAsc() ? " NULLS FIRST" : " NULLS LAST");
    }
    return direction;
  }

  private String limit(Select limited, @Nullable PlainSelect select, Scope scope)
      throws SQLException {
    String rows = null;
    String skipped = null;
    if (select != null && select.getTop() != null) {
      if (select.getTop().isPercentage()) {
        throw refused("TOP … PERCENT; say how many rows");
      }
      rows = expressions.write(select.getTop().getExpression(), scope).sql();
    }
    if (limited.getLimit() != null) {
      Expression count = limited.getLimit().getRowCount();
      boolean all = count instanceof AllValue || count instanceof NullValue;
      rows = all || count == null ? null : expressions.write(count, scope).sql();
      if (limited.getLimit().getOffset() != null) {
        skipped = expressions.write(limited.getLimit().getOffset(), scope).sql();
      }
      // SQLite's LIMIT -1 is no limit.
      rows = rows != null && rows.matches("\\(?-\\s*\\d+\\)?") ? null : rows;
    }
    if (limited.getFetch() != null) {
      if (limited.getFetch().toString().toUpperCase(Locale.ROOT).contains("PERCENT")) {
        throw refused("FETCH … PERCENT; say how many rows");
      }
      Expression count = limited.getFetch().getExpression();
      rows = count == null ? "1" : expressions.write(count, scope).sql();
    }
    if (limited.getOffset() != null) {
      skipped = expressions.write(limited.getOffset().getOffset(), scope).sql();
    }
    if (limited.getFetch() != null) {
      return (skipped == null ? "" : " OFFSET " + skipped + " ROWS")
          + " FETCH FIRST "
          + rows
          + " ROWS ONLY";
    }
    return (rows == null ? "" : " LIMIT " + rows) + (skipped == null ? "" : " OFFSET " + skipped);
  }
}
