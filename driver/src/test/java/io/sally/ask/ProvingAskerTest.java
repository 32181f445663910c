package io.sally.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sally.ask.context.PromptWriter;
import io.sally.ask.gemini.Gemini;
import io.sally.ask.gemini.GeminiProtocolServer;
import io.sally.ask.gemini.GeminiProtocolServer.Received;
import io.sally.ask.memory.Budget;
import io.sally.ask.memory.ProcessMemory;
import io.sally.ask.model.ModelSettings;
import io.sally.ask.model.ModelTranslator;
import io.sally.ask.prepared.PreparedValues;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Session;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import io.sally.engine.source.MemorySource;
import io.sally.engine.source.MemoryTable;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions, through the real SDK and a local server, to plans of the real engine. */
@Timeout(180)
class ProvingAskerTest {
  private static final Session DEMO = new Session(List.of("demo"));
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneId.of("UTC"));
  private static final String COUNT = "SELECT COUNT(*) AS \"sites\" FROM \"demo\".\"sites\" s";

  private final Engine engine =
      Engine.over(
          List.of(
              new MemorySource("demo", List.of(table("demo", "sites"), table("demo", "orders"))),
              new MemorySource("secret", List.of(table("secret", "salaries")))));
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private GeminiProtocolServer server;
  private ProvingAsker asker;

  @BeforeEach
  void start() throws Exception {
    server = GeminiProtocolServer.start();
    asker = asker(Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() throws Exception {
    asker.close();
    server.close();
    engine.close();
    threads.shutdownNow();
  }

  @Test
  void givesAProvenTranslation() throws SQLException {
    server.then(GeminiProtocolServer.sql(COUNT + ";", "Counts the sites.", "All of them."));
    Translation translation = translate("How many sites?");
    assertThat(translation)
        .isEqualTo(
            new Translation(
                translation.id(),
                "How many sites?",
                plan(COUNT),
                "Counts the sites.",
                List.of("All of them."),
                Trust.GENERATED,
                "gemini",
                new TreeSet<>(List.of(new TableName("demo", null, "sites"))),
                1.0,
                Votes.ONE));
    assertThat(translation.id()).matches("q[0-9a-hjkmnp-tv-z]{10}");
    assertThat(asker.byId(translation.id())).isEqualTo(translation);
    assertThat(asker.byId(" " + translation.id().toUpperCase(Locale.ROOT))).isEqualTo(translation);
  }

  @Test
  void asksOnceForTheSameQuestion() throws SQLException {
    server.then(GeminiProtocolServer.sql(COUNT));
    Translation first = translate("How many sites?");
    assertThat(translate("  how MANY\n\u00A0sites? ")).isEqualTo(first);
    assertThat(server.requests()).hasSize(1);
    translate("How many sites are there?");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void asksAgainInAnotherSession() throws SQLException {
    server.then(GeminiProtocolServer.sql(COUNT));
    String id = translate("How many sites?").id();
    try (Execution execution = engine.begin(Limits.NONE, NOW)) {
      Session both = new Session(List.of("demo", "secret"));
      assertThat(asker.translate("How many sites?", both, execution).id()).isNotEqualTo(id);
    }
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aTranslationWithoutDatesOutlivesTheDay() throws SQLException {
    server.then(GeminiProtocolServer.sql(COUNT));
    Translation today = translate("How many sites?");
    assertThat(tomorrow("How many sites?")).isEqualTo(today);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aTranslationWithADateOfItsDayIsMadeAnewTheNextDay() throws SQLException {
    String since = COUNT + " WHERE s.\"opened\" >= DATE '2026-11-%s'";
    server.then(
        GeminiProtocolServer.sql(since.formatted("22")),
        GeminiProtocolServer.sql(since.formatted("23")));
    Translation today = translate("How many sites opened today?");
    assertThat(tomorrow("How many sites opened today?").sql()).contains("2026-11-23");
    assertThat(translate("How many sites opened today?")).isEqualTo(today);
    assertThat(server.requests()).hasSize(2);
  }

  private Translation tomorrow(String question) throws SQLException {
    try (Execution execution = engine.begin(Limits.NONE, Clock.offset(NOW, Duration.ofDays(1)))) {
      return asker.translate(question, DEMO, execution);
    }
  }

  @Test
  void aPinnedTranslationIsVerifiedAndTheOnlyOneUntilItIsUnpinned() throws SQLException {
    server.then(
        GeminiProtocolServer.sql(COUNT),
        GeminiProtocolServer.sql("SELECT COUNT(*) FROM \"demo\".\"orders\""));
    Translation first = translate("How many sites?");
    Translation second = translate("How many orders?");
    pin(first.id(), true);
    assertThat(translate("how many sites?"))
        .isEqualTo(first.withTrust(Trust.VERIFIED))
        .isEqualTo(asker.byId(first.id()));
    assertThat(translate("How many orders?")).isEqualTo(second);
    pin(first.id(), false);
    assertThat(translate("How many sites?")).isEqualTo(first);
    assertThat(server.requests()).hasSize(2);
    assertThat(state(() -> translateAndPin("qnosuch"))).isEqualTo("SA007");
  }

  private Translation translateAndPin(String id) throws SQLException {
    pin(id, true);
    return asker.byId(id);
  }

  private void pin(String id, boolean pinned) throws SQLException {
    try (Execution execution = engine.begin(Limits.NONE, NOW)) {
      asker.pin(id, pinned, DEMO, execution);
    }
  }

  @Test
  void pinnedTranslationsAreExamplesForNewQuestions() throws SQLException {
    server.then(GeminiProtocolServer.sql(COUNT));
    Translation first = translate("How many sites are <open>?");
    translate("How many sites are closed?");
    assertThat(server.requests().get(1).body()).doesNotContain("<examples>");
    pin(first.id(), true);
    translate("How many sites are new?");
    assertThat(server.requests().get(2).lastTurn())
        .contains("<examples>\n\"How many sites are \\u003copen>?\" -> \"SELECT COUNT(*)");
  }

  @Test
  void forgetsWhatWasNotUsedForLongest() throws SQLException {
    server.then(GeminiProtocolServer.sql(COUNT));
    try (ProvingAsker small =
            new ProvingAsker(
                engine,
                gemini(),
                null,
                new AskBounds(Duration.ZERO, 1, 1, Budget.NONE),
                new ProcessMemory(2),
                SampleValues.NONE,
                new PreparedValues(engine, List.of()));
        Execution execution = engine.begin(Limits.NONE, NOW)) {
      Translation a = small.translate("a?", DEMO, execution);
      Translation b = small.translate("b?", DEMO, execution);
      small.translate("a?", DEMO, execution);
      small.translate("c?", DEMO, execution);
      assertThat(small.byId(a.id())).isEqualTo(a);
      assertThat(state(() -> small.byId(b.id()))).isEqualTo("SA007");
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void sendsTheReasonBackAndTakesTheCorrectedQuery() throws SQLException {
    server.then(
        GeminiProtocolServer.sql("SELECT s.\"opend\" FROM \"demo\".\"sites\" s"),
        GeminiProtocolServer.sql(COUNT));
    assertThat(translate("How many sites?").sql()).isEqualTo(plan(COUNT));
    List<Received> requests = server.requests();
    assertThat(requests).hasSize(2);
    assertThat(requests.get(1).json().path("contents").path(1).toString()).contains("opend");
    assertThat(requests.get(1).lastTurn())
        .contains(
            "Column 'opend' not found in table 's'", "line 1, column 10", "Did you mean opened?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT s.\"nmae\" FROM \"demo\".\"sites\" s",
        "SELECT * FROM \"demo\".\"nowhere\"",
        "DELETE FROM \"demo\".\"sites\"",
        "SELECT 1; SELECT 2",
        "SELECT COUNT(*) FROM \"demo\".\"sites\"; DELETE FROM \"demo\".\"sites\"",
        "SELECT FROM WHERE",
        "SELECT s.\"id\" FROM \"demo\".\"sites\" s WHERE s.\"id\" = ?",
        "SELECT * FROM \"secret\".\"salaries\"",
      })
  void givesUpAfterTheBoundedNumberOfAttempts(String sql) {
    server.then(GeminiProtocolServer.sql(sql));
    SQLException failure = failure("How many sites?");
    assertThat(failure.getSQLState()).isEqualTo("SA003");
    assertThat(failure.getMessage())
        .startsWith(
            "No query that can be proven came of the question 'How many sites?', in 3 attempts. The"
                + " last was: "
                + sql
                + " and was refused: ");
    assertThat(failure.getCause()).isInstanceOf(SQLException.class);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void keepsNoFailure() throws SQLException {
    server.then(
        GeminiProtocolServer.unanswerable("There are no prices.", "How many sites?", "Which?"),
        GeminiProtocolServer.sql(COUNT));
    SQLException failure = failure("How many sites?");
    assertThat(failure.getSQLState()).isEqualTo("SA001");
    assertThat(failure.getMessage())
        .isEqualTo(
            "The data cannot answer this. There are no prices. Ask for example “How many"
                + " sites?” or “Which?”.");
    assertThat(translate("How many sites?").sql()).isEqualTo(plan(COUNT));
  }

  @Test
  void saysSoWhenAQueryReadsNoTable() throws SQLException {
    server.then(GeminiProtocolServer.sql("SELECT 42 AS \"sites\"", "Counts.", "All."));
    assertThat(translate("How many sites?").assumptions())
        .containsExactly(
            "All.",
            "The query reads no table: what it shows comes from the translator, not from your"
                + " data.");
  }

  @Test
  void knowsOnlyTheSourcesOfTheSession() throws SQLException {
    server.then(GeminiProtocolServer.sql(COUNT));
    translate("How many sites?");
    assertThat(server.requests().get(0).body()).contains("orders").doesNotContain("salaries");
    SQLException failure =
        catchThrowableOfType(
            SQLException.class,
            () -> {
              try (Execution execution = engine.begin(Limits.NONE, NOW)) {
                asker.translate("How many sites?", new Session(List.of("none")), execution);
              }
            });
    assertThat(failure.getSQLState()).isEqualTo("SA001");
  }

  @Test
  void refusesEmptyAndEndlessQuestions() {
    assertThat(failure(" ").getSQLState()).isEqualTo("22023");
    assertThat(failure("a".repeat(Asker.MAX_QUESTION_LENGTH + 1)).getSQLState()).isEqualTo("22023");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void previewsWithoutSending() throws SQLException {
    OutgoingRequest preview;
    try (Execution execution = engine.begin(Limits.NONE, NOW)) {
      preview = asker.preview("How many sites?", DEMO, execution);
    }
    assertThat(server.requests()).isEmpty();
    server.then(GeminiProtocolServer.sql(COUNT));
    translate("How many sites?");
    assertThat(server.requests().get(0).body()).isEqualTo(preview.body());
  }

  @Test
  void translatesOnceForAllWhoAskAtTheSameTime() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    server.then(
        (exchange, end) -> {
          go.await();
          GeminiProtocolServer.sql(COUNT).send(exchange, end);
        });
    List<Future<Translation>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(threads.submit(() -> translate("How many sites?")));
    }
    server.awaitRequests(1);
    go.countDown();
    Translation first = answers.get(0).get();
    for (Future<Translation> answer : answers) {
      assertThat(answer.get()).isEqualTo(first);
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aWaitingCallerIsCancelledAlone() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    server.then(
        (exchange, end) -> {
          go.await();
          GeminiProtocolServer.sql(COUNT).send(exchange, end);
        });
    Future<Translation> leader = threads.submit(() -> translate("How many sites?"));
    server.awaitRequests(1);
    try (Execution second = engine.begin(Limits.NONE, NOW)) {
      Future<String> state =
          threads.submit(() -> state(() -> asker.translate("How many sites?", DEMO, second)));
      second.cancel();
      assertThat(state.get()).isEqualTo("57014");
    }
    go.countDown();
    assertThat(leader.get().sql()).isEqualTo(plan(COUNT));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aWaitingCallerTakesOverWhenTheOneWhoAsksIsCancelled() throws Exception {
    server.then(GeminiProtocolServer.hang(), GeminiProtocolServer.sql(COUNT));
    try (Execution first = engine.begin(Limits.NONE, NOW)) {
      Future<String> state =
          threads.submit(() -> state(() -> asker.translate("How many sites?", DEMO, first)));
      server.awaitRequests(1);
      Future<Translation> second = threads.submit(() -> translate("How many sites?"));
      first.cancel();
      assertThat(state.get()).isEqualTo("57014");
      assertThat(second.get().sql()).isEqualTo(plan(COUNT));
    }
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void endsWithItsOwnTimeoutAndWithThatOfTheStatement() {
    server.then(GeminiProtocolServer.hang());
    try (ProvingAsker quick = asker(Duration.ofMillis(300));
        Execution execution = engine.begin(Limits.NONE, NOW)) {
      SQLException failure =
          catchThrowableOfType(
              SQLException.class, () -> quick.translate("How many sites?", DEMO, execution));
      assertThat(failure.getSQLState()).isEqualTo("HYT00");
    }
    try (Execution execution = engine.begin(new Limits(Duration.ofMillis(300), 0, 0), NOW)) {
      SQLException failure =
          catchThrowableOfType(
              SQLException.class, () -> asker.translate("How many sites?", DEMO, execution));
      assertThat(failure.getSQLState()).isEqualTo("HYT00");
    }
  }

  @Test
  void doesNotRepairWhatAnOfflineTranslatorGives() {
    List<TranslationRequest> asked = new ArrayList<>();
    Translator offline =
        new Translator() {
          @Override
          public String name() {
            return "offline";
          }

          @Override
          public Trust trust() {
            return Trust.OFFLINE;
          }

          @Override
          public Outcome translate(TranslationRequest request, Execution execution) {
            asked.add(request);
            return request.question().contains("sites")
                ? new Outcome.Translated("SELECT x FROM sites", "", List.of())
                : new Outcome.NotUnderstood("The word 'frob' is not known", List.of("sites?"));
          }

          @Override
          public OutgoingRequest preview(TranslationRequest request) {
            return new OutgoingRequest("none", "Nothing leaves the machine.");
          }

          @Override
          public void close() {}
        };
    try (ProvingAsker over =
            new ProvingAsker(
                engine,
                offline,
                null,
                new AskBounds(Duration.ZERO, 3, 1, Budget.NONE),
                new ProcessMemory(10),
                SampleValues.NONE,
                new PreparedValues(engine, List.of()));
        Execution execution = engine.begin(Limits.NONE, NOW)) {
      assertThat(state(() -> over.translate("sites?", DEMO, execution))).isEqualTo("SA003");
      SQLException notUnderstood =
          catchThrowableOfType(SQLException.class, () -> over.translate("frob?", DEMO, execution));
      assertThat(notUnderstood.getSQLState()).isEqualTo("SA002");
      assertThat(notUnderstood.getMessage())
          .isEqualTo(
              "The question was not understood. The word 'frob' is not known. Ask for example"
                  + " “sites?”.");
    }
    assertThat(asked).hasSize(2);
  }

  /** What the instructions promise the model must be true of the engine. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT s.\"name\" FROM \"demo\".\"sites\" s WHERE s.\"opened\" >= CURRENT_DATE - INTERVAL '30' DAY",
        "SELECT s.\"name\" FROM \"demo\".\"sites\" s WHERE s.\"opened\" < CURRENT_DATE + INTERVAL '3' MONTH",
        "SELECT FLOOR(s.\"opened\" TO MONTH) AS \"month\", COUNT(*) AS \"n\" FROM \"demo\".\"sites\" s"
            + " GROUP BY FLOOR(s.\"opened\" TO MONTH) ORDER BY 2 DESC NULLS LAST",
        "SELECT FLOOR(s.\"opened\" TO WEEK), FLOOR(s.\"opened\" TO QUARTER), FLOOR(s.\"opened\" TO YEAR)"
            + " FROM \"demo\".\"sites\" s",
        "SELECT EXTRACT(YEAR FROM s.\"opened\") FROM \"demo\".\"sites\" s",
        "SELECT AVG(TIMESTAMPDIFF(DAY, s.\"opened\", CURRENT_DATE)) FROM \"demo\".\"sites\" s",
        "SELECT s.\"name\" FROM \"demo\".\"sites\" s WHERE s.\"opened\" = DATE '2026-01-31'"
            + " AND CURRENT_TIMESTAMP > TIMESTAMP '2026-01-31 08:00:00'",
        "SELECT COUNT(*) FILTER (WHERE s.\"name\" IS NULL) * 1.0 / NULLIF(COUNT(*), 0) FROM \"demo\".\"sites\" s",
        "SELECT CAST(s.\"id\" AS DECIMAL(18, 2)) / 3 FROM \"demo\".\"sites\" s",
        "SELECT s.\"name\" FROM \"demo\".\"sites\" s WHERE LOWER(s.\"name\") LIKE '%it''s%'"
            + " ORDER BY s.\"name\" FETCH FIRST 10 ROWS ONLY",
        "WITH a AS (SELECT s.\"id\" FROM \"demo\".\"sites\" s) SELECT COUNT(*) FROM a WHERE EXISTS"
            + " (SELECT 1 FROM \"demo\".\"orders\" o WHERE o.\"id\" = a.\"id\")",
        "SELECT s.\"name\", ROW_NUMBER() OVER (PARTITION BY s.\"name\" ORDER BY s.\"opened\")"
            + " FROM \"demo\".\"sites\" s",
        "SELECT CASE WHEN s.\"id\" > 1 THEN 'many' ELSE COALESCE(s.\"name\", '?') END"
            + " FROM \"demo\".\"sites\" s LEFT JOIN \"demo\".\"orders\" o ON o.\"id\" = s.\"id\""
            + " UNION ALL SELECT o.\"name\" FROM \"demo\".\"orders\" o",
      })
  void everyFormThatTheInstructionsNameIsTaken(String sql) throws SQLException {
    server.then(GeminiProtocolServer.sql(sql));
    assertThat(translate("anything?").sql()).isEqualTo(plan(sql));
    assertThat(server.requests()).hasSize(1);
  }

  private ProvingAsker asker(Duration timeout) {
    return new ProvingAsker(
        engine,
        gemini(),
        null,
        new AskBounds(timeout, 3, 1, Budget.NONE),
        new ProcessMemory(100),
        SampleValues.NONE,
        new PreparedValues(engine, List.of()));
  }

  private ModelTranslator gemini() {
    return new Gemini()
        .open(
            new ModelSettings(
                Gemini.VENDOR,
                GeminiProtocolServer.KEY,
                GeminiProtocolServer.MODEL,
                server.baseUrl(),
                Duration.ofSeconds(20)),
            new PromptWriter());
  }

  private Translation translate(String question) throws SQLException {
    try (Execution execution = engine.begin(Limits.NONE, NOW)) {
      return asker.translate(question, DEMO, execution);
    }
  }

  private SQLException failure(String question) {
    return catchThrowableOfType(SQLException.class, () -> translate(question));
  }

  private static String state(Callable<?> call) {
    SQLException failure = catchThrowableOfType(SQLException.class, call::call);
    return Objects.requireNonNull(failure.getSQLState());
  }

  /** The canonical text that the engine makes of this SQL. */
  private String plan(String sql) throws SQLException {
    try (Execution execution = engine.begin(Limits.NONE, NOW)) {
      return engine.prepare(sql, DEMO, execution).sql();
    }
  }

  private static MemoryTable table(String source, String name) {
    Table table =
        new Table(
            new TableName(source, null, name),
            Table.Kind.TABLE,
            null,
            List.of(
                new Column("id", ColumnType.integer(), false, null),
                new Column("name", ColumnType.varchar(80), true, null),
                new Column("opened", ColumnType.date(), false, null)),
            new UniqueKey("pk", List.of("id")),
            List.of(),
            List.of(),
            1L);
    return new MemoryTable(table, unread());
  }

  private static <T> Supplier<T> unread() {
    return new Supplier<>() {
      @Override
      public T get() {
        throw new AssertionError("A translation is proven without reading a row");
      }
    };
  }
}
