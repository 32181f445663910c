package io.sally.driver;

import io.sally.ask.memory.AskMemory;
import io.sally.driver.config.Configuration;
import io.sally.engine.Engine;
import io.sally.engine.SourceState;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import io.sally.engine.source.MemorySource;
import io.sally.engine.source.MemoryTable;
import io.sally.engine.source.Source;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
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

  /**
   * The tables of this configuration.
   *
   * @param engine holds the engine before the first query runs
   * @param memory what ASK remembers
   */
  static Source of(Configuration configuration, AtomicReference<Engine> engine, AskMemory memory) {
    return new MemorySource(
        NAME,
        List.of(
            sources(engine),
            settings(configuration),
            glossary(configuration),
            AskTables.questions(memory),
            AskTables.translations(memory),
            AskTables.egress(memory)));
  }

  private static MemoryTable sources(AtomicReference<Engine> engine) {
    return table(
        "sources",
        "The sources, each asked at every reading whether it answers",
        List.of(
            column("name", false, "The source, and its schema in SQL"),
            column("type", false, "The kind of database"),
            column("state", false, "up, down or unknown"),
            column("version", true, "The version that its server gave"),
            new Column("latency_ms", ColumnType.bigint(), true, "How long it took to answer"),
            column("last_error", true, "Why it does not answer"),
            new Column("tables", ColumnType.integer(), false, "The tables in its catalog"),
            new Column("catalog_read_at", ColumnType.timestamp(3), true, "When, in UTC")),
        List.of("name"),
        () -> states(engine).stream().map(SystemSource::row).toList());
  }

  private static List<SourceState> states(AtomicReference<Engine> engine) {
    try {
      return Objects.requireNonNull(engine.get(), "engine").sourceStates();
    } catch (SQLException e) {
      // Only an interrupt ends the asking.
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static @Nullable Object[] row(SourceState state) {
    Duration latency = state.latency();
    Instant readAt = state.readAt();
    return row(
        state.name(),
        state.type(),
        state.state().name().toLowerCase(Locale.ROOT),
        state.version(),
        latency == null ? null : latency.toMillis(),
        state.lastError(),
        state.tables(),
        readAt == null ? null : LocalDateTime.ofInstant(readAt, ZoneOffset.UTC));
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

  static MemoryTable table(
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

  static Column column(String name, boolean nullable, String comment) {
    return new Column(name, ColumnType.varchar(), nullable, comment);
  }

  static @Nullable Object[] row(@Nullable Object... values) {
    return Arrays.copyOf(values, values.length);
  }
}
