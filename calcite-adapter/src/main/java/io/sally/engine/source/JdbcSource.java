package io.sally.engine.source;

import io.sally.engine.Execution;
import io.sally.engine.RowCursor;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * A database behind JDBC: what is common to all kinds. A kind of database is one subclass, which
 * declares how it is reached, what its catalog and its types are, and how it writes SQL.
 *
 * <p>Thread-safe: each query has a connection of its own from a bounded pool. Nothing is opened
 * before the first use, so that a database that is down keeps nobody from working with the others.
 */
public abstract class JdbcSource implements SqlSource {
  private static final int PROBE_SECONDS = 2;

  private final SourceSettings settings;
  private final SourceErrors errors;
  private final ConnectionPool pool;
  private final PushDown pushDown;
  private final ChangedColumns changed = new ChangedColumns();
  private volatile Map<TableName, Map<String, ReadExpression>> reads = Map.of();
  private volatile @Nullable String defaultSchema;
  private volatile @Nullable String version;
  private volatile boolean views = true;

  JdbcSource(SourceSettings settings, ConnectionRecipe recipe, PushDown pushDown) {
    this.settings = settings;
    this.errors = new SourceErrors(settings, recipe.connectionGone(), recipe.states());
    this.pool = new ConnectionPool(settings, recipe, errors);
    this.pushDown = pushDown;
  }

  /** The schema that is meant where none is named. Asked once. */
  abstract String defaultSchema(Connection connection) throws SQLException;

  /** Reads tables, columns and keys in a few queries, whatever the number of tables. */
  abstract void readCatalog(Connection connection, List<String> schemas, CatalogAssembly catalog)
      throws SQLException;

  /** The reader for a column of a result. */
  abstract ColumnReader reader(ColumnType type);

  /**
   * How many narrow rows to fetch at once where the statement leaves it open; what is not above 0
   * is for the driver alone to understand.
   */
  abstract int fetchSize();

