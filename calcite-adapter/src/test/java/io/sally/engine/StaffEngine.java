package io.sally.engine;

import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import io.sally.engine.source.MemorySource;
import io.sally.engine.source.MemoryTable;
import java.math.BigDecimal;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/** An engine over a few departments and employees, with nulls where life has them. */
final class StaffEngine implements AutoCloseable {
  /** More than what is to be cancelled can fill before it is. */
  private static final long ROOM = 768L << 20;

  static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

  static final List<Column> DEPT_COLUMNS =
      List.of(
          new Column("id", ColumnType.integer(), false, null),
          new Column("name", ColumnType.varchar(20), true, null));
  static final List<Column> EMP_COLUMNS =
      List.of(
          new Column("id", ColumnType.integer(), false, null),
          new Column("dept_id", ColumnType.integer(), true, null),
          new Column("n", ColumnType.integer(), true, null),
          new Column("pay", ColumnType.decimal(6, 2), true, null),
          new Column("code", ColumnType.varchar(10), true, null),
          new Column("hired", ColumnType.date(), true, null),
          new Column("seen", ColumnType.timestamp(0), true, null));

  static final @Nullable Object[][] DEPT = {{1, "Sales"}, {2, "Łódź"}, {3, "Empty"}, {4, null}};
  static final @Nullable Object[][] EMP = {
    {1, 1, 4, pay("4.44"), "a", LocalDate.of(2026, 1, 2), LocalDateTime.of(2026, 1, 2, 3, 4, 5)},
    {2, 1, 5, pay("4.45"), "ab", LocalDate.of(1500, 1, 2), null},
    {3, 2, 5, null, null, null, null},
    {4, null, null, pay("9999.99"), "B", LocalDate.of(2026, 11, 1), null},
    {5, 2, -3, pay("-0.50"), "a", LocalDate.of(2026, 11, 1), null},
    {6, 4, 0, pay("0.00"), "", null, LocalDateTime.of(1969, 12, 31, 23, 59, 59)}
  };

  /** A column of each type, for the one row of nulls of table {@code blank}. */
  static final List<Column> BLANK_COLUMNS =
      List.of(
          new Column("id", ColumnType.integer(), false, null),
          new Column("number", ColumnType.integer(), true, null),
          new Column("amount", ColumnType.decimal(6, 2), true, null),
          new Column("real", ColumnType.doublePrecision(), true, null),
          new Column("name", ColumnType.varchar(), true, null),
          new Column("flag", ColumnType.bool(), true, null),
          new Column("day", ColumnType.date(), true, null),
          new Column("seen", ColumnType.timestamp(3), true, null),
          new Column("bytes", type(JDBCType.VARBINARY), true, null),
          new Column("clock", type(JDBCType.TIME), true, null),
          new Column("list", listOf(ColumnType.varchar()), true, null));

  private static ColumnType type(JDBCType type) {
    return new ColumnType(type, type.getName(), ColumnType.UNSPECIFIED, 0, null);
  }

  private static ColumnType listOf(ColumnType component) {
    return new ColumnType(
        JDBCType.ARRAY, component.name() + " ARRAY", ColumnType.UNSPECIFIED, 0, component);
  }

  private static final Session SESSION = new Session(List.of("hr"));

  final Engine engine;

  StaffEngine() {
    TableName dept = new TableName("hr", null, "dept");
    TableName emp = new TableName("hr", null, "emp");
    TableName many = new TableName("hr", null, "many");
    engine =
        Engine.over(
            List.of(
                new MemorySource(
                    "hr",
                    List.of(
                        table(dept, DEPT_COLUMNS, List.of(), DEPT),
                        table(
                            emp,
                            EMP_COLUMNS,
                            List.of(
                                new ForeignKey(
                                    "works_in", List.of("dept_id"), dept, List.of("id"))),
                            EMP),
                        table(
                            new TableName("hr", null, "blank"),
                            BLANK_COLUMNS,
                            List.of(),
                            new @Nullable Object[][] {blank()}),
                        table(
                            many,
                            List.of(new Column("id", ColumnType.integer(), false, null)),
                            List.of(),
                            IntStream.range(0, 10_000)
                                .mapToObj(i -> new Object[] {i})
                                .toArray(Object[][]::new))))),
            MemoryBudget.ofBytes(ROOM));
  }

  private static MemoryTable table(
      TableName name,
      List<Column> columns,
      List<ForeignKey> references,
      @Nullable Object[][] rows) {
    return new MemoryTable(
        new Table(
            name,
            Table.Kind.TABLE,
            null,
            columns,
            new UniqueKey("pk", List.of("id")),
            List.of(),
            references,
            (long) rows.length),
        () -> Linq4j.asEnumerable(rows));
  }

  private static @Nullable Object[] blank() {
    @Nullable Object[] row = new Object[BLANK_COLUMNS.size()];
    row[0] = 1;
    return row;
  }

  private static BigDecimal pay(String amount) {
    return new BigDecimal(amount);
  }

  Plan plan(String sql) throws SQLException {
    try (Execution execution = engine.begin(Limits.NONE, NOON)) {
      return engine.prepare(sql, SESSION, execution);
    }
  }

  List<List<@Nullable Object>> rows(String sql, @Nullable Object... parameters)
      throws SQLException {
    return rowsAt(NOON, Limits.NONE, sql, parameters);
  }

  List<List<@Nullable Object>> rowsAt(
      Clock clock, Limits limits, String sql, @Nullable Object... parameters) throws SQLException {
    try (Execution execution = engine.begin(limits, clock)) {
      return rows(execution, sql, parameters);
    }
  }

  List<List<@Nullable Object>> rows(Execution execution, String sql, @Nullable Object... parameters)
      throws SQLException {
    Plan plan = engine.prepare(sql, SESSION, execution);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (RowCursor cursor = plan.execute(Arrays.asList(parameters), execution)) {
      while (cursor.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < plan.columns().size(); i++) {
          row.add(cursor.value(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** The rows as text, one line a row, for comparing a whole result at a glance. */
  String text(String sql, @Nullable Object... parameters) throws SQLException {
    List<String> lines = new ArrayList<>();
    for (List<@Nullable Object> row : rows(sql, parameters)) {
      lines.add(
          row.stream().map(String::valueOf).collect(java.util.stream.Collectors.joining("|")));
    }
    return String.join("\n", lines);
  }

  @Override
  public void close() throws SQLException {
    engine.close();
  }
}
