package io.sally.driver;

import io.sally.ask.Asker;
import io.sally.ask.Costs;
import io.sally.ask.Inquiry;
import io.sally.ask.NarrationRequest;
import io.sally.ask.Outbox;
import io.sally.ask.OutgoingRequest;
import io.sally.ask.Translation;
import io.sally.ask.Trust;
import io.sally.driver.answer.AnswerColumn;
import io.sally.driver.answer.AnswerRows;
import io.sally.driver.chart.Chart;
import io.sally.driver.config.AskSettings;
import io.sally.driver.config.AskSettings.Approval;
import io.sally.driver.narrate.Narration;
import io.sally.driver.narrate.ToldByModel;
import io.sally.driver.statement.ParsedStatement;
import io.sally.driver.statement.ParsedStatement.Ask;
import io.sally.driver.statement.ParsedStatement.AskChart;
import io.sally.driver.statement.ParsedStatement.AskMore;
import io.sally.driver.statement.ParsedStatement.AskNarrate;
import io.sally.driver.statement.ParsedStatement.AskPin;
import io.sally.driver.statement.ParsedStatement.AskPrompt;
import io.sally.driver.statement.ParsedStatement.AskRun;
import io.sally.driver.statement.ParsedStatement.AskSql;
import io.sally.driver.statement.ParsedStatement.Explain;
import io.sally.driver.statement.ParsedStatement.ExplainAnalyze;
import io.sally.driver.statement.ParsedStatement.Query;
import io.sally.driver.statement.ParsedStatement.Question;
import io.sally.driver.statement.ParsedStatement.RefreshCatalog;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs each kind of statement: a query is planned and read, a question is translated first, and the
 * rest tells about either. Immutable but for its session, and thread-safe.
 */
final class StatementRunner {
  private static final Pattern FIRST_WORD = Pattern.compile("[A-Za-z]+");
  private static final Set<String> QUERY_WORDS = Set.of("SELECT", "WITH", "VALUES", "TABLE");

  /** Who tells an answer when no translator does. */
  private static final String TEMPLATE = "template";

  private final Engine engine;
  private final Asker asker;
  private final SessionState state;
  private final AskSettings settings;

  StatementRunner(Backend backend, SessionState state, AskSettings settings) {
    this.engine = backend.engine();
    this.asker = backend.asker();
    this.state = state;
    this.settings = settings;
  }

  /** Whether a plan may be one for other literals too; what is explained knows its own. */
  private enum Planning {
    SHARED,
    ALONE
  }

  /** A query with what translating its questions has told. */
  private record Prepared(Plan plan, Warnings warnings, List<@Nullable Object> parameters) {}

  /**
   * The most rows that the engine need give, or 0 for all: one more than the cap on answers, so
   * that a cut is noticed.
   */
  long rowsWanted(ParsedStatement statement, long maxRows) {
    ParsedStatement asked =
        statement instanceof ExplainAnalyze explain ? explain.statement() : statement;
    if (asked instanceof AskChart || asked instanceof AskNarrate) {
      // The cap of the statement is on its one row, and not on those that it is made of.
      return Math.min(AnswerRows.MOST_ROWS, settings.maxRows()) + 1;
    }
    boolean capped = asked instanceof Ask || asked instanceof AskMore || asked instanceof AskRun;
    return capped && (maxRows == 0 || maxRows > settings.maxRows())
        ? settings.maxRows() + 1
        : maxRows;
  }

  /**
   * Runs the statement.
   *
   * @param parameters a value for each {@code ?}, those of questions included
   * @throws SQLException when the statement is wrong, fails, or was stopped
   */
  Answer run(
      ParsedStatement statement, List<? extends @Nullable Object> parameters, Execution execution)
      throws SQLException {
    Askings askings = new Askings(asker);
    try {
      return run(statement, parameters, execution, askings);
    } catch (SQLException e) {
      askings.failed(e);
      throw e;
    }
  }

