package io.sally.engine.source;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.calcite.adapter.jdbc.JdbcSchema;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlDialectFactory;
import org.apache.calcite.sql.dialect.SqliteSqlDialect;

/** Calcite as it comes, with its JDBC adapter, over the databases that Sally has as sources. */
final class PlainCalcite implements AutoCloseable {
  private final Connection connection;
  private final SchemaPlus root;

  PlainCalcite() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("caseSensitive", "false");
    properties.setProperty("fun", "standard,oracle");
    connection = DriverManager.getConnection("jdbc:calcite:", properties);
    root = connection.unwrap(CalciteConnection.class).getRootSchema();
  }

  PlainCalcite with(String name, DataSource database, String schema) {
    root.add(name, JdbcSchema.create(root, name, database, null, schema));
    return this;
  }

  PlainCalcite with(String name, DataSource database) {
    root.add(name, JdbcSchema.create(root, name, database, null, null));
    return this;
  }

  /** With the dialect that Calcite has for SQLite and does not pick by itself. */
  PlainCalcite withSqlitesDialect(String name, DataSource database) {
    root.add(
        name,
        JdbcSchema.create(
            root,
            name,
            database,
            new SqlDialectFactory() {
              @Override
              public SqlDialect create(DatabaseMetaData metaData) {
                return SqliteSqlDialect.DEFAULT;
              }
            },
            null,
            null));
    return this;
  }

  /** The rows, their values as text; null is the text {@code null}. */
  List<String> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getObject(i)));
        }
        rows.add(String.join("|", row));
      }
      return rows;
    }
  }

  /** The same through a prepared statement that shall give no more than {@code maxRows}. */
  List<String> preparedRows(String sql, int maxRows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setMaxRows(maxRows);
      try (ResultSet result = statement.executeQuery()) {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
          rows.add(String.valueOf(result.getObject(1)));
        }
        return rows;
      }
    }
  }

  /** What a statement fails with. */
  SQLException failure(String sql, int timeoutSeconds) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(timeoutSeconds);
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          result.getObject(1);
        }
      } catch (SQLException e) {
        return e;
      }
    }
    throw new AssertionError("Nothing failed: " + sql);
  }

  int update(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  CalciteConnection connection() throws SQLException {
    return connection.unwrap(CalciteConnection.class);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
