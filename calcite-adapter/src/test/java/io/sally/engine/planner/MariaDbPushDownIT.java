package io.sally.engine.planner;

import io.sally.engine.source.MySqlPushDown;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.calcite.sql.dialect.MysqlSqlDialect;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
final class MariaDbPushDownIT extends PushDownContract {
  private static DataSource database;

  @BeforeAll
  static void start() throws SQLException {
    database = WarehouseInMariaDb.filled("warehouse", "db");
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
