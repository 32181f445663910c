package io.sally.engine.source;

import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/**
 * PostgreSQL 12 and later. Thread-safe.
 *
 * <p>Sessions are in UTC and read-only. Rows stream through a portal, which pgjdbc opens only
 * inside a transaction.
 */
public final class PostgreSqlSource extends JdbcSource {
  private static final int FETCH_SIZE = 5_000;

  /** Whether a query may call, or may have called, functions that Sally does not know. */
  private volatile boolean callsFunctions;

  /** A source with these settings; nothing is opened yet. */
  public PostgreSqlSource(SourceSettings settings) {
    this(settings, new PostgreSqlPushDown());
  }

  /** A source that computes what {@code pushDown} admits. */
  public PostgreSqlSource(SourceSettings settings, PushDown pushDown) {
    super(settings, recipe(settings), pushDown);
  }

  private static ConnectionRecipe recipe(SourceSettings settings) {
    String url =
        settings.url() != null
            ? settings.url()
            : "jdbc:postgresql://"
                + UrlPart.host(settings.host())
                + ":"
                + Objects.requireNonNullElse(settings.port(), 5432)
                + "/"
                + UrlPart.encoded(
                    Objects.requireNonNullElse(
                        settings.database(), Objects.requireNonNullElse(settings.user(), "")));
    long seconds = Math.max(1, settings.connectTimeout().toSeconds());
    String searchPath =
        settings.schemas().isEmpty()
            ? ""
            : "; SET search_path TO \"" + settings.schemas().get(0).replace("\"", "\"\"") + '"';
    return new ConnectionRecipe(
        new Driver(),
        url,
        Map.of(
            "ApplicationName", "Sally",
            "readOnly", "true",
            "readOnlyMode", "transaction",
            "connectTimeout", Long.toString(seconds),
            "loginTimeout", Long.toString(seconds),
            "cancelSignalTimeout", "2",
            "tcpKeepAlive", "true"),
        Map.of("socketTimeout", Long.toString(seconds)),
        // The driver asks for the JVM's time zone at start-up, so UTC is set after it.
        List.of(
            "SET TIME ZONE 'UTC'; SET IntervalStyle TO postgres;"
                + " SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
                + searchPath),
        false,
        Set.of(),
        Map.of());
  }

  @Override
  public String type() {
    return "postgresql";
  }

  @Override
  public SqlDialect dialect() {
    return PostgresqlSqlDialect.DEFAULT;
  }

  @Override
  String defaultSchema(Connection connection) {
    return "public";
  }

  @Override
  int fetchSize() {
    return FETCH_SIZE;
  }

  /** The driver's cancel of a statement does nothing while further rows are fetched. */
  @Override
  void cancel(Connection connection, Statement statement) throws SQLException {
    connection.unwrap(PGConnection.class).cancelQuery();
  }

  /**
   * Few rows need no portal, and so no transaction that begins and ends: they are read in one round
   * trip. The session is read-only by itself then. What a view or a policy of rows calls could
   * change that, so where there are such, each query is in a transaction that is read-only.
   */
  @Override
  void begin(Connection connection, Rows expected) throws SQLException {
    boolean alone = expected != Rows.ANY_NUMBER && !callsFunctions;
    if (connection.getAutoCommit() != alone) {
      connection.setAutoCommit(alone);
    }
  }

  /** The server works in parallel for rows that are asked for all at once, and not for a portal. */
  @Override
  boolean givesFewAtOnce() {
    return !callsFunctions;
  }

