package io.sally.ask;

import io.sally.ask.TranslationRequest.FailedAttempt;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.Session;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

  private static final String READS_NO_TABLE =
      "The query reads no table: what it shows comes from the translator, not from your data.";

  private final Engine engine;
  private final Translator translator;
  private final Duration timeout;
  private final int attempts;
  private final TranslationMemory memory;
  private final SingleFlight<TranslationKey, Translation> flights = new SingleFlight<>();

  /**
   * An asker over this engine.
   *
   * @param translator is owned from here on and closed with the asker
   * @param timeout how long one translation may take, its proof and its repairs included; zero for
   *     no limit of its own
   * @param attempts how many queries to try before giving a question up, at least 1
   * @param kept how many translations to remember, at least 1
   */
  public ProvingAsker(
      Engine engine, Translator translator, Duration timeout, int attempts, int kept) {
    this.engine = Objects.requireNonNull(engine, "engine");
    this.translator = Objects.requireNonNull(translator, "translator");
    this.timeout = Objects.requireNonNull(timeout, "timeout");
    if (timeout.isNegative() || attempts < 1 || kept < 1) {
      throw new IllegalArgumentException(
          "timeout " + timeout + ", attempts " + attempts + ", kept " + kept);
    }
    this.attempts = attempts;
    this.memory = new TranslationMemory(kept);
  }

  @Override
  public Translation translate(String question, Session session, Execution execution)
      throws SQLException {
    TranslationRequest request = request(question, session, execution);
    TranslationKey key = TranslationKey.of(request, translator.name());
    Optional<Translation> known = memory.get(key);
    if (known.isPresent()) {
      return known.get();
    }
    return flights.run(key, execution, () -> translateOnce(key, request, session, execution));
  }

  @Override
  public Translation byId(String id) throws SQLException {
    return memory
        .get(id.strip().toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                SqlErrors.unknownTranslation(
                    "There is no translation '"
                        + id
                        + "'. Translations live as long as a connection with the same properties is"
                        + " open; ask again with ASK SQL"
                        + " '<question>' and take the id that it shows."));
  }

  @Override
  public OutgoingRequest preview(String question, Session session, Execution execution)
      throws SQLException {
    return translator.preview(request(question, session, execution));
  }

  private TranslationRequest request(String question, Session session, Execution execution)
      throws SQLException {
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
    Catalogs visible = engine.catalogs().only(sources(session));
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
    return new TranslationRequest(question, visible, session.schemaPath(), today, List.of());
  }

  /** The sources whose schemas the session looks into: what ASK may know of. */
  private static List<String> sources(Session session) {
    return session.schemaPath().stream().map(path -> path.split("\\.", 2)[0]).distinct().toList();
  }

  /**
   * The translation of the request, which another thread may have made since the memory was asked.
   */
  private Translation translateOnce(
      TranslationKey key, TranslationRequest request, Session session, Execution execution)
      throws SQLException {
    Optional<Translation> known = memory.get(key);
    if (known.isPresent()) {
      return known.get();
    }
    try (Execution bounded = engine.begin(limits(execution), execution.clock())) {
      Runnable forget = execution.onStop(bounded::cancel);
      try {
        Translation translation = prove(key, request, session, bounded);
        memory.put(key, translation);
        return translation;
      } catch (SQLException e) {
        execution.check();
        throw bounded.isStopped() ? tookTooLong(bounded.limits().timeout(), e) : e;
      } finally {
        forget.run();
      }
    }
  }

  private Limits limits(Execution execution) {
    Duration whole = execution.limits().timeout();
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

  private Translation prove(
      TranslationKey key, TranslationRequest request, Session session, Execution execution)
      throws SQLException {
    List<FailedAttempt> failures = new ArrayList<>();
    SQLException last = null;
    // The offline translator gives the same for the same: trying again would only cost time.
    int most = translator.trust() == Trust.OFFLINE ? 1 : attempts;
    while (failures.size() < most) {
      Outcome.Translated translated = ask(withFailures(request, failures), execution);
      try {
        Plan plan = engine.prepare(translated.sql(), session, execution);
        requireSelfContained(plan);
        requireVisible(plan, request);
        return translation(key, request, translated, plan);
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

  private static TranslationRequest withFailures(
      TranslationRequest request, List<FailedAttempt> failures) {
    return new TranslationRequest(
        request.question(), request.catalogs(), request.schemaPath(), request.today(), failures);
  }

  private Outcome.Translated ask(TranslationRequest request, Execution execution)
      throws SQLException {
    Outcome outcome = translator.translate(request, execution);
    if (outcome instanceof Outcome.Unanswerable none) {
      throw SqlErrors.unanswerable(
          "The data cannot answer this. " + sentences(none.reason(), none.suggestions()));
    } else if (outcome instanceof Outcome.NotUnderstood none) {
      throw SqlErrors.notUnderstood(
          "The question was not understood. " + sentences(none.reason(), none.suggestions()));
    }
    return (Outcome.Translated) outcome;
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

  private Translation translation(
      TranslationKey key, TranslationRequest request, Outcome.Translated translated, Plan plan) {
    List<String> assumptions = new ArrayList<>(translated.assumptions());
    if (plan.tables().isEmpty()) {
      assumptions.add(READS_NO_TABLE);
    }
    return new Translation(
        TranslationId.of(key, plan.sql()),
        request.question(),
        plan.sql(),
        translated.explanation(),
        assumptions,
        translator.trust(),
        translator.name(),
        plan.tables(),
        plan.estimatedRows());
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
    return SqlErrors.unproven(
        "No query that can be proven came of the question '"
            + question.strip()
            + "', in "
            + (failures.size() == 1 ? "one attempt" : failures.size() + " attempts")
            + ". The last was: "
            + shown.sql().strip()
            + " and was refused: "
            + shown.error()
            + " Ask in other words, or name the tables and columns that you mean.",
        last);
  }

  @Override
  public void close() {
    translator.close();
  }
}
