package io.sally.driver;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * The calls that DBeaver's generic driver makes, in its order and with its arguments, as its public
 * sources have them (org.jkiss.dbeaver.ext.generic and model.impl.jdbc). Where DBeaver swallows an
 * error and goes on with less, this fails.
 */
final class DBeaverCalls {
  private static final int PAGE = 200;

  private final Connection connection;
  private final DatabaseMetaData metadata;
  private final List<String> seen = new ArrayList<>();

  DBeaverCalls(Connection connection) throws SQLException {
    this.connection = connection;
    this.metadata = connection.getMetaData();
  }

  /** What the connection dialog and the dialect of the SQL editor read at connect. */
  List<String> connect() throws SQLException {
    seen("product", metadata.getDatabaseProductName());
    seen("read-only", metadata.isReadOnly());
    seen(
        "terms",
        metadata.getSchemaTerm()
            + ","
            + metadata.getCatalogTerm()
            + ","
            + metadata.getProcedureTerm());
    seen("transactions", metadata.supportsTransactions());
    seen("batches", metadata.supportsBatchUpdates());
    seen("isolation none", metadata.supportsTransactionIsolationLevel(0));
    seen("isolation 8", metadata.supportsTransactionIsolationLevel(8));
    seen("quote", metadata.getIdentifierQuoteString());
    seen(
        "case",
        List.of(
            metadata.storesUpperCaseIdentifiers(),
            metadata.storesLowerCaseIdentifiers(),
            metadata.storesMixedCaseIdentifiers(),
            metadata.storesMixedCaseQuotedIdentifiers()));
    seen("escape", metadata.getSearchStringEscape());
    seen("name characters", metadata.getExtraNameCharacters());
    seen("separator", metadata.getCatalogSeparator() + metadata.isCatalogAtStart());
    seen("schemas in queries", metadata.supportsSchemasInDataManipulation());
    seen("subqueries", metadata.supportsCorrelatedSubqueries());
    seen("keywords", metadata.getSQLKeywords().contains("QUALIFY"));
    seen(
        "functions",
        List.of(
            metadata.getNumericFunctions().contains("ABS"),
            metadata.getStringFunctions().contains("UCASE"),
            metadata.getSystemFunctions().contains("USER"),
            metadata.getTimeDateFunctions().contains("NOW")));
    clientInfo();
    connection.setAutoCommit(true);
    seen("isolation", connection.getTransactionIsolation());
    seen("types", list(metadata.getTypeInfo(), "TYPE_NAME", "DATA_TYPE", "PRECISION").size() > 15);
    seen("catalogs", list(metadata.getCatalogs(), "TABLE_CAT"));
    seen("active catalog", String.valueOf(connection.getCatalog()));
    seen("active schema", String.valueOf(connection.getSchema()));
    seen("schemas", list(metadata.getSchemas(null, "%"), "TABLE_SCHEM", "TABLE_CATALOG"));
    seen("table types", list(metadata.getTableTypes(), "TABLE_TYPE"));
    return seen;
  }

  private void clientInfo() throws SQLException {
    try (ResultSet properties = metadata.getClientInfoProperties()) {
      while (properties.next()) {
        if ("ApplicationName".equals(properties.getString("NAME"))) {
          String name = "DBeaver 25.0 - Main <sally>";
          int length = properties.getInt("MAX_LEN");
          connection.setClientInfo(
              "ApplicationName",
              length > 0 && length < name.length() ? name.substring(0, length) : name);
        }
      }
    }
    seen("application", connection.getClientInfo("ApplicationName"));
  }

  /** What the navigator reads of a schema, and the diagram of its tables. */
  List<String> browse(String schemaName, String table) throws SQLException {
    String schema = escaped(schemaName);
    seen("tables", list(metadata.getTables(null, schema, "%", null), "TABLE_NAME", "TABLE_TYPE"));
    // All the columns of a schema at once, and those of one table as it is opened.
    seen(
        "all columns",
        new TreeSet<>(list(metadata.getColumns(null, schema, "%", "%"), "TABLE_NAME")).size());
    seen(
        "columns",
        list(
            metadata.getColumns(null, schema, escaped(table), "%"),
            "COLUMN_NAME",
            "TYPE_NAME",
            "COLUMN_SIZE",
            "NULLABLE",
            "IS_AUTOINCREMENT"));
    seen(
        "primary key",
        list(metadata.getPrimaryKeys(null, schemaName, table), "COLUMN_NAME", "KEY_SEQ"));
    seen(
        "indexes",
        list(
            metadata.getIndexInfo(null, schemaName, table, false, true),
            "COLUMN_NAME",
            "NON_UNIQUE",
            "ORDINAL_POSITION"));
    String[] key = {"PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_NAME", "FKCOLUMN_NAME", "KEY_SEQ"};
    seen("foreign keys", list(metadata.getImportedKeys(null, schemaName, table), key));
    seen("references", list(metadata.getExportedKeys(null, schemaName, table), key));
    seen("procedures", list(metadata.getProcedures(null, schema, "%"), "PROCEDURE_NAME"));
    seen("functions", list(metadata.getFunctions(null, schema, "%"), "FUNCTION_NAME"));
    return seen;
  }

  private String escaped(String name) throws SQLException {
    String escape = metadata.getSearchStringEscape();
    return name.replace("_", escape + "_").replace("%", escape + "%");
  }

  /** A page of a table's data or of a statement's, from a row on. */
  List<List<String>> page(String sql, int offset, int rows) throws SQLException {
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
      statement.setMaxRows(offset + rows);
      statement.setFetchSize(PAGE);
      statement.setQueryTimeout(60);
      if (!statement.execute(sql)) {
        throw new AssertionError("no rows: " + sql + ", " + statement.getUpdateCount());
      }
      try (ResultSet result = statement.getResultSet()) {
        skip(result, offset);
        List<List<String>> page = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (page.size() < rows && result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            Object value = result.getObject(i);
            row.add(
                value instanceof byte[] bytes
                    ? HexFormat.of().formatHex(bytes)
                    : String.valueOf(value));
          }
          page.add(row);
        }
        if (statement.getMoreResults() || statement.getUpdateCount() != -1) {
          throw new AssertionError("more results: " + sql);
        }
        return page;
      }
    }
  }

  /** DBeaver tries to jump and walks where it cannot. */
  private static void skip(ResultSet result, int offset) throws SQLException {
    if (offset == 0) {
      return;
    }
    try {
      result.absolute(offset);
    } catch (SQLFeatureNotSupportedException e) {
      for (int i = 0; i < offset && result.next(); i++) {}
    }
  }

  private void seen(String what, Object value) {
    seen.add(what + ": " + value);
  }

  static List<String> list(ResultSet rows, String... columns) throws SQLException {
    try (rows) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (String column : columns) {
          row.add(String.valueOf(rows.getString(column)));
        }
        all.add(String.join(" ", row));
      }
      return all;
    }
  }
}
