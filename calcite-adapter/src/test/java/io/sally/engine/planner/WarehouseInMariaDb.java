package io.sally.engine.planner;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.sally.engine.source.MariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A database of MariaDB, or of MySQL where that is tested, with the warehouse in it. */
final class WarehouseInMariaDb extends MysqlDataSource {
  private static final long serialVersionUID = 1L;

  private WarehouseInMariaDb(String database) {
    setUrl(
        "jdbc:mysql://127.0.0.1:"
            + MariaDb.port()
            + "/"
            + database
            + "?connectionTimeZone=UTC&useSSL=false&allowPublicKeyRetrieval=true");
    setUser("root");
    setPassword("");
  }

  static WarehouseInMariaDb filled(String database, String source) throws SQLException {
    MariaDb.create(database);
    WarehouseInMariaDb filled = new WarehouseInMariaDb(database);
    try (Connection connection = filled.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE " + database + " CHARACTER SET utf8mb4");
    }
    new Warehouse(source).fill(filled, Map.of("TIMESTAMP(0)", "DATETIME"));
    return filled;
  }

  /**
   * With the session's setting without which MariaDB answers for another text than the asked one.
   */
  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET @own = 1 /*M! , SESSION optimizer_switch = 'subquery_cache=off' */");
    }
    return connection;
  }
}
