package io.sally.ask;

import io.sally.ask.TranslationRequest.Answered;
import io.sally.ask.TranslationRequest.FailedAttempt;
import io.sally.ask.literals.StrayLiteral;
import io.sally.ask.literals.StrayLiterals;
import io.sally.ask.memory.AskMemory;
import io.sally.ask.memory.Ledger;
import io.sally.ask.memory.Remembered;
import io.sally.ask.normalise.Normaliser;
import io.sally.ask.prepared.PreparedValues;
import io.sally.ask.prepared.PreparedValues.Prepared;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.Session;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Has a translator translate, and the engine prove. What the proof refuses goes back to the
 * translator with the reason, a bounded number of times. Nothing that is not proven is kept or
 * given out.
 *
 * <p>Thread-safe. The same question asked by several at once is translated once.
 */
public final class ProvingAsker implements Asker {
  /** SQLState classes that say that the query is wrong, and not that something else failed. */
  private static final Set<String> FAULTS_OF_THE_QUERY = Set.of("0A", "21", "22", "25", "42", "XX");

  /** The translator says that there is no answer. */
  private static final Set<String> REFUSALS = Set.of("SA001", "SA002", "SA003");

  /** There may be an answer, and the translator cannot give it now. */
  private static final Set<String> FAILURES_OF_THE_MODEL =
      Set.of("SA004", "SA005", "SA006", "HYT00", "53400");

  private static final String TRANSLATION = "translate";
  private static final String NARRATION = "narrate";
  private static final String TRIAL = "trial";

  private static final String READS_NO_TABLE =
      "The query reads no table: what it shows comes from the translator, not from your data.";

  private final Engine engine;
  private final Translator translator;
  private final @Nullable Translator fallback;
  private final AskBounds bounds;
  private final AskMemory memory;
  private final SampleValues samples;
  private final Ledger ledger;
  private final StrayLiterals strayLiterals;
  private final PreparedValues preparedValues;
  private final Normaliser normaliser = new Normaliser();
  private final SingleFlight<TranslationKey, Translation> flights = new SingleFlight<>();

  /**
   * An asker over this engine.
   *
   * @param translator is owned from here on and closed with the asker
   * @param fallback translates when the translator fails, or null where nobody does; owned likewise
   * @param memory what is remembered, owned likewise
   * @param samples which values of rows may leave
   * @param preparedValues answers a question by the translation of another
   */
  public ProvingAsker(
      Engine engine,
      Translator translator,
      @Nullable Translator fallback,
      AskBounds bounds,
      AskMemory memory,
      SampleValues samples,
      PreparedValues preparedValues) {
    this.preparedValues = Objects.requireNonNull(preparedValues, "preparedValues");
    this.fallback = fallback;
    this.engine = Objects.requireNonNull(engine, "engine");
    this.translator = Objects.requireNonNull(translator, "translator");
    this.bounds = Objects.requireNonNull(bounds, "bounds");
    this.memory = Objects.requireNonNull(memory, "memory");
    this.strayLiterals = new StrayLiterals(engine);
    this.samples = Objects.requireNonNull(samples, "samples");
    this.ledger = new Ledger(memory, bounds.budget(), Clock.systemUTC());
  }

  @Override
  public AskMemory memory() {
    return memory;
  }

  @Override
  public Translator translator() {
    return translator;
  }

  @Override
  public Translation translate(Inquiry inquiry, Session session, Execution execution)
      throws SQLException {
    TranslationRequest request = request(inquiry, session, execution);
    Optional<Translation> known = recall(request, session, execution);
    if (known.isPresent()) {
      return known.get();
    }
    TranslationKey key = TranslationKey.of(request, translator.identity());
    return flights.run(key, execution, () -> translateOnce(inquiry, request, session, execution));
  }

