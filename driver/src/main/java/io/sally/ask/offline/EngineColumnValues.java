package io.sally.ask.offline;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the distinct values of text columns through the engine. Columns with many or long values,
 * and tables with many rows, are left out, so that both the reading and what is kept stay small. A
 * source that fails leaves its values out; it never fails a translation. Thread-safe.
 */
public final class EngineColumnValues implements ColumnValues {
  private static final Logger LOG = LoggerFactory.getLogger(EngineColumnValues.class);

  /** A column with more distinct values than this names things rather than kinds of things. */
  private static final int MAX_VALUES = 500;

  private static final int MAX_LENGTH = 64;
  private static final long MAX_ROWS = 1_000_000;
  private static final int MAX_COLUMNS = 50;

  /** A table with no more rows is read in one go, which costs less than a query a column. */
  private static final long FEW_ROWS = 20_000;

  private static final String DISTINCT =
      "SELECT DISTINCT %s FROM %s FETCH FIRST " + (MAX_VALUES + 1) + " ROWS ONLY";
  private static final Session NO_PATH = new Session(List.of(), null, Session.Reader.EVERYONE);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Engine engine;

  /**
   * Values through an engine, which remains the caller's to close.
   *
   * @param engine the engine over the sources whose catalogs will be asked about
   */
  public EngineColumnValues(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Values of(Table table, Execution execution) throws SQLException {
    List<Column> texts = texts(table);
    if (texts.isEmpty() || (table.rowCount() != null && table.rowCount() > MAX_ROWS)) {
      return new Values(Map.of(), true);
    }
    Map<String, List<String>> byColumn = new HashMap<>();
    boolean complete = true;
    try (Execution own = engine.begin(new Limits(PATIENCE, 0, 0), execution.clock())) {
      Runnable release = execution.onStop(own::cancel);
      try {
        if (table.rowCount() != null && table.rowCount() <= FEW_ROWS) {
          read(table, texts, "SELECT %s FROM %s", own, byColumn);
        } else {
          for (Column column : texts) {
            read(table, List.of(column), DISTINCT, own, byColumn);
          }
        }
      } catch (SQLException e) {
        execution.check();
        complete = false;
        LOG.debug("The values of {} could not be read: {}", table.name(), e.getMessage());
      } finally {
        release.run();
      }
    }
    return new Values(byColumn, complete);
  }

  /** The columns that may hold kinds of things. A large table's unique columns never do. */
  private static List<Column> texts(Table table) {
    if (table.kind() == Table.Kind.SYSTEM_TABLE) {
      return List.of();
    }
    Set<String> unique =
        Stream.concat(Stream.ofNullable(table.primaryKey()), table.uniqueKeys().stream())
            .filter(key -> key.columns().size() == 1)
            .map(key -> key.columns().get(0))
            .collect(Collectors.toSet());
    boolean few = table.rowCount() != null && table.rowCount() <= MAX_VALUES;
    return table.columns().stream()
        .filter(column -> Names.isText(column) && (few || !unique.contains(column.name())))
        .limit(MAX_COLUMNS)
        .toList();
  }

  /** Keeps the values of those columns that have not too many nor too long ones. */
  private void read(
      Table table,
      List<Column> columns,
      String query,
      Execution own,
      Map<String, List<String>> byColumn)
      throws SQLException {
    Map<Integer, Set<String>> found = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      found.put(i, new TreeSet<>());
    }
    String names = columns.stream().map(c -> quoted(c.name())).collect(Collectors.joining(", "));
    Plan plan = engine.prepare(query.formatted(names, from(table)), NO_PATH, own);
    try (RowCursor rows = plan.execute(List.of(), own)) {
      while (!found.isEmpty() && rows.next()) {
        found.entrySet().removeIf(entry -> !keep(rows.value(entry.getKey()), entry.getValue()));
      }
    }
    found.forEach(
        (index, values) -> {
          if (!values.isEmpty()) {
            byColumn.put(columns.get(index).name(), List.copyOf(values));
          }
        });
  }

  /** False when the column turns out to have too many or too long values. */
  private static boolean keep(@Nullable Object value, Set<String> values) {
    if (value instanceof String text && !text.isBlank()) {
      values.add(text);
      return text.length() <= MAX_LENGTH && values.size() <= MAX_VALUES;
    }
    return true;
  }

  private static String from(Table table) {
    return Stream.of(table.name().source(), table.name().schema(), table.name().table())
        .filter(Objects::nonNull)
        .map(EngineColumnValues::quoted)
        .collect(Collectors.joining("."));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
