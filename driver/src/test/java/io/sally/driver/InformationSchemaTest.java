package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code information_schema} says what {@code DatabaseMetaData} says, to the same people. */
@Timeout(60)
class InformationSchemaTest {
  @TempDir Path folder;

  private static Connection demo() throws SQLException {
    return DriverManager.getConnection("jdbc:sally:demo?llm.provider=offline");
  }

  /** A configuration with one SQLite of these tables, and more lines. */
  private Connection shop(String more, String... statements) throws SQLException, IOException {
    try (Connection lite = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
        Statement statement = lite.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    Path file = folder.resolve("sally.yaml");
    Files.writeString(file, "sources:\n  shop:\n    type: sqlite\n    database: shop.db\n" + more);
    Properties offline = new Properties();
    offline.setProperty("llm.provider", "offline");
    return DriverManager.getConnection("jdbc:sally:" + file, offline);
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return texts(rows);
    }
  }

  private static List<String> texts(ResultSet rows, String... columns) throws SQLException {
    List<String> all = new ArrayList<>();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      if (columns.length == 0) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
      }
      for (String column : columns) {
        row.add(String.valueOf(rows.getString(column)));
      }
      all.add(String.join(" ", row));
    }
    return all;
  }

  private interface Action {
    void run() throws SQLException;
  }

  private static SQLException failure(Action action) {
    return Objects.requireNonNull(catchThrowableOfType(SQLException.class, action::run));
  }

  @Test
  void hasTheSchemasTablesAndColumnsOfTheMetadata() throws SQLException {
    try (Connection connection = demo()) {
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(rows(connection, "SELECT schema_name FROM information_schema.schemata ORDER BY 1"))
          .isEqualTo(List.of("demo", "information_schema", "sally"))
          .isEqualTo(texts(metadata.getSchemas(), "TABLE_SCHEM"));
      assertThat(
              rows(
                  connection,
                  "SELECT table_schema, table_name, REPLACE(table_type, 'BASE ', ''), remarks"
                      + " FROM information_schema.tables ORDER BY 3, 1, 2"))
          .isEqualTo(
              texts(
                  metadata.getTables(null, null, "%", null),
                  "TABLE_SCHEM",
                  "TABLE_NAME",
                  "TABLE_TYPE",
                  "REMARKS"));
      assertThat(
              rows(
                  connection,
                  "SELECT table_schema, table_name, column_name, ordinal_position, data_type,"
                      + " is_nullable, character_octet_length, numeric_precision_radix, remarks"
                      + " FROM information_schema.columns ORDER BY 1, 2, 4"))
          .isEqualTo(
              texts(
                  metadata.getColumns(null, null, "%", "%"),
                  "TABLE_SCHEM",
                  "TABLE_NAME",
                  "COLUMN_NAME",
                  "ORDINAL_POSITION",
                  "TYPE_NAME",
                  "IS_NULLABLE",
                  "CHAR_OCTET_LENGTH",
                  "NUM_PREC_RADIX",
                  "REMARKS"));
    }
  }

  @Test
  void saysHowLongAndHowExactValuesAre() throws SQLException {
    try (Connection connection = demo()) {
      assertThat(
              rows(
                  connection,
                  "SELECT column_name, data_type, character_maximum_length, numeric_precision,"
                      + " numeric_scale, datetime_precision FROM information_schema.columns"
                      + " WHERE table_schema = 'demo' AND table_name = 'shipments' AND column_name IN"
                      + " ('shipment_id', 'status', 'requested_at', 'due_on', 'shipping_cost')"
                      + " ORDER BY ordinal_position"))
          .isEqualTo(
              List.of(
                  "shipment_id INTEGER null 10 0 null",
                  "status VARCHAR 12 null null null",
                  "requested_at TIMESTAMP null null null 0",
                  "due_on DATE null null null 0",
                  "shipping_cost DECIMAL null 10 2 null"));
    }
  }

  @Test
  void joinsConstraintsWithTheirColumnsByAllPartsOfTheirNames() throws SQLException {
    try (Connection connection = demo()) {
      assertThat(
              rows(
                  connection,
                  """
                  SELECT c.constraint_type, k.column_name, k.ordinal_position,
                    k.position_in_unique_constraint, k.referenced_table_name, r.update_rule
                  FROM information_schema.table_constraints c
                  JOIN information_schema.key_column_usage k
                    ON c.constraint_catalog = k.constraint_catalog
                    AND c.constraint_schema = k.constraint_schema
                    AND c.constraint_name = k.constraint_name
                    AND c.table_name = k.table_name
                  LEFT JOIN information_schema.referential_constraints r
                    ON c.constraint_catalog = r.constraint_catalog
                    AND c.constraint_schema = r.constraint_schema
                    AND c.constraint_name = r.constraint_name
                    AND c.table_name = r.table_name
                  WHERE c.table_schema = 'demo' AND c.table_name = 'shipments'
                  ORDER BY 1, 2
                  """))
          .isEqualTo(
              List.of(
                  "FOREIGN KEY destination_site_id 1 1 sites NO ACTION",
                  "FOREIGN KEY origin_vendor_id 1 1 vendors NO ACTION",
                  "PRIMARY KEY shipment_id 1 null null null",
                  "UNIQUE tracking_number 1 null null null"));
      assertThat(
              rows(
                  connection,
                  """
                  SELECT r.constraint_schema, r.referenced_table_name, r.unique_constraint_name,
                    r.table_name, r.constraint_name
                  FROM information_schema.referential_constraints r
                  ORDER BY 1, 2, 5, 4
                  """))
          .isEqualTo(importedKeys(connection.getMetaData()));
    }
  }

  private static List<String> importedKeys(DatabaseMetaData metadata) throws SQLException {
    List<String> keys = new ArrayList<>();
    for (String table : texts(metadata.getTables(null, "demo", "%", null), "TABLE_NAME")) {
      keys.addAll(
          texts(
              metadata.getImportedKeys(null, "demo", table),
              "PKTABLE_SCHEM",
              "PKTABLE_NAME",
              "PK_NAME",
              "FKTABLE_NAME",
              "FK_NAME"));
    }
    assertThat(keys).isNotEmpty();
    return keys.stream().sorted().toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check_constraints",
        "columns",
        "constraints",
        "key_column_usage",
        "parameters",
        "referential_constraints",
        "routines",
        "schemata",
        "sequences",
        "table_constraints",
        "tables",
        "views"
      })
  void eachViewCanBeReadInAnyCase(String view) throws SQLException {
    try (Connection connection = demo()) {
      List<String> read = rows(connection, "SELECT * FROM information_schema." + view);
      String upper = view.toUpperCase(Locale.ROOT);
      assertThat(rows(connection, "SELECT * FROM INFORMATION_SCHEMA." + upper)).isEqualTo(read);
      assertThat(rows(connection, "SELECT * FROM \"INFORMATION_SCHEMA\".\"" + upper + '"'))
          .isEqualTo(read);
      List<String> columns =
          texts(
              connection.getMetaData().getColumns(null, "information_schema", view, "%"),
              "COLUMN_NAME");
      assertThat(columns).isNotEmpty();
      assertThat(
              rows(
                  connection,
                  "SELECT " + String.join(", ", columns) + " FROM information_schema." + view))
          .isEqualTo(read);
    }
  }

  @Test
  void showsNoViewAndNoKeyThatAPolicyHides() throws Exception {
    try (Connection connection =
        shop(
            "    mask: [customers.email]\n",
            "CREATE TABLE customers (id INTEGER PRIMARY KEY, email VARCHAR(40) NOT NULL UNIQUE)",
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, email VARCHAR(40) REFERENCES customers"
                + " (email))",
            "CREATE VIEW mails AS SELECT email FROM customers")) {
      assertThat(
              rows(
                  connection,
                  "SELECT table_name, table_type FROM information_schema.tables"
                      + " WHERE table_schema = 'shop' ORDER BY 1"))
          .isEqualTo(List.of("customers BASE TABLE", "orders BASE TABLE"));
      assertThat(rows(connection, "SELECT * FROM information_schema.views")).isEmpty();
      assertThat(
              rows(
                  connection,
                  "SELECT table_name, column_name, is_nullable FROM information_schema.columns"
                      + " WHERE table_schema = 'shop' AND column_name = 'email' ORDER BY 1"))
          .isEqualTo(List.of("customers email YES", "orders email YES"));
      assertThat(
              rows(
                  connection,
                  "SELECT table_name, constraint_type FROM information_schema.table_constraints"
                      + " WHERE table_schema = 'shop' ORDER BY 1, 2"))
          .isEqualTo(List.of("customers PRIMARY KEY", "orders FOREIGN KEY", "orders PRIMARY KEY"));
      assertThat(
              rows(
                  connection,
                  "SELECT unique_constraint_name FROM information_schema.referential_constraints"
                      + " WHERE constraint_schema = 'shop'"))
          .isEqualTo(List.of("null"));
    }
  }

  @Test
  void takesNoNameFromAnybody() throws Exception {
    try (Connection connection =
        shop(
            "",
            "CREATE TABLE tables (seats INTEGER)",
            "INSERT INTO tables VALUES (4)",
            "CREATE VIEW four AS SELECT seats FROM tables")) {
      assertThat(rows(connection, "SELECT seats FROM tables")).isEqualTo(List.of("4"));
      assertThat(rows(connection, "SELECT table_name, check_option FROM information_schema.views"))
          .isEqualTo(List.of("four NONE"));
      assertThat(failure(() -> rows(connection, "SELECT * FROM columns")).getSQLState())
          .isEqualTo("42P01");
    }
  }

  @Test
  void isNothingToAskAbout() throws SQLException {
    try (Connection connection = demo();
        Statement statement = connection.createStatement()) {
      statement.execute("SET schema = 'information_schema'");
      assertThat(rows(connection, "SELECT COUNT(*) FROM sequences")).isEqualTo(List.of("0"));
      assertThat(failure(() -> rows(connection, "ASK 'how many tables are there?'")).getMessage())
          .contains("There are no tables to ask about");
    }
  }

  @Test
  void isNoNameForASource() {
    Properties properties = new Properties();
    properties.setProperty("sources.Information_Schema.type", "sqlite");
    properties.setProperty(
        "sources.Information_Schema.database", folder.resolve("x.db").toString());
    assertThat(
            failure(() -> DriverManager.getConnection("jdbc:sally:", properties).close())
                .getMessage())
        .contains(
            "A source cannot have the name Information_Schema, which is the name of a schema of"
                + " Sally's own. Choose another.");
  }

  @Test
  void asksNoSourceAgainAndWaitsForASilentOneOnlyAsLongAsTheStatementMay() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Connection connection =
            shop(
                "  mute:\n    type: postgresql\n    host: localhost\n    port: "
                    + silent.getLocalPort()
                    + "\n    database: d\n    user: u\n    password: p\n    connectTimeout: 20s\n",
                "CREATE TABLE t (a INTEGER)");
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThat(
              failure(
                      () ->
                          statement.executeQuery("SELECT * FROM information_schema.tables").next())
                  .getSQLState())
          .isEqualTo("HYT00");
    }
  }
}
