package io.sally.engine.source;

import com.mysql.cj.jdbc.Driver;
import com.mysql.cj.jdbc.JdbcConnection;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.dialect.MysqlSqlDialect;
import org.jspecify.annotations.Nullable;

/**
 * MySQL 8.0 and later, and MariaDB 10.5 and later. Thread-safe.
 *
 * <p>Sessions are in UTC and read-only, and their SQL mode takes texts as the standard does: a
 * backslash is a character. Queries are prepared on the server, since the binary protocol alone
 * gives FLOAT exactly, and rows stream one by one. The protocol cannot leave a result half read, so
 * what is left of one is ended by ending the session.
 */
public final class MySqlSource extends JdbcSource {
  /** What Connector/J takes as the wish to stream. */
  private static final int ROW_BY_ROW = Integer.MIN_VALUE;

  /** MariaDB lists sequences here, and tables with system versioning as a kind of their own. */
  private static final String TABLES =
      """
      SELECT table_schema AS schema_name, table_name AS table_name, table_type AS kind,
             table_comment AS table_comment, table_rows AS row_count
      FROM information_schema.tables
      WHERE table_schema IN (%s) AND table_type <> 'SEQUENCE'
      ORDER BY table_schema, table_name
      """;

  /** An invisible column is none that {@code SELECT *} shows. */
  private static final String COLUMNS =
      """
      SELECT table_schema AS schema_name, table_name AS table_name, column_name AS column_name,
             data_type AS data_type, column_type AS column_type,
             COALESCE(character_maximum_length, -1) AS characters,
             COALESCE(numeric_precision, 0) AS digits, COALESCE(numeric_scale, 0) AS scale,
             COALESCE(datetime_precision, 0) AS fraction,
             is_nullable AS nullable, column_comment AS column_comment
      FROM information_schema.columns
      WHERE table_schema IN (%s) AND extra NOT LIKE '%%INVISIBLE%%'
      ORDER BY table_schema, table_name, ordinal_position
      """;

  /** A part of an index that is an expression has no column name. */
  private static final String KEYS =
      """
      SELECT table_schema AS schema_name, table_name AS table_name, index_name AS key_name,
             column_name AS column_name
      FROM information_schema.statistics
      WHERE table_schema IN (%s) AND non_unique = 0
      ORDER BY table_schema, table_name, index_name, seq_in_index
      """;

  /** An index knows how many values its first column has. */
  private static final String STATISTICS =
      """
      SELECT table_schema AS schema_name, table_name AS table_name, column_name AS column_name,
             MAX(cardinality) AS distinct_values
      FROM information_schema.statistics
      WHERE table_schema IN (%s) AND seq_in_index = 1 AND column_name IS NOT NULL
      GROUP BY table_schema, table_name, column_name
      """;

  private static final String REFERENCES =
      """
      SELECT table_schema AS schema_name, table_name AS table_name, constraint_name AS key_name,
             column_name AS column_name, referenced_table_schema AS target_schema,
             referenced_table_name AS target_table, referenced_column_name AS target_column
      FROM information_schema.key_column_usage
      WHERE table_schema IN (%s) AND referenced_table_name IS NOT NULL
      ORDER BY table_schema, table_name, constraint_name, ordinal_position
      """;

  /** A source with these settings; nothing is opened yet. */
  public MySqlSource(SourceSettings settings) {
    this(settings, new MySqlPushDown());
  }

  /** A source that computes what {@code pushDown} admits. */
  public MySqlSource(SourceSettings settings, PushDown pushDown) {
    super(settings, recipe(settings), pushDown);
  }

  private static ConnectionRecipe recipe(SourceSettings settings) {
    String url =
        settings.url() != null
            ? settings.url().replaceFirst("^jdbc:mariadb:", "jdbc:mysql:")
            : "jdbc:mysql://"
                + UrlPart.host(settings.host())
                + ":"
                + Objects.requireNonNullElse(settings.port(), 3306)
                + "/"
                + UrlPart.encoded(Objects.requireNonNullElse(settings.database(), ""));
    return new ConnectionRecipe(
        driver(),
        url,
        Map.ofEntries(
            Map.entry("useServerPrepStmts", "true"),
            Map.entry("cachePrepStmts", "true"),
            Map.entry("prepStmtCacheSqlLimit", "65536"),
            Map.entry("connectionTimeZone", "UTC"),
            Map.entry("forceConnectionTimeZoneToSession", "true"),
            Map.entry("tinyInt1isBit", "false"),
            Map.entry("yearIsDateType", "false"),
            Map.entry("zeroDateTimeBehavior", "EXCEPTION"),
            Map.entry("characterEncoding", "UTF-8"),
            Map.entry("connectionCollation", "utf8mb4_bin"),
            Map.entry("connectTimeout", Long.toString(settings.connectTimeout().toMillis())),
            // The driver would set it before and after each result; the session has it for good.
            Map.entry("netTimeoutForStreamingResults", "0"),
            Map.entry("tcpKeepAlive", "true")),
        Map.of("socketTimeout", Long.toString(settings.connectTimeout().toMillis())),
        List.of(
            // The modes that change what a text of SQL means, whatever the server's default is.
            "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,NO_UNSIGNED_SUBTRACTION',"
                + " SESSION time_zone = '+00:00', SESSION group_concat_max_len = 4294967295,"
                + " SESSION div_precision_increment = 4, SESSION net_write_timeout = 600"
                // MariaDB alone reads this: its cache takes a sub-query's answer for 'a' to be
                // the one for 'A' where the column's collation does, whatever the query compares.
                + " /*M! , SESSION optimizer_switch = 'subquery_cache=off' */"),
        true,
        // Shutdown, a killed session (MariaDB 1927), a session closed for being idle.
        Set.of(1053, 1927, 4031),
        // Out of range, for which Connector/J says that a text is cut.
        Map.of(1690, "22003"));
  }

