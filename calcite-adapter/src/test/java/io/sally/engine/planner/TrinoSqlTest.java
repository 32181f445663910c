package io.sally.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.source.TrinoPushDown;
import java.util.List;
import org.apache.calcite.sql.dialect.PrestoSqlDialect;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** What is written for Trino, without a server; */
final class TrinoSqlTest {
  @Test
  void writesTheSqlThatWasReviewed() throws Exception {
    List<String> lines =
        PushDownContract.explained(
            new PlainSqlSource(
                new Warehouse("db").catalog(),
                new JdbcDataSource(),
                PrestoSqlDialect.DEFAULT,
                new TrinoPushDown()));
    assertThat(lines).isEqualTo(PushDownContract.reviewed("trino.txt", lines));
  }
}
