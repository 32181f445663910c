package io.sally.ask.model;

import io.sally.ask.Outbox;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Stands where the bytes of one request leave: announces it to the outbox, which may forbid it, and
 * counts what comes back. As the last interceptor it sees each try, with all headers. One request,
 * whose parts may run on several threads.
 */
final class Wire implements Interceptor {
  private final Outbox outbox;
  private volatile @Nullable SQLException refusal;
  private volatile Outbox.@Nullable Sent sent;
  private final AtomicLong received = new AtomicLong();
  private volatile long tokensIn;
  private volatile long tokensOut;

  Wire(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    try {
      sent = outbox.leaving(request.method() + " " + request.url(), size(request));
    } catch (SQLException e) {
      refusal = e;
      throw new IOException("The request may not leave", e);
    }
    return chain.proceed(request);
  }

  private static long size(Request request) throws IOException {
    RequestBody body = request.body();
    return request.method().length()
        + request.url().toString().length()
        + request.headers().byteCount()
        + (body == null ? 0 : Math.max(0, body.contentLength()));
  }

  /** Hears of what comes back, as it is on the wire. */
  EventListener ear() {
    return new EventListener() {
      @Override
      public void responseHeadersEnd(Call call, Response response) {
        received.addAndGet(response.headers().byteCount());
      }

      @Override
      public void responseBodyEnd(Call call, long byteCount) {
        received.addAndGet(byteCount);
      }
    };
  }

  /** Takes what the service says that the request has cost, in tokens. */
  void used(long read, long written) {
    tokensIn = read;
    tokensOut = written;
  }

  /**
   * Does nothing when the request could leave.
   *
   * @throws SQLException the reason why it could not
   */
  void requireAllowed() throws SQLException {
    SQLException reason = refusal;
    if (reason != null) {
      throw reason;
    }
  }

  /** Nothing more comes. */
  void ended() {
    Outbox.Sent left = sent;
    if (left != null) {
      left.ended(received.get(), tokensIn, tokensOut);
    }
  }
}
