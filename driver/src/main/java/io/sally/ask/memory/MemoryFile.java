package io.sally.ask.memory;

import io.sally.ask.Translation;
import io.sally.ask.Trust;
import io.sally.ask.Votes;
import io.sally.ask.memory.AskedQuestion.Outcome;
import io.sally.engine.SqlErrors;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in one SQLite file, which several processes may use at the same time: the file is in
 * WAL mode, who writes waits for the others up to a few seconds, and what belongs together is
 * written in one transaction. Thread-safe: one connection, one call at a time.
 */
final class MemoryFile implements AskMemory {
  private static final int MOST_TRANSLATIONS = 10_000;
  private static final int MOST_LOGGED = 10_000;

  /** How often the logs are cut, in entries: cutting costs more than adding. */
  private static final int CUT_EVERY = 100;

  /** A use is noted when the last one noted is older: reading must not mean writing each time. */
  private static final long NOTED_EVERY_MILLIS = 60_000;

  private final Connection connection;
  private final Clock clock = Clock.systemUTC();
  private int added;

  /**
   * Opens the file, which is made where it does not exist.
   *
   * @throws SQLException when it cannot be opened or written, is no SQLite file, holds something
   *     else, or is of a later version
   */
  MemoryFile(Path file) throws SQLException {
    this.connection = MemorySchema.open(file);
  }

  @Override
  public synchronized List<Remembered> of(String question, List<String> schemaPath)
      throws SQLException {
    List<Remembered> found =
        translations(
            " WHERE asked = ? AND schema_path = ? ORDER BY proven_at DESC, id",
            question,
            JsonText.of(schemaPath));
    for (Remembered translation : found) {
      long now = clock.millis();
      update(
          "UPDATE translation SET used_at = ? WHERE id = ? AND used_at < ?",
          now,
          translation.id(),
          now - NOTED_EVERY_MILLIS);
    }
    return found;
  }

  @Override
  public synchronized Optional<Remembered> byId(String id) throws SQLException {
    return translations(" WHERE id = ?", id).stream().findFirst();
  }

