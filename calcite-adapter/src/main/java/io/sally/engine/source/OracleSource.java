package io.sally.engine.source;

import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import oracle.jdbc.OracleDriver;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.dialect.OracleSqlDialect;
import org.jspecify.annotations.Nullable;

/**
 * Oracle 12.2 and later. Thread-safe.
 *
 * <p>Sessions are in UTC and compare texts by their bytes; each query runs in a transaction of its
 * own that is read-only, since Oracle has no read-only sessions. An empty text is null in Oracle
 * and so it is here.
 */
public final class OracleSource extends JdbcSource {
  private static final int FETCH_SIZE = 500;

  /** Owners by place. A materialised view is a table and a view: the table holds its rows. */
  static final String TABLES =
      """
      SELECT t.owner AS schema_name, t.table_name AS table_name,
             CASE WHEN m.mview_name IS NULL THEN 'TABLE' ELSE 'VIEW' END AS kind,
             c.comments AS table_comment, t.num_rows AS row_count
      FROM all_tables t
      LEFT JOIN all_mviews m ON m.owner = t.owner AND m.mview_name = t.table_name
      LEFT JOIN all_tab_comments c ON c.owner = t.owner AND c.table_name = t.table_name
      WHERE t.owner IN (%1$s) AND t.nested = 'NO' AND t.secondary = 'N' AND t.dropped = 'NO'
        AND (t.iot_type IS NULL OR t.iot_type = 'IOT')
      UNION ALL
      SELECT v.owner, v.view_name, 'VIEW', c.comments, NULL
      FROM all_views v
      LEFT JOIN all_tab_comments c ON c.owner = v.owner AND c.table_name = v.view_name
      WHERE v.owner IN (%1$s)
      ORDER BY 1, 2
      """;

  static final String COLUMNS =
      """
      SELECT t.owner AS schema_name, t.table_name AS table_name, t.column_name AS column_name,
             t.data_type AS data_type, t.data_type_owner AS type_owner,
             t.data_length AS bytes, t.char_length AS characters,
             t.data_precision AS digits, t.data_scale AS scale, t.nullable AS nullable,
             c.comments AS column_comment
      FROM all_tab_columns t
      LEFT JOIN all_col_comments c
        ON c.owner = t.owner AND c.table_name = t.table_name AND c.column_name = t.column_name
      WHERE t.owner IN (%1$s)
      ORDER BY t.owner, t.table_name, t.column_id
      """;

  /** A constraint that is disabled, or was enabled without looking at the rows, says nothing. */
  static final String KEYS =
      """
      SELECT k.owner AS schema_name, k.table_name AS table_name, k.constraint_name AS key_name,
             k.constraint_type AS key_type, c.column_name AS column_name
      FROM all_constraints k
      JOIN all_cons_columns c ON c.owner = k.owner AND c.constraint_name = k.constraint_name
      WHERE k.owner IN (%1$s) AND k.constraint_type IN ('P', 'U')
        AND k.status = 'ENABLED' AND k.validated = 'VALIDATED'
      ORDER BY k.owner, k.table_name, k.constraint_type, k.constraint_name, c.position
      """;

  static final String STATISTICS =
      """
      SELECT s.owner AS schema_name, s.table_name AS table_name, s.column_name AS column_name,
             s.num_distinct AS distinct_values
      FROM all_tab_col_statistics s
      WHERE s.owner IN (%1$s) AND s.num_distinct > 0
      """;

  static final String REFERENCES =
      """
      SELECT k.owner AS schema_name, k.table_name AS table_name, k.constraint_name AS key_name,
             c.column_name AS column_name, t.owner AS target_schema,
             t.table_name AS target_table, t.column_name AS target_column
      FROM all_constraints k
      JOIN all_cons_columns c ON c.owner = k.owner AND c.constraint_name = k.constraint_name
      JOIN all_cons_columns t
        ON t.owner = k.r_owner AND t.constraint_name = k.r_constraint_name
        AND t.position = c.position
      WHERE k.owner IN (%1$s) AND k.constraint_type = 'R'
        AND k.status = 'ENABLED' AND k.validated = 'VALIDATED'
      ORDER BY k.owner, k.table_name, k.constraint_name, c.position
      """;

  static final String DEFAULT_SCHEMA = "SELECT SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') FROM dual";

  /** A source with these settings; nothing is opened yet. */
  public OracleSource(SourceSettings settings) {
    this(settings, new OraclePushDown());
  }

  /** A source that computes what {@code pushDown} admits. */
  public OracleSource(SourceSettings settings, PushDown pushDown) {
    super(settings, recipe(settings), pushDown);
  }

