package io.sally.engine.source;

import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.trino.jdbc.TrinoDriver;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.dialect.PrestoSqlDialect;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster of Trino 431 or later: the first that takes a statement and its parameters in one
 * request. Thread-safe.
 *
 * <p>Where the configuration names one of its catalogs, schemas have their own names. Otherwise all
 * catalogs are there, and the schema {@code s} of the catalog {@code c} is the schema {@code c.s},
 * so that a join over two catalogs is a statement over one source, which Trino gets whole. Each
 * query runs in a read-only transaction, in UTC. Rows come as the driver fetches them, page by
 * page.
 */
public final class TrinoSource extends JdbcSource {
  private static final Logger LOG = LoggerFactory.getLogger(TrinoSource.class);

  private static final int PORT = 8080;
  private static final int TLS_PORT = 443;

  /** Stands for all schemas, where none is configured and the URL names none. */
  private static final String ALL = "";

  /** What Trino shows of itself. */
  private static final Set<String> OWN_CATALOGS = Set.of("system", "jmx");

  private static final String CATALOGS =
      "SELECT catalog_name FROM system.metadata.catalogs ORDER BY catalog_name";

  private static final String TABLES =
      """
      SELECT t.table_schema AS schema_name, t.table_name AS table_name, t.table_type AS kind,
             c.comment AS table_comment
      FROM %1$s.information_schema.tables t
      LEFT JOIN system.metadata.table_comments c
        ON c.schema_name = t.table_schema AND c.table_name = t.table_name
        AND c.catalog_name = %2$s AND c.schema_name %3$s
      WHERE t.table_schema %3$s
      ORDER BY t.table_schema, t.table_name
      """;

  /** For connectors that cannot tell of comments. */
  private static final String TABLES_ALONE =
      """
      SELECT t.table_schema AS schema_name, t.table_name AS table_name, t.table_type AS kind,
             CAST(NULL AS VARCHAR) AS table_comment
      FROM %1$s.information_schema.tables t
      WHERE t.table_schema %3$s
      ORDER BY t.table_schema, t.table_name
      """;

  private static final String COLUMNS =
      """
      SELECT table_schema AS schema_name, table_name AS table_name, column_name AS column_name,
             data_type AS data_type, is_nullable AS nullable, comment AS column_comment
      FROM %1$s.information_schema.columns
      WHERE table_schema %3$s
      ORDER BY table_schema, table_name, ordinal_position
      """;

  /** The catalog of the settings or of their URL, or null where all are there. */
  private final @Nullable String catalog;

  /** The schema of the URL. */
  private final @Nullable String urlSchema;

  /** A source with these settings; nothing is opened yet. */
  public TrinoSource(SourceSettings settings) {
    this(settings, new TrinoPushDown());
  }

  /** A source that computes what {@code pushDown} admits. */
  public TrinoSource(SourceSettings settings, PushDown pushDown) {
    super(settings, recipe(settings), pushDown);
    List<String> path = urlPath(settings.url());
    this.catalog = path.isEmpty() ? settings.database() : path.get(0);
    this.urlSchema = path.size() > 1 ? path.get(1) : null;
  }

  static ConnectionRecipe recipe(SourceSettings settings) {
    boolean secure = settings.password() != null;
    String given = settings.url();
    String url =
        given != null
            ? given
            : "jdbc:trino://"
                + UrlPart.host(settings.host())
                + ":"
                + Objects.requireNonNullElse(settings.port(), secure ? TLS_PORT : PORT)
                + (settings.database() == null ? "" : "/" + UrlPart.encoded(settings.database()));
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("source", "Sally");
    properties.put("timezone", "UTC");
    // PREPARE would send the statement in a header, whose length is bounded.
    properties.put("explicitPrepare", "false");
    // Of one request: Trino answers each within a second or so, also while a query works.
    properties.put("timeout", Math.max(settings.connectTimeout().toMillis(), 1) + "ms");
    if (secure) {
      properties.put("SSL", "true");
    }
    // The driver refuses what stands in both places.
    properties
        .keySet()
        .removeIf(key -> url.contains("?" + key + "=") || url.contains("&" + key + "="));
    return new ConnectionRecipe(
        new TrinoDriver(),
        url,
        properties,
        Map.of(),
        // The driver itself opens nothing before the first statement.
        List.of("SET TIME ZONE 'UTC'"),
        false,
        Set.of(),
        Map.ofEntries(
            Map.entry(1, "42601"),
            Map.entry(3, "57014"),
            Map.entry(4, "42501"),
            Map.entry(7, "22023"),
            Map.entry(8, "22012"),
            Map.entry(9, "22018"),
            Map.entry(19, "22003"),
            Map.entry(44, "3F000"),
            Map.entry(45, "3F000"),
            Map.entry(46, "42P01"),
            Map.entry(47, "42703")));
  }

