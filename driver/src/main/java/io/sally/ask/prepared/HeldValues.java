package io.sally.ask.prepared;

import io.sally.ask.literals.ComparedLiteral;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks the sources which columns hold a value. The values leave for no place but the sources
 * themselves. Confined to one question.
 */
final class HeldValues {
  private static final Set<JDBCType> TEXTS =
      Set.of(
          JDBCType.CHAR,
          JDBCType.VARCHAR,
          JDBCType.NCHAR,
          JDBCType.NVARCHAR,
          JDBCType.LONGVARCHAR,
          JDBCType.LONGNVARCHAR);

  /** In a catalog of so few tables any of them may be what a value makes one think of. */
  private static final int FEW_TABLES = 30;

  private final Engine engine;
  private final Catalogs catalogs;
  private final Session session;
  private final Execution execution;

  HeldValues(Engine engine, Catalogs catalogs, Session session, Execution execution) {
    this.engine = engine;
    this.catalogs = catalogs;
    this.session = session;
    this.execution = execution;
  }

  /** Whether a row holds this number in the column of the literal. */
  boolean holds(ComparedLiteral literal, String number) throws SQLException {
    return !rows(
            "SELECT 1 FROM "
                + from(literal.table())
                + " WHERE "
                + quoted(literal.column())
                + " = "
                + number
                + " FETCH FIRST 1 ROWS ONLY",
            1)
        .isEmpty();
  }

  /**
   * The text as the column of the literal holds it; empty where it holds none, or several that
   * differ in their case alone.
   */
  Optional<String> spelled(ComparedLiteral literal, String text, boolean exactly)
      throws SQLException {
    String column = quoted(literal.column());
    String value = ComparedLiteral.quoted(text);
    List<List<String>> held =
        rows(
            "SELECT DISTINCT "
                + column
                + " FROM "
                + from(literal.table())
                + " WHERE "
                + (exactly
                    ? column + " = " + value
                    : "UPPER(" + column + ") = UPPER(" + value + ")")
                + " FETCH FIRST 3 ROWS ONLY",
            1);
    List<String> spellings = held.stream().map(row -> row.get(0)).toList();
    if (spellings.contains(text)) {
      return Optional.of(text);
    }
    return !exactly && spellings.size() == 1 ? Optional.of(spellings.get(0)) : Optional.empty();
  }

  /**
   * Whether the column of the literal is told by the words around the value and not by the value:
   * no other text column holds the value, unless it holds the known one just as well.
   */
  boolean isTold(ComparedLiteral literal, String known, String value, Iterable<TableName> tables)
      throws SQLException {
    for (Table table : near(tables)) {
      List<String> columns =
          table.columns().stream()
              .filter(column -> TEXTS.contains(column.type().jdbcType()))
              .map(Column::name)
              .filter(
                  name -> !table.name().equals(literal.table()) || !name.equals(literal.column()))
              .toList();
      if (!columns.isEmpty() && isMisleading(table, columns, known, value)) {
        return false;
      }
    }
    return true;
  }

  private boolean isMisleading(Table table, List<String> columns, String known, String value)
      throws SQLException {
    List<List<String>> found =
        rows(
            "SELECT "
                + columns.stream()
                    .map(column -> held(column, value) + ", " + held(column, known))
                    .collect(Collectors.joining(", "))
                + " FROM "
                + from(table.name()),
            2 * columns.size());
    List<String> row = found.get(0);
    for (int i = 0; i < columns.size(); i++) {
      if (row.get(2 * i).equals("1") && !row.get(2 * i + 1).equals("1")) {
        return true;
      }
    }
    return false;
  }

  private static String held(String column, String value) {
    return "MAX(CASE WHEN UPPER("
        + quoted(column)
        + ") = "
        + ComparedLiteral.quoted(value.toUpperCase(Locale.ROOT))
        + " THEN 1 ELSE 0 END)";
  }

  /** The tables of the query and those that a key links with them, or all where they are few. */
  private List<Table> near(Iterable<TableName> tables) {
    List<Table> all = catalogs.tables().toList();
    if (all.size() <= FEW_TABLES) {
      return all;
    }
    Set<TableName> near = new TreeSet<>();
    tables.forEach(near::add);
    Set<TableName> own = Set.copyOf(near);
    for (Table table : all) {
      for (ForeignKey key : table.foreignKeys()) {
        if (own.contains(table.name())) {
          near.add(key.target());
        } else if (own.contains(key.target())) {
          near.add(table.name());
        }
      }
    }
    return all.stream().filter(table -> near.contains(table.name())).toList();
  }

  private List<List<String>> rows(String sql, int columns) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (RowCursor cursor = engine.prepare(sql, session, execution).execute(List.of(), execution)) {
      while (cursor.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
          row.add(String.valueOf(cursor.value(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static String from(TableName table) {
    return Stream.of(table.source(), table.schema(), table.table())
        .filter(Objects::nonNull)
        .map(HeldValues::quoted)
        .collect(Collectors.joining("."));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
