package io.sally.engine.planner;

import io.sally.engine.Execution;
import io.sally.engine.source.MemoryTable;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/** What generated code may ask of one run: its parameters, its clock, its stop flag, its tables. */
public final class RunContext implements DataContext {
  private final SchemaPlus rootSchema;
  private final Map<String, @Nullable Object> values;

  RunContext(SchemaPlus rootSchema, Map<String, @Nullable Object> parameters, Execution execution) {
    this.rootSchema = rootSchema;
    this.values = new HashMap<>(parameters);
    Instant now = execution.clock().instant();
    ZoneId zone = execution.clock().getZone();
    long utc = now.toEpochMilli();
    long local = utc + zone.getRules().getOffset(now).getTotalSeconds() * 1000L;
    values.put(Variable.UTC_TIMESTAMP.camelName, utc);
    values.put(Variable.CURRENT_TIMESTAMP.camelName, local);
    values.put(Variable.LOCAL_TIMESTAMP.camelName, local);
    values.put(Variable.TIME_ZONE.camelName, TimeZone.getTimeZone(zone));
    values.put(Variable.LOCALE.camelName, Locale.ENGLISH);
    values.put(Variable.CANCEL_FLAG.camelName, execution.stopFlag());
    values.put(Variable.USER.camelName, "sally");
    values.put(Variable.SYSTEM_USER.camelName, "sally");
  }

  /** The rows of a table in memory, for the statement whose run this is. */
  public static Enumerable<Object[]> rows(MemoryTable.Rows rows, DataContext context) {
    try {
      return rows.read(SourceRun.of(context).execution());
    } catch (SQLException e) {
      throw new RunFailure(e);
    }
  }

  @Override
  public SchemaPlus getRootSchema() {
    return rootSchema;
  }

  @Override
  public @Nullable JavaTypeFactory getTypeFactory() {
    return null;
  }

  @Override
  public @Nullable QueryProvider getQueryProvider() {
    return null;
  }

  @Override
  public @Nullable Object get(String name) {
    return values.get(name);
  }
}