  private Answer run(
      ParsedStatement statement,
      List<? extends @Nullable Object> parameters,
      Execution execution,
      Askings askings)
      throws SQLException {
    Session session = state.session();
    if (statement instanceof ParsedStatement.Set set) {
      state.set(set.name(), set.value());
      return new Answer.Done();
    } else if (statement instanceof ParsedStatement.Reset) {
      state.reset();
      return new Answer.Done();
    } else if (statement instanceof ParsedStatement.SetReadOnly) {
      return new Answer.Done();
    } else if (statement instanceof RefreshCatalog refresh) {
      engine.refreshCatalog(refresh.source(), execution);
      return new Answer.Done();
    } else if (statement instanceof AskPin pin) {
      asker.pin(pin.id(), pin.pinned(), session, execution);
      return new Answer.Done();
    } else if (statement instanceof AskSql ask) {
      Translation shown = translate(ask.question(), parameters, session, execution, askings);
      askings.shown();
      state.conversation().asked(shown, session);
      return AskAnswers.of(shown);
    } else if (statement instanceof AskPrompt ask) {
      OutgoingRequest request = asker.preview(text(ask.question(), parameters), session, execution);
      return AskAnswers.of(request);
    } else if (statement instanceof Explain explain) {
      Prepared prepared =
          prepare(explain.statement(), Planning.ALONE, parameters, session, execution, askings);
      askings.shown();
      return AskAnswers.ofPlan(prepared.plan().explain(), prepared.warnings());
    }
    if (statement instanceof ExplainAnalyze explain) {
      // It runs the query, and so needs the approval that running it needs.
      requireApproved(explain.statement(), parameters, session, execution, askings);
      Prepared prepared =
          prepare(explain.statement(), Planning.ALONE, parameters, session, execution, askings);
      requireSmall(explain.statement(), prepared.plan());
      List<String> analyzed = prepared.plan().analyze(prepared.parameters(), execution);
      askings.shown();
      return AskAnswers.ofPlan(analyzed, prepared.warnings());
    }
    requireApproved(statement, parameters, session, execution, askings);
    if (statement instanceof AskChart chart) {
      Answered answered = read(chart.asked(), parameters, session, execution, askings);
      return AskAnswers.of(Chart.of(answered.question(), answered.rows()), answered.warnings());
    }
    if (statement instanceof AskNarrate narrate) {
      return narrate(narrate.asked(), parameters, session, execution, askings);
    }
    Running running = start(statement, parameters, session, execution, askings);
    Warnings warnings = running.prepared().warnings();
    return new Answer.Rows(
        running.prepared().plan().columns(),
        askings.counting(
            statement instanceof Query ? running.rows() : capped(running.rows(), warnings)),
        warnings);
  }

  /** A query that runs. */
  private record Running(Prepared prepared, RowCursor rows) {}

  private Running start(
      ParsedStatement statement,
      List<? extends @Nullable Object> parameters,
      Session session,
      Execution execution,
      Askings askings)
      throws SQLException {
    Prepared prepared =
        prepare(statement, Planning.SHARED, parameters, session, execution, askings);
    requireSmall(statement, prepared.plan());
    converse(statement, parameters, session, askings);
    try {
      return new Running(prepared, prepared.plan().execute(prepared.parameters(), execution));
    } catch (SQLException e) {
      if (!SqlErrors.isChanged(e)) {
        throw e;
      }
      // Nobody knows the old columns yet: the new ones are the answer's.
      Prepared again =
          prepare(statement, Planning.SHARED, parameters, session, execution, new Askings(asker));
      return new Running(again, again.plan().execute(again.parameters(), execution));
    }
  }

