package io.sally.ask.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sally.ask.Outcome;
import io.sally.ask.OutgoingRequest;
import io.sally.ask.TranslationRequest;
import io.sally.ask.Translator;
import io.sally.ask.context.PromptWriter;
import io.sally.ask.langchain4j.ChatProtocolServer.Dialect;
import io.sally.ask.langchain4j.ChatProtocolServer.Received;
import io.sally.ask.model.ModelSettings;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * OpenAI's and Anthropic's protocols through LangChain4j, against local servers that speak them.
 */
@Timeout(180)
class ChatTranslatorsTest {
  private static final String SQL = "SELECT COUNT(*) AS \"sites\" FROM \"demo\".\"sites\" s";
  private static final String SCHEMA_PROPERTIES =
      """
      {"answerable":{"type":"boolean"},"sql":{"type":"string"},"explanation":{"type":"string"},\
      "assumptions":{"type":"array","items":{"type":"string"}},"reason":{"type":"string"},\
      "suggestions":{"type":"array","items":{"type":"string"}}}""";
  private static final TranslationRequest REQUEST =
      new TranslationRequest(
          "combien de sites à «Zürich» 🚚?",
          new Catalogs(
              List.of(
                  new Catalog(
                      "demo",
                      List.of(
                          new Table(
                              new TableName("demo", null, "sites"),
                              Table.Kind.TABLE,
                              null,
                              List.of(new Column("id", ColumnType.integer(), false, null)),
                              null,
                              List.of(),
                              List.of(),
                              null))))),
          List.of("demo"),
          LocalDate.of(2026, 11, 22),
          List.of(new TranslationRequest.FailedAttempt("SELECT 1", "No: 'é'\n<b>")));

  private final Engine engine = Engine.over(List.of());

  @AfterEach
  void close() throws Exception {
    engine.close();
  }

  @ParameterizedTest
  @EnumSource
  void givesWhatTheModelAnswers(Dialect dialect) throws Exception {
    try (ChatProtocolServer server = ChatProtocolServer.start(dialect).answers(dialect.sql(SQL))) {
      assertThat(translate(dialect, server, ChatProtocolServer.KEY))
          .isEqualTo(new Outcome.Translated(SQL, "It answers the question.", List.of()));
      server.answers(dialect.unanswerable("There are no prices."));
      assertThat(translate(dialect, server, ChatProtocolServer.KEY))
          .isEqualTo(new Outcome.Unanswerable("There are no prices.", List.of()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesJsonOutOfProseAndAsksAgainForWhatWasCutOff(Dialect dialect) throws Exception {
    try (ChatProtocolServer server =
        ChatProtocolServer.start(dialect)
            .answers(dialect.cutOff(), dialect.text("Sure: {\"sql\": \"SELECT 1\"} There."))) {
      assertThat(translate(dialect, server, ChatProtocolServer.KEY))
          .isEqualTo(
              new Outcome.Translated(
                  "SELECT 1",
                  dialect.factory().vendor().label() + " gave no explanation.",
                  List.of()));
      assertThat(server.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void previewIsWhatIsSentToTheByteAndSendsNothing(Dialect dialect) throws Exception {
    try (ChatProtocolServer server = ChatProtocolServer.start(dialect).answers(dialect.sql(SQL));
        Translator translator = translator(dialect, server, ChatProtocolServer.KEY)) {
      OutgoingRequest preview = translator.preview(REQUEST);
      assertThat(server.requests()).isEmpty();
      translate(dialect, server, ChatProtocolServer.KEY);
      Received sent = server.requests().get(0);
      assertThat(preview)
          .isEqualTo(
              new OutgoingRequest(
                  "POST http://127.0.0.1:" + server.baseUrl().getPort() + sent.path(),
                  sent.body()));
      assertThat(sent.body()).doesNotContain(ChatProtocolServer.KEY);
    }
  }

  @Test
  void openAiIsAskedForTheSchemaOfTheAnswer() throws Exception {
    try (ChatProtocolServer server =
        ChatProtocolServer.start(Dialect.OPENAI).answers(Dialect.OPENAI.sql(SQL))) {
      translate(Dialect.OPENAI, server, ChatProtocolServer.KEY);
      var format = server.requests().get(0).json().path("response_format");
      assertThat(format.path("type").asText()).isEqualTo("json_schema");
      assertThat(format.path("json_schema").path("strict").asBoolean()).isTrue();
      assertThat(format.path("json_schema").path("schema").path("properties").toString())
          .isEqualTo(SCHEMA_PROPERTIES);
    }
  }

  @Test
  void anthropicHasToUseTheToolOfTheAnswersSchema() throws Exception {
    try (ChatProtocolServer server =
        ChatProtocolServer.start(Dialect.ANTHROPIC).answers(Dialect.ANTHROPIC.sql(SQL))) {
      translate(Dialect.ANTHROPIC, server, ChatProtocolServer.KEY);
      var body = server.requests().get(0).json();
      assertThat(body.path("tool_choice").path("type").asText()).isEqualTo("any");
      assertThat(body.path("tools").path(0).path("input_schema").path("properties").toString())
          .isEqualTo(SCHEMA_PROPERTIES);
    }
  }

  @ParameterizedTest
  @EnumSource
  void neverShowsAKeyThatIsRefused(Dialect dialect) throws Exception {
    String wrong = "sk-wrong-canary-0123456789";
    try (ChatProtocolServer server = ChatProtocolServer.start(dialect).answers(dialect.sql(SQL))) {
      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> translate(dialect, server, wrong));
      assertThat(failure.getSQLState()).isEqualTo("28000");
      assertThat(failure.getMessage()).contains(dialect.factory().vendor().keyVariable());
      for (Throwable shown = failure; shown != null; shown = shown.getCause()) {
        assertThat(shown.toString()).doesNotContain(wrong);
      }
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void openAisProtocolNeedsNoKey() throws Exception {
    try (ChatProtocolServer server =
        ChatProtocolServer.start(Dialect.OPENAI).answers(Dialect.OPENAI.sql(SQL))) {
      SQLException refused =
          catchThrowableOfType(SQLException.class, () -> translate(Dialect.OPENAI, server, ""));
      assertThat(refused.getSQLState()).isEqualTo("28000");
      assertThat(server.requests().get(0).key()).isIn(null, "Bearer ", "Bearer null");
    }
  }

  private Outcome translate(Dialect dialect, ChatProtocolServer server, String key)
      throws SQLException {
    try (Translator translator = translator(dialect, server, key);
        Execution execution = engine.begin(Limits.NONE, Clock.systemUTC())) {
      return translator.translate(REQUEST, execution);
    }
  }

  private static Translator translator(Dialect dialect, ChatProtocolServer server, String key) {
    return dialect
        .factory()
        .open(
            new ModelSettings(
                dialect.factory().vendor(),
                key,
                "test-model",
                server.baseUrl(),
                Duration.ofSeconds(20)),
            new PromptWriter());
  }
}