  /**
   * Catalog and schema, as far as a URL has them: {@code jdbc:trino://host:port/catalog/schema}.
   */
  private static List<String> urlPath(@Nullable String url) {
    if (url == null) {
      return List.of();
    }
    String[] parts = url.replaceFirst("[?].*$", "").split("/", -1);
    List<String> path = new ArrayList<>();
    for (int i = 3; i < parts.length && !parts[i].isEmpty(); i++) {
      path.add(URLDecoder.decode(parts[i], StandardCharsets.UTF_8));
    }
    return path;
  }

  @Override
  public String type() {
    return "trino";
  }

  @Override
  public SqlDialect dialect() {
    return PrestoSqlDialect.DEFAULT;
  }

  @Override
  String defaultSchema(Connection connection) {
    return Objects.requireNonNullElse(urlSchema, ALL);
  }

  @Override
  List<String> schemaPath(String schema) {
    int dot = schema.indexOf('.');
    return catalog != null
        ? List.of(catalog, schema)
        : List.of(schema.substring(0, dot), schema.substring(dot + 1));
  }

  /** To the driver each connection is valid that is not closed. */
  @Override
  boolean answers(Connection connection, int seconds) throws SQLException {
    return !texts(connection, seconds, "SELECT 'yes'").isEmpty();
  }

  /**
   * The driver's own question is left half read: that fails the query, and with it the transaction
   * of what comes next.
   */
  @Override
  String version(Connection connection) throws SQLException {
    return String.join("", texts(connection, 0, "SELECT version()"));
  }

