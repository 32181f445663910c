package io.sally.engine.planner;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.sally.engine.source.MariaDb;
import io.sally.engine.source.MySqlPushDown;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.calcite.sql.dialect.MysqlSqlDialect;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
final class MariaDbPushDownIT extends PushDownContract {
  private static MysqlDataSource database;

  @BeforeAll
  static void start() throws Exception {
    MariaDb.create("warehouse");
    database = new OneMeaning();
    database.setUrl(
        "jdbc:mysql://127.0.0.1:"
            + MariaDb.port()
            + "/warehouse?connectionTimeZone=UTC&useSSL=false&allowPublicKeyRetrieval=true");
    database.setUser("root");
    database.setPassword("");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE warehouse CHARACTER SET utf8mb4");
    }
    new Warehouse("db").fill(database, Map.of("TIMESTAMP(0)", "DATETIME"));
  }

  /** The session's settings without which MariaDB answers for another text than the asked one. */
  private static final class OneMeaning extends MysqlDataSource {
    private static final long serialVersionUID = 1L;

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET @own = 1 /*M! , SESSION optimizer_switch = 'subquery_cache=off' */");
      }
      return connection;
    }
  }

  @Override
  PlainSqlSource source() {
    return new PlainSqlSource(
        new Warehouse("db").catalog(), database, MysqlSqlDialect.DEFAULT, new MySqlPushDown());
  }

  @Override
  String golden() {
    return "mysql.txt";
  }
}
