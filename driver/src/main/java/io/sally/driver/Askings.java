package io.sally.driver;

import io.sally.ask.Asker;
import io.sally.ask.Costs;
import io.sally.ask.Translation;
import io.sally.ask.memory.AskedQuestion;
import io.sally.ask.memory.AskedQuestion.Outcome;
import io.sally.engine.RowCursor;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The questions of one statement, from their texts to what came of them, which is logged once.
 * Confined to the statement.
 */
final class Askings {
  private static final Logger LOG = LoggerFactory.getLogger(Askings.class);
  private static final int MOST_CHARACTERS = 4_000;

  private final Asker asker;
  private final Instant at = Instant.now();
  private final long begun = System.nanoTime();
  private final List<Asked> questions = new ArrayList<>();
  private boolean logged;

  Askings(Asker asker) {
    this.asker = asker;
  }

  /** One question of the statement. */
  private static final class Asked {
    private final String text;
    private final Costs costs;
    private @Nullable Translation translation;

    Asked(String text, Costs costs) {
      this.text = text;
      this.costs = costs;
    }
  }

  /** A question is asked from here on. */
  void asked(String question, Costs costs) {
    questions.add(new Asked(question, costs));
  }

  /** The question that was asked last has this translation. */
  void translated(Translation translation) {
    questions.get(questions.size() - 1).translation = translation;
  }

  /** The translation of the question that was asked last, or null where there is none. */
  @Nullable Translation last() {
    return questions.isEmpty() ? null : questions.get(questions.size() - 1).translation;
  }

  /** A translation is run that was made before. */
  void known(Translation translation) {
    asked(translation.question(), new Costs());
    translated(translation);
  }

  /** Nothing was to be run: what cost nothing is not worth an entry, such as describing again. */
  void described() {
    if (questions.stream().anyMatch(question -> question.costs.attempts() > 0)) {
      log(Outcome.TRANSLATED, null, null);
    }
  }

  /** The translations were shown. */
  void shown() {
    log(Outcome.TRANSLATED, null, null);
  }

  /** The rows were read, and all that was to be done with them is done. */
  void answered(long rows) {
    log(Outcome.ANSWERED, rows, null);
  }

  /** What the question that was asked last has cost. */
  Costs costs() {
    return questions.get(questions.size() - 1).costs;
  }

  void failed(SQLException e) {
    log(Outcome.FAILED, null, String.valueOf(e.getMessage()));
  }

  /** The rows, which are counted, and with whose end the questions are answered. */
  RowCursor counting(RowCursor rows) {
    return questions.isEmpty() ? rows : new CountedRows(rows);
  }

  private void log(Outcome outcome, @Nullable Long rows, @Nullable String error) {
    if (logged) {
      return;
    }
    logged = true;
    long millis = (System.nanoTime() - begun) / 1_000_000;
    for (Asked question : questions) {
      Translation translation = question.translation;
      AskedQuestion entry =
          new AskedQuestion(
              question.costs.id(),
              at,
              cut(question.text),
              translation == null ? null : cut(translation.sql()),
              translation == null ? null : translation.translator(),
              asker.translator().model().orElse(null),
              question.costs.attempts(),
              question.costs.tokensIn(),
              question.costs.tokensOut(),
              millis,
              rows,
              outcome,
              error == null ? null : cut(error));
      try {
        asker.memory().log(entry);
      } catch (SQLException e) {
        // An entry in a log is not worth an answer.
        LOG.warn("A question could not be logged: {}", e.getMessage());
      }
    }
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }

  private final class CountedRows implements RowCursor {
    private final RowCursor rows;
    private long count;

    CountedRows(RowCursor rows) {
      this.rows = rows;
    }

    @Override
    public boolean next() throws SQLException {
      try {
        boolean isRow = rows.next();
        if (isRow) {
          count++;
        }
        return isRow;
      } catch (SQLException e) {
        failed(e);
        throw e;
      }
    }

    @Override
    public @Nullable Object value(int column) {
      return rows.value(column);
    }

    @Override
    public void close() throws SQLException {
      try {
        rows.close();
      } finally {
        log(Outcome.ANSWERED, count, null);
      }
    }
  }
}
