package io.sally.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.calcite.linq4j.Enumerator;
import org.junit.jupiter.api.Test;

class DemoSchemaTest {
  private final DemoSchema schema = DemoSchema.around(LocalDate.of(2026, 3, 14));

  @Test
  void hasSixTablesWithTheRowsThatTheyDeclare() {
    assertThat(schema.tables())
        .extracting(DemoTable::name, DemoTable::rowCount, table -> table.rows().count())
        .containsExactly(
            tuple("studies", 12, 12),
            tuple("sites", 150, 150),
            tuple("vendors", 30, 30),
            tuple("inventory", 3_000, 3_000),
            tuple("shipments", 15_000, 15_000),
            tuple("tasks", 2_000, 2_000));
  }

  @Test
  void findsTablesByNameAndSaysWhichThereAre() {
    assertThat(schema.table("sites")).isSameAs(schema.tables().get(1));
    assertThatThrownBy(() -> schema.table("patients"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The demo has no table patients; it has"
                + " [studies, sites, vendors, inventory, shipments, tasks]");
  }

  @Test
  void valuesFitTheTypesOfTheirColumns() {
    for (DemoTable table : schema.tables()) {
      for (Object[] row : table.rows().toList()) {
        assertThat(row).hasSameSizeAs(table.columns());
        for (int i = 0; i < row.length; i++) {
          DemoColumn column = table.columns().get(i);
          assertThat(fits(row[i], column))
              .as("%s in %s.%s %s", row[i], table.name(), column.name(), column.type())
              .isTrue();
        }
      }
    }
  }

  private static boolean fits(Object value, DemoColumn column) {
    DemoType type = column.type();
    if (value == null) {
      return column.nullable();
    }
    if (!type.kind().javaType().isInstance(value)) {
      return false;
    }
    return switch (type.kind()) {
      case VARCHAR -> !((String) value).isEmpty() && ((String) value).length() <= type.precision();
      case DECIMAL ->
          ((BigDecimal) value).scale() == type.scale()
              && ((BigDecimal) value).precision() <= type.precision();
      case TIMESTAMP -> value.equals(((LocalDateTime) value).truncatedTo(ChronoUnit.SECONDS));
      case INTEGER, DATE, BOOLEAN -> true;
    };
  }

  @Test
  void nullableColumnsHaveNullsAndValues() {
    for (DemoTable table : schema.tables()) {
      for (DemoColumn column : table.columns()) {
        double nulls = Row.share(Row.of(schema, table.name()), row -> !row.has(column.name()));
        assertThat(nulls)
            .as("nulls in %s.%s", table.name(), column.name())
            .isBetween(column.nullable() ? 0.001 : 0.0, column.nullable() ? 0.99 : 0.0);
      }
    }
  }

  @Test
  void keysAreUniqueAndNotNullable() {
    for (DemoTable table : schema.tables()) {
      List<List<String>> keys = new ArrayList<>();
      keys.add(table.primaryKey());
      table.uniqueKeys().forEach(key -> keys.add(key.columns()));
      for (List<String> key : keys) {
        assertThat(table.columns())
            .filteredOn(column -> key.contains(column.name()))
            .hasSameSizeAs(key)
            .noneMatch(DemoColumn::nullable);
        Set<List<Object>> seen = new HashSet<>();
        for (Row row : Row.of(schema, table.name())) {
          assertThat(seen.add(key.stream().map(row.values()::get).toList()))
              .as("%s %s once", table.name(), key)
              .isTrue();
        }
      }
    }
  }

  @Test
  void declaresTheKeysOfTradeAsUnique() {
    assertThat(schema.tables())
        .flatExtracting(DemoTable::uniqueKeys)
        .containsExactly(
            new DemoUniqueKey("studies_protocol_number_key", List.of("protocol_number")),
            new DemoUniqueKey("sites_site_number_key", List.of("site_number")),
            new DemoUniqueKey("vendors_name_key", List.of("name")),
            new DemoUniqueKey("inventory_lot_number_key", List.of("lot_number")),
            new DemoUniqueKey("shipments_tracking_number_key", List.of("tracking_number")));
  }

  @Test
  void foreignKeysResolve() {
    for (DemoTable table : schema.tables()) {
      for (DemoForeignKey key : table.foreignKeys()) {
        Set<List<Object>> targets = new HashSet<>();
        for (Row row : Row.of(schema, key.targetTable())) {
          targets.add(key.targetColumns().stream().map(row.values()::get).toList());
        }
        assertThat(Row.of(schema, table.name()))
            .as(key.name())
            .allMatch(
                row -> targets.contains(key.columns().stream().map(row.values()::get).toList()));
        assertThat(schema.table(key.targetTable()).primaryKey()).isEqualTo(key.targetColumns());
      }
    }
  }

  /** With one way only between two tables, a question that joins them has one meaning. */
  @Test
  void foreignKeysMakeOneWayBetweenAnyTwoTables() {
    List<String> ways = new ArrayList<>();
    Set<String> reached = new TreeSet<>();
    for (DemoTable table : schema.tables()) {
      reached.add(table.name());
      for (DemoForeignKey key : table.foreignKeys()) {
        ways.add(table.name() + key.columns() + " -> " + key.targetTable());
        assertThat(reached).contains(key.targetTable());
      }
    }
    assertThat(ways)
        .containsExactly(
            "sites[study_id] -> studies",
            "inventory[site_id] -> sites",
            "shipments[origin_vendor_id] -> vendors",
            "shipments[destination_site_id] -> sites",
            "tasks[site_id] -> sites");
  }

  @Test
  void everythingIsCommented() {
    for (DemoTable table : schema.tables()) {
      assertThat(table.comment()).hasSizeGreaterThan(20).endsWith(".");
      for (DemoColumn column : table.columns()) {
        assertThat(column.comment())
            .as("comment of %s.%s", table.name(), column.name())
            .hasSizeGreaterThan(15)
            .endsWith(".");
        if (column.nullable()) {
          assertThat(column.comment()).as("what null means").contains("Null ");
        }
      }
    }
  }

  @Test
  void commentsListTheCodesOfTheirColumns() {
    for (String column :
        List.of(
            "studies.phase",
            "studies.therapeutic_area",
            "studies.status",
            "sites.region",
            "sites.status",
            "vendors.vendor_type",
            "inventory.temperature_range",
            "inventory.status",
            "shipments.temperature_range",
            "shipments.status",
            "shipments.delay_reason",
            "tasks.category",
            "tasks.priority",
            "tasks.status")) {
      DemoTable table = schema.table(column.substring(0, column.indexOf('.')));
      String name = column.substring(column.indexOf('.') + 1);
      DemoColumn definition =
          table.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
      Row.of(schema, table.name()).stream()
          .filter(row -> row.has(name))
          .map(row -> row.text(name))
          .distinct()
          .forEach(code -> assertThat(definition.comment()).as(column).contains(code));
    }
  }

  @Test
  void aScanDoesNotLetItsCallerChangeTheData() {
    DemoTable table = schema.table("vendors");
    // Texts, since rows that are kept would change together with the data.
    List<String> before = table.rows().select(Arrays::toString).toList();
    try (Enumerator<Object[]> scan = table.rows().enumerator()) {
      while (scan.moveNext()) {
        Arrays.fill(scan.current(), "changed");
      }
    }
    assertThat(table.rows().select(Arrays::toString).toList()).isEqualTo(before);
  }

  @Test
  void threadsThatReadAtOnceSeeTheSameRows() throws Exception {
    Callable<List<String>> read =
        () -> schema.table("tasks").rows().select(Arrays::toString).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<String>>> reads = threads.invokeAll(List.of(read, read, read, read));
      for (Future<List<String>> seen : reads) {
        assertThat(seen.get()).hasSize(2_000).isEqualTo(reads.get(0).get());
      }
    } finally {
      threads.shutdown();
    }
  }
}