  private static List<String> texts(Connection connection, int seconds, String sql)
      throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(seconds);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
    }
    return texts;
  }

  /** The driver fetches what Trino has ready. */
  @Override
  int fetchSize() {
    return 0;
  }

  @Override
  ColumnReader reader(ColumnType type) {
    return TrinoReaders.of(type);
  }

  @Override
  void readCatalog(Connection connection, List<String> schemas, CatalogAssembly assembly)
      throws SQLException {
    List<String> catalogs = texts(connection, 0, CATALOGS);
    Map<String, List<String>> wanted = wanted(schemas, catalogs);
    for (Map.Entry<String, List<String>> entry : wanted.entrySet()) {
      try {
        readCatalog(connection, entry.getKey(), entry.getValue(), assembly);
      } catch (SQLException e) {
        // What one of many catalogs stands for may be down while the others are of use.
        if (catalog != null || !schemas.contains(ALL) || errors().isConnectionLost(e)) {
          throw e;
        }
        LOG.warn(
            "Catalog {} of source {} cannot be read and is not shown: {}",
            entry.getKey(),
            name(),
            e.getMessage());
        connection.rollback();
      }
    }
  }

  /** Which schemas of which catalogs to show; an empty list stands for all. */
  private Map<String, List<String>> wanted(List<String> schemas, List<String> catalogs)
      throws SQLException {
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    if (catalog != null) {
      wanted.put(known(catalog, catalogs), schemas.contains(ALL) ? List.of() : schemas);
    } else if (schemas.contains(ALL)) {
      catalogs.stream()
          .filter(name -> !OWN_CATALOGS.contains(name))
          .forEach(name -> wanted.put(name, List.of()));
    } else {
      for (String schema : schemas) {
        int dot = schema.indexOf('.');
        if (dot < 1) {
          throw SqlErrors.invalidParameter(
              "It names no catalog of Trino, and its schema "
                  + schema
                  + " neither. Write it as catalog.schema, or name the catalog as database. The"
                  + " catalogs are "
                  + String.join(", ", catalogs)
                  + ".",
              null);
        }
        wanted
            .computeIfAbsent(known(schema.substring(0, dot), catalogs), c -> new ArrayList<>())
            .add(schema.substring(dot + 1));
      }
    }
    return wanted;
  }

  private String known(String name, List<String> catalogs) throws SQLException {
    if (!catalogs.contains(name)) {
      throw SqlErrors.invalidParameter(
          "Trino has no catalog "
              + name
              + ". It has "
              + String.join(", ", catalogs)
              + ". Correct database or schemas in the configuration.",
          null);
    }
    return name;
  }

  private void readCatalog(
      Connection connection, String trinoCatalog, List<String> schemas, CatalogAssembly assembly)
      throws SQLException {
    try {
      readTables(connection, TABLES, trinoCatalog, schemas, assembly);
    } catch (SQLException e) {
      if (errors().isConnectionLost(e)) {
        throw e;
      }
      LOG.debug("Catalog {} of source {} gives no comments", trinoCatalog, name(), e);
      connection.rollback();
      readTables(connection, TABLES_ALONE, trinoCatalog, schemas, assembly);
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query(COLUMNS, trinoCatalog, schemas))) {
      while (rows.next()) {
        assembly.column(
            shown(trinoCatalog, rows.getString("schema_name")),
            rows.getString("table_name"),
            rows.getString("column_name"),
            TrinoTypes.of(rows.getString("data_type")),
            rows.getString("nullable").equals("YES"),
            rows.getString("column_comment"));
      }
    }
  }

  /** Trino has statistics for one table at a time only, so that no row counts are known. */
  private void readTables(
      Connection connection,
      String sql,
      String trinoCatalog,
      List<String> schemas,
      CatalogAssembly assembly)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query(sql, trinoCatalog, schemas))) {
      while (rows.next()) {
        assembly.table(
            shown(trinoCatalog, rows.getString("schema_name")),
            rows.getString("table_name"),
            rows.getString("kind").contains("VIEW") ? Table.Kind.VIEW : Table.Kind.TABLE,
            rows.getString("table_comment"),
            null);
      }
    }
  }

  private String shown(String trinoCatalog, String schema) {
    return catalog != null ? schema : trinoCatalog + "." + schema;
  }

  private static String query(String sql, String trinoCatalog, List<String> schemas) {
    String condition =
        schemas.isEmpty()
            ? "<> 'information_schema'"
            : "IN (" + String.join(", ", schemas.stream().map(TrinoSource::quoted).toList()) + ")";
    return sql.formatted(
        '"' + trinoCatalog.replace("\"", "\"\"") + '"', quoted(trinoCatalog), condition);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** What {@link TrinoPushDown#parameter} casts comes as a text. */
  @Override
  void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    if (value instanceof BigDecimal decimal) {
      statement.setBigDecimal(index, new PlainDecimal(decimal));
    } else if (value instanceof LocalTime time) {
      statement.setString(index, DateTimeFormatter.ISO_LOCAL_TIME.format(time));
    } else if (value instanceof OffsetTime time) {
      statement.setString(
          index,
          DateTimeFormatter.ISO_LOCAL_TIME.format(time.toLocalTime()) + time.getOffset().getId());
    } else if (value instanceof OffsetDateTime moment) {
      statement.setString(
          index,
          moment
                  .withOffsetSameInstant(ZoneOffset.UTC)
                  .toLocalDateTime()
                  .toString()
                  .replace('T', ' ')
              + " UTC");
    } else {
      super.bind(statement, index, value);
    }
  }

  /** The driver makes a literal of a decimal's text, which must have no exponent. */
  private static final class PlainDecimal extends BigDecimal {
    private static final long serialVersionUID = 1L;

    PlainDecimal(BigDecimal value) {
      super(value.unscaledValue(), value.scale());
    }

    @Override
    public String toString() {
      return toPlainString();
    }
  }
}
