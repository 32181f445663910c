package io.sally.driver.statement;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One statement as its text says it, before anything of it is translated, proven or run. */
public sealed interface ParsedStatement {
  /** A question as the text gives it. */
  sealed interface Question {
    /** The text between the quotes, with doubled quotes undone. */
    record Literal(String text) implements Question {}

    /**
     * A {@code ?} in the place of a question.
     *
     * @param index the zero-based place among all {@code ?} of the statement
     */
    record Placeholder(int index) implements Question {}
  }

  /** A piece of a query. */
  sealed interface Piece {
    /** SQL as written. */
    record Sql(String text) implements Piece {}

    /**
     * {@code (ASK '…')}, {@code (ASK MORE '…')} or {@code TABLE(ask('…'))}: stands for a query in
     * parentheses.
     *
     * @param isFollowUp whether it builds on the connection's last question
     */
    record Asked(Question question, boolean isFollowUp) implements Piece {
      /** A question that stands alone. */
      public Asked(Question question) {
        this(question, false);
      }
    }
  }

  /**
   * A federated query: SQL, with questions in it where derived tables may stand.
   *
   * @param parameterCount the number of {@code ?}, those in the place of questions included
   */
  record Query(List<Piece> pieces, int parameterCount) implements ParsedStatement {
    public Query {
      pieces = List.copyOf(pieces);
    }
  }

  /** {@code ASK '<question>'}. */
  record Ask(Question question) implements ParsedStatement {}

  /** {@code ASK MORE '<question>'}: builds on the connection's last question. */
  record AskMore(Question question) implements ParsedStatement {}

  /** {@code ASK SQL '<question>'}. */
  record AskSql(Question question) implements ParsedStatement {}

  /** {@code ASK RUN <id>}. */
  record AskRun(String id) implements ParsedStatement {}

  /** {@code ASK PIN <id>}, or {@code ASK UNPIN <id>}. */
  record AskPin(String id, boolean pinned) implements ParsedStatement {}

  /** {@code ASK PROMPT '<question>'}. */
  record AskPrompt(Question question) implements ParsedStatement {}

  /**
   * {@code ASK CHART '<question>'} and {@code ASK CHART RUN <id>}.
   *
   * @param asked whose rows are drawn: an {@link Ask} or an {@link AskRun}
   */
  record AskChart(ParsedStatement asked) implements ParsedStatement {}

  /**
   * {@code ASK NARRATE '<question>'} and {@code ASK NARRATE RUN <id>}.
   *
   * @param asked whose rows are told in words: an {@link Ask} or an {@link AskRun}
   */
  record AskNarrate(ParsedStatement asked) implements ParsedStatement {}

  /** {@code EXPLAIN PLAN FOR <query or ASK>}. */
  record Explain(ParsedStatement statement) implements ParsedStatement {}

  /** {@code EXPLAIN ANALYZE <query or ASK>}: runs it. */
  record ExplainAnalyze(ParsedStatement statement) implements ParsedStatement {}

  /** {@code SET <name> = '<value>'}. */
  record Set(String name, String value) implements ParsedStatement {}

  /** {@code RESET ALL}, or {@code DISCARD ALL}: as the connection began. */
  record Reset() implements ParsedStatement {}

  /** {@code SET TRANSACTION READ ONLY}: says what is so in any case. */
  record SetReadOnly() implements ParsedStatement {}

  /**
   * {@code REFRESH CATALOG [<source>]}.
   *
   * @param source the name as written, or null for all sources
   */
  record RefreshCatalog(@Nullable String source) implements ParsedStatement {}

  /** Whether the statement has a result; the others do something and have an update count. */
  default boolean givesRows() {
    return !(this instanceof Set)
        && !(this instanceof Reset)
        && !(this instanceof SetReadOnly)
        && !(this instanceof RefreshCatalog)
        && !(this instanceof AskPin);
  }

  /** The number of {@code ?} in the statement, those in the place of questions included. */
  default int parameterCount() {
    if (this instanceof Query query) {
      return query.parameterCount();
    }
    if (this instanceof ExplainAnalyze explain) {
      return explain.statement().parameterCount();
    }
    return this instanceof Explain explain
        ? explain.statement().parameterCount()
        : (int) questions().filter(Question.Placeholder.class::isInstance).count();
  }

  /** What the statement asks, in its order. */
  default Stream<Piece.Asked> asks() {
    if (this instanceof Query query) {
      return query.pieces().stream()
          .filter(Piece.Asked.class::isInstance)
          .map(Piece.Asked.class::cast);
    } else if (this instanceof Ask ask) {
      return Stream.of(new Piece.Asked(ask.question()));
    } else if (this instanceof AskMore ask) {
      return Stream.of(new Piece.Asked(ask.question(), true));
    } else if (this instanceof AskSql ask) {
      return Stream.of(new Piece.Asked(ask.question()));
    } else if (this instanceof AskPrompt ask) {
      return Stream.of(new Piece.Asked(ask.question()));
    } else if (this instanceof AskChart chart) {
      return chart.asked().asks();
    } else if (this instanceof AskNarrate narrate) {
      return narrate.asked().asks();
    } else if (this instanceof Explain explain) {
      return explain.statement().asks();
    } else if (this instanceof ExplainAnalyze explain) {
      return explain.statement().asks();
    }
    return Stream.empty();
  }

  /** The questions of the statement, in their order. */
  default Stream<Question> questions() {
    return asks().map(Piece.Asked::question);
  }
}
