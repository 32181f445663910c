package io.sally.engine.planner;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import io.sally.engine.source.MemorySource;
import io.sally.engine.source.MemoryTable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/** Three tables full of traps, the same in a database and in memory. */
final class Warehouse {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

  /** Texts that collations like to confuse, sort otherwise, or cut. */
  private static final List<String> NAMES =
      List.of(
          "Anna",
          "anna",
          "ANNA",
          "Änna",
          "Zoe",
          "zoe",
          "a_b",
          "a%b",
          "axb",
          "a b",
          "ab",
          "Łódź",
          "it's",
          "back\\slash",
          "[x]",
          "é",
          "e\u0301",
          "e",
          "a",
          "a ",
          "",
          "Straße",
          "STRASSE",
          "İ",
          "ı",
          "\uD83D\uDE00x",
          "\tz");

  private final Map<String, List<@Nullable Object[]>> rows = new TreeMap<>();
  private final String source;

  Warehouse(String source) {
    this.source = source;
    Random random = new Random(42);
    List<@Nullable Object[]> customers = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      customers.add(
          new @Nullable Object[] {
            i,
            random.nextInt(8) == 0 ? null : NAMES.get(random.nextInt(NAMES.size())),
            random.nextInt(6) == 0 ? null : List.of("DE", "FR", "PL", "de").get(random.nextInt(4)),
            random.nextInt(5) == 0 ? null : random.nextBoolean()
          });
    }
    List<@Nullable Object[]> orders = new ArrayList<>();
    for (int i = 1; i <= 120; i++) {
      orders.add(
          new @Nullable Object[] {
            i,
            random.nextInt(10) == 0 ? null : 1 + random.nextInt(45),
            random.nextInt(9) == 0 ? null : LocalDate.of(2026, 1, 1).plusDays(random.nextInt(300)),
            random.nextInt(9) == 0
                ? null
                : BigDecimal.valueOf(random.nextInt(2_000_000) - 200_000, 2),
            random.nextInt(9) == 0 ? null : (long) random.nextInt(1000) - 100,
            random.nextInt(9) == 0
                ? null
                : LocalDateTime.of(2026, 1, 1, 0, 0).plusSeconds(random.nextInt(20_000_000))
          });
    }
    List<@Nullable Object[]> items = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      items.add(
          new @Nullable Object[] {
            1 + random.nextInt(130),
            NAMES.get(random.nextInt(NAMES.size())),
            random.nextInt(7) == 0 ? null : random.nextInt(50),
            BigDecimal.valueOf(random.nextInt(10_000), 3)
          });
    }
    rows.put("customers", customers);
    rows.put("orders", orders);
    rows.put("items", items);
  }

  /** The same for a database that takes the empty text for null. */
  Warehouse withoutEmptyTexts() {
    rows.values().stream()
        .flatMap(List::stream)
        .forEach(row -> Arrays.setAll(row, i -> "".equals(row[i]) ? "empty" : row[i]));
    return this;
  }

  private static final Map<String, List<Column>> COLUMNS =
      Map.of(
          "customers",
          List.of(
              new Column("id", ColumnType.integer(), false, null),
              new Column("name", ColumnType.varchar(40), true, null),
              new Column("country", ColumnType.varchar(2), true, null),
              new Column("active", ColumnType.bool(), true, null)),
          "orders",
          List.of(
              new Column("id", ColumnType.integer(), false, null),
              new Column("customer_id", ColumnType.integer(), true, null),
              new Column("day", ColumnType.date(), true, null),
              new Column("amount", ColumnType.decimal(12, 2), true, null),
              new Column("points", ColumnType.bigint(), true, null),
              new Column("seen", ColumnType.timestamp(0), true, null)),
          "items",
          List.of(
              new Column("order_id", ColumnType.integer(), false, null),
              new Column("product", ColumnType.varchar(40), false, null),
              new Column("quantity", ColumnType.integer(), true, null),
              new Column("price", ColumnType.decimal(10, 3), false, null)));

  private Table table(String name) {
    return new Table(
        new TableName(source, null, name),
        Table.Kind.TABLE,
        null,
        COLUMNS.getOrDefault(name, List.of()),
        name.equals("items") ? null : new UniqueKey(name + "_pk", List.of("id")),
        List.of(),
        List.of(),
        (long) rows(name).size());
  }

  private List<@Nullable Object[]> rows(String name) {
    return rows.getOrDefault(name, List.of());
  }

  Catalog catalog() {
    return new Catalog(source, rows.keySet().stream().map(this::table).toList());
  }

  MemorySource inMemory() {
    return new MemorySource(
        source,
        rows.keySet().stream()
            .map(name -> new MemoryTable(table(name), () -> Linq4j.asEnumerable(rows(name))))
            .toList());
  }

  /** Creates and fills the tables. */
  void fill(DataSource database, Map<String, String> typeNames) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String name : rows.keySet()) {
        String columns =
            COLUMNS.getOrDefault(name, List.of()).stream()
                .map(
                    column -> {
                      String type = column.type().toString();
                      return column.name()
                          + " "
                          + typeNames.getOrDefault(type, type)
                          + (column.nullable() ? " NULL" : " NOT NULL");
                    })
                .collect(Collectors.joining(", "));
        statement.execute("CREATE TABLE " + name + " (" + columns + ")");
        String marks =
            COLUMNS.getOrDefault(name, List.of()).stream()
                .map(column -> "?")
                .collect(Collectors.joining(", "));
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO " + name + " VALUES (" + marks + ")")) {
          for (@Nullable Object[] row : rows(name)) {
            for (int i = 0; i < row.length; i++) {
              Object value = row[i];
              boolean text = typeNames.containsKey("temporal as text");
              insert.setObject(
                  i + 1,
                  text && (value instanceof LocalDate || value instanceof LocalDateTime)
                      ? value.toString().replace('T', ' ')
                      : value);
            }
            insert.executeUpdate();
          }
        }
      }
    }
  }

  /** All rows of a query, each as a list. */
  static List<List<@Nullable Object>> rows(
      Engine engine, String sql, List<String> schemas, List<?> parameters, Limits limits)
      throws SQLException {
    try (Execution execution = engine.begin(limits, CLOCK)) {
      var plan = engine.prepare(sql, new Session(schemas), execution);
      int width = plan.columns().size();
      List<List<@Nullable Object>> rows = new ArrayList<>();
      try (RowCursor cursor = plan.execute(parameters, execution)) {
        while (cursor.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int i = 0; i < width; i++) {
            row.add(cursor.value(i));
          }
          rows.add(row);
        }
      }
      return rows;
    }
  }
}
