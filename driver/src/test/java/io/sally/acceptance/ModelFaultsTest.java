package io.sally.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sally.ask.gemini.GeminiProtocolServer;
import io.sally.ask.gemini.GeminiProtocolServer.Answer;
import io.sally.ask.langchain4j.ChatProtocolServer;
import io.sally.ask.langchain4j.ChatProtocolServer.Dialect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong between a connection and any of the models, each through the real client. */
@Timeout(180)
class ModelFaultsTest {
  private static final String QUESTION = "ASK 'How many sites are there?'";
  private static final String SQL = "SELECT COUNT(*) AS \"sites\" FROM \"demo\".\"sites\" s";
  private static final List<List<Long>> SITES = List.of(List.of(150L));
  private static final long TWENTY_MEGABYTES = 20L * 1024 * 1024;

  /** Generous, since the promise of one second is made for a machine that is not busy. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /** A model server of any protocol. */
  private interface Model extends AutoCloseable {
    void answers(Answer answer);

    Answer sql(String sql);

    Answer text(String text);

    Answer quotaUsedUp();

    int calls();

    void awaitCalls(int count) throws InterruptedException;

    URI baseUrl();

    String key();

    @Override
    void close();
  }

  /** The providers that can be configured. */
  private enum Provider {
    GEMINI,
    OPENAI,
    ANTHROPIC;

    Model start() throws Exception {
      return this == GEMINI ? gemini() : chat(Dialect.valueOf(name()));
    }
  }

  private static Model gemini() throws Exception {
    Gemini gemini = Gemini.start();
    return new Model() {
      @Override
      public void answers(Answer answer) {
        gemini.answers(answer);
      }

      @Override
      public Answer sql(String sql) {
        return GeminiProtocolServer.sql(sql);
      }

      @Override
      public Answer text(String text) {
        return GeminiProtocolServer.text(text);
      }

      @Override
      public Answer quotaUsedUp() {
        return GeminiProtocolServer.quotaWithRetryInfo("3600s");
      }

      @Override
      public int calls() {
        return gemini.calls();
      }

      @Override
      public void awaitCalls(int count) throws InterruptedException {
        gemini.server().awaitRequests(count);
      }

      @Override
      public URI baseUrl() {
        return gemini.server().baseUrl();
      }

      @Override
      public String key() {
        return GeminiProtocolServer.KEY;
      }

      @Override
      public void close() {
        gemini.close();
      }
    };
  }

  private static Model chat(Dialect dialect) throws Exception {
    ChatProtocolServer server = ChatProtocolServer.start(dialect);
    return new Model() {
      @Override
      public void answers(Answer answer) {
        server.answers(answer);
      }

      @Override
      public Answer sql(String sql) {
        return dialect.sql(sql);
      }

      @Override
      public Answer text(String text) {
        return dialect.text(text);
      }

      @Override
      public Answer quotaUsedUp() {
        return dialect == Dialect.OPENAI
            ? dialect.error(429, "insufficient_quota", "You exceeded your current quota.")
            : (exchange, end) -> {
              exchange.getResponseHeaders().set("Retry-After", "3600");
              dialect.error(429, "rate_limit_error", "Rate limited.").send(exchange, end);
            };
      }

      @Override
      public int calls() {
        return server.requests().size();
      }

      @Override
      public void awaitCalls(int count) throws InterruptedException {
        server.awaitRequests(count);
      }

      @Override
      public URI baseUrl() {
        return server.baseUrl();
      }

      @Override
      public String key() {
        return ChatProtocolServer.KEY;
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }

  private static Connection connect(Provider provider, Model model, String timeout, URI baseUrl)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("llm.provider", provider.name().toLowerCase(Locale.ROOT));
    properties.setProperty("llm.apiKey", model.key());
    properties.setProperty("llm.baseUrl", baseUrl.toString());
    properties.setProperty("llm.model", GeminiProtocolServer.MODEL);
    properties.setProperty("llm.timeout", timeout);
    properties.setProperty("ask.timeout", "10m");
    return DriverManager.getConnection(Gemini.URL, properties);
  }

  /** The answer comes, a byte at a time, and never ends. */
  private static Answer drip() {
    return (exchange, end) -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('{');
      while (!end.await(20, TimeUnit.MILLISECONDS)) {
        exchange.getResponseBody().write(' ');
        exchange.getResponseBody().flush();
      }
    };
  }