  /** In one round trip with the end of the transaction, which the pool would ask for by itself. */
  @Override
  void release(Connection connection) throws SQLException {
    if (!callsFunctions) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK; SELECT pg_catalog.pg_advisory_unlock_all()");
    }
  }

  @Override
  ColumnReader reader(ColumnType type) {
    return PostgreSqlReaders.of(type);
  }

  @Override
  void readCatalog(Connection connection, List<String> schemas, CatalogAssembly catalog)
      throws SQLException {
    try (PreparedStatement statement = catalogQuery(connection, "postgresql-columns.sql", schemas);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String schema = rows.getString("schema_name");
        String table = rows.getString("table_name");
        Long count = rows.getObject("row_count", Long.class);
        Table.Kind kind = kind(rows.getString("kind"));
        catalog.table(
            schema,
            table,
            kind,
            rows.getString("table_comment"),
            // A view has no count of its own: 0 or -1 stands there.
            rows.getString("kind").equals("v") ? null : count);
        catalog.column(
            schema,
            table,
            rows.getString("column_name"),
            type(rows),
            !rows.getBoolean("not_null"),
            rows.getString("column_comment"));
        callsFunctions |= kind == Table.Kind.VIEW || rows.getBoolean("row_security");
      }
    }
    try (PreparedStatement statement = catalogQuery(connection, "postgresql-keys.sql", schemas);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        catalog.key(
            rows.getString("schema_name"),
            rows.getString("table_name"),
            rows.getString("key_name"),
            rows.getBoolean("is_primary"),
            rows.getString("column_name"));
      }
    }
    try (PreparedStatement statement =
            catalogQuery(connection, "postgresql-references.sql", schemas);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        catalog.reference(
            rows.getString("schema_name"),
            rows.getString("table_name"),
            rows.getString("key_name"),
            rows.getString("column_name"),
            rows.getString("target_schema"),
            rows.getString("target_table"),
            rows.getString("target_column"));
      }
    }
    try (PreparedStatement statement =
            catalogQuery(connection, "postgresql-statistics.sql", schemas);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String schema = rows.getString("schema_name");
        String table = rows.getString("table_name");
        double values = rows.getDouble("distinct_values");
        catalog.distinctValues(
            schema,
            table,
            rows.getString("column_name"),
            // Negative where the number is thought to grow with that of the rows.
            values < 0 ? -values * catalog.rowCount(schema, table) : values);
      }
    }
  }

  private static PreparedStatement catalogQuery(
      Connection connection, String resource, List<String> schemas) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(SqlResource.read(resource));
    statement.setArray(1, connection.createArrayOf("text", schemas.toArray()));
    return statement;
  }

  private static Table.Kind kind(String relationKind) {
    return switch (relationKind) {
      case "v", "m" -> Table.Kind.VIEW;
      default -> Table.Kind.TABLE;
    };
  }

  private static MappedType type(ResultSet row) throws SQLException {
    MappedType type =
        PostgreSqlTypes.of(
            row.getString("type_name"),
            row.getInt("modifier"),
            row.getBoolean("is_array"),
            Objects.requireNonNullElse(row.getString("element_name"), ""),
            row.getInt("money_scale"));
    return row.getBoolean("loose_equality") ? PostgreSqlTypes.comparedExactly(type) : type;
  }

  @Override
  void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    if (value instanceof UUID) {
      statement.setObject(index, value);
    } else if (value instanceof Duration || value instanceof Period) {
      // ISO 8601 durations are literals of interval; the server takes the type from the context.
      statement.setObject(index, value.toString(), Types.OTHER);
    } else if (value instanceof List<?> values) {
      // A plan that the server keeps for all arrays would compare each row with each value in turn.
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      statement.setArray(
          index, statement.getConnection().createArrayOf(elementType(values), values.toArray()));
    } else {
      super.bind(statement, index, value);
    }
  }

  private static String elementType(List<?> values) {
    for (Object value : values) {
      if (value instanceof Boolean) {
        return "bool";
      } else if (value instanceof Byte || value instanceof Short) {
        return "int2";
      } else if (value instanceof Integer) {
        return "int4";
      } else if (value instanceof Long) {
        return "int8";
      } else if (value instanceof BigDecimal) {
        return "numeric";
      } else if (value instanceof Float) {
        return "float4";
      } else if (value instanceof Double) {
        return "float8";
      } else if (value instanceof LocalDate) {
        return "date";
      } else if (value instanceof LocalDateTime) {
        return "timestamp";
      } else if (value instanceof OffsetDateTime) {
        return "timestamptz";
      } else if (value instanceof UUID) {
        return "uuid";
      } else if (value instanceof byte[]) {
        return "bytea";
      } else if (value != null) {
        return "text";
      }
    }
    return "text";
  }
}
