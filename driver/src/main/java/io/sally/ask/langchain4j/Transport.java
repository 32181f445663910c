package io.sally.ask.langchain4j;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Carries what LangChain4j sends through the HTTP client that knows deadline and cancel. */
final class Transport implements HttpClient {
  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient http;

  private Transport(OkHttpClient http) {
    this.http = http;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    try (Response response = http.newCall(request(request)).execute()) {
      ResponseBody body = response.body();
      String text = body == null ? "" : body.string();
      if (!response.isSuccessful()) {
        throw new HttpException(response.code(), text);
      }
      return SuccessfulHttpResponse.builder()
          .statusCode(response.code())
          .headers(response.headers().toMultimap())
          .body(text)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Request request(HttpRequest request) {
    String body = request.body() == null ? "" : request.body();
    Request.Builder sent =
        new Request.Builder().url(request.url()).post(RequestBody.create(body, JSON));
    request.headers().forEach((name, values) -> values.forEach(v -> sent.addHeader(name, v)));
    return sent.build();
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("An answer is read whole");
  }

  /** Gives LangChain4j this transport; its timeouts are the HTTP client's. */
  static final class Builder implements HttpClientBuilder {
    private final OkHttpClient http;

    Builder(OkHttpClient http) {
      this.http = http;
    }

    @Override
    public Duration connectTimeout() {
      return Duration.ofMillis(http.connectTimeoutMillis());
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return Duration.ofMillis(http.readTimeoutMillis());
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      return this;
    }

    @Override
    public HttpClient build() {
      return new Transport(http);
    }
  }
}
