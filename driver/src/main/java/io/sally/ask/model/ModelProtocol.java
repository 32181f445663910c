package io.sally.ask.model;

import io.sally.ask.context.Prompt;
import okhttp3.OkHttpClient;

/** How one service is asked, by its SDK. Thread-safe. */
@FunctionalInterface
public interface ModelProtocol {
  /**
   * Asks once, without a deadline or a retry of its own.
   *
   * @param http what the SDK must send the request through: it knows deadline and cancel
   * @param usage is told what the call has cost, where the service says so
   * @return what the answer is worth
   * @throws RuntimeException when there is no answer, with the {@link java.io.IOException} among
   *     its causes when the connection failed
   */
  Answer call(OkHttpClient http, Prompt prompt, Usage usage);
}
