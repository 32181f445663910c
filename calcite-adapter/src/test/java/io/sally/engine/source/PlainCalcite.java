package io.sally.engine.source;

import java.sql.Connection;
import java.sql.DriverManager;
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
