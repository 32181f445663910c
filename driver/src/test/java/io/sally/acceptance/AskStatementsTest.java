package io.sally.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form in which a question can be put, and every shape in which tools wrap it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AskStatementsTest {
  private static final DemoQuestion DELAYED = DemoQuestion.GROUPED_COUNT;
  private static final String ASK = "ASK '" + DELAYED.question() + "'";
  private static final List<String> REMARKS =
      List.of(
          "SQL: " + DELAYED.offlineSql(),
          "Explanation: Number of shipments where status is “delayed” for each country of the"
              + " destination site.",
          "Assumption: “country” is taken as country of destination sites, not country of origin"
              + " vendors.",
          "Trust: offline");

  private final DemoData demo = new DemoData();
  private final List<List<@Nullable Object>> delayed = DELAYED.rows(demo);
  private Connection connection;

  @BeforeAll
  void connect() throws SQLException {
    connection = Results.offlineDemo();
  }

  @AfterAll
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void theAnswerHasNamedColumnsAndTellsHowItCameAbout() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(ASK)) {
      assertThat(Results.labels(result.getMetaData())).containsExactly("country", "shipment_count");
      assertThat(result.getMetaData().getColumnType(2)).isEqualTo(Types.BIGINT);
      assertThat(Results.rows(result)).isEqualTo(delayed);
      assertThat(Results.messages(statement.getWarnings())).isEqualTo(REMARKS);
      assertThat(Results.messages(result.getWarnings())).isEqualTo(REMARKS);
      assertThat(Results.messages(connection.getWarnings())).isEmpty();
    }
  }

  @Test
  void theWarningsOfAStatementAreThoseOfItsLastQuestion() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery(ASK);
      statement.executeQuery("SELECT COUNT(*) FROM sites");
      assertThat(Results.messages(statement.getWarnings())).isEmpty();
      statement.executeQuery(ASK);
      assertThat(Results.messages(statement.getWarnings())).isEqualTo(REMARKS);
      statement.clearWarnings();
      assertThat(Results.messages(statement.getWarnings())).isEmpty();
    }
  }

  @Test
  void askSqlShowsTheTranslationAndRunsNothing() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("ASK SQL '" + DELAYED.question() + "'")) {
      assertThat(Results.labels(result.getMetaData()))
          .containsExactly(
              "id",
              "sql",
              "explanation",
              "assumptions",
              "trust",
              "sources",
              "tables",
              "estimated_rows",
              "confidence");
      List<List<@Nullable Object>> rows = Results.rows(result);
      assertThat(rows).hasSize(1);
      assertThat(rows.get(0).subList(1, 7))
          .isEqualTo(
              List.of(
                  DELAYED.offlineSql(),
                  REMARKS.get(1).substring("Explanation: ".length()),
                  REMARKS.get(2).substring("Assumption: ".length()),
                  "offline",
                  "demo",
                  "demo.shipments, demo.sites"));
      assertThat((String) rows.get(0).get(0)).matches("[a-z0-9]{6,}");
      assertThat((Long) rows.get(0).get(7)).isPositive();
    }
  }

  @Test
  void askRunRunsWhatAskSqlShowed() throws SQLException {
    String id = idOf(connection);
    assertThat(Results.rows(connection, "ASK RUN " + id)).isEqualTo(delayed);
    assertThat(Results.rows(connection, "ask run '" + id + "';")).isEqualTo(delayed);
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("ASK RUN " + id);
        Connection another = Results.offlineDemo()) {
      assertThat(Results.messages(result.getWarnings())).isEqualTo(REMARKS);
      assertThat(Results.rows(another, "ASK RUN " + id)).isEqualTo(delayed);
    }
  }

  @Test
  void anIdThatNobodyShowedIsUnknown() throws SQLException {
    assertState("SA007", () -> Results.rows(connection, "ASK RUN q4kx2m7p"));
  }

  @Test
  void askPromptSaysThatNothingLeavesTheMachine() throws SQLException {
    assertThat(Results.rows(connection, "ASK PROMPT '" + DELAYED.question() + "'"))
        .isEqualTo(
            List.of(
                List.of(
                    "none",
                    "Nothing leaves the machine: the question is translated here, without a"
                        + " model.")));
  }

  @Test
  void aPreparedQuestionTakesOneQuestionAfterTheOther() throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement("ASK ?")) {
      for (DemoQuestion question :
          List.of(DELAYED, DemoQuestion.COUNT, DemoQuestion.OVERDUE, DELAYED)) {
        ask.setString(1, question.question());
        try (ResultSet result = ask.executeQuery()) {
          assertThat(Results.rows(result)).isEqualTo(question.rows(demo));
        }
      }
      assertThat(ask.getParameterMetaData().getParameterCount()).isEqualTo(1);
    }
  }

  @Test
  void aPreparedQuestionCannotBeNullEmptyOrLeftOut() throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement("ASK ?")) {
      assertState("07001", ask::executeQuery);
      ask.setNull(1, Types.VARCHAR);
      assertState("22023", ask::executeQuery);
      ask.setString(1, null);
      assertState("22023", ask::executeQuery);
      ask.setString(1, "");
      assertState("22023", ask::executeQuery);
      ask.setString(1, DELAYED.question());
      assertThat(Results.rows(ask.executeQuery())).isEqualTo(delayed);
    }
  }

  @Test
  void aPreparedQuestionInsideAQueryStandsBesideOtherParameters() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT country FROM (ASK ?) t WHERE shipment_count > ? AND country <> ?"
                + " ORDER BY country")) {
      query.setString(1, DELAYED.question());
      query.setInt(2, 20);
      query.setString(3, "Poland");
      assertThat(Results.rows(query.executeQuery())).isEqualTo(List.of(List.of("Brazil")));
      query.setInt(2, 13);
      assertThat(Results.rows(query.executeQuery()))
          .isEqualTo(
              List.of(
                  List.of("Brazil"),
                  List.of("France"),
                  List.of("India"),
                  List.of("United States")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "%s;",
        "  %s ; ;\n",
        "/* who? */ %s -- the late ones",
        "-- first\n%s\n/* last */;",
        "SELECT * FROM (%s) z_q",
        "SELECT z_q.* FROM (%s) AS z_q",
        "SELECT * FROM (%s\n) z_q",
        "SELECT * FROM (/* ask 'x' */ %s -- ') \n) z_q",
        "select * from(%s)z_q;",
        "SELECT * FROM (%s) z_q WHERE 1=1",
        "SELECT * FROM (SELECT * FROM (%s) a) b",
        "SELECT * FROM (%s) \"Custom SQL Query\"",
        "SELECT \"source\".\"country\" AS \"country\", \"source\".\"shipment_count\" AS"
            + " \"shipment_count\" FROM (%s) AS \"source\" LIMIT 2000",
        "SELECT * FROM (%s) t FETCH FIRST 1000 ROWS ONLY",
        "WITH t AS (%s) SELECT * FROM t"
      })
  void wrappedAsToolsWrapItItGivesTheSameRowsInTheSameOrder(String shape) throws SQLException {
    assertThat(Results.rows(connection, shape.formatted(ASK))).isEqualTo(delayed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM TABLE(ask('%s')) t",
        "SELECT * FROM TABLE(ASK('%s'))",
        "select t.* from table ( ask ( '%s' ) ) as t",
        "Ask '%s'",
        "aSk\n\t'%s'"
      })
  void otherSpellingsGiveTheSame(String shape) throws SQLException {
    assertThat(Results.rows(connection, shape.formatted(DELAYED.question()))).isEqualTo(delayed);
  }

  @Test
  void toolsCountFilterAndPageTheAnswer() throws SQLException {
    assertThat(Results.rows(connection, "SELECT COUNT(*) FROM (" + ASK + ") z_q"))
        .isEqualTo(List.of(List.of((long) delayed.size())));
    assertThat(
            Results.rows(
                connection, "SELECT * FROM (" + ASK + ") z_q WHERE z_q.country LIKE 'United%'"))
        .isEqualTo(
            delayed.stream()
                .filter(row -> String.valueOf(row.get(0)).startsWith("United"))
                .toList());
    assertThat(
            Results.rows(
                connection,
                "SELECT * FROM (" + ASK + ") z_q ORDER BY country OFFSET 2 ROWS LIMIT 3"))
        .isEqualTo(
            delayed.stream()
                .sorted(Comparator.comparing(row -> String.valueOf(row.get(0))))
                .skip(2)
                .limit(3)
                .toList());
    assertThat(Results.rows(connection, "SELECT SUM(shipment_count) FROM (" + ASK + ") z_q"))
        .isEqualTo(
            List.of(
                List.of(
                    BigDecimal.valueOf(
                        demo.shipments().stream()
                            .filter(shipment -> shipment.is("status", "delayed"))
                            .count()))));
    assertThat(Results.rows(connection, ASK + " LIMIT 3")).isEqualTo(delayed.subList(0, 3));
    assertThat(Results.rows(connection, "SELECT * FROM (" + ASK + ") z_q LIMIT 3"))
        .isEqualTo(delayed.subList(0, 3));
  }

  @Test
  void aProbeForTheColumnsGivesColumnsAndNoRow() throws SQLException {
    String probe = "SELECT * FROM (" + ASK + ") \"Custom SQL Query\" WHERE 1=0";
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(probe);
        PreparedStatement prepared = connection.prepareStatement(ASK)) {
      assertThat(Results.labels(result.getMetaData())).containsExactly("country", "shipment_count");
      assertThat(result.next()).isFalse();
      assertThat(Results.labels(Objects.requireNonNull(prepared.getMetaData())))
          .containsExactly("country", "shipment_count");
    }
  }

  @Test
  void anAnswerJoinsAndFeedsOtherQueries() throws SQLException {
    List<List<@Nullable Object>> sites =
        demo.sites().stream()
            .filter(site -> site.is("country", "Brazil") || site.is("country", "Poland"))
            .map(site -> List.<@Nullable Object>of(site.number("site_id")))
            .toList();
    assertThat(
            Results.rows(
                connection,
                "SELECT site_id FROM sites WHERE country IN (SELECT country FROM ("
                    + ASK
                    + ") t WHERE shipment_count > 20) ORDER BY site_id"))
        .isEqualTo(sites);
    Set<String> late =
        delayed.stream().map(row -> String.valueOf(row.get(0))).collect(Collectors.toSet());
    assertThat(
            Results.rows(
                connection,
                "SELECT COUNT(*) FROM sites WHERE country IN"
                    + " (ASK 'Which countries have delayed shipments?')"))
        .isEqualTo(
            List.of(
                List.of(
                    demo.sites().stream()
                        .filter(site -> late.contains(site.text("country")))
                        .count())));
    assertThat(
            Results.rows(
                connection,
                "WITH late AS ("
                    + ASK
                    + ") SELECT s.site_id FROM late JOIN sites s ON s.country = late.country"
                    + " WHERE late.shipment_count > 20 ORDER BY s.site_id"))
        .isEqualTo(sites);
    assertThat(
            Results.rows(
                connection,
                "SELECT (ASK '"
                    + DemoQuestion.COUNT.question()
                    + "') AS active, 'ASK ''x''' AS text"))
        .isEqualTo(List.of(List.of(DemoQuestion.COUNT.rows(demo).get(0).get(0), "ASK 'x'")));
  }

  @Test
  void aQueryTellsHowEachOfItsQuestionsWasUnderstood() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT * FROM (" + ASK + ") a, (ASK '" + DemoQuestion.COUNT.question() + "') b")) {
      List<String> expected = new ArrayList<>(REMARKS);
      expected.add("SQL: " + DemoQuestion.COUNT.offlineSql());
      expected.add("Explanation: Number of sites where status is “active”.");
      expected.add("Trust: offline");
      assertThat(Results.messages(result.getWarnings())).isEqualTo(expected);
    }
  }

  @Test
  void explainPrintsThePlanOfTheTranslation() throws SQLException {
    List<String> plan =
        Results.rows(connection, "EXPLAIN PLAN FOR " + ASK).stream()
            .map(row -> String.valueOf(row.get(0)))
            .toList();
    assertThat(String.join("\n", plan))
        .containsSubsequence(
            "Sort by shipment_count DESC, country",
            "Aggregate COUNT(*) by country",
            "Inner join (hash)",
            "shipments",
            "sites");
    assertThat(Results.rows(connection, "EXPLAIN PLAN FOR " + DELAYED.offlineSql()))
        .isEqualTo(Results.rows(connection, "explain plan for " + ASK + ";"));
  }

  @Test
  void withApprovalOnlyWhatWasShownRuns() throws SQLException {
    try (Connection careful =
        DriverManager.getConnection(Results.OFFLINE_DEMO + "&ask.approval=required")) {
      SQLException refused = assertState("SA008", () -> Results.rows(careful, ASK));
      assertState("SA008", () -> Results.rows(careful, "SELECT COUNT(*) FROM (" + ASK + ") z_q"));
      assertState("SA008", () -> Results.rows(careful, "EXPLAIN ANALYZE " + ASK));
      assertState(
          "SA008",
          () -> Results.rows(careful, "SELECT * FROM TABLE(ask('" + DELAYED.question() + "')) t"));
      try (PreparedStatement ask = careful.prepareStatement("ASK ?")) {
        ask.setString(1, DELAYED.question());
        assertState("SA008", ask::executeQuery);
      }
      String id = idOf(careful);
      assertThat(refused.getMessage()).contains("ASK RUN " + id);
      assertThat(Results.rows(careful, "ASK RUN " + id)).isEqualTo(delayed);
      assertThat(Results.rows(careful, "SELECT COUNT(*) FROM sites"))
          .isEqualTo(List.of(List.of(150L)));
    }
  }

  @Test
  void anAnswerIsCutAtItsMostRowsWithAWarning() throws SQLException {
    try (Connection capped = DriverManager.getConnection(Results.OFFLINE_DEMO + "&ask.maxRows=7");
        Statement statement = capped.createStatement();
        ResultSet result = statement.executeQuery(ASK)) {
      assertThat(Results.messages(result.getWarnings())).isEqualTo(REMARKS);
      assertThat(Results.rows(result)).isEqualTo(delayed.subList(0, 7));
      List<String> warned = new ArrayList<>(REMARKS);
      warned.add(
          "Cut: the answer has more than 7 rows and ends there. Raise ask.maxRows, or ask for"
              + " less.");
      assertThat(Results.messages(result.getWarnings())).isEqualTo(warned);
      assertThat(Results.messages(statement.getWarnings())).isEqualTo(warned);
      statement.setMaxRows(3);
      try (ResultSet fewer = statement.executeQuery(ASK)) {
        assertThat(Results.rows(fewer)).isEqualTo(delayed.subList(0, 3));
        assertThat(Results.messages(fewer.getWarnings())).isEqualTo(REMARKS);
      }
    }
  }

  @Test
  void quotesInAQuestionAreDoubledAsInAnyText() throws SQLException {
    assertThat(
            assertState("SA002", () -> Results.rows(connection, "ASK 'How many ''zorgs''?'"))
                .getMessage())
        .contains("zorgs");
  }

  @Test
  void whatIsNoQuestionIsRefusedAndTheConnectionLivesOn() throws SQLException {
    assertState("42601", () -> Results.rows(connection, "ASK"));
    assertState("42601", () -> Results.rows(connection, "ASK ''"));
    assertState("42601", () -> Results.rows(connection, "ASK \"How many sites are there?\""));
    assertState("42601", () -> Results.rows(connection, "ASK 'How many sites are there"));
    assertState("42601", () -> Results.rows(connection, ASK + "; " + ASK));
    assertState("42601", () -> Results.rows(connection, ASK + " WHERE country = 'x'"));
    assertState("42601", () -> Results.rows(connection, "SELECT * FROM " + ASK));
    assertState("SA002", () -> Results.rows(connection, "ASK 'What is the meaning of life?'"));
    assertThat(Results.rows(connection, ASK)).isEqualTo(delayed);
  }

  private static String idOf(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet shown = statement.executeQuery("ASK SQL '" + DELAYED.question() + "'")) {
      assertThat(shown.next()).isTrue();
      return Objects.requireNonNull(shown.getString("id"));
    }
  }

  private static SQLException assertState(String sqlState, ThrowingCallable call) {
    SQLException thrown = catchThrowableOfType(SQLException.class, call);
    assertThat(thrown.getSQLState()).as(thrown.getMessage()).isEqualTo(sqlState);
    return thrown;
  }
}