  private Answer narrate(
      ParsedStatement asked,
      List<? extends @Nullable Object> parameters,
      Session session,
      Execution execution,
      Askings askings)
      throws SQLException {
    String question = question(asked, parameters);
    Running running = start(asked, parameters, session, execution, askings);
    Plan plan = running.prepared().plan();
    AnswerRows rows;
    try (RowCursor cursor = running.rows()) {
      rows = AnswerRows.read(plan.columns(), cursor, settings.maxRows());
    }
    Warnings warnings = running.prepared().warnings();
    Optional<String> told = told(question, plan, rows, warnings, execution, askings);
    askings.answered(rows.rows().size());
    return AskAnswers.ofNarration(
        told.orElseGet(() -> Narration.of(rows)),
        told.isPresent() ? asker.translator().name() : TEMPLATE,
        warnings);
  }

  /** What the language model tells of the rows, where they may leave and what it tells is true. */
  private Optional<String> told(
      String question,
      Plan plan,
      AnswerRows rows,
      Warnings warnings,
      Execution execution,
      Askings askings)
      throws SQLException {
    if (rows.rows().isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<String> told =
          asker.narrate(
              new NarrationRequest(
                  question,
                  rows.profile().stream().map(AnswerColumn::title).toList(),
                  rows.texts(),
                  rows.rows().size(),
                  rows.cut(),
                  Outbox.UNMETERED),
              plan.tables(),
              askings.costs(),
              execution);
      Optional<String> objection =
          told.flatMap(sentences -> ToldByModel.objection(sentences, rows));
      objection.ifPresent(
          why ->
              warnings.add(
                  "Narration: the sentences of the language model are not shown, since they "
                      + why
                      + ". These are made of the rows."));
      return objection.isPresent() ? Optional.empty() : told;
    } catch (SQLException e) {
      execution.check();
      warnings.add(
          "Narration: the language model failed ("
              + e.getMessage()
              + "). These sentences are made of the rows.");
      return Optional.empty();
    }
  }

  private String question(ParsedStatement asked, List<? extends @Nullable Object> parameters)
      throws SQLException {
    return asked instanceof Ask ask
        ? text(ask.question(), parameters)
        : asker.byId(((AskRun) asked).id()).question();
  }

  /** A question and the first rows of its answer, with what is to be said of how it came about. */
  private record Answered(String question, AnswerRows rows, Warnings warnings) {}

  private Answered read(
      ParsedStatement asked,
      List<? extends @Nullable Object> parameters,
      Session session,
      Execution execution,
      Askings askings)
      throws SQLException {
    String question = question(asked, parameters);
    Running running = start(asked, parameters, session, execution, askings);
    try (RowCursor rows = askings.counting(running.rows())) {
      return new Answered(
          question,
          AnswerRows.read(running.prepared().plan().columns(), rows, settings.maxRows()),
          running.prepared().warnings());
    }
  }

  /** A question that is about to run is what the next one may build on. */
  private void converse(
      ParsedStatement statement,
      List<? extends @Nullable Object> parameters,
      Session session,
      Askings askings)
      throws SQLException {
    Translation translation = askings.last();
    if (translation == null || statement instanceof Query) {
      return;
    }
    if (statement instanceof AskMore more) {
      String followUp = text(more.question(), parameters);
      Translation base = state.conversation().base(followUp, session);
      state.conversation().followed(followUp, base, translation, session);
    } else {
      state.conversation().asked(translation, session);
    }
  }

  /** What a question costs its sources cannot be taken back once it runs. */
  private void requireSmall(ParsedStatement statement, Plan plan) throws SQLException {
    Long most = settings.maxEstimatedRows();
    if (most != null
        && plan.estimatedRows() > most
        && (statement instanceof AskRun || statement.questions().findAny().isPresent())) {
      throw SqlErrors.tooLarge(
          "The answer would have about "
              + Math.round(plan.estimatedRows())
              + " rows; ask.maxEstimatedRows allows "
              + most
              + ". Nothing was run. Ask for less, as for the first ten or for a count, or raise the"
              + " limit.");
    }
  }

