package io.sally.driver;

import io.sally.ask.Translation;
import io.sally.ask.Trust;
import io.sally.ask.memory.AskMemory;
import io.sally.ask.memory.AskedQuestion;
import io.sally.ask.memory.Departure;
import io.sally.ask.memory.Remembered;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.TableName;
import io.sally.engine.source.MemoryTable;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What ASK remembers, as tables of the schema {@code sally}. Stateless. */
final class AskTables {
  private AskTables() {}

  static MemoryTable questions(AskMemory memory) {
    return SystemSource.table(
        "questions",
        "What was asked and what came of it, the newest first",
        List.of(
            column("id", false, "Names this asking"),
            time("at", "When it began, in UTC"),
            column("question", false, "Its text"),
            column("sql", true, "What it became"),
            column("translator", true, "Who translated it"),
            column("model", true, "The language model in use"),
            count("attempts", "How many queries were tried; 0 where the translation was known"),
            count("tokens_in", "The tokens that were sent for it, as the service counts them"),
            count("tokens_out", "Those of the answers"),
            count("milliseconds", "From the statement to its last row"),
            new Column("rows", ColumnType.bigint(), true, "How many rows were read"),
            column("outcome", false, "answered, translated (nothing was run) or failed"),
            column("error", true, "What went wrong")),
        List.of("id"),
        () -> read(memory::questions).stream().map(AskTables::row).toList());
  }

  private static @Nullable Object[] row(AskedQuestion asked) {
    return SystemSource.row(
        asked.id(),
        utc(asked.at()),
        asked.question(),
        asked.sql(),
        asked.translator(),
        asked.model(),
        (long) asked.attempts(),
        asked.tokensIn(),
        asked.tokensOut(),
        asked.millis(),
        asked.rows(),
        asked.outcome().name().toLowerCase(Locale.ROOT),
        asked.error());
  }

  static MemoryTable translations(AskMemory memory) {
    return SystemSource.table(
        "translations",
        "The translations that are remembered",
        List.of(
            column("id", false, "Names it in ASK RUN, ASK PIN and ASK UNPIN"),
            column("question", false, "What it answers"),
            column("sql", false, "The query"),
            column("explanation", false, "What the query answers"),
            column("assumptions", false, "What was taken for granted, a line each"),
            column("trust", false, "verified, generated or offline"),
            column("translator", false, "Who translated, with model and address"),
            column("tables", false, "What it reads"),
            new Column("estimated_rows", ColumnType.bigint(), false, "About how many rows it has"),
            new Column("day", ColumnType.date(), true, "The only day on which it holds")),
        List.of("id"),
        () -> read(memory::translations).stream().map(AskTables::row).toList());
  }

  private static @Nullable Object[] row(Remembered remembered) {
    Translation translation = remembered.translation();
    return SystemSource.row(
        translation.id(),
        translation.question(),
        translation.sql(),
        translation.explanation(),
        String.join("\n", translation.assumptions()),
        (remembered.pinned() ? Trust.VERIFIED : translation.trust()).label(),
        remembered.translator(),
        translation.tables().stream().map(TableName::toString).collect(Collectors.joining(", ")),
        Math.round(translation.estimatedRows()),
        remembered.day());
  }

  static MemoryTable egress(AskMemory memory) {
    return SystemSource.table(
        "egress",
        "Every request for a question that left this machine, the newest first",
        List.of(
            column("id", false, "Names the request"),
            time("at", "When it left, in UTC"),
            column("destination", false, "Where it went"),
            column(
                "purpose", false, "translate, narrate, or trial for that of check and configure"),
            count("bytes_out", "What left, headers included, before compression and encryption"),
            count("bytes_in", "What came back"),
            column("question_id", false, "The asking that it was for, as in sally.questions")),
        List.of("id"),
        () -> read(memory::departures).stream().map(AskTables::row).toList());
  }

  private static @Nullable Object[] row(Departure departure) {
    return SystemSource.row(
        departure.id(),
        utc(departure.at()),
        departure.destination(),
        departure.purpose(),
        departure.bytesOut(),
        departure.bytesIn(),
        departure.questionId());
  }

  private interface Reading<T> {
    List<T> read() throws SQLException;
  }

  private static <T> List<T> read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static LocalDateTime utc(Instant at) {
    return LocalDateTime.ofInstant(at, ZoneOffset.UTC);
  }

  private static Column column(String name, boolean nullable, String comment) {
    return SystemSource.column(name, nullable, comment);
  }

  private static Column time(String name, String comment) {
    return new Column(name, ColumnType.timestamp(3), false, comment);
  }

  private static Column count(String name, String comment) {
    return new Column(name, ColumnType.bigint(), false, comment);
  }
}