  /**
   * What is remembered of the question and still right: a pinned translation that passes the proof,
   * or one of this translator over tables that have not changed since. Of each kind one of the same
   * question goes before one of a question that differs in a value.
   */
  private Optional<Translation> recall(
      TranslationRequest request, Session session, Execution execution) throws SQLException {
    List<Remembered> known = memory.of(TranslationKey.question(request), request.schemaPath());
    for (boolean pinned : List.of(true, false)) {
      for (Remembered remembered : known) {
        if (remembered.pinned() == pinned
            && mayServe(remembered, request)
            && isProven(remembered, request, session, execution)) {
          return Optional.of(given(remembered));
        }
      }
      Optional<Translation> prepared = prepare(pinned, request, session, execution);
      if (prepared.isPresent()) {
        return prepared;
      }
    }
    return Optional.empty();
  }

  /**
   * The translation of another question with the values of this one. Where two questions would give
   * two queries, none is given.
   */
  private Optional<Translation> prepare(
      boolean pinned, TranslationRequest request, Session session, Execution execution)
      throws SQLException {
    if (request.previous() != null || (!pinned && translator.trust() == Trust.OFFLINE)) {
      return Optional.empty();
    }
    Map<String, Remembered> found = new LinkedHashMap<>();
    for (Remembered known : pinned ? memory.pinned() : memory.translations()) {
      if (known.pinned() == pinned
          && known.schemaPath().equals(request.schemaPath())
          && TranslationKey.standsAlone(known.question())
          && mayServe(known, request)
          && !isOutOfReach(known, request)) {
        Optional<Prepared> prepared =
            preparedValues.of(
                known,
                request.question(),
                request.catalogs(),
                session.readBy(Session.Reader.TRANSLATOR),
                execution);
        if (prepared.isPresent()) {
          Optional<Remembered> proven = proven(known, prepared.get(), request, session, execution);
          proven.ifPresent(one -> found.putIfAbsent(one.translation().sql(), one));
        }
      }
    }
    if (found.size() != 1) {
      return Optional.empty();
    }
    Remembered only = found.values().iterator().next();
    memory.keep(only);
    return Optional.of(only.translation());
  }

