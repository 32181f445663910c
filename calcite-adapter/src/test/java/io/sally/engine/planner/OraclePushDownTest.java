package io.sally.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.source.OraclePushDown;
import java.util.List;
import org.apache.calcite.sql.dialect.OracleSqlDialect;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** What would be sent to Oracle; there is no server to send it to. */
final class OraclePushDownTest {
  @Test
  void sendsTheSqlThatWasReviewed() throws Exception {
    PlainSqlSource source =
        new PlainSqlSource(
            new Warehouse("db").catalog(),
            new JdbcDataSource(),
            OracleSqlDialect.DEFAULT,
            new OraclePushDown());
    List<String> lines = PushDownContract.explained(source);
    assertThat(lines).isEqualTo(PushDownContract.reviewed("oracle.txt", lines));
  }
}
