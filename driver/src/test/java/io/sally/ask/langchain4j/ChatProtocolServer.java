package io.sally.ask.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sally.ask.gemini.GeminiProtocolServer;
import io.sally.ask.gemini.GeminiProtocolServer.Answer;
import io.sally.ask.model.TranslatorFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A local server that speaks OpenAI's protocol ({@code POST /chat/completions}, the key as bearer)
 * or Anthropic's ({@code POST /messages}, the key in {@code x-api-key}). The answers given are used
 * in their order, one a request, and the last one for ever. Thread-safe.
 */
public final class ChatProtocolServer implements AutoCloseable {
  /** The only key that the server takes. */
  public static final String KEY = "sk-test-key-of-the-protocol-server-0123456789";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 20;

  /** The protocols. */
  public enum Dialect {
    OPENAI("/chat/completions", "Authorization", "Bearer "),
    ANTHROPIC("/messages", "x-api-key", "");

    private final String path;
    private final String keyHeader;
    private final String keyPrefix;

    Dialect(String path, String keyHeader, String keyPrefix) {
      this.path = path;
      this.keyHeader = keyHeader;
      this.keyPrefix = keyPrefix;
    }

    /** What opens the translators of this protocol. */
    public TranslatorFactory factory() {
      return this == OPENAI ? new OpenAi() : new Anthropic();
    }

    /** The model answers with this SQL. */
    public Answer sql(String sql) {
      return object(answer(true, sql, ""));
    }

    /** The model says that the data cannot answer. */
    public Answer unanswerable(String reason) {
      return object(answer(false, "", reason));
    }

    private static ObjectNode answer(boolean answerable, String sql, String reason) {
      ObjectNode answer = JSON.createObjectNode();
      answer.put("answerable", answerable);
      answer.put("sql", sql);
      answer.put("explanation", answerable ? "It answers the question." : "");
      answer.putArray("assumptions");
      answer.put("reason", reason);
      answer.putArray("suggestions");
      return answer;
    }

    private Answer object(ObjectNode answer) {
      return this == OPENAI
          ? text(answer.toString())
          : anthropic(
              "tool_use",
              JSON.createObjectNode()
                  .put("type", "tool_use")
                  .put("id", "toolu_1")
                  .put("name", "answer")
                  .set("input", answer));
    }

    /** The model answers with this text, whatever it is. */
    public Answer text(String text) {
      return this == OPENAI
          ? openAi("stop", text)
          : anthropic("end_turn", JSON.createObjectNode().put("type", "text").put("text", text));
    }

    /** The model's answer is cut off. */
    public Answer cutOff() {
      return this == OPENAI
          ? openAi("length", "{\"answ")
          : anthropic(
              "max_tokens", JSON.createObjectNode().put("type", "text").put("text", "{\"answ"));
    }

    private static Answer openAi(String end, String text) {
      ObjectNode response = JSON.createObjectNode();
      response.put("id", "chatcmpl-1").put("object", "chat.completion").put("model", "test");
      ObjectNode choice = response.putArray("choices").addObject().put("index", 0);
      choice.putObject("message").put("role", "assistant").put("content", text);
      choice.put("finish_reason", end);
      response
          .putObject("usage")
          .put("prompt_tokens", 1200)
          .put("completion_tokens", 80)
          .put("total_tokens", 1280);
      return GeminiProtocolServer.raw(200, response.toString());
    }

    private static Answer anthropic(String end, JsonNode block) {
      ObjectNode response = JSON.createObjectNode();
      response.put("id", "msg_1").put("type", "message").put("role", "assistant");
      response.put("model", "test").put("stop_reason", end);
      response.putArray("content").add(block);
      response.putObject("usage").put("input_tokens", 1200).put("output_tokens", 80);
      return GeminiProtocolServer.raw(200, response.toString());
    }

    /** The service answers with this error. */
    public Answer error(int http, String type, String message) {
      ObjectNode body = JSON.createObjectNode();
      ObjectNode error = body.putObject("error").put("message", message);
      error.put(this == OPENAI ? "code" : "type", type);
      return GeminiProtocolServer.raw(http, body.toString());
    }
  }

  /** A request as received. */
  public record Received(String path, @Nullable String key, String body) {
    /** The body as a tree. */
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final Dialect dialect;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Received> received = new ArrayList<>();
  private List<Answer> script = List.of();
  private int next;

  private ChatProtocolServer(Dialect dialect, HttpServer server) {
    this.dialect = dialect;
    this.server = server;
  }

  /** A server on a free port of the loopback interface. */
  public static ChatProtocolServer start(Dialect dialect) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ChatProtocolServer server = new ChatProtocolServer(dialect, http);
    http.setExecutor(server.threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  /** Where the server is, to be given as the base URL. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  /** Has the server give these answers from now on. */
  public synchronized ChatProtocolServer answers(Answer... answers) {
    script = List.of(answers);
    next = 0;
    return this;
  }

  /** The requests so far. */
  public synchronized List<Received> requests() {
    return List.copyOf(received);
  }

  /** Waits until this many requests have come. */
  public synchronized void awaitRequests(int count) throws InterruptedException {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (received.size() < count) {
      long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
      if (millis <= 0) {
        throw new IllegalStateException("Only " + received.size() + " requests have come");
      }
      wait(millis);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String key = exchange.getRequestHeaders().getFirst(dialect.keyHeader);
      String path = exchange.getRequestURI().toString();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Answer answer = record(new Received(path, key, body));
      if (!(dialect.keyPrefix + KEY).equals(key)) {
        answer = dialect.error(401, "invalid_api_key", "Incorrect API key provided: " + key);
      } else if (!path.equals("/v1" + dialect.path)) {
        answer = dialect.error(404, "not_found_error", path + " is not found.");
      }
      answer.send(exchange, end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Answer record(Received request) {
    received.add(request);
    notifyAll();
    Answer answer = script.get(Math.min(next, script.size() - 1));
    next++;
    return answer;
  }

  /** Lets the waiting clients go and stops. */
  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
