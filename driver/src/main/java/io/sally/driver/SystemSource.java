package io.sally.driver;

import io.sally.driver.config.Configuration;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import io.sally.engine.source.MemorySource;
import io.sally.engine.source.MemoryTable;
import io.sally.engine.source.Source;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/**
 * What the product knows about itself, as tables of the schema {@code sally}. It is in no schema
 * path, so that its tables are named in full and no question is ever about them.
 */
final class SystemSource {
  /** The source's name, and its schema's. */
  static final String NAME = "sally";

  private SystemSource() {}

  /** The tables of this configuration. */
  static Source of(Configuration configuration) {
    return new MemorySource(NAME, List.of(settings(configuration), glossary(configuration)));
  }

  private static MemoryTable settings(Configuration configuration) {
    return table(
        "settings",
        "What is set, by whom, and what it means; secrets are not shown",
        List.of(
            column("key", false, "The name of the setting"),
            column("value", true, "Its text as it was written"),
            column("origin", false, "default, file, url or property"),
            column("description", false, "What it does")),
        List.of("key"),
        () ->
            configuration.settings().stream()
                .map(
                    setting ->
                        row(
                            setting.key(),
                            setting.value().isEmpty() ? null : setting.value(),
                            setting.origin().label(),
                            setting.description()))
                .toList());
  }

  private static MemoryTable glossary(Configuration configuration) {
    return table(
        "glossary",
        "What words mean in this organisation",
        List.of(column("term", false, "The word"), column("meaning", false, "What it means")),
        List.of("term"),
        () ->
            configuration.glossary().stream()
                .map(term -> row(term.term(), term.meaning()))
                .toList());
  }

  private static MemoryTable table(
      String name,
      String comment,
      List<Column> columns,
      List<String> key,
      Supplier<List<@Nullable Object[]>> rows) {
    Table definition =
        new Table(
            new TableName(NAME, null, name),
            Table.Kind.SYSTEM_TABLE,
            comment,
            columns,
            new UniqueKey("pk_" + name, key),
            List.of(),
            List.of(),
            null);
    return new MemoryTable(definition, () -> Linq4j.asEnumerable(rows.get()));
  }

  private static Column column(String name, boolean nullable, String comment) {
    return new Column(name, ColumnType.varchar(), nullable, comment);
  }

  private static @Nullable Object[] row(@Nullable Object... values) {
    return Arrays.copyOf(values, values.length);
  }
}