  private static Driver driver() {
    try {
      return new Driver();
    } catch (SQLException e) {
      throw new IllegalStateException("MySQL's driver cannot register itself", e);
    }
  }

  /** MariaDB says so in its version. */
  @Override
  public String type() {
    String version = version();
    return version != null && version.contains("MariaDB") ? "mariadb" : "mysql";
  }

  @Override
  public SqlDialect dialect() {
    return MysqlSqlDialect.DEFAULT;
  }

  @Override
  String defaultSchema(Connection connection) throws SQLException {
    String database = connection.getCatalog();
    if (database == null || database.isEmpty()) {
      throw SqlErrors.invalidParameter(
          "The configuration names no database. Add database to it.", null);
    }
    return database;
  }

  @Override
  int fetchSize() {
    return ROW_BY_ROW;
  }

  @Override
  ColumnReader reader(ColumnType type) {
    return MySqlReaders.of(type);
  }

  /** Connector/J's own cancel does nothing while rows are read: the session is ended instead. */
  @Override
  void cancel(Connection connection, Statement statement) throws SQLException {
    endSession(connection);
  }

  /** The comments are read by the servers that have the function: MySQL 5.7.5, MariaDB 10.5.2. */
  @Override
  void release(Connection connection) throws SQLException {
    if (hasViews()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "DO 0 /*!50705 + RELEASE_ALL_LOCKS() */ /*M!100502 + RELEASE_ALL_LOCKS() */");
      }
    }
  }

  @Override
  boolean abandon(Connection connection) throws SQLException {
    endSession(connection);
    return false;
  }

  private void endSession(Connection connection) throws SQLException {
    long session = connection.unwrap(JdbcConnection.class).getSession().getThreadId();
    try (Connection beside = pool().openBeside();
        Statement kill = beside.createStatement()) {
      kill.execute("KILL " + session);
    }
  }

  @Override
  void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    if (value instanceof LocalTime time) {
      statement.setString(index, time.toString());
    } else {
      super.bind(statement, index, value);
    }
  }

  @Override
  void readCatalog(Connection connection, List<String> schemas, CatalogAssembly catalog)
      throws SQLException {
    try (PreparedStatement statement = catalogQuery(connection, TABLES, schemas);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        boolean view = rows.getString("kind").contains("VIEW");
        Long count = rows.getObject("row_count", Long.class);
        catalog.table(
            rows.getString("schema_name"),
            rows.getString("table_name"),
            view ? Table.Kind.VIEW : Table.Kind.TABLE,
            // The comment of a view is the word VIEW, or what is wrong with it.
            view ? null : rows.getString("table_comment"),
            view ? null : count);
      }
    }
    try (PreparedStatement statement = catalogQuery(connection, COLUMNS, schemas);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        catalog.column(
            rows.getString("schema_name"),
            rows.getString("table_name"),
            rows.getString("column_name"),
            MySqlTypes.of(
                rows.getString("data_type"),
                rows.getString("column_type"),
                rows.getLong("characters"),
                rows.getInt("digits"),
                rows.getInt("scale"),
                rows.getInt("fraction")),
            rows.getString("nullable").equals("YES"),
            rows.getString("column_comment"));
      }
    }
    try (PreparedStatement statement = catalogQuery(connection, KEYS, schemas);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String key = rows.getString("key_name");
        catalog.key(
            rows.getString("schema_name"),
            rows.getString("table_name"),
            key,
            key.equals("PRIMARY"),
            rows.getString("column_name"));
      }
    }
    try (PreparedStatement statement = catalogQuery(connection, STATISTICS, schemas);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        catalog.distinctValues(
            rows.getString("schema_name"),
            rows.getString("table_name"),
            rows.getString("column_name"),
            rows.getDouble("distinct_values"));
      }
    }
    try (PreparedStatement statement = catalogQuery(connection, REFERENCES, schemas);
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
  }

  private static PreparedStatement catalogQuery(
      Connection connection, String sql, List<String> schemas) throws SQLException {
    String places = String.join(", ", Collections.nCopies(schemas.size(), "?"));
    PreparedStatement statement = connection.prepareStatement(sql.formatted(places));
    for (int i = 0; i < schemas.size(); i++) {
      statement.setString(i + 1, schemas.get(i));
    }
    return statement;
  }
}