  static ConnectionRecipe recipe(SourceSettings settings) {
    String url =
        settings.url() != null
            ? settings.url()
            : "jdbc:oracle:thin:@//"
                + UrlPart.host(settings.host())
                + ":"
                + Objects.requireNonNullElse(settings.port(), 1521)
                + "/"
                + Objects.requireNonNullElse(settings.database(), "");
    String millis = Long.toString(settings.connectTimeout().toMillis());
    return new ConnectionRecipe(
        new OracleDriver(),
        url,
        Map.of(
            "oracle.net.CONNECT_TIMEOUT",
            millis,
            "oracle.jdbc.loginTimeout",
            Long.toString(Math.max(1, settings.connectTimeout().toSeconds())),
            "oracle.jdbc.timezoneAsRegion",
            "false",
            "oracle.jdbc.defaultLobPrefetchSize",
            "65536"),
        Map.of("oracle.jdbc.ReadTimeout", millis),
        settings.schemas().isEmpty()
            ? SESSION
            : List.of(
                SESSION.get(0),
                "ALTER SESSION SET CURRENT_SCHEMA = \"" + settings.schemas().get(0) + '"'),
        false,
        // Session killed, not logged on, start-up and shutdown, idle too long, end of file on the
        // channel, and the driver's own words for a broken or closed connection.
        Set.of(28, 1012, 1033, 1034, 1089, 1090, 1092, 2396, 3113, 3114, 3135, 17002, 17008, 17410),
        // Numeric overflow, division by zero, no number.
        Map.of(1426, "22003", 1476, "22012", 1722, "22018"));
  }

  static final List<String> SESSION =
      List.of(
          "ALTER SESSION SET TIME_ZONE = '+00:00' NLS_SORT = 'BINARY' NLS_COMP = 'BINARY'"
              + " NLS_NUMERIC_CHARACTERS = '.,' NLS_DATE_FORMAT = 'YYYY-MM-DD HH24:MI:SS'"
              + " NLS_TIMESTAMP_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF9'"
              + " NLS_TIMESTAMP_TZ_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF9 TZH:TZM'");

  static final String READ_ONLY = "SET TRANSACTION READ ONLY";

  @Override
  public String type() {
    return "oracle";
  }

  @Override
  public SqlDialect dialect() {
    return OracleSqlDialect.DEFAULT;
  }

  @Override
  String defaultSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(DEFAULT_SCHEMA)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Override
  void begin(Connection connection, Rows expected) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(READ_ONLY);
    }
  }

  @Override
  int fetchSize() {
    return FETCH_SIZE;
  }

  @Override
  ColumnReader reader(ColumnType type) {
    return OracleReaders.of(type);
  }

  /** Before Oracle 23 SQL has no truth values: 1 and 0 stand for them. */
  @Override
  void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    if (value instanceof Boolean bool) {
      statement.setInt(index, bool ? 1 : 0);
    } else {
      super.bind(statement, index, value);
    }
  }

  @Override
  void readCatalog(Connection connection, List<String> schemas, CatalogAssembly catalog)
      throws SQLException {
    try (PreparedStatement statement = catalogQuery(connection, TABLES, schemas, 2);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        Long count = rows.getObject("row_count", Long.class);
        catalog.table(
            rows.getString("schema_name"),
            rows.getString("table_name"),
            Table.Kind.valueOf(rows.getString("kind")),
            rows.getString("table_comment"),
            count);
      }
    }
    try (PreparedStatement statement = catalogQuery(connection, COLUMNS, schemas, 1);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        MappedType type = type(rows);
        if (type != null) {
          catalog.column(
              rows.getString("schema_name"),
              rows.getString("table_name"),
              rows.getString("column_name"),
              type,
              rows.getString("nullable").equals("Y"),
              rows.getString("column_comment"));
        }
      }
    }
    try (PreparedStatement statement = catalogQuery(connection, KEYS, schemas, 1);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        catalog.key(
            rows.getString("schema_name"),
            rows.getString("table_name"),
            rows.getString("key_name"),
            rows.getString("key_type").equals("P"),
            rows.getString("column_name"));
      }
    }
    try (PreparedStatement statement = catalogQuery(connection, STATISTICS, schemas, 1);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        catalog.distinctValues(
            rows.getString("schema_name"),
            rows.getString("table_name"),
            rows.getString("column_name"),
            rows.getDouble("distinct_values"));
      }
    }
    try (PreparedStatement statement = catalogQuery(connection, REFERENCES, schemas, 1);
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

  private static @Nullable MappedType type(ResultSet row) throws SQLException {
    int digits = row.getInt("digits");
    boolean anyDigits = row.wasNull();
    int scale = row.getInt("scale");
    boolean anyScale = row.wasNull();
    return OracleTypes.of(
        row.getString("data_type"),
        row.getString("type_owner"),
        row.getInt("bytes"),
        row.getInt("characters"),
        anyDigits ? null : digits,
        anyScale ? null : scale);
  }

  private static PreparedStatement catalogQuery(
      Connection connection, String sql, List<String> schemas, int times) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(withPlaces(sql, schemas.size()));
    statement.setFetchSize(FETCH_SIZE);
    int index = 1;
    for (int i = 0; i < times; i++) {
      for (String schema : schemas) {
        statement.setString(index++, schema);
      }
    }
    return statement;
  }

  static String withPlaces(String sql, int schemas) {
    return sql.formatted(String.join(", ", Collections.nCopies(schemas, "?")));
  }
}
