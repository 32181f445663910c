package io.sally.ask.model;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** A body that fails past a number of bytes, counted after decompression. One thread at a time. */
final class BoundedBody extends ResponseBody {
  /** A query with its explanation has some thousand bytes; thoughts are not sent. */
  static final long MOST_BYTES = 4L * 1024 * 1024;

  private final ResponseBody body;
  private final BufferedSource source;

  private BoundedBody(ResponseBody body) {
    this.body = body;
    this.source =
        Okio.buffer(
            new ForwardingSource(body.source()) {
              private long seen;

              @Override
              public long read(Buffer sink, long byteCount) throws IOException {
                long count = super.read(sink, byteCount);
                seen += Math.max(0, count);
                if (seen > MOST_BYTES) {
                  throw new AnswerTooLargeException(MOST_BYTES);
                }
                return count;
              }
            });
  }

  static Response bound(Response response) {
    ResponseBody body = response.body();
    return body == null ? response : response.newBuilder().body(new BoundedBody(body)).build();
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }
}