  @Override
  public synchronized void keep(Remembered kept) throws SQLException {
    Translation translation = kept.translation();
    long now = clock.millis();
    atOnce(
        () -> {
          update(
              """
              INSERT OR REPLACE INTO translation (
                id, asked, schema_path, translated_by, day, fingerprint, pinned, question, sql,
                explanation, assumptions, trust, translator, tables, estimated_rows, agreeing,
                candidates, proven_at, used_at)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
              kept.id(),
              kept.question(),
              JsonText.of(kept.schemaPath()),
              kept.translator(),
              kept.day() == null ? null : kept.day().toString(),
              kept.fingerprint(),
              kept.pinned(),
              translation.question(),
              translation.sql(),
              translation.explanation(),
              JsonText.of(translation.assumptions()),
              translation.trust().label(),
              translation.translator(),
              JsonText.ofTables(translation.tables()),
              translation.estimatedRows(),
              translation.votes().agreeing(),
              translation.votes().candidates(),
              now,
              now);
          update(
              """
              DELETE FROM translation WHERE id IN (
                SELECT id FROM translation WHERE NOT pinned ORDER BY used_at DESC, id
                LIMIT -1 OFFSET ?)""",
              MOST_TRANSLATIONS);
        });
  }

  @Override
  public synchronized boolean pin(String id, boolean pinned) throws SQLException {
    int[] found = new int[1];
    atOnce(
        () -> {
          if (pinned) {
            update(
                """
                UPDATE translation SET pinned = 0 WHERE EXISTS (
                  SELECT 1 FROM translation p WHERE p.id = ? AND p.asked = translation.asked
                    AND p.schema_path = translation.schema_path)""",
                id);
          }
          found[0] = update("UPDATE translation SET pinned = ? WHERE id = ?", pinned, id);
        });
    return found[0] > 0;
  }

  @Override
  public synchronized List<Remembered> translations() throws SQLException {
    return translations(" ORDER BY proven_at DESC, id");
  }

  @Override
  public synchronized List<Remembered> pinned() throws SQLException {
    return translations(" WHERE pinned ORDER BY proven_at DESC, id");
  }

  private List<Remembered> translations(String which, @Nullable Object... values)
      throws SQLException {
    return rows("SELECT * FROM translation" + which, MemoryFile::remembered, values);
  }

  private static Remembered remembered(ResultSet row) throws SQLException {
    String day = row.getString("day");
    Translation translation =
        new Translation(
            row.getString("id"),
            row.getString("question"),
            row.getString("sql"),
            row.getString("explanation"),
            JsonText.list(row.getString("assumptions")),
            trust(row.getString("trust")),
            row.getString("translator"),
            JsonText.tables(row.getString("tables")),
            row.getDouble("estimated_rows"),
            new Votes(row.getInt("agreeing"), row.getInt("candidates")));
    return new Remembered(
        translation,
        row.getString("asked"),
        JsonText.list(row.getString("schema_path")),
        row.getString("translated_by"),
        day == null ? null : LocalDate.parse(day),
        row.getString("fingerprint"),
        row.getBoolean("pinned"));
  }

  private static Trust trust(String label) throws SQLException {
    for (Trust trust : Trust.values()) {
      if (trust.label().equals(label)) {
        return trust;
      }
    }
    throw SqlErrors.internal("The memory of ASK holds the trust " + label + ".", null);
  }

  @Override
  public synchronized void log(AskedQuestion asked) throws SQLException {
    update(
        """
        INSERT INTO question (
          id, at, question, sql, translator, model, attempts, tokens_in, tokens_out, millis,
          row_count, outcome, error)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        asked.id(),
        asked.at().toEpochMilli(),
        asked.question(),
        asked.sql(),
        asked.translator(),
        asked.model(),
        asked.attempts(),
        asked.tokensIn(),
        asked.tokensOut(),
        asked.millis(),
        asked.rows(),
        asked.outcome().name(),
        asked.error());
    cut();
  }

  @Override
  public synchronized List<AskedQuestion> questions() throws SQLException {
    return rows(
        "SELECT * FROM question ORDER BY number DESC LIMIT ?", MemoryFile::question, MOST_LOGGED);
  }

  private static AskedQuestion question(ResultSet row) throws SQLException {
    long count = row.getLong("row_count");
    Long rows = row.wasNull() ? null : count;
    return new AskedQuestion(
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("question"),
        row.getString("sql"),
        row.getString("translator"),
        row.getString("model"),
        row.getInt("attempts"),
        row.getLong("tokens_in"),
        row.getLong("tokens_out"),
        row.getLong("millis"),
        rows,
        Outcome.valueOf(row.getString("outcome")),
        row.getString("error"));
  }

  @Override
  public synchronized Spent reserve(LocalDate day, long tokens, Budget budget) throws SQLException {
    List<Spent> before = new ArrayList<>();
    atOnce(
        () -> {
          update(
              "INSERT OR IGNORE INTO spent (day, calls, tokens) VALUES (?, 0, 0)", day.toString());
          Spent spent =
              rows(
                      "SELECT calls, tokens FROM spent WHERE day = ?",
                      row ->
                          new Spent(
                              budget.allows(row.getLong(1), row.getLong(2), tokens),
                              row.getLong(1),
                              row.getLong(2)),
                      day.toString())
                  .get(0);
          if (spent.admitted()) {
            update(
                "UPDATE spent SET calls = calls + 1, tokens = tokens + ? WHERE day = ?",
                tokens,
                day.toString());
          }
          before.add(spent);
        });
    return before.get(0);
  }

  @Override
  public synchronized void spend(LocalDate day, long tokens) throws SQLException {
    update("UPDATE spent SET tokens = tokens + ? WHERE day = ?", tokens, day.toString());
  }

  @Override
  public synchronized void sent(Departure departure) throws SQLException {
    update(
        """
        INSERT INTO departure (id, at, destination, purpose, bytes_out, bytes_in, question_id)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        departure.id(),
        departure.at().toEpochMilli(),
        departure.destination(),
        departure.purpose(),
        departure.bytesOut(),
        departure.bytesIn(),
        departure.questionId());
    cut();
  }

  @Override
  public synchronized void answered(String departure, long bytesIn) throws SQLException {
    update("UPDATE departure SET bytes_in = ? WHERE id = ?", bytesIn, departure);
  }

  @Override
  public synchronized List<Departure> departures() throws SQLException {
    return rows(
        "SELECT * FROM departure ORDER BY number DESC LIMIT ?",
        row ->
            new Departure(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("destination"),
                row.getString("purpose"),
                row.getLong("bytes_out"),
                row.getLong("bytes_in"),
                row.getString("question_id")),
        MOST_LOGGED);
  }

  /** Keeps the newest of each log. */
  private void cut() throws SQLException {
    if (added++ % CUT_EVERY == 0) {
      for (String log : List.of("question", "departure")) {
        update(
            "DELETE FROM " + log + " WHERE number <= (SELECT MAX(number) FROM " + log + ") - ?",
            MOST_LOGGED);
      }
    }
  }

  private interface Work {
    void run() throws SQLException;
  }

  /** All of the work or nothing; no other process writes in between. */
  private void atOnce(Work work) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        work.run();
        statement.execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        try {
          statement.execute("ROLLBACK");
        } catch (SQLException onRollback) {
          e.addSuppressed(onRollback);
        }
        throw e;
      }
    }
  }

  private int update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> rows(String sql, Reader<T> reader, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(Objects.requireNonNull(reader.read(result)));
        }
      }
      return rows;
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        statement.setNull(i + 1, Types.NULL);
      } else {
        statement.setObject(i + 1, values[i]);
      }
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("The memory of ASK cannot be closed", e);
    }
  }
}
