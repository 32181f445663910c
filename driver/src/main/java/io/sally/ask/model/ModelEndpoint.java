package io.sally.ask.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sally.ask.Outbox;
import io.sally.ask.OutgoingRequest;
import io.sally.ask.context.Prompt;
import io.sally.ask.model.Reply.Refused;
import io.sally.engine.Execution;
import io.sally.engine.SqlErrors;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Sends prompts through a service's SDK, each once: when to try again is the caller's. Each call
 * has its own deadline, its own cancel and a bounded answer, which the shared HTTP client sees to,
 * whatever the SDK does. Thread-safe.
 */
final class ModelEndpoint implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final ModelProtocol protocol;
  private final Refusals refusals;
  private final OkHttpClient http;

  /**
   * @param secret the key, which no message may hold
   */
  ModelEndpoint(ModelProtocol protocol, String secret) {
    this.protocol = protocol;
    this.refusals = new Refusals(secret);
    this.http =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT_TIMEOUT)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            // A redirect would carry the key to another host.
            .followRedirects(false)
            .followSslRedirects(false)
            .build();
  }

  /**
   * Sends the prompt once.
   *
   * @param outbox is told of the request before it leaves
   * @param timeout how long to wait for the whole answer
   * @throws SQLException when the execution was stopped, or the request may not leave
   */
  Reply send(Prompt prompt, Outbox outbox, Duration timeout, Execution execution)
      throws SQLException {
    execution.check();
    Exchange exchange = new Exchange(execution);
    Wire wire = new Wire(outbox);
    OkHttpClient one =
        http.newBuilder()
            .callTimeout(timeout)
            .addInterceptor(exchange)
            .addNetworkInterceptor(wire)
            .eventListener(wire.ear())
            .build();
    try {
      Reply reply = new Reply.Answered(protocol.call(one, prompt, wire::used));
      execution.check();
      return reply;
    } catch (RuntimeException e) {
      execution.check();
      wire.requireAllowed();
      if (Thread.currentThread().isInterrupted()) {
        throw SqlErrors.cancelled();
      }
      Refused refused = exchange.refused;
      return refused != null ? refused : failure(e);
    } finally {
      exchange.forget();
      wire.ended();
    }
  }

  /** The request that {@link #send} would send. */
  OutgoingRequest capture(Prompt prompt) {
    Capture capture = new Capture();
    try {
      protocol.call(
          http.newBuilder().addInterceptor(capture).build(), prompt, (received, written) -> {});
    } catch (RuntimeException e) {
      // The SDK finds no answer, since nothing was sent; without a request it is another failure.
      if (capture.url.isEmpty()) {
        throw e;
      }
    }
    return new OutgoingRequest("POST " + capture.url, capture.body);
  }

  private static Reply failure(RuntimeException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof AnswerTooLargeException) {
        return new Reply.Unreadable(String.valueOf(cause.getMessage()), thrown);
      } else if (cause instanceof JsonProcessingException) {
        return new Reply.Unreadable("the response is not JSON", thrown);
      } else if (cause instanceof SocketTimeoutException) {
        // Only connecting has a timeout of its own.
        return new Reply.Unreachable(cause);
      } else if (cause instanceof InterruptedIOException) {
        return new Reply.TimedOut(cause);
      } else if (cause instanceof IOException && !(cause.getCause() instanceof IOException)) {
        return new Reply.Unreachable(cause);
      }
    }
    return new Reply.Unreadable("the response is not of the service's protocol", thrown);
  }

  /** Ends what still runs and closes the connections. */
  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  /** Watches one call: has it cancelled with the execution, and bounds and inspects its answer. */
  private final class Exchange implements Interceptor {
    private final Execution execution;
    private volatile @Nullable Refused refused;
    private volatile Runnable forget = () -> {};

    Exchange(Execution execution) {
      this.execution = execution;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
      forget = execution.onStop(chain.call()::cancel);
      Response response = BoundedBody.bound(chain.proceed(chain.request()));
      if (!response.isSuccessful()) {
        refused = refusals.read(response, Instant.now());
      }
      return response;
    }

    void forget() {
      forget.run();
    }
  }

  /** Takes the request where it would leave, and lets nothing leave. */
  private static final class Capture implements Interceptor {
    private volatile String url = "";
    private volatile String body = "";

    @Override
    public Response intercept(Chain chain) throws IOException {
      Buffer buffer = new Buffer();
      if (chain.request().body() != null) {
        chain.request().body().writeTo(buffer);
      }
      url = chain.request().url().toString();
      body = buffer.readUtf8();
      return new Response.Builder()
          .request(chain.request())
          .protocol(Protocol.HTTP_1_1)
          .code(200)
          .message("Not sent")
          .body(ResponseBody.create("{}", MediaType.get("application/json")))
          .build();
    }
  }
}
