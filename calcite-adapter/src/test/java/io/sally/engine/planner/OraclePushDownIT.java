package io.sally.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Session;
import io.sally.engine.source.OraclePushDown;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.dialect.OracleSqlDialect;
import org.apache.shardingsphere.sql.parser.api.CacheOption;
import org.apache.shardingsphere.sql.parser.api.SQLParserEngine;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What would be sent to Oracle. There is no server to send it to: H2 in the mode of Oracle runs it,
 * and a parser of Oracle's SQL judges it.
 */
final class OraclePushDownIT extends PushDownContract {
  private static final Pattern SENT = Pattern.compile("sql=\\[(.*)]\\)$");

  private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'");

  /** What the parser takes and Oracle 19c does not, or takes for something else. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "CHAR_LENGTH|EXCEPT|FILTER|DISTINCT ON|AS TEXT|AS BIGINT|DATE_TRUNC|LIMIT"
              + "|\\bTRUE\\b|\\bFALSE\\b|IS DISTINCT|\\|\\|");

  private static final JdbcDataSource DATABASE = database();

  private static JdbcDataSource database() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL(
        "jdbc:h2:mem:oracle;MODE=Oracle;NON_KEYWORDS=DAY;DEFAULT_NULL_ORDERING=HIGH;DEFAULT_ESCAPE=;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1");
    return database;
  }

  @BeforeAll
  static void fill() throws SQLException {
    new Warehouse("db").withoutEmptyTexts().fill(DATABASE, Map.of());
  }

  @AfterAll
  static void drop() throws SQLException {
    try (var connection = DATABASE.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    }
  }

  @Override
  Warehouse warehouse() {
    return super.warehouse().withoutEmptyTexts();
  }

  @Override
  PlainSqlSource source() {
    return new PlainSqlSource(
        warehouse().catalog(), DATABASE, OracleSqlDialect.DEFAULT, new OraclePushDown());
  }

  @Override
  String golden() {
    return "oracle.txt";
  }

  /** H2 knows neither FULL JOIN nor GROUPING. */
  @Override
  boolean runs(String sql) {
    return !sql.contains("FULL JOIN") && !sql.contains("GROUPING(");
  }

  @Test
  void sendsWhatOracleParses() throws SQLException {
    SQLParserEngine oracle = new SQLParserEngine("Oracle", new CacheOption(1, 1));
    List<String> statements = new ArrayList<>(Statements.all());
    for (int seed = 0; seed < 40; seed++) {
      statements.add(new RandomStatements(seed).next());
    }
    try (Engine engine = Engine.over(List.of(source()));
        Execution execution = engine.begin(Limits.NONE, Warehouse.CLOCK)) {
      for (String statement : statements) {
        for (String line :
            engine.prepareAlone(statement, new Session(List.of("db")), execution).explain()) {
          Matcher sent = SENT.matcher(line);
          if (sent.find()) {
            String sql = sent.group(1);
            assertThatCode(() -> oracle.parse(sql, false)).as(sql).doesNotThrowAnyException();
            assertThat(LITERAL.matcher(sql).results().map(MatchResult::group))
                .as(sql)
                .doesNotContain("''");
            assertThat(FOREIGN.matcher(LITERAL.matcher(sql).replaceAll("?")).find())
                .as(sql)
                .isFalse();
          }
        }
      }
    }
  }
}
