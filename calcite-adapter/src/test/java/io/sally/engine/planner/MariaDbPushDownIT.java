package io.sally.engine.planner;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.sally.engine.source.MariaDb;
import io.sally.engine.source.MySqlPushDown;
import java.sql.Connection;
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
    database = new MysqlDataSource();
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
