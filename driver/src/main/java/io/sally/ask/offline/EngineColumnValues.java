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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    if (table.kind() == Table.Kind.SYSTEM_TABLE
        || (table.rowCount() != null && table.rowCount() > MAX_ROWS)) {
      return new Values(Map.of(), true);
    }
    List<Column> texts = table.columns().stream().filter(Names::isText).limit(MAX_COLUMNS).toList();
    Map<String, List<String>> byColumn = new HashMap<>();
    boolean complete = true;
    try (Execution own =
        engine.begin(new Limits(PATIENCE, MAX_VALUES + 1L, MAX_VALUES + 1), execution.clock())) {
      Runnable release = execution.onStop(own::cancel);
      try {
        for (Column column : texts) {
          List<String> values = read(table, column, own);
          if (!values.isEmpty()) {
            byColumn.put(column.name(), values);
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

  /** The values, or none when there are too many or too long ones. */
  private List<String> read(Table table, Column column, Execution own) throws SQLException {
    List<String> values = new ArrayList<>();
    Plan plan = engine.prepare(sql(table, column), new Session(List.of()), own);
    try (RowCursor rows = plan.execute(List.of(), own)) {
      while (rows.next()) {
        if (rows.value(0) instanceof String value) {
          if (value.length() > MAX_LENGTH || values.size() == MAX_VALUES) {
            return List.of();
          }
          values.add(value);
        }
      }
    }
    values.removeIf(String::isBlank);
    return values;
  }

  private static String sql(Table table, Column column) {
    List<String> path = new ArrayList<>();
    path.add(table.name().source());
    if (table.name().schema() != null) {
      path.add(table.name().schema());
    }
    path.add(table.name().table());
    String from = path.stream().map(EngineColumnValues::quoted).collect(Collectors.joining("."));
    return "SELECT DISTINCT %s FROM %s FETCH FIRST %d ROWS ONLY"
        .formatted(quoted(column.name()), from, MAX_VALUES + 1);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