  /** Sets one parameter of a type that needs no thought; null comes here too. */
  void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.NULL);
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else if (value instanceof UUID uuid) {
      statement.setString(index, uuid.toString());
    } else {
      statement.setObject(index, value);
    }
  }

  /** What a query needs on its connection before it runs, or before it runs once more. */
  void begin(Connection connection, Rows expected) throws SQLException {}

  /** A statement of this text, new or one that was given back. */
  PreparedStatement prepare(Connection connection, String sql, int scrolling) throws SQLException {
    return connection.prepareStatement(sql, scrolling, ResultSet.CONCUR_READ_ONLY);
  }

  /** Takes back a statement of which nothing is open any more. */
  void giveBack(Connection connection, String sql, PreparedStatement statement)
      throws SQLException {
    statement.close();
  }

  /** Whether few rows come faster when they all come at once. */
  boolean givesFewAtOnce() {
    return false;
  }

  /** Looks whether a result still is what the plan took it for. */
  void look(String sql, List<ColumnType> columns, ResultSet result) throws SQLException {
    changed.look(sql, columns, result.getMetaData());
  }

  /**
   * Why a value of a result could not be read.
   *
   * @param column its place, from 1
   */
  SQLException unread(
      String sql, ColumnType wanted, ResultSet result, int column, SQLException failure)
      throws SQLException {
    ResultSetMetaData types = result.getMetaData();
    return changed.isWider(sql, wanted, types, column)
        ? SqlErrors.changed(failure)
        : errors.reading(failure, types.getColumnLabel(column));
  }

  /** Has the source stop what it is doing for a statement. Called from another thread. */
  void cancel(Connection connection, Statement statement) throws SQLException {
    statement.cancel();
  }

  /**
   * Ends a result whose rows were not all read.
   *
   * @return whether the connection is still of use
   */
  boolean abandon(Connection connection) throws SQLException {
    return true;
  }

  /**
   * Takes from a session what a query has left on it, before the next one gets it. A view may call
   * functions that take locks, which no end of a transaction gives back.
   */
  void release(Connection connection) throws SQLException {}

  /** What version the source says it is. */
  String version(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductVersion();
  }

  /** Whether the source answers on this connection. */
  boolean answers(Connection connection, int seconds) throws SQLException {
    return connection.isValid(seconds);
  }

  /** Whether queries may call functions that Sally does not know, as far as the catalog tells. */
  final boolean hasViews() {
    return views;
  }

  final ConnectionPool pool() {
    return pool;
  }

  final SourceErrors errors() {
    return errors;
  }

  final SourceSettings settings() {
    return settings;
  }

  @Override
  public final String name() {
    return settings.name();
  }

  @Override
  public final int connections() {
    return settings.connections();
  }

  @Override
  public final PushDown pushDown() {
    return pushDown;
  }

  @Override
  public final @Nullable String version() {
    return version;
  }

  @Override
  public final void probe() throws SQLException {
    Connection connection = pool.borrow();
    try (connection) {
      if (!answers(connection, PROBE_SECONDS)) {
        pool.renew();
        throw SqlErrors.connectionLost(
            "Source " + name() + " did not answer within " + PROBE_SECONDS + " s.", null);
      }
      version = version(connection).strip();
    } catch (SQLException e) {
      throw errors.running(e);
    }
  }

  @Override
  public final Catalog readCatalog() throws SQLException {
    for (boolean again = false; ; again = true) {
      Connection connection = pool.borrow();
      try (connection) {
        return readCatalog(connection);
      } catch (SQLException e) {
        boolean lost = errors.isConnectionLost(e);
        if (lost) {
          pool.renew();
        }
        if (!lost || again) {
          throw errors.running(e);
        }
      }
    }
  }

  private Catalog readCatalog(Connection connection) throws SQLException {
    version = version(connection).strip();
    List<String> configured = settings.schemas();
    String schema = configured.isEmpty() ? defaultSchema(connection) : configured.get(0);
    CatalogAssembly assembly = new CatalogAssembly(name(), schema);
    readCatalog(connection, configured.isEmpty() ? List.of(schema) : configured, assembly);
    Catalog catalog = assembly.catalog();
    reads = assembly.reads();
    views = catalog.tables().stream().anyMatch(table -> table.kind() == Table.Kind.VIEW);
    defaultSchema = schema;
    return catalog;
  }

  /** As of the last reading of the catalog. */
  @Override
  public final @Nullable String defaultSchema() {
    String schema = defaultSchema;
    return schema == null || schema.isEmpty() ? null : schema;
  }

  @Override
  public final List<String> path(TableName table) {
    String inner = table.schema();
    String schema = inner == null ? defaultSchema : inner;
    if (schema == null) {
      return List.of(table.table());
    }
    List<String> path = new ArrayList<>(schemaPath(schema));
    path.add(table.table());
    return List.copyOf(path);
  }

  /** The names under which the source itself knows a schema of its catalog, the outer one first. */
  List<String> schemaPath(String schema) {
    return List.of(schema);
  }

  @Override
  public final SqlNode read(Table table, Column column, SqlNode identifier) {
    ReadExpression read = reads.getOrDefault(table.name(), Map.of()).get(column.name());
    return read == null ? identifier : read.around(identifier);
  }

  @Override
  public final RowCursor open(
      String sql,
      List<ColumnType> columns,
      List<? extends @Nullable Object> parameters,
      Execution execution)
      throws SQLException {
    return open(sql, columns, parameters, Rows.ANY_NUMBER, execution);
  }

  @Override
  public final RowCursor open(
      String sql,
      List<ColumnType> columns,
      List<? extends @Nullable Object> parameters,
      Rows expected,
      Execution execution)
      throws SQLException {
    for (boolean again = false; ; again = true) {
      Connection connection = pool.borrow(execution);
      QueryRun run = new QueryRun(this, connection, execution);
      try {
        return run.start(sql, columns, parameters, expected);
      } catch (SQLException e) {
        boolean lost = errors.isConnectionLost(e);
        if (lost) {
          pool.renew();
        }
        run.fail(e, lost);
        execution.check();
        // A connection that was idle while its database went away is found out only now. Nothing
        // was read yet, so the query may simply run again, once, on a new one.
        if (!lost || again) {
          throw SqlErrors.isChanged(e) ? e : errors.running(e);
        }
      } catch (RuntimeException | Error e) {
        run.fail(e, true);
        throw e;
      }
    }
  }

  /** Closes the pool; results that are still open end with an error. */
  @Override
  public final void close() {
    pool.close();
  }

  /** Where the source is, without secrets. */
  @Override
  public final String toString() {
    return settings.toString();
  }
}
