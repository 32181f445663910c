package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetadataTest {
  private final Fixture fixture = new Fixture();
  private Connection connection;
  private DatabaseMetaData metadata;

  @BeforeEach
  void connect() throws SQLException {
    connection = fixture.connect("jdbc:sally:demo?llm.apiKey=s3cret-key");
    metadata = connection.getMetaData();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  /** The rows as texts, nulls as a dash, with the columns named. */
  private static List<String> list(ResultSet rows, String... columns) throws SQLException {
    try (rows) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (String column : columns) {
          String value = rows.getString(column);
          row.append(row.isEmpty() ? "" : " ").append(value == null ? "-" : value);
        }
        all.add(row.toString());
      }
      return all;
    }
  }

  @Test
  void listsSchemasAndNoCatalogs() throws SQLException {
    assertThat(list(metadata.getSchemas(), "TABLE_SCHEM", "TABLE_CATALOG"))
        .isEqualTo(List.of("shop -"));
    assertThat(list(metadata.getSchemas("", "sh%"), "TABLE_SCHEM")).isEqualTo(List.of("shop"));
    assertThat(list(metadata.getSchemas("other", null), "TABLE_SCHEM")).isEmpty();
    assertThat(list(metadata.getSchemas(null, ""), "TABLE_SCHEM")).isEmpty();
    assertThat(list(metadata.getCatalogs(), "TABLE_CAT")).isEmpty();
    assertThat(list(metadata.getTableTypes(), "TABLE_TYPE"))
        .isEqualTo(List.of("SYSTEM TABLE", "TABLE", "VIEW"));
  }

  @Test
  void listsTablesByTypeSchemaAndName() throws SQLException {
    String[] columns = {"TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE", "REMARKS"};
    assertThat(list(metadata.getTables(null, null, "%", null), columns))
        .isEqualTo(
            List.of(
                "- shop customers TABLE Who buys.",
                "- shop numbers TABLE -",
                "- shop orders TABLE -",
                "- shop order_log VIEW -"));
    assertThat(list(metadata.getTables(null, "shop", "o%", new String[] {"VIEW"}), "TABLE_NAME"))
        .isEqualTo(List.of("order_log"));
    assertThat(list(metadata.getTables(null, null, "order_", null), "TABLE_NAME"))
        .isEqualTo(List.of("orders"));
    assertThat(list(metadata.getTables(null, null, "order\\_log", null), "TABLE_NAME"))
        .isEqualTo(List.of("order_log"));
    assertThat(list(metadata.getTables(null, null, "order\\_", null), "TABLE_NAME")).isEmpty();
    assertThat(list(metadata.getTables(null, null, null, new String[0]), "TABLE_NAME")).isEmpty();
  }

  @Test
  void listsColumnsWithTheirTypes() throws SQLException {
    assertThat(
            list(
                metadata.getColumns(null, "shop", "orders", "%"),
                "COLUMN_NAME",
                "DATA_TYPE",
                "TYPE_NAME",
                "COLUMN_SIZE",
                "DECIMAL_DIGITS",
                "NUM_PREC_RADIX",
                "NULLABLE",
                "IS_NULLABLE",
                "CHAR_OCTET_LENGTH",
                "ORDINAL_POSITION"))
        .isEqualTo(
            List.of(
                "id -5 BIGINT 19 0 10 0 NO - 1",
                "customer_id 4 INTEGER 10 0 10 0 NO - 2",
                "amount 3 DECIMAL 10 2 10 1 YES - 3",
                "ordered_on 91 DATE 10 - - 1 YES - 4",
                "paid_at 93 TIMESTAMP 26 6 - 1 YES - 5"));
    assertThat(
            list(
                metadata.getColumns(null, null, "customers", "_ame"),
                "TABLE_NAME",
                "COLUMN_NAME",
                "COLUMN_SIZE",
                "CHAR_OCTET_LENGTH",
                "REMARKS"))
        .isEqualTo(List.of("customers Name 40 160 -"));
  }

  @Test
  void listsPrimaryForeignAndUniqueKeys() throws SQLException {
    assertThat(
            list(
                metadata.getPrimaryKeys(null, "shop", "orders"),
                "TABLE_NAME",
                "COLUMN_NAME",
                "KEY_SEQ",
                "PK_NAME"))
        .isEqualTo(List.of("orders id 1 orders_pk"));
    String[] columns = {
      "PKTABLE_SCHEM",
      "PKTABLE_NAME",
      "PKCOLUMN_NAME",
      "FKTABLE_NAME",
      "FKCOLUMN_NAME",
      "KEY_SEQ",
      "UPDATE_RULE",
      "DELETE_RULE",
      "FK_NAME",
      "PK_NAME",
      "DEFERRABILITY"
    };
    List<String> key =
        List.of("shop customers id orders customer_id 1 3 3 orders_customer customers_pk 7");
    assertThat(list(metadata.getImportedKeys(null, "shop", "orders"), columns)).isEqualTo(key);
    assertThat(list(metadata.getExportedKeys(null, "shop", "customers"), columns)).isEqualTo(key);
    assertThat(
            list(
                metadata.getCrossReference(null, null, "customers", null, null, "orders"), columns))
        .isEqualTo(key);
    assertThat(list(metadata.getImportedKeys(null, "shop", "customers"), columns)).isEmpty();
    assertThat(
            list(
                metadata.getIndexInfo(null, "shop", "customers", true, true),
                "NON_UNIQUE",
                "INDEX_NAME",
                "TYPE",
                "ORDINAL_POSITION",
                "COLUMN_NAME",
                "CARDINALITY"))
        .isEqualTo(List.of("false customers_email 3 1 email 3", "false customers_pk 3 1 id 3"));
    assertThat(
            list(
                metadata.getBestRowIdentifier(
                    null, "shop", "orders", DatabaseMetaData.bestRowSession, false),
                "SCOPE",
                "COLUMN_NAME",
                "TYPE_NAME",
                "PSEUDO_COLUMN"))
        .isEqualTo(List.of("2 id BIGINT 1"));
  }

  @Test
  void listsHaveTheColumnsOfJdbc() throws SQLException {
    assertThat(header(metadata.getProcedures(null, null, null)))
        .isEqualTo(
            "PROCEDURE_CAT,PROCEDURE_SCHEM,PROCEDURE_NAME,RESERVED1,RESERVED2,RESERVED3,REMARKS,"
                + "PROCEDURE_TYPE,SPECIFIC_NAME");
    assertThat(header(metadata.getFunctions(null, null, null)))
        .isEqualTo("FUNCTION_CAT,FUNCTION_SCHEM,FUNCTION_NAME,REMARKS,FUNCTION_TYPE,SPECIFIC_NAME");
    assertThat(header(metadata.getColumns(null, null, null, null)))
        .isEqualTo(
            "TABLE_CAT,TABLE_SCHEM,TABLE_NAME,COLUMN_NAME,DATA_TYPE,TYPE_NAME,COLUMN_SIZE,"
                + "BUFFER_LENGTH,DECIMAL_DIGITS,NUM_PREC_RADIX,NULLABLE,REMARKS,COLUMN_DEF,"
                + "SQL_DATA_TYPE,SQL_DATETIME_SUB,CHAR_OCTET_LENGTH,ORDINAL_POSITION,IS_NULLABLE,"
                + "SCOPE_CATALOG,SCOPE_SCHEMA,SCOPE_TABLE,SOURCE_DATA_TYPE,IS_AUTOINCREMENT,"
                + "IS_GENERATEDCOLUMN");
    assertThat(header(metadata.getIndexInfo(null, null, null, false, false)))
        .isEqualTo(
            "TABLE_CAT,TABLE_SCHEM,TABLE_NAME,NON_UNIQUE,INDEX_QUALIFIER,INDEX_NAME,TYPE,"
                + "ORDINAL_POSITION,COLUMN_NAME,ASC_OR_DESC,CARDINALITY,PAGES,FILTER_CONDITION");
    assertThat(header(metadata.getTypeInfo()))
        .isEqualTo(
            "TYPE_NAME,DATA_TYPE,PRECISION,LITERAL_PREFIX,LITERAL_SUFFIX,CREATE_PARAMS,NULLABLE,"
                + "CASE_SENSITIVE,SEARCHABLE,UNSIGNED_ATTRIBUTE,FIXED_PREC_SCALE,AUTO_INCREMENT,"
                + "LOCAL_TYPE_NAME,MINIMUM_SCALE,MAXIMUM_SCALE,SQL_DATA_TYPE,SQL_DATETIME_SUB,"
                + "NUM_PREC_RADIX");
  }

  private static String header(ResultSet rows) throws SQLException {
    try (rows) {
      List<String> names = new ArrayList<>();
      ResultSetMetaData columns = rows.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        names.add(columns.getColumnName(i));
      }
      return String.join(",", names);
    }
  }

  @Test
  void typesAreOrderedByTheirCode() throws SQLException {
    List<Integer> codes = new ArrayList<>();
    try (ResultSet rows = metadata.getTypeInfo()) {
      while (rows.next()) {
        codes.add(rows.getInt("DATA_TYPE"));
      }
    }
    assertThat(codes).isSorted().contains(-5, 3, 4, 8, 12, 16, 91, 92, 93);
  }

  @Test
  void tellsOfEachResultColumnWhereItComesFrom() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT \"Name\" AS who, rank, count(*) AS n FROM customers"
                    + " GROUP BY \"Name\", rank")) {
      ResultSetMetaData columns = rows.getMetaData();
      assertThat(
              List.of(
                  columns.getColumnLabel(1),
                  columns.getColumnName(1),
                  columns.getTableName(1),
                  columns.getSchemaName(1),
                  columns.getColumnTypeName(1),
                  columns.getPrecision(1),
                  columns.getColumnClassName(1),
                  columns.isNullable(1)))
          .isEqualTo(
              List.of("who", "Name", "customers", "shop", "VARCHAR", 40, "java.lang.String", 0));
      assertThat(
              List.of(
                  columns.getColumnLabel(3),
                  columns.getColumnName(3),
                  columns.getTableName(3),
                  columns.getColumnClassName(3),
                  columns.isSigned(3)))
          .isEqualTo(List.of("n", "n", "", "java.lang.Long", true));
      assertThat(columns.getColumnClassName(2)).isEqualTo("java.lang.Integer");
      while (rows.next()) {
        Object rank = rows.getObject(2);
        assertThat(rank == null || rank instanceof Integer).isTrue();
      }
    }
  }

  @Test
  void versionsComeFromTheBuildAndNoSecretIsShown() throws SQLException {
    assertThat(metadata.getDriverVersion())
        .matches("\\d+\\.\\d+\\.\\d+.*")
        .startsWith(metadata.getDriverMajorVersion() + "." + metadata.getDriverMinorVersion());
    assertThat(metadata.getURL()).isEqualTo("jdbc:sally:demo");
  }
}
