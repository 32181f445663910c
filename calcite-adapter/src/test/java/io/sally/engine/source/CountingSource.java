package io.sally.engine.source;

import io.sally.engine.Execution;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Some of a source's tables; it counts the rows that leave the source. Thread-safe. */
final class CountingSource implements SqlSource {
  private final SqlSource source;
  private final Set<String> tables;
  private final AtomicLong rows = new AtomicLong();

  CountingSource(SqlSource source, Set<String> tables) {
    this.source = source;
    this.tables = tables;
  }

  /** The rows since the last call. */
  long rows() {
    return rows.getAndSet(0);
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public String type() {
    return source.type();
  }

  @Override
  public @Nullable String version() {
    return source.version();
  }

  @Override
  public void probe() throws SQLException {
    source.probe();
  }

  @Override
  public Catalog readCatalog() throws SQLException {
    return new Catalog(
        name(),
        source.readCatalog().tables().stream()
            .filter(table -> tables.contains(table.name().table()))
            .toList());
  }

  @Override
  public SqlDialect dialect() {
    return source.dialect();
  }

  @Override
  public PushDown pushDown() {
    return source.pushDown();
  }

  @Override
  public @Nullable String defaultSchema() {
    return source.defaultSchema();
  }

  @Override
  public List<String> path(TableName table) {
    return source.path(table);
  }

  @Override
  public SqlNode read(Table table, Column column, SqlNode identifier) {
    return source.read(table, column, identifier);
  }

  @Override
  public RowCursor open(
      String sql,
      List<ColumnType> columns,
      List<? extends @Nullable Object> parameters,
      Execution execution)
      throws SQLException {
    RowCursor cursor = source.open(sql, columns, parameters, execution);
    return new RowCursor() {
      @Override
      public boolean next() throws SQLException {
        boolean found = cursor.next();
        if (found) {
          rows.incrementAndGet();
        }
        return found;
      }

      @Override
      public @Nullable Object value(int column) {
        return cursor.value(column);
      }

      @Override
      public void close() throws SQLException {
        cursor.close();
      }
    };
  }

  @Override
  public void close() throws SQLException {
    source.close();
  }
}