  /** An answer that does not fit comes in parts, one each 10 ms. */
  private static Answer slowly(String part) {
    byte[] bytes = part.repeat(10_000 / part.length()).getBytes(StandardCharsets.US_ASCII);
    return (exchange, end) -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write("{\"choices\":[".getBytes(StandardCharsets.US_ASCII));
      for (int sent = 0; sent < TWENTY_MEGABYTES; sent += bytes.length) {
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
        if (end.await(10, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    };
  }

  private static Answer nested() {
    return GeminiProtocolServer.raw(200, "{\"choices\":" + "[".repeat(200_000));
  }

  private static String deep() {
    return "{\"sql\":" + "{\"a\":".repeat(100_000);
  }

  static Stream<Arguments> faults() {
    return Stream.of(Provider.values())
        .flatMap(
            p ->
                Stream.of(
                    argumentSet(p + " drips", p, drip(), "HYT00"),
                    argumentSet(p + " hangs", p, GeminiProtocolServer.hang(), "HYT00"),
                    argumentSet(
                        p + " sends 20 MB",
                        p,
                        GeminiProtocolServer.flood(TWENTY_MEGABYTES),
                        "SA006"),
                    argumentSet(p + " nests deeply", p, nested(), "SA006"),
                    argumentSet(
                        p + " is a page",
                        p,
                        GeminiProtocolServer.raw(200, "<html>Welcome</html>"),
                        "SA006"),
                    argumentSet(
                        p + " is another protocol",
                        p,
                        GeminiProtocolServer.raw(200, "{\"hello\": [1, 2]}"),
                        "SA006"),
                    argumentSet(p + " breaks off", p, GeminiProtocolServer.brokenOff(), "SA004"),
                    argumentSet(p + " is busy", p, GeminiProtocolServer.raw(503, "busy"), "SA004"),
                    argumentSet(p + " redirects", p, GeminiProtocolServer.raw(302, ""), "SA004")));
  }

  @ParameterizedTest
  @MethodSource
  void faults(Provider provider, Answer fault, String sqlState) throws Exception {
    try (Model model = provider.start();
        Connection connection = connect(provider, model, "3s", model.baseUrl())) {
      model.answers(fault);
      SQLException error = failure(connection);
      assertThat(error.getSQLState()).as(error.getMessage()).isEqualTo(sqlState);
      assertThat(error.toString()).doesNotContain(model.key());
      assertStillAnswers(model, connection);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aQuotaThatIsUsedUpFailsAtOnce(Provider provider) throws Exception {
    try (Model model = provider.start();
        Connection connection = connect(provider, model, "20s", model.baseUrl())) {
      model.answers(model.quotaUsedUp());
      assertThat(failure(connection).getSQLState()).isEqualTo("SA005");
      assertThat(model.calls()).isEqualTo(1);
      assertStillAnswers(model, connection);
    }
  }

  @ParameterizedTest
  @EnumSource
  void deeplyNestedTextOfTheModelIsNoAnswer(Provider provider) throws Exception {
    try (Model model = provider.start();
        Connection connection = connect(provider, model, "20s", model.baseUrl())) {
      model.answers(model.text(deep()));
      assertThat(failure(connection).getSQLState()).isEqualTo("SA006");
      assertStillAnswers(model, connection);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNameThatNobodyKnowsIsToldWithTheAddress(Provider provider) throws Exception {
    URI nowhere = URI.create("https://no-such-host.invalid/v1");
    try (Model model = provider.start();
        Connection connection = connect(provider, model, "2s", nowhere)) {
      SQLException error = failure(connection);
      assertThat(error.getSQLState()).isEqualTo("SA004");
      assertThat(error.getMessage()).contains("no-such-host.invalid", "llm.baseUrl");
      assertThat(Results.rows(connection, "SELECT COUNT(*) FROM sites")).isEqualTo(SITES);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatSpeaksNoTlsIsToldWithTheAddress(Provider provider) throws Exception {
    Thread plain;
    try (Model model = provider.start();
        ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      plain = new Thread(() -> answerPlainly(listening));
      plain.start();
      URI tls = URI.create("https://127.0.0.1:" + listening.getLocalPort() + "/v1");
      try (Connection connection = connect(provider, model, "5s", tls)) {
        SQLException error = failure(connection);
        assertThat(error.getSQLState()).as(error.getMessage()).isEqualTo("SA004");
        assertThat(error.getMessage()).contains(tls.toString());
        assertThat(Results.rows(connection, "SELECT COUNT(*) FROM sites")).isEqualTo(SITES);
      }
    }
    plain.join();
  }

  /** Until the socket is closed, answers whatever comes as a server without TLS does. */
  private static void answerPlainly(ServerSocket listening) {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        socket
            .getOutputStream()
            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // The client went, or the test is over: the loop knows.
      }
    }
  }

  static Stream<Arguments> whatACancelEnds() {
    return Stream.of(Provider.values())
        .flatMap(
            p ->
                Stream.of(
                    argumentSet(p + " hangs", p, GeminiProtocolServer.hang()),
                    argumentSet(
                        p + " hangs in the body", p, GeminiProtocolServer.headersThenHang()),
                    argumentSet(p + " drips", p, drip()),
                    argumentSet(p + " sends 20 MB", p, slowly("\"word\",")),
                    argumentSet(p + " nests deeply", p, slowly("[")),
                    argumentSet(p + " breaks off", p, GeminiProtocolServer.brokenOff()),
                    argumentSet(p + " is busy", p, GeminiProtocolServer.raw(503, "busy")),
                    argumentSet(
                        p + " asks to wait", p, GeminiProtocolServer.quotaWithRetryAfter("300"))));
  }

  @ParameterizedTest
  @MethodSource
  void whatACancelEnds(Provider provider, Answer fault) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Model model = provider.start();
        Connection connection = connect(provider, model, "10m", model.baseUrl());
        Statement statement = connection.createStatement()) {
      model.answers(fault);
      Future<SQLException> asked =
          thread.submit(
              () ->
                  catchThrowableOfType(SQLException.class, () -> statement.executeQuery(QUESTION)));
      model.awaitCalls(1);
      statement.cancel();
      assertThat(asked)
          .succeedsWithin(SOON)
          .extracting(SQLException::getSQLState)
          .isEqualTo("57014");
      assertStillAnswers(model, connection);
    } finally {
      thread.shutdownNow();
    }
  }

  /** Nor does a server that never ends its part of the handshake of TLS hold a statement. */
  @ParameterizedTest
  @EnumSource
  void aCancelEndsTheWaitForTls(Provider provider) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Model model = provider.start();
        ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      URI tls = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/v1");
      try (Connection connection = connect(provider, model, "10m", tls);
          Statement statement = connection.createStatement()) {
        Future<SQLException> asked =
            thread.submit(
                () ->
                    catchThrowableOfType(
                        SQLException.class, () -> statement.executeQuery(QUESTION)));
        try (Socket accepted = silent.accept()) {
          assertThat(accepted.getInputStream().read()).isPositive();
          statement.cancel();
          assertThat(asked)
              .succeedsWithin(SOON)
              .extracting(SQLException::getSQLState)
              .isEqualTo("57014");
        }
        assertThat(Results.rows(connection, "SELECT COUNT(*) FROM sites")).isEqualTo(SITES);
      }
    } finally {
      thread.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void askPromptShowsWhatIsSentToTheByteAndSendsNothing(Provider provider) throws Exception {
    try (Model model = provider.start();
        Connection connection = connect(provider, model, "20s", model.baseUrl())) {
      List<?> shown = Results.rows(connection, "ASK PROMPT 'How many sites are there?'").get(0);
      assertThat(model.calls()).isZero();
      StringBuilder sent = new StringBuilder();
      model.answers(
          (exchange, end) -> {
            sent.append(exchange.getRequestURI());
            model.sql(SQL).send(exchange, end);
          });
      assertThat(Results.rows(connection, QUESTION)).isEqualTo(SITES);
      assertThat(String.valueOf(shown.get(0)))
          .isEqualTo("POST http://127.0.0.1:" + model.baseUrl().getPort() + sent);
      assertThat(String.valueOf(shown.get(1))).contains("How many sites are there?");
    }
  }

  /** Also shows that a failed translation is not kept. */
  private static void assertStillAnswers(Model model, Connection connection) throws SQLException {
    model.answers(model.sql(SQL));
    assertThat(Results.rows(connection, QUESTION)).isEqualTo(SITES);
  }

  private static SQLException failure(Connection connection) {
    return catchThrowableOfType(SQLException.class, () -> Results.rows(connection, QUESTION));
  }
}