  /** A prepared query that passes the proof, as the translation of this question. */
  private Optional<Remembered> proven(
      Remembered known,
      Prepared prepared,
      TranslationRequest request,
      Session session,
      Execution execution)
      throws SQLException {
    try {
      Plan plan =
          engine.prepare(prepared.sql(), session.readBy(Session.Reader.TRANSLATOR), execution);
      requireSelfContained(plan);
      requireVisible(plan, request);
      Translation like = known.translation();
      if (!plan.tables().equals(like.tables())) {
        return Optional.empty();
      }
      String question = TranslationKey.question(request);
      String fingerprint = fingerprint(request, plan.tables());
      List<String> assumptions = new ArrayList<>(like.assumptions());
      assumptions.add(prepared.remark());
      return Optional.of(
          new Remembered(
              new Translation(
                  TranslationId.of(question, fingerprint, request.schemaPath(), plan.sql()),
                  request.question(),
                  plan.sql(),
                  prepared.explanation(),
                  assumptions,
                  like.trust(),
                  like.translator(),
                  plan.tables(),
                  plan.estimatedRows(),
                  like.votes()),
              question,
              request.schemaPath(),
              known.translator(),
              known.day(),
              fingerprint,
              false));
    } catch (SQLException e) {
      execution.check();
      if (!isFaultOfTheQuery(e)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private boolean mayServe(Remembered remembered, TranslationRequest request) {
    if (remembered.pinned()) {
      return true;
    }
    LocalDate day = remembered.day();
    return remembered.translator().equals(translator.identity())
        && (day == null || day.equals(request.today()))
        && (isOutOfReach(remembered, request)
            || remembered
                .fingerprint()
                .equals(fingerprint(request, remembered.translation().tables())));
  }

  /** Where a source is not there, its tables have not changed: running the query says what is. */
  private static boolean isOutOfReach(Remembered remembered, TranslationRequest request) {
    return remembered.translation().tables().stream()
        .anyMatch(table -> request.catalogs().missing().containsKey(table.source()));
  }

  /** Costs next to nothing where the query was planned before. */
  private boolean isProven(
      Remembered remembered, TranslationRequest request, Session session, Execution execution)
      throws SQLException {
    if (isOutOfReach(remembered, request)) {
      return true;
    }
    try {
      Plan plan =
          engine.prepare(
              remembered.translation().sql(), session.readBy(Session.Reader.TRANSLATOR), execution);
      requireVisible(plan, request);
      return remembered.pinned() || plan.tables().equals(remembered.translation().tables());
    } catch (SQLException e) {
      execution.check();
      if (!isFaultOfTheQuery(e)) {
        throw e;
      }
      return false;
    }
  }

  private static Translation given(Remembered remembered) {
    return remembered.pinned()
        ? remembered.translation().withTrust(Trust.VERIFIED)
        : remembered.translation();
  }

  /** A query that reads no table means what it means because of all that is there. */
  private static String fingerprint(TranslationRequest request, SortedSet<TableName> tables) {
    return tables.isEmpty()
        ? request.catalogs().fingerprint()
        : request.catalogs().fingerprint(tables);
  }

  @Override
  public Translation byId(String id) throws SQLException {
    return given(remembered(id));
  }

  private Remembered remembered(String id) throws SQLException {
    Optional<Remembered> found = memory.byId(id.strip().toLowerCase(Locale.ROOT));
    if (found.isPresent()) {
      return found.get();
    }
    throw SqlErrors.unknownTranslation(
        "There is no translation '"
            + id
            + "'. Translations live as long as a connection with the same properties is open, or"
            + " in the file that ask.memory names; ask again with ASK SQL '<question>' and take"
            + " the id that it shows."
            + memory.trouble().map(trouble -> " " + trouble).orElse(""));
  }

  @Override
  public void pin(String id, boolean pinned, Session session, Execution execution)
      throws SQLException {
    Remembered remembered = remembered(id);
    if (pinned) {
      engine.prepare(
          remembered.translation().sql(), session.readBy(Session.Reader.TRANSLATOR), execution);
    }
    memory.pin(remembered.id(), pinned);
    Optional<String> trouble = memory.trouble();
    if (trouble.isPresent()) {
      throw SqlErrors.file(trouble.get(), null);
    }
  }

  @Override
  public Optional<String> narrate(
      NarrationRequest request, SortedSet<TableName> tables, Costs costs, Execution execution)
      throws SQLException {
    boolean mayLeave =
        !tables.isEmpty() && tables.stream().map(TableName::source).allMatch(samples::isAllowed);
    return mayLeave
        ? bounded(
            execution,
            own -> translator.narrate(request.withOutbox(ledger.outbox(costs, NARRATION)), own))
        : Optional.empty();
  }

  @Override
  public void tryOut(String question, Session session, Execution execution) throws SQLException {
    Inquiry inquiry = Inquiry.of(question);
    TranslationRequest request =
        informed(request(inquiry, session, execution), execution)
            .withOutbox(ledger.outbox(inquiry.costs(), TRIAL));
    bounded(execution, own -> prove(translator, inquiry, request, session, own));
  }

  @Override
  public OutgoingRequest preview(String question, Session session, Execution execution)
      throws SQLException {
    TranslationRequest request = request(Inquiry.of(question), session, execution);
    return translator.preview(informed(request, execution));
  }

  /** The request with what is known beside the catalog. */
  private TranslationRequest informed(TranslationRequest request, Execution execution)
      throws SQLException {
    return request
        .withExamples(Examples.of(request, memory.pinned()))
        .withSamples(
            translator.trust() == Trust.OFFLINE
                ? Samples.NONE
                : samples.of(request.catalogs(), execution));
  }

  private TranslationRequest request(Inquiry inquiry, Session session, Execution execution)
      throws SQLException {
    String question = inquiry.question();
    Translation previous = inquiry.previous();
    execution.check();
    if (question.isBlank()) {
      throw SqlErrors.invalidParameter("The question is empty. Write what you want to know.", null);
    }
    if (question.length() > MAX_QUESTION_LENGTH) {
      throw SqlErrors.invalidParameter(
          "The question has "
              + question.length()
              + " characters; at most "
              + MAX_QUESTION_LENGTH
              + " are taken.",
          null);
    }
    Catalogs visible = engine.askableCatalogs().only(sources(session));
    if (visible.tables().findAny().isEmpty() && !visible.missing().isEmpty()) {
      throw SqlErrors.cannotConnect(
          "There are no tables to ask about. " + String.join(" ", visible.missing().values()),
          null);
    }
    if (visible.tables().findAny().isEmpty()) {
      throw SqlErrors.unanswerable(
          "There are no tables to ask about: the sources "
              + session.schemaPath()
              + " hold none. Check the configured sources and the mode.");
    }
    LocalDate today = LocalDate.now(execution.clock());
    return new TranslationRequest(
        question,
        visible,
        session.schemaPath(),
        today,
        List.of(),
        List.of(),
        previous == null ? null : new Answered(previous.question(), previous.sql()),
        0,
        Outbox.UNMETERED,
        Samples.NONE);
  }

  /** The sources whose schemas the session looks into: what ASK may know of. */
  private static List<String> sources(Session session) {
    return session.schemaPath().stream().map(path -> path.split("\\.", 2)[0]).distinct().toList();
  }

  /**
   * The translation of the request, which another thread may have made since the memory was asked.
   */
  private Translation translateOnce(
      Inquiry inquiry, TranslationRequest request, Session session, Execution execution)
      throws SQLException {
    Optional<Translation> known = recall(request, session, execution);
    if (known.isPresent()) {
      return known.get();
    }
    TranslationRequest metered =
        informed(request, execution).withOutbox(ledger.outbox(inquiry.costs(), TRANSLATION));
    try {
      return translateBy(translator, inquiry, metered, session, execution);
    } catch (SQLException e) {
      if (fallback == null || !isFailureOfTheModel(e)) {
        throw e;
      }
      execution.check();
      return fallBack(fallback, e, inquiry, metered, session, execution);
    }
  }

  private static boolean isFailureOfTheModel(SQLException e) {
    String state = e.getSQLState();
    return state != null && FAILURES_OF_THE_MODEL.contains(state);
  }

  /** Remembered as the fallback's own: next time the translator is tried again. */
  private Translation fallBack(
      Translator other,
      SQLException failure,
      Inquiry inquiry,
      TranslationRequest request,
      Session session,
      Execution execution)
      throws SQLException {
    try {
      return translateBy(other, inquiry, request, session, execution)
          .withAssumption(
              "The language model failed, and the "
                  + other.name()
                  + " translator answers in its place ("
                  + failure.getMessage()
                  + ")");
    } catch (SQLException e) {
      execution.check();
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private Translation translateBy(
      Translator by,
      Inquiry inquiry,
      TranslationRequest request,
      Session session,
      Execution execution)
      throws SQLException {
    return bounded(
        execution,
        own -> {
          Translation translation = choose(by, inquiry, request, session, own);
          memory.keep(remembered(by, request, translation));
          return translation;
        });
  }

  private interface Work<T> {
    T run(Execution own) throws SQLException;
  }

  /** Does the work within the time that a question has. */
  private <T> T bounded(Execution execution, Work<T> work) throws SQLException {
    try (Execution bounded = engine.begin(limits(execution), execution.clock())) {
      Runnable forget = execution.onStop(bounded::cancel);
      try {
        return work.run(bounded);
      } catch (SQLException e) {
        execution.check();
        throw bounded.isStopped() ? tookTooLong(bounded.limits().timeout(), e) : e;
      } finally {
        forget.run();
      }
    }
  }

  private static Remembered remembered(
      Translator by, TranslationRequest request, Translation translation) {
    List<String> told = new ArrayList<>(translation.assumptions());
    told.add(translation.explanation());
    // Asking the offline translator again costs nothing.
    boolean ofToday =
        translation.trust() == Trust.OFFLINE
            || DayBound.isBound(
                translation.question(),
                request.previous() == null ? "" : request.previous().sql(),
                translation.sql(),
                told);
    return new Remembered(
        translation,
        TranslationKey.question(request),
        request.schemaPath(),
        by.identity(),
        ofToday ? request.today() : null,
        fingerprint(request, translation.tables()),
        false);
  }

  private Limits limits(Execution execution) {
    Duration whole = execution.limits().timeout();
    Duration timeout = bounds.timeout();
    boolean wholeIsShorter = !whole.isZero() && (timeout.isZero() || whole.compareTo(timeout) < 0);
    return new Limits(wholeIsShorter ? whole : timeout, 0, 0);
  }

  private static SQLException tookTooLong(Duration limit, SQLException cause) {
    return SqlErrors.timeout(
        "The question was not translated within "
            + limit.toMillis() / 1000.0
            + " s. Try again, ask for less, or raise ask.timeout.",
        cause);
  }

  /** A translation that passed the proof. */
  private record Proven(Translation translation, Plan plan) {
    Proven with(String assumption) {
      return new Proven(translation.withAssumption(assumption), plan);
    }
  }

  /** Has the candidates vote; with one there is nothing to choose. */
  private Translation choose(
      Translator by,
      Inquiry inquiry,
      TranslationRequest request,
      Session session,
      Execution execution)
      throws SQLException {
    // The offline translator gives the same for the same.
    int candidates = by.trust() == Trust.OFFLINE ? 1 : bounds.candidates();
    List<Proven> proven = new ArrayList<>();
    List<SQLException> refusals = new ArrayList<>();
    for (int i = 0; i < candidates; i++) {
      try {
        proven.add(prove(by, inquiry, request.withCandidate(i), session, execution));
      } catch (SQLException e) {
        if (isRefusal(e)) {
          refusals.add(e);
        } else if (proven.isEmpty()) {
          throw e;
        } else {
          // What has come so far decides.
          break;
        }
      }
    }
    Map<String, List<Proven>> alike = new LinkedHashMap<>();
    for (Proven one : proven) {
      String meaning = proven.size() == 1 ? "" : meaning(one.plan(), session, execution);
      alike.computeIfAbsent(meaning, unused -> new ArrayList<>()).add(one);
    }
    List<Proven> chosen =
        alike.values().stream().reduce(List.of(), (a, b) -> b.size() > a.size() ? b : a);
    if (chosen.size() < refusals.size()) {
      throw refusals.get(0);
    }
    return chosen
        .get(0)
        .translation()
        .withVotes(new Votes(chosen.size(), proven.size() + refusals.size()));
  }

  private static boolean isRefusal(SQLException e) {
    String state = e.getSQLState();
    return state != null && REFUSALS.contains(state);
  }

  /**
   * The plan of the query with its columns named by their places: what candidates call a column,
   * how they write a condition and in which order they give the rows is not what they mean.
   */
  private String meaning(Plan plan, Session session, Execution execution) throws SQLException {
    if (execution.isStopped()) {
      return plan.sql();
    }
    String columns =
        IntStream.range(0, plan.columns().size())
            .mapToObj(column -> "c" + column)
            .collect(Collectors.joining(", "));
    String named = "SELECT * FROM (" + plan.sql() + "\n) AS candidate (" + columns + ")";
    try {
      return String.join(
          "\n",
          engine.prepare(named, session.readBy(Session.Reader.TRANSLATOR), execution).explain());
    } catch (SQLException e) {
      if (!isFaultOfTheQuery(e)) {
        throw e;
      }
      // It cannot be nested; its own text is all there is to compare.
      return plan.sql();
    }
  }

  private Proven prove(
      Translator by,
      Inquiry inquiry,
      TranslationRequest request,
      Session session,
      Execution execution)
      throws SQLException {
    List<FailedAttempt> failures = new ArrayList<>();
    SQLException last = null;
    // The offline translator gives the same for the same: trying again would only cost time.
    int most = by.trust() == Trust.OFFLINE ? 1 : bounds.attempts();
    while (failures.size() < most) {
      inquiry.costs().attempted();
      Outcome.Translated translated = ask(by, request.withFailures(failures), execution);
      try {
        Proven proven = proven(by, inquiry, request, translated, session, execution);
        return mended(by, inquiry, request, failures, translated, proven, session, execution);
      } catch (SQLException e) {
        execution.check();
        if (!isFaultOfTheQuery(e)) {
          throw e;
        }
        failures.add(new FailedAttempt(translated.sql(), String.valueOf(e.getMessage())));
        last = e;
      }
    }
    throw unproven(request.question(), failures, last);
  }

  private Proven proven(
      Translator by,
      Inquiry inquiry,
      TranslationRequest request,
      Outcome.Translated translated,
      Session session,
      Execution execution)
      throws SQLException {
    Session reading = session.readBy(Session.Reader.TRANSLATOR);
    Plan plan = engine.prepare(readAsMeant(by, translated.sql(), request), reading, execution);
    requireSelfContained(plan);
    requireVisible(plan, request);
    return new Proven(translation(by, inquiry, request, translated, plan), plan);
  }

  /**
   * What is proven may still find nothing, since it looks for a value that is not there. That is
   * worth one more attempt, with the values that are, where they may leave.
   */
  private Proven mended(
      Translator by,
      Inquiry inquiry,
      TranslationRequest request,
      List<FailedAttempt> failures,
      Outcome.Translated translated,
      Proven proven,
      Session session,
      Execution execution)
      throws SQLException {
    List<StrayLiteral> strays = strays(proven.plan(), request, session, execution);
    if (strays.isEmpty()) {
      return proven;
    }
    Proven remarked = proven.with(StrayLiteral.remark(strays));
    if (request.candidate() > 0 || failures.size() + 1 >= bounds.attempts()) {
      return remarked;
    }
    List<FailedAttempt> all = new ArrayList<>(failures);
    all.add(new FailedAttempt(translated.sql(), StrayLiteral.reason(strays)));
    inquiry.costs().attempted();
    try {
      Outcome.Translated other = ask(by, request.withFailures(all), execution);
      Proven better = proven(by, inquiry, request, other, session, execution);
      List<StrayLiteral> left = strays(better.plan(), request, session, execution);
      return left.isEmpty() ? better : better.with(StrayLiteral.remark(left));
    } catch (SQLException e) {
      execution.check();
      // What was proven stands.
      return remarked;
    }
  }

  private List<StrayLiteral> strays(
      Plan plan, TranslationRequest request, Session session, Execution execution)
      throws SQLException {
    return strayLiterals.of(
        plan,
        request.catalogs(),
        request.schemaPath(),
        request.samples(),
        session.readBy(Session.Reader.TRANSLATOR),
        execution);
  }

  /** The offline translator writes Calcite's SQL; a model, what it has read most of. */
  private String readAsMeant(Translator by, String sql, TranslationRequest request)
      throws SQLException {
    return by.trust() == Trust.OFFLINE
        ? sql
        : normaliser.normalise(sql, request.catalogs(), request.schemaPath());
  }

  private static Outcome.Translated ask(
      Translator by, TranslationRequest request, Execution execution) throws SQLException {
    boolean joined = by.trust() == Trust.OFFLINE && request.previous() != null;
    TranslationRequest asked = joined ? request.withQuestion(joined(request)) : request;
    Outcome outcome = by.translate(asked, execution);
    if (outcome instanceof Outcome.Unanswerable none) {
      throw SqlErrors.unanswerable(
          "The data cannot answer this. " + sentences(none.reason(), none.suggestions()));
    } else if (outcome instanceof Outcome.NotUnderstood none) {
      throw SqlErrors.notUnderstood(
          (joined
                  ? "The offline translator takes a follow-up and what it builds on as one question,"
                      + " '"
                      + asked.question()
                      + "', and did not understand it. Write the whole as one question. "
                  : "The question was not understood. ")
              + sentences(none.reason(), none.suggestions()));
    }
    Outcome.Translated translated = (Outcome.Translated) outcome;
    if (!joined) {
      return translated;
    }
    List<String> assumptions = new ArrayList<>(translated.assumptions());
    assumptions.add(0, "Both are taken as one question: “" + asked.question() + "”.");
    return new Outcome.Translated(translated.sql(), translated.explanation(), assumptions);
  }

  private static String joined(TranslationRequest request) {
    Answered previous = Objects.requireNonNull(request.previous(), "previous");
    return previous.question().replace(Inquiry.AND_THEN, ", ").replaceAll("[?.!\\s]+$", "")
        + ", "
        + request.question();
  }

  private static String sentences(String reason, List<String> suggestions) {
    String stripped = reason.strip();
    String sentence = stripped.matches("(?s).*[.!?…]") ? stripped : stripped + ".";
    List<String> quoted = suggestions.stream().map(s -> "“" + s.strip() + "”").toList();
    int last = quoted.size() - 1;
    return switch (quoted.size()) {
      case 0 -> sentence;
      case 1 -> sentence + " Ask for example " + quoted.get(0) + ".";
      default ->
          sentence
              + " Ask for example "
              + String.join(", ", quoted.subList(0, last))
              + " or "
              + quoted.get(last)
              + ".";
    };
  }

  private static void requireSelfContained(Plan plan) throws SQLException {
    if (!plan.parameters().isEmpty()) {
      throw SqlErrors.invalid(
          "The query holds the parameter ?, which nobody will set. Write the value itself.", null);
    }
  }

  private static void requireVisible(Plan plan, TranslationRequest request) throws SQLException {
    for (TableName table : plan.tables()) {
      if (request.catalogs().table(table).isEmpty()) {
        throw SqlErrors.undefinedTable(
            "The table " + table + " is not in the catalog that the question is about.", null);
      }
    }
  }

  private static Translation translation(
      Translator by,
      Inquiry inquiry,
      TranslationRequest request,
      Outcome.Translated translated,
      Plan plan) {
    List<String> assumptions = new ArrayList<>(translated.assumptions());
    if (plan.tables().isEmpty()) {
      assumptions.add(READS_NO_TABLE);
    }
    return new Translation(
        TranslationId.of(
            TranslationKey.question(request),
            fingerprint(request, plan.tables()),
            request.schemaPath(),
            plan.sql()),
        inquiry.text(),
        plan.sql(),
        translated.explanation(),
        assumptions,
        by.trust(),
        by.name(),
        plan.tables(),
        plan.estimatedRows(),
        Votes.ONE);
  }

  private static boolean isFaultOfTheQuery(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && state.length() == 5
        && FAULTS_OF_THE_QUERY.contains(state.substring(0, 2));
  }

  private static SQLException unproven(
      String question, List<FailedAttempt> failures, @Nullable SQLException last) {
    FailedAttempt shown = failures.get(failures.size() - 1);
    String message =
        "No query that can be proven came of the question '"
            + question.strip()
            + "', in "
            + (failures.size() == 1 ? "one attempt" : failures.size() + " attempts")
            + ". The last was: "
            + shown.sql().strip()
            + " and was refused: "
            + shown.error()
            + " Ask in other words, or name the tables and columns that you mean.";
    return last != null && SqlErrors.isNotPermitted(last)
        ? SqlErrors.notPermitted(message, last)
        : SqlErrors.unproven(message, last);
  }

  @Override
  public void close() {
    try (memory;
        translator) {
      if (fallback != null) {
        fallback.close();
      }
    }
  }
}
