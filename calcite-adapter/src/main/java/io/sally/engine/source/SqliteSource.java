package io.sally.engine.source;

import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.dialect.SqliteSqlDialect;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;

/**
 * A file of SQLite, opened for reading only. Thread-safe. Rows come straight from the file's pages,
 * one at a time.
 */
public final class SqliteSource extends JdbcSource {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteSource.class);
  private static final String MAIN = "main";

  /** SQLITE_CORRUPT, SQLITE_NOTADB and SQLITE_CANTOPEN: the file is not what it was. */
  private static final Set<Integer> FILE_GONE = Set.of(11, 14, 26);

  private static final String TABLES =
      """
      SELECT name, type
      FROM main.sqlite_master
      WHERE type IN ('table', 'view') AND substr(name, 1, 7) <> 'sqlite_'
      ORDER BY name
      """;

  /** Columns that a virtual table hides are left out; generated ones are columns like others. */
  private static final String COLUMNS =
      """
      SELECT t.name AS table_name, c.name AS column_name, c.type AS declared,
             c."notnull" AS not_null, c.pk AS key_place,
             c.pk = 1 AND upper(c.type) = 'INTEGER'
               AND (SELECT count(*) FROM pragma_table_xinfo(t.name, 'main') k WHERE k.pk > 0) = 1
               AS is_row_id
      FROM main.sqlite_master t JOIN pragma_table_xinfo(t.name, 'main') c
      WHERE t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_' AND c.hidden <> 1
      ORDER BY t.name, c.cid
      """;

  /** Views are read one by one, since one that is broken fails the query over all of them. */
  private static final String VIEW_COLUMNS =
      "SELECT name AS column_name, type AS declared FROM pragma_table_xinfo(?, 'main') ORDER BY cid";

  private static final String KEYS =
      """
      SELECT t.name AS table_name, i.name AS key_name, c.name AS column_name
      FROM main.sqlite_master t
      JOIN pragma_index_list(t.name, 'main') i
      JOIN pragma_index_info(i.name, 'main') c
      WHERE t.type = 'table' AND i."unique" = 1 AND i.partial = 0 AND i.origin <> 'pk'
      ORDER BY t.name, i.seq, c.seqno
      """;

  private static final String REFERENCES =
      """
      SELECT t.name AS table_name, f.id AS number, f."from" AS column_name,
             f."table" AS target_table, f."to" AS target_column, f.seq AS place
      FROM main.sqlite_master t JOIN pragma_foreign_key_list(t.name, 'main') f
      WHERE t.type = 'table'
      ORDER BY t.name, f.id, f.seq
      """;

  private static final String HAS_STATISTICS =
      "SELECT count(*) FROM main.sqlite_master WHERE name = 'sqlite_stat1'";

  private static final String STATISTICS = "SELECT tbl, stat FROM main.sqlite_stat1";

  /** The statistics of an index, with its first column where that is one. */
  private static final String DISTINCT_VALUES =
      """
      SELECT s.tbl AS table_name, c.name AS column_name, s.stat AS statistics
      FROM main.sqlite_stat1 s JOIN pragma_index_info(s.idx, 'main') c
      WHERE c.seqno = 0 AND c.name IS NOT NULL
      """;

  /** As SQLite's own functions write it. */
  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter(Locale.ROOT);

  private final Map<SQLiteConnection, KeptStatements> statements = new ConcurrentHashMap<>();

  /** A source with these settings; nothing is opened yet. */
  public SqliteSource(SourceSettings settings) {
    this(settings, new SqlitePushDown());
  }

  /** A source that computes what {@code pushDown} admits. */
  public SqliteSource(SourceSettings settings, PushDown pushDown) {
    super(settings, recipe(settings), pushDown);
  }

  private static ConnectionRecipe recipe(SourceSettings settings) {
    String url =
        settings.url() != null
            ? settings.url()
            : JDBC.PREFIX + Objects.requireNonNullElse(settings.database(), "");
    return new ConnectionRecipe(
        new JDBC(),
        url,
        // Bit 0 of SQLITE_OPEN_*: read-only; the file must be there.
        Map.of("open_mode", "1", "busy_timeout", "5000"),
        Map.of(),
        List.of("PRAGMA query_only = ON"),
        true,
        FILE_GONE,
        Map.of());
  }

  @Override
  public String type() {
    return "sqlite";
  }

  @Override
  public SqlDialect dialect() {
    return SqliteSqlDialect.DEFAULT;
  }

  @Override
  String defaultSchema(Connection connection) {
    return MAIN;
  }

  @Override
  int fetchSize() {
    return 0;
  }

  /** A value's type is its own there, and a column's may say anything. */
  @Override
  void look(String sql, List<ColumnType> columns, ResultSet result) {}

  /** Its driver keeps no statement prepared, and to prepare one takes longer than to read a row. */
  @Override
  PreparedStatement prepare(Connection connection, String sql, int scrolling) throws SQLException {
    SQLiteConnection own = connection.unwrap(SQLiteConnection.class);
    PreparedStatement prepared = kept(own).take(sql);
    return prepared == null
        ? own.prepareStatement(sql, scrolling, ResultSet.CONCUR_READ_ONLY)
        : prepared;
  }

  @Override
  void giveBack(Connection connection, String sql, PreparedStatement statement)
      throws SQLException {
    statement.clearParameters();
    kept(connection.unwrap(SQLiteConnection.class)).keep(sql, statement);
  }

  private KeptStatements kept(SQLiteConnection connection) throws SQLException {
    KeptStatements known = statements.get(connection);
    if (known != null) {
      return known;
    }
    for (Iterator<SQLiteConnection> all = statements.keySet().iterator(); all.hasNext(); ) {
      if (all.next().isClosed()) {
        all.remove();
      }
    }
    return statements.computeIfAbsent(connection, c -> new KeptStatements());
  }

  @Override
  ColumnReader reader(ColumnType type) {
    return SqliteReaders.of(type);
  }

  @Override
  void readCatalog(Connection connection, List<String> schemas, CatalogAssembly catalog)
      throws SQLException {
    if (!schemas.equals(List.of(MAIN))) {
      throw SqlErrors.invalidParameter(
          "A file of SQLite has no schema but main. Leave schemas out of the configuration.", null);
    }
    try (Statement statement = connection.createStatement()) {
      List<String> views = tables(statement, catalog);
      columns(statement, catalog);
      for (String view : views) {
        viewColumns(connection, view, catalog);
      }
      keys(statement, catalog);
    }
  }

  private static List<String> tables(Statement statement, CatalogAssembly catalog)
      throws SQLException {
    boolean analyzed = isAnalyzed(statement);
    Map<String, Long> counts = analyzed ? rowCounts(statement) : Map.of();
    List<String> views = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        String table = rows.getString(1);
        boolean view = rows.getString(2).equals("view");
        if (view) {
          views.add(table);
        }
        catalog.table(
            MAIN, table, view ? Table.Kind.VIEW : Table.Kind.TABLE, null, counts.get(table));
      }
    }
    if (analyzed) {
      distinctValues(statement, catalog);
    }
    return views;
  }

  private static boolean isAnalyzed(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(HAS_STATISTICS)) {
      return rows.next() && rows.getInt(1) > 0;
    }
  }

  /** The second number is how many rows, on average, have the same value in the first column. */
  private static void distinctValues(Statement statement, CatalogAssembly catalog)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery(DISTINCT_VALUES)) {
      while (rows.next()) {
        String[] numbers = Objects.requireNonNullElse(rows.getString(3), "").split(" ", 3);
        if (numbers.length > 1
            && numbers[0].matches("\\d{1,18}")
            && numbers[1].matches("[1-9]\\d{0,17}")) {
          catalog.distinctValues(
              MAIN,
              rows.getString(1),
              rows.getString(2),
              Double.parseDouble(numbers[0]) / Double.parseDouble(numbers[1]));
        }
      }
    }
  }

  /** ANALYZE keeps the number of rows as the first number of each index's statistics. */
  private static Map<String, Long> rowCounts(Statement statement) throws SQLException {
    Map<String, Long> counts = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(STATISTICS)) {
      while (rows.next()) {
        String first = Objects.requireNonNullElse(rows.getString(2), "").split(" ", 2)[0];
        if (first.matches("\\d{1,18}")) {
          counts.merge(rows.getString(1), Long.valueOf(first), Math::max);
        }
      }
    }
    return counts;
  }

  private static void columns(Statement statement, CatalogAssembly catalog) throws SQLException {
    Map<String, Map<Integer, String>> primaryKeys = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(COLUMNS)) {
      while (rows.next()) {
        String table = rows.getString("table_name");
        String column = rows.getString("column_name");
        String declared = Objects.requireNonNullElse(rows.getString("declared"), "");
        int place = rows.getInt("key_place");
        if (place > 0) {
          primaryKeys.computeIfAbsent(table, t -> new TreeMap<>()).put(place, column);
        }
        catalog.column(
            MAIN,
            table,
            column,
            SqliteTypes.of(declared),
            rows.getInt("not_null") == 0 && !rows.getBoolean("is_row_id"),
            null);
      }
    }
    primaryKeys.forEach(
        (table, columns) ->
            columns.values().forEach(column -> catalog.key(MAIN, table, "pk", true, column)));
  }

  private void viewColumns(Connection connection, String view, CatalogAssembly catalog) {
    try (PreparedStatement statement = connection.prepareStatement(VIEW_COLUMNS)) {
      statement.setString(1, view);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          catalog.column(
              MAIN,
              view,
              rows.getString("column_name"),
              SqliteTypes.of(Objects.requireNonNullElse(rows.getString("declared"), "")),
              true,
              null);
        }
      }
    } catch (SQLException e) {
      LOG.debug("View {} of source {} is broken and is not shown", view, name(), e);
    }
  }

  private static void keys(Statement statement, CatalogAssembly catalog) throws SQLException {
    try (ResultSet rows = statement.executeQuery(KEYS)) {
      while (rows.next()) {
        catalog.key(
            MAIN,
            rows.getString("table_name"),
            rows.getString("key_name"),
            false,
            rows.getString("column_name"));
      }
    }
    try (ResultSet rows = statement.executeQuery(REFERENCES)) {
      while (rows.next()) {
        String target = rows.getString("target_table");
        String targetColumn = rows.getString("target_column");
        if (targetColumn == null) {
          // REFERENCES without columns means the primary key.
          List<String> key = catalog.primaryKey(MAIN, target);
          int place = rows.getInt("place");
          targetColumn = place < key.size() ? key.get(place) : "";
        }
        String table = rows.getString("table_name");
        catalog.reference(
            MAIN,
            table,
            "fk_" + table + "_" + rows.getInt("number"),
            rows.getString("column_name"),
            MAIN,
            target,
            targetColumn);
      }
    }
  }

  /** SQLite compares by storage class: a number must come as a number, a moment as its text. */
  @Override
  void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    if (value instanceof Boolean bool) {
      statement.setInt(index, bool ? 1 : 0);
    } else if (value instanceof Byte || value instanceof Short) {
      statement.setInt(index, ((Number) value).intValue());
    } else if (value instanceof BigDecimal decimal) {
      bindDecimal(statement, index, decimal);
    } else if (value instanceof Float number) {
      statement.setDouble(index, number);
    } else if (value instanceof LocalDateTime timestamp) {
      statement.setString(index, DATE_TIME.format(timestamp));
    } else if (value instanceof OffsetDateTime timestamp) {
      statement.setString(
          index,
          DATE_TIME.format(timestamp.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()));
    } else if (value instanceof LocalTime time) {
      statement.setString(index, DateTimeFormatter.ISO_LOCAL_TIME.format(time));
    } else if (value instanceof LocalDate date) {
      statement.setString(index, date.toString());
    } else {
      super.bind(statement, index, value);
    }
  }

  private static void bindDecimal(PreparedStatement statement, int index, BigDecimal value)
      throws SQLException {
    BigDecimal plain = value.stripTrailingZeros();
    if (plain.scale() <= 0 && plain.precision() - plain.scale() <= 18) {
      statement.setLong(index, plain.longValueExact());
    } else {
      statement.setDouble(index, plain.doubleValue());
    }
  }
}
