package io.sally.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Questions over the demo without model and network, checked against its rows in plain Java. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwelveQuestionsTest {
  private final DemoData demo = new DemoData();
  private Connection connection;

  @BeforeAll
  void connect() throws SQLException {
    connection = Results.offlineDemo();
  }

  @AfterAll
  void close() throws SQLException {
    connection.close();
  }

  @ParameterizedTest
  @EnumSource
  void givesTheRowsThatPlainJavaFinds(DemoQuestion question) throws SQLException {
    assertThat(Results.rows(connection, "ASK '" + question.question() + "'"))
        .isNotEmpty()
        .isEqualTo(question.rows(demo));
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheSqlInTheFirstWarning(DemoQuestion question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("ASK '" + question.question() + "'")) {
      assertThat(Results.messages(statement.getWarnings()))
          .startsWith("SQL: " + question.offlineSql())
          .endsWith("Trust: offline")
          .isEqualTo(Results.messages(result.getWarnings()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void showsTheSameSqlThroughAskSql(DemoQuestion question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("ASK SQL '" + question.question() + "'")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getString("sql")).isEqualTo(question.offlineSql());
      assertThat(result.next()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSqlThatItBecameGivesTheSameRowsWhenRunByHand(DemoQuestion question) throws SQLException {
    assertThat(Results.rows(connection, question.offlineSql())).isEqualTo(question.rows(demo));
  }
}
