package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AskTest {
  private static final List<String> REMARKS =
      List.of(
          "Explanation: Every order.",
          "Assumption: Cancelled orders count.",
          "Assumption: Prices are net.",
          "Trust: offline (by-heart)");
  private static final List<List<String>> ORDERS =
      List.of(List.of("10", "1", "12.50"), Arrays.asList("11", "3", null));

  private final Fixture fixture = new Fixture();

  private static AbstractThrowableAssert<?, ?> assertState(String state, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  @Test
  void theRowsAreTheAnswerAndTheWarningsTellHowItCameAbout() throws SQLException {
    try (Connection connection = fixture.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("ASK '" + Fixture.ALL_ORDERS + "';")) {
      assertThat(Fixture.rows(rows)).isEqualTo(ORDERS);
      List<String> onResult = Fixture.messages(rows.getWarnings());
      assertThat(onResult).isEqualTo(Fixture.messages(statement.getWarnings()));
      assertThat(onResult.get(0)).startsWith("SQL: SELECT");
      assertThat(onResult.subList(1, onResult.size())).isEqualTo(REMARKS);
    }
  }

  @Test
  void aQuestionInsideAQueryIsAnsweredAndExplained() throws SQLException {
    String nested =
        "SELECT count(*) FROM (ask '"
            + Fixture.ALL_ORDERS
            + "') z_q, TABLE(ask('"
            + Fixture.ALL_ORDERS
            + "')) b";
    try (Connection connection = fixture.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(nested)) {
      assertThat(Fixture.rows(rows)).isEqualTo(List.of(List.of("4")));
      assertThat(Fixture.messages(statement.getWarnings())).hasSize(10).containsAll(REMARKS);
    }
  }

  @Test
  void askSqlShowsOneRowAndAskRunRunsItsId() throws SQLException {
    try (Connection connection = fixture.connect()) {
      List<String> shown = shown(connection);
      assertThat(shown.subList(2, shown.size()))
          .startsWith(
              "Every order.",
              "Cancelled orders count.\nPrices are net.",
              "offline",
              "shop",
              "shop.orders");
      assertThat(Fixture.rows(connection, "ASK RUN " + shown.get(0))).isEqualTo(ORDERS);
      assertState("SA007", () -> Fixture.rows(connection, "ASK RUN nosuchid"));
    }
  }

  private static List<String> shown(Connection connection) throws SQLException {
    return Fixture.rows(connection, "ASK SQL '" + Fixture.ALL_ORDERS + "'").get(0).stream()
        .map(String::valueOf)
        .toList();
  }

  @Test
  void approvalRequiredLeavesAskRunAsTheOnlyWay() throws SQLException {
    try (Connection connection = fixture.connect("jdbc:sally:?ask.approval=required")) {
      assertState("SA008", () -> Fixture.rows(connection, "ASK '" + Fixture.ALL_ORDERS + "'"))
          .hasMessageContaining("ASK RUN " + shown(connection).get(0));
      assertState(
          "SA008",
          () -> Fixture.rows(connection, "SELECT * FROM (ASK '" + Fixture.ALL_ORDERS + "') t"));
      assertThat(Fixture.rows(connection, "ASK RUN " + shown(connection).get(0))).isEqualTo(ORDERS);
    }
  }

  @Test
  void anAnswerIsCutAtTheCapAndSaysSo() throws SQLException {
    try (Connection connection = fixture.connect("jdbc:sally:?ask.maxRows=5");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("ASK '" + Fixture.MANY_ROWS + "'")) {
      assertThat(Fixture.rows(rows)).hasSize(5);
      List<String> warnings = Fixture.messages(rows.getWarnings());
      assertThat(warnings.get(warnings.size() - 1))
          .isEqualTo(
              "Cut: the answer has more than 5 rows and ends there. Raise ask.maxRows, or ask for"
                  + " less.");
    }
  }

  @Test
  void anAnswerThatMaxRowsBoundsIsNotSaidToBeCut() throws SQLException {
    try (Connection connection = fixture.connect("jdbc:sally:?ask.maxRows=5");
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(5);
      ResultSet rows = statement.executeQuery("ASK '" + Fixture.MANY_ROWS + "'");
      assertThat(Fixture.rows(rows)).hasSize(5);
      assertThat(Fixture.messages(rows.getWarnings())).noneMatch(text -> text.startsWith("Cut"));
    }
  }

  @Test
  void askPromptShowsTheRequestAndExplainThePlan() throws SQLException {
    try (Connection connection = fixture.connect()) {
      assertThat(Fixture.rows(connection, "ASK PROMPT '" + Fixture.ALL_ORDERS + "'"))
          .isEqualTo(List.of(List.of("none", "Looks up: " + Fixture.ALL_ORDERS)));
      assertThat(Fixture.rows(connection, "EXPLAIN PLAN FOR ASK '" + Fixture.ALL_ORDERS + "'"))
          .isEqualTo(Fixture.rows(connection, "EXPLAIN PLAN FOR " + Fixture.ORDERS_SQL))
          .isNotEmpty();
    }
  }

  @Test
  void aChartIsOneRowWithItsDataInsideAndTellsHowItCameAbout() throws SQLException {
    try (Connection connection = fixture.connect("jdbc:sally:?ask.maxRows=5");
        PreparedStatement chart = connection.prepareStatement("ASK CHART ?")) {
      chart.setString(1, Fixture.MANY_ROWS);
      chart.setMaxRows(1);
      assertThat(Objects.requireNonNull(chart.getMetaData()).getColumnLabel(6)).isEqualTo("spec");
      try (ResultSet rows = chart.executeQuery()) {
        List<List<@Nullable String>> all = Fixture.rows(rows);
        assertThat(all).hasSize(1);
        assertThat(all.get(0).subList(0, 5))
            .isEqualTo(Arrays.asList("table", null, null, null, Fixture.MANY_ROWS));
        assertThat(all.get(0).get(5)).contains("\"row\":5,").doesNotContain("\"row\":6,");
        List<String> warnings = Fixture.messages(rows.getWarnings());
        assertThat(warnings.get(0)).startsWith("SQL: SELECT");
        assertThat(warnings.get(warnings.size() - 1))
            .isEqualTo("Drawn: the first 5 rows; the answer has more.");
      }
    }
  }

  @Test
  void aNarrationIsOneSentenceOrTwo() throws SQLException {
    try (Connection connection = fixture.connect();
        PreparedStatement narrate = connection.prepareStatement("ASK NARRATE ?")) {
      narrate.setString(1, Fixture.ALL_ORDERS);
      try (ResultSet rows = narrate.executeQuery()) {
        assertThat(Fixture.rows(rows))
            .isEqualTo(
                List.of(
                    List.of(
                        "There are 2 rows. The amount is 12.50 wherever there is one.",
                        "template")));
        assertThat(Fixture.messages(rows.getWarnings())).hasSize(5).containsAll(REMARKS);
      }
    }
  }

  @Test
  void aChartNeedsTheApprovalOfItsTranslation() throws SQLException {
    try (Connection connection = fixture.connect("jdbc:sally:?ask.approval=required")) {
      assertState("SA008", () -> Fixture.rows(connection, "ASK CHART '" + Fixture.ALL_ORDERS + "'"))
          .hasMessageContaining("ASK RUN " + shown(connection).get(0));
      assertThat(Fixture.rows(connection, "ASK CHART RUN " + shown(connection).get(0)).get(0))
          .contains(Fixture.ALL_ORDERS);
      assertState(
          "SA008", () -> Fixture.rows(connection, "ASK NARRATE '" + Fixture.ALL_ORDERS + "'"));
      assertState(
          "42601",
          () -> Fixture.rows(connection, "SELECT * FROM (ASK CHART '" + Fixture.ALL_ORDERS + "')"));
    }
  }

  @Test
  void questionsThatCannotBeAnsweredAreErrorsAndTheConnectionLivesOn() throws SQLException {
    try (Connection connection = fixture.connect();
        PreparedStatement ask = connection.prepareStatement("ASK ?")) {
      ask.setString(1, Fixture.WEATHER);
      assertState("SA001", ask::executeQuery).hasMessageContaining("The shop knows nothing of it.");
      ask.setString(1, "  ");
      assertState("22023", ask::executeQuery);
      ask.setObject(1, 5);
      assertState("22023", ask::executeQuery);
      ask.setString(1, Fixture.ALL_ORDERS);
      assertThat(Fixture.rows(ask.executeQuery())).isEqualTo(ORDERS);
    }
  }
}
