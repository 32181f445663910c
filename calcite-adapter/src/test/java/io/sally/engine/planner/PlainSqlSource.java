package io.sally.engine.planner;

import io.sally.engine.Execution;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.source.PushDown;
import io.sally.engine.source.SqlSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** A database whose tables the test lists itself; it remembers what it was asked. */
final class PlainSqlSource implements SqlSource {
  private final Catalog catalog;
  private final DataSource database;
  private final SqlDialect dialect;
  private final PushDown pushDown;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> open = new CopyOnWriteArrayList<>();

  PlainSqlSource(Catalog catalog, DataSource database, SqlDialect dialect, PushDown pushDown) {
    this.catalog = catalog;
    this.database = database;
    this.dialect = dialect;
    this.pushDown = pushDown;
  }

  /** The queries since the last call. */
  List<String> asked() {
    List<String> queries = List.copyOf(asked);
    asked.clear();
    return queries;
  }

  /** The queries whose cursors are not closed. */
  List<String> open() {
    return List.copyOf(open);
  }

  @Override
  public String name() {
    return catalog.source();
  }

  @Override
  public String type() {
    return "plain";
  }

  @Override
  public @Nullable String version() {
    return null;
  }

  @Override
  public void probe() throws SQLException {
    database.getConnection().close();
  }

  @Override
  public Catalog readCatalog() {
    return catalog;
  }

  @Override
  public SqlDialect dialect() {
    return dialect;
  }

  @Override
  public PushDown pushDown() {
    return pushDown;
  }

  @Override
  public SqlNode read(Table table, Column column, SqlNode identifier) {
    return identifier;
  }

  @Override
  public RowCursor open(
      String sql,
      List<ColumnType> columns,
      List<? extends @Nullable Object> parameters,
      Execution execution)
      throws SQLException {
    asked.add(sql);
    Connection connection = database.getConnection();
    try {
      PreparedStatement statement = connection.prepareStatement(sql);
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      Runnable undo =
          execution.onStop(
              () -> {
                try {
                  statement.cancel();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      ResultSet rows = statement.executeQuery();
      open.add(sql);
      return new Rows(sql, connection, rows, columns, undo, execution);
    } catch (SQLException e) {
      connection.close();
      execution.check();
      throw new SQLException(
          "Source " + name() + ": " + e.getMessage() + " in " + sql, e.getSQLState(), e);
    }
  }

  @Override
  public void close() {}

  private final class Rows implements RowCursor {
    private final String sql;
    private final Connection connection;
    private final ResultSet rows;
    private final List<ColumnType> columns;
    private final Runnable undo;
    private final Execution execution;
    private List<@Nullable Object> row = new ArrayList<>();

    Rows(
        String sql,
        Connection connection,
        ResultSet rows,
        List<ColumnType> columns,
        Runnable undo,
        Execution execution) {
      this.sql = sql;
      this.connection = connection;
      this.rows = rows;
      this.columns = columns;
      this.undo = undo;
      this.execution = execution;
    }

    @Override
    public boolean next() throws SQLException {
      try {
        if (!rows.next()) {
          return false;
        }
        row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          row.add(value(i + 1, columns.get(i)));
        }
        return true;
      } catch (SQLException e) {
        execution.check();
        throw e;
      }
    }

    private @Nullable Object value(int i, ColumnType type) throws SQLException {
      @Nullable Object value =
          switch (type.jdbcType()) {
            case BOOLEAN -> rows.getBoolean(i);
            case SMALLINT -> rows.getShort(i);
            case INTEGER -> rows.getInt(i);
            case BIGINT -> rows.getLong(i);
            case DOUBLE -> rows.getDouble(i);
            case DECIMAL -> {
              BigDecimal exact = rows.getBigDecimal(i);
              yield exact == null ? null : exact.setScale(type.scale(), RoundingMode.HALF_UP);
            }
            case DATE -> {
              String text = rows.getString(i);
              // Oracle's DATE has a time of day.
              yield text == null ? null : LocalDate.parse(text.substring(0, 10));
            }
            case TIMESTAMP -> {
              String text = rows.getString(i);
              yield text == null ? null : LocalDateTime.parse(text.replace(' ', 'T'));
            }
            default -> rows.getString(i);
          };
      return value == null || rows.wasNull() ? null : value;
    }

    @Override
    public @Nullable Object value(int column) {
      return row.get(column);
    }

    @Override
    public void close() throws SQLException {
      undo.run();
      open.remove(sql);
      connection.close();
    }
  }
}