  private RowCursor capped(RowCursor rows, Warnings warnings) {
    return new CappedRows(
        rows,
        settings.maxRows(),
        () ->
            warnings.add(
                "Cut: the answer has more than "
                    + settings.maxRows()
                    + " rows and ends there. Raise ask.maxRows, or ask for less."));
  }

  private void requireApproved(
      ParsedStatement statement,
      List<? extends @Nullable Object> parameters,
      Session session,
      Execution execution,
      Askings askings)
      throws SQLException {
    if (settings.approval() == Approval.AUTO) {
      return;
    }
    for (ParsedStatement.Piece.Asked asked : statement.asks().toList()) {
      Translation translation = translate(asked, parameters, session, execution, askings);
      if (translation.trust() == Trust.VERIFIED) {
        // Who pinned it has looked at it.
        continue;
      }
      throw SqlErrors.approvalRequired(
          "ask.approval is required: a translation runs only after it was looked at. ASK SQL '…'"
              + " shows it, and ASK RUN "
              + translation.id()
              + " runs it.");
    }
  }

  /**
   * Plans the statement without running it, to tell its columns and parameters.
   *
   * @param parameters may be incomplete but for the questions
   * @throws SQLException also when the statement is neither a query nor a question
   */
  Plan plan(
      ParsedStatement statement, List<? extends @Nullable Object> parameters, Execution execution)
      throws SQLException {
    Askings askings = new Askings(asker);
    Plan plan =
        prepare(statement, Planning.SHARED, parameters, state.session(), execution, askings).plan();
    askings.described();
    return plan;
  }

  private Prepared prepare(
      ParsedStatement statement,
      Planning planning,
      List<? extends @Nullable Object> parameters,
      Session session,
      Execution execution,
      Askings askings)
      throws SQLException {
    if (statement instanceof Query query) {
      return prepare(query, planning, parameters, session, execution, askings);
    } else if (statement instanceof Ask ask) {
      return prepare(
          translate(ask.question(), parameters, session, execution, askings), session, execution);
    } else if (statement instanceof AskMore ask) {
      return prepare(
          follow(ask.question(), parameters, session, execution, askings), session, execution);
    } else if (statement instanceof AskRun ask) {
      Translation translation = asker.byId(ask.id());
      askings.known(translation);
      return prepare(translation, session, execution);
    }
    throw SqlErrors.syntax("Only a query or a question has a plan.", null);
  }

  private Prepared prepare(Translation translation, Session session, Execution execution)
      throws SQLException {
    return new Prepared(
        engine.prepare(translation.sql(), byTranslator(session), execution),
        new Warnings(remarks(translation)),
        List.of());
  }

  private List<String> remarks(Translation translation) {
    List<String> remarks = new ArrayList<>(AskAnswers.remarks(translation));
    asker.memory().trouble().ifPresent(remarks::add);
    return remarks;
  }

  private Prepared prepare(
      Query query,
      Planning planning,
      List<? extends @Nullable Object> parameters,
      Session session,
      Execution execution,
      Askings askings)
      throws SQLException {
    Warnings warnings = new Warnings();
    if (query.pieces().size() == 1
        && query.pieces().get(0) instanceof ParsedStatement.Piece.Sql whole) {
      return new Prepared(
          planned(query, whole.text(), planning, session, execution),
          warnings,
          Collections.unmodifiableList(parameters));
    }
    StringBuilder sql = new StringBuilder();
    List<@Nullable Object> remaining = new ArrayList<>(parameters);
    for (ParsedStatement.Piece piece : query.pieces()) {
      if (piece instanceof ParsedStatement.Piece.Sql written) {
        sql.append(written.text());
      } else if (piece instanceof ParsedStatement.Piece.Asked asked) {
        Translation translation = translate(asked, parameters, session, execution, askings);
        // Planned on its own it is held to what ASK may read, which a person's query is not.
        engine.prepare(translation.sql(), byTranslator(session), execution);
        // The line break ends a comment at the end of the translation.
        sql.append('(').append(translation.sql()).append("\n)");
        remarks(translation).forEach(warnings::add);
      }
    }
    questionIndexes(query).forEach(index -> remaining.remove(index.intValue()));
    return new Prepared(
        planned(query, sql.toString(), planning, session, execution), warnings, remaining);
  }

