package io.sally.engine.planner;

import io.sally.engine.source.PostgreSqlPushDown;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class PostgreSqlPushDownIT extends PushDownContract {
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server = EmbeddedPostgres.builder().start();
    new Warehouse("db").fill(server.getPostgresDatabase(), Map.of());
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  PlainSqlSource source() {
    return new PlainSqlSource(
        new Warehouse("db").catalog(),
        server.getPostgresDatabase(),
        PostgresqlSqlDialect.DEFAULT,
        new PostgreSqlPushDown());
  }

  @Override
  String golden() {
    return "postgresql.txt";
  }
}
