package io.sally.ask.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A local server that speaks the protocol of the Gemini API: {@code POST
 * /v1beta/models/<model>:generateContent} with the key in {@code x-goog-api-key}. What it answers
 * is scripted: the answers given to {@link #then} are used in their order, one a request, and the
 * last one of them for ever. It keeps every request that it received. Thread-safe.
 */
public final class GeminiProtocolServer implements AutoCloseable {
  /** The only key that the server takes. */
  public static final String KEY = "AIzaTestKeyOfTheProtocolServer0123456789";

  /** The only model that the server has. */
  public static final String MODEL = "gemini-test-flash";

  private static final String PATH = "/v1beta/models/" + MODEL + ":generateContent";
  private static final int PATIENCE_SECONDS = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the server does with one request. */
  @FunctionalInterface
  public interface Answer {
    /**
     * Answers.
     *
     * @param end is counted down when the server closes, for those who keep a client waiting
     */
    void send(HttpExchange exchange, CountDownLatch end) throws IOException, InterruptedException;
  }

  /** A request as received. */
  public record Received(String method, String path, @Nullable String key, String body) {
    /** The body as a tree. */
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The text of the last turn. */
    public String lastTurn() {
      JsonNode contents = json().path("contents");
      return contents.path(contents.size() - 1).path("parts").path(0).path("text").asText();
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Queue<Answer> script = new ArrayDeque<>();
  private final List<Received> received = new ArrayList<>();

  private GeminiProtocolServer(HttpServer server) {
    this.server = server;
  }

  /** A server on a free port of the loopback interface. */
  public static GeminiProtocolServer start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    GeminiProtocolServer server = new GeminiProtocolServer(http);
    http.setExecutor(server.threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  /** Where the server is, to be given as the base URL. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Has the server give these answers after those that were scripted before. */
  public synchronized GeminiProtocolServer then(Answer... answers) {
    script.addAll(Arrays.asList(answers));
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
        throw new IllegalStateException(
            "Only " + received.size() + " of " + count + " requests have come");
      }
      wait(millis);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String key = exchange.getRequestHeaders().getFirst("x-goog-api-key");
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().toString();
      Optional<Answer> scripted =
          record(new Received(exchange.getRequestMethod(), path, key, body));
      Answer answer = scripted.orElseGet(() -> error(500, "INTERNAL", "Nothing is scripted."));
      if (!KEY.equals(key)) {
        answer = wrongKey();
      } else if (!path.equals(PATH) || !exchange.getRequestMethod().equals("POST")) {
        answer = error(404, "NOT_FOUND", path + " is not found for API version v1beta.");
      }
      answer.send(exchange, end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Optional<Answer> record(Received request) {
    received.add(request);
    notifyAll();
    return Optional.ofNullable(script.size() > 1 ? script.poll() : script.peek());
  }

  /** The model answers with this SQL. */
  public static Answer sql(String sql) {
    return sql(sql, "It answers the question.");
  }

  /** The model answers with this SQL, explanation and assumptions. */
  public static Answer sql(String sql, String explanation, String... assumptions) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("answerable", true);
    answer.put("sql", sql);
    answer.put("explanation", explanation);
    Arrays.asList(assumptions).forEach(answer.putArray("assumptions")::add);
    answer.put("reason", "");
    answer.putArray("suggestions");
    return text(answer.toString());
  }

  /** The model says that the data cannot answer. */
  public static Answer unanswerable(String reason, String... suggestions) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("answerable", false);
    answer.put("sql", "");
    answer.put("explanation", "");
    answer.putArray("assumptions");
    answer.put("reason", reason);
    Arrays.asList(suggestions).forEach(answer.putArray("suggestions")::add);
    return text(answer.toString());
  }

  /** The model answers with this text, whatever it is. */
  public static Answer text(String text) {
    return finish("STOP", text);
  }

  /** The model answers with this text and ends for this reason, for example {@code MAX_TOKENS}. */
  public static Answer finish(String reason, String text) {
    ObjectNode response = JSON.createObjectNode();
    ObjectNode candidate = response.putArray("candidates").addObject();
    ObjectNode content = candidate.putObject("content");
    content.put("role", "model");
    if (!text.isEmpty()) {
      content.putArray("parts").addObject().put("text", text);
    }
    candidate.put("finishReason", reason);
    candidate.put("index", 0);
    ObjectNode usage = response.putObject("usageMetadata");
    usage.put("promptTokenCount", 1200);
    usage.put("candidatesTokenCount", 80);
    usage.put("totalTokenCount", 1280);
    response.put("modelVersion", MODEL);
    return raw(200, response.toString());
  }

  /** The service blocks the prompt for this reason, for example {@code PROHIBITED_CONTENT}. */
  public static Answer blocked(String reason) {
    return raw(200, "{\"promptFeedback\": {\"blockReason\": \"" + reason + "\"}}");
  }

  /** The service answers with no candidate at all. */
  public static Answer empty() {
    return raw(200, "{}");
  }

  /** The service answers with this error. */
  public static Answer error(int http, String status, String message) {
    return raw(http, errorBody(http, status, message).toString());
  }

  /** The service refuses the key. */
  public static Answer wrongKey() {
    ObjectNode body =
        errorBody(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.");
    ObjectNode detail = ((ObjectNode) body.path("error")).putArray("details").addObject();
    detail.put("@type", "type.googleapis.com/google.rpc.ErrorInfo");
    detail.put("reason", "API_KEY_INVALID");
    detail.put("domain", "googleapis.com");
    return raw(400, body.toString());
  }

  /** The quota is used up; the body says when to try again, for example {@code 37s}. */
  public static Answer quotaWithRetryInfo(String retryDelay) {
    ObjectNode body = errorBody(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.");
    ObjectNode detail = ((ObjectNode) body.path("error")).putArray("details").addObject();
    detail.put("@type", "type.googleapis.com/google.rpc.RetryInfo");
    detail.put("retryDelay", retryDelay);
    return raw(429, body.toString());
  }

  /** The quota is used up; the header Retry-After says when to try again. */
  public static Answer quotaWithRetryAfter(String retryAfter) {
    return (exchange, end) -> {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
      error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.").send(exchange, end);
    };
  }

  /** The service answers with this status and these bytes. */
  public static Answer raw(int http, String body) {
    return (exchange, end) -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
      exchange.sendResponseHeaders(http, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** The service answers with more and more, until the client goes or this many bytes are sent. */
  public static Answer flood(long bytes) {
    return (exchange, end) -> {
      byte[] chunk = new byte[64 * 1024];
      Arrays.fill(chunk, (byte) ' ');
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('{');
      for (long sent = 0; sent < bytes; sent += chunk.length) {
        exchange.getResponseBody().write(chunk);
      }
    };
  }

  /** The service takes the request and never answers. */
  public static Answer hang() {
    return (exchange, end) -> end.await();
  }

  /** The service sends the headers and the beginning of a body, and then nothing. */
  public static Answer headersThenHang() {
    return (exchange, end) -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      end.await();
    };
  }

  /** The service breaks the connection off in the middle of a body. */
  public static Answer brokenOff() {
    return (exchange, end) -> {
      exchange.sendResponseHeaders(200, 10_000);
      exchange.getResponseBody().write("{\"candidates\": [".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      throw new IOException("The answer is broken off on purpose");
    };
  }

  private static ObjectNode errorBody(int http, String status, String message) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode error = body.putObject("error");
    error.put("code", http);
    error.put("message", message);
    error.put("status", status);
    return body;
  }

  /** Lets the waiting clients go and stops. */
  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