  private Plan planned(
      Query query, String sql, Planning planning, Session session, Execution execution)
      throws SQLException {
    try {
      return planning == Planning.ALONE
          ? engine.prepareAlone(sql, session, execution)
          : engine.prepare(sql, session, execution);
    } catch (SQLSyntaxErrorException e) {
      throw looksLikeQuery(query) || !"42601".equals(e.getSQLState())
          ? e
          : SqlErrors.syntax(
              e.getMessage() + " To ask in plain language, write ASK '<question>'.", e);
    }
  }

  private static Session byTranslator(Session session) {
    return session.readBy(Session.Reader.TRANSLATOR);
  }

  /** Whether the text begins as a query does; a bare question begins otherwise. */
  private static boolean looksLikeQuery(Query query) {
    return query.pieces().stream()
        .findFirst()
        .filter(ParsedStatement.Piece.Sql.class::isInstance)
        .map(piece -> FIRST_WORD.matcher(((ParsedStatement.Piece.Sql) piece).text()))
        .filter(Matcher::find)
        .map(word -> QUERY_WORDS.contains(word.group().toUpperCase(Locale.ROOT)))
        .orElse(false);
  }

  /** The zero-based places of the {@code ?} that stand for questions, last first. */
  private static List<Integer> questionIndexes(Query query) {
    return query
        .questions()
        .filter(Question.Placeholder.class::isInstance)
        .map(question -> ((Question.Placeholder) question).index())
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private Translation translate(
      ParsedStatement.Piece.Asked asked,
      List<? extends @Nullable Object> parameters,
      Session session,
      Execution execution,
      Askings askings)
      throws SQLException {
    return asked.isFollowUp()
        ? follow(asked.question(), parameters, session, execution, askings)
        : translate(asked.question(), parameters, session, execution, askings);
  }

  private Translation translate(
      Question question,
      List<? extends @Nullable Object> parameters,
      Session session,
      Execution execution,
      Askings askings)
      throws SQLException {
    return translate(Inquiry.of(text(question, parameters)), session, execution, askings);
  }

  private Translation follow(
      Question question,
      List<? extends @Nullable Object> parameters,
      Session session,
      Execution execution,
      Askings askings)
      throws SQLException {
    String followUp = text(question, parameters);
    Translation base = state.conversation().base(followUp, session);
    return translate(new Inquiry(followUp, base, new Costs()), session, execution, askings);
  }

  private Translation translate(
      Inquiry inquiry, Session session, Execution execution, Askings askings) throws SQLException {
    askings.asked(inquiry.text(), inquiry.costs());
    Translation translation = asker.translate(inquiry, session, execution);
    askings.translated(translation);
    return translation;
  }

  private static String text(Question question, List<? extends @Nullable Object> parameters)
      throws SQLException {
    if (question instanceof Question.Literal literal) {
      return literal.text();
    }
    int index = ((Question.Placeholder) question).index();
    Object value = parameters.get(index);
    String text = value instanceof String given ? given : "";
    if (text.isBlank()) {
      throw SqlErrors.invalidParameter(
          "Parameter "
              + (index + 1)
              + " is a question and cannot be "
              + (value == null ? "null" : value instanceof String ? "empty" : "other than a text")
              + ". Set it with setString.",
          null);
    }
    if (text.length() > Asker.MAX_QUESTION_LENGTH) {
      throw SqlErrors.invalidParameter(
          "The question in parameter "
              + (index + 1)
              + " has "
              + text.length()
              + " characters; at most "
              + Asker.MAX_QUESTION_LENGTH
              + " are taken.",
          null);
    }
    return text;
  }
}
