package io.sally.engine.planner;

import io.sally.engine.source.TrinoPushDown;
import io.sally.engine.source.TrinoServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.dialect.PrestoSqlDialect;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Over tables that Trino holds itself, so that it computes all of it. */
@EnabledIfSystemProperty(
    named = "tpch.trino",
    matches = ".+",
    disabledReason = "needs a Trino: -Dtpch.trino and -Dtpch.trino.java")
final class TrinoPushDownIT extends PushDownContract {
  @BeforeAll
  static void fill() throws SQLException {
    new Warehouse("db").fill(TrinoServer.shared().postgres(), Map.of());
    try (Connection connection = TrinoServer.shared().connect("memory/default");
        Statement statement = connection.createStatement()) {
      for (String table : List.of("customers", "orders", "items")) {
        statement.execute("CREATE TABLE " + table + " AS SELECT * FROM pg.public." + table);
      }
    }
  }

  @Override
  PlainSqlSource source() {
    return new PlainSqlSource(
        new Warehouse("db").catalog(),
        TrinoServer.shared().database("memory/default"),
        PrestoSqlDialect.DEFAULT,
        new TrinoPushDown());
  }

  @Override
  String golden() {
    return "trino.txt";
  }
}
