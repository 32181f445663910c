package io.sally.driver.evaluation;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Asks questions whose right queries are known, and prints what became of each, the execution
 * accuracy and the kinds of error. The gold queries run on the same connection; right is an answer
 * that holds the gold's rows, in its order where it has one, whatever columns stand beside.
 * Confined to one thread.
 */
public final class Evaluation {
  private final Connection connection;
  private final PrintStream out;
  private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

  /**
   * An evaluation.
   *
   * @param connection asks and runs; remains the caller's to close
   * @param out takes the report
   */
  public Evaluation(Connection connection, PrintStream out) {
    this.connection = connection;
    this.out = out;
  }

  /**
   * Asks all questions of a text: each is a comment ({@code -- How many sites?}) with its query, or
   * {@code UNANSWERABLE}, below it, up to a blank line.
   *
   * @throws IllegalArgumentException when the text is not of that form
   * @throws SQLException when a gold query fails
   */
  public void run(String text) throws SQLException {
    List<GoldQuestion> questions = GoldQuestion.read(text);
    if (questions.isEmpty()) {
      throw new IllegalArgumentException("There are no questions in the file.");
    }
    for (GoldQuestion question : questions) {
      Verdict verdict = judge(question);
      counts.merge(verdict, 1, Integer::sum);
      out.println(verdict.label() + " | " + question.question());
    }
    int right = counts.getOrDefault(Verdict.RIGHT, 0);
    out.println();
    counts.forEach(
        (verdict, count) -> out.printf(Locale.ROOT, "%-48s %5d%n", verdict.label(), count));
    out.printf(
        Locale.ROOT,
        "execution accuracy %.1f %% (%d of %d)%n",
        100.0 * right / questions.size(),
        right,
        questions.size());
  }

  private Verdict judge(GoldQuestion question) throws SQLException {
    ResultRows answer;
    try {
      answer = rows("ASK '" + question.question().replace("'", "''") + "'");
    } catch (SQLException e) {
      Verdict verdict = Verdict.of(String.valueOf(e.getSQLState()));
      return verdict == Verdict.REFUSED && !question.isAnswerable() ? Verdict.RIGHT : verdict;
    }
    return question.isAnswerable()
        ? Verdict.of(answer, gold(question), question.isOrdered())
        : Verdict.ANSWERED;
  }

  private ResultRows gold(GoldQuestion question) throws SQLException {
    try {
      return rows(question.gold());
    } catch (SQLException e) {
      throw new SQLException(
          "The query of the question \"" + question.question() + "\" fails: " + e.getMessage(),
          e.getSQLState(),
          e);
    }
  }

  private ResultRows rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(ResultRows.value(result.getObject(i)));
        }
        rows.add(row);
      }
      return new ResultRows(columns, rows);
    }
  }
}
