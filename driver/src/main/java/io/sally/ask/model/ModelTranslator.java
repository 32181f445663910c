package io.sally.ask.model;

import io.sally.ask.NarrationRequest;
import io.sally.ask.Outbox;
import io.sally.ask.Outcome;
import io.sally.ask.OutgoingRequest;
import io.sally.ask.TranslationRequest;
import io.sally.ask.Translator;
import io.sally.ask.Trust;
import io.sally.ask.context.Prompt;
import io.sally.ask.context.PromptWriter;
import io.sally.ask.model.Reply.Answered;
import io.sally.ask.model.Reply.Refused;
import io.sally.ask.model.Reply.TimedOut;
import io.sally.ask.model.Reply.Unreachable;
import io.sally.ask.model.Reply.Unreadable;
import io.sally.engine.Execution;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Has a language model write the SQL. A translation is one request in the usual case; a busy
 * service and an answer that cannot be used are tried again a few times, as long as the deadline
 * allows it.
 *
 * <p>Thread-safe.
 */
public final class ModelTranslator implements Translator {
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int MOST_TRIES = 4;
  private static final int MOST_UNUSABLE_ANSWERS = 2;

  private final ModelSettings settings;
  private final ModelEndpoint endpoint;
  private final Backoff backoff;
  private final PromptWriter prompts;
  private volatile boolean closed;

  /**
   * A translator.
   *
   * @param protocol one call of the service
   * @param prompts writes what the model is told
   */
  public ModelTranslator(ModelSettings settings, ModelProtocol protocol, PromptWriter prompts) {
    this(settings, protocol, prompts, new Backoff(Duration.ofMillis(500)));
  }

  /**
   * A translator with a patience of its own.
   *
   * @param backoff how long to wait between tries
   */
  public ModelTranslator(
      ModelSettings settings, ModelProtocol protocol, PromptWriter prompts, Backoff backoff) {
    this.settings = settings;
    this.prompts = prompts;
    this.backoff = backoff;
    this.endpoint = new ModelEndpoint(protocol, settings.apiKey());
  }

  @Override
  public String name() {
    return settings.vendor().provider();
  }

  @Override
  public Optional<String> model() {
    return Optional.of(settings.model());
  }

  @Override
  public String identity() {
    return name() + " " + settings.model() + " at " + settings.baseUrl();
  }

  @Override
  public Trust trust() {
    return Trust.GENERATED;
  }

  /**
   * {@inheritDoc}
   *
   * @throws SQLException 28000 when the key is refused, SA004 when the service cannot be reached or
   *     stays busy, SA005 when its quota is used up for longer than the deadline, SA006 when its
   *     answer cannot be used, HYT00 when it does not answer in time, 22023 when it does not know
   *     the model, 57014 or HYT00 when the execution was stopped, 53400 when the budget does not
   *     allow the request
   */
  @Override
  public Outcome translate(TranslationRequest request, Execution execution) throws SQLException {
    Answer answer = answer(prompts.write(request), request.outbox(), execution);
    return ((Answer.Usable) answer).outcome();
  }

  /**
   * {@inheritDoc}
   *
   * @throws SQLException as {@link #translate} does
   */
  @Override
  public Optional<String> narrate(NarrationRequest request, Execution execution)
      throws SQLException {
    Answer answer = answer(prompts.write(request), request.outbox(), execution);
    return Optional.of(((Answer.Told) answer).narration());
  }

  /** The usable answer of the prompt's form. */
  private Answer answer(Prompt prompt, Outbox outbox, Execution execution) throws SQLException {
    Deadline deadline = Deadline.in(limit(execution));
    int unusable = 0;
    for (int tries = 1; ; tries++) {
      if (closed) {
        throw SqlErrors.callSequence("The connection to " + label() + " was closed.");
      }
      Reply reply = endpoint.send(prompt, outbox, callTimeout(deadline, execution), execution);
      Problem problem;
      if (reply instanceof Answered answered) {
        Answer answer = answered.answer();
        if (!(answer instanceof Answer.Unusable useless)) {
          return answer;
        }
        unusable++;
        problem = problem(useless, unusable);
      } else {
        problem = problem(reply, tries, deadline);
      }
      Duration wait = problem.retryIn().orElse(deadline.limit());
      if (problem.retryIn().isEmpty() || tries == MOST_TRIES || !deadline.allows(wait)) {
        throw problem.error();
      }
      Backoff.await(wait, execution);
    }
  }

  private String label() {
    return settings.vendor().label();
  }

  /** Where the execution's own time is up first, it ends the call, and says whose limit it was. */
  private static Duration callTimeout(Deadline deadline, Execution execution) {
    boolean ofExecution = deadline.limit().equals(execution.limits().timeout());
    return ofExecution ? deadline.remaining().plus(GRACE) : deadline.remaining();
  }

  private Duration limit(Execution execution) {
    Duration whole = execution.limits().timeout();
    return whole.isZero() || whole.compareTo(settings.timeout()) > 0 ? settings.timeout() : whole;
  }

  /**
   * Why there is no outcome.
   *
   * @param retryIn when the same request may succeed; empty when it never will
   */
  private record Problem(SQLException error, Optional<Duration> retryIn) {}

  private Problem problem(Answer.Unusable answer, int unusable) {
    SQLException error =
        SqlErrors.modelAnswer(
            label()
                + "'s answer "
                + answer.reason()
                + (answer.mayDiffer() ? ", " + unusable + " times. " : ". ")
                + "Ask in other words, or ask for less at once.",
            null);
    return new Problem(
        error,
        answer.mayDiffer() && unusable < MOST_UNUSABLE_ANSWERS
            ? Optional.of(Duration.ZERO)
            : Optional.empty());
  }

  private Problem problem(Reply reply, int tries, Deadline deadline) {
    if (reply instanceof Refused refused) {
      return problem(refused, tries);
    } else if (reply instanceof TimedOut timedOut) {
      return new Problem(
          SqlErrors.timeout(
              label()
                  + " did not answer within "
                  + deadline.limit().toMillis() / 1000.0
                  + " s. Try again, or raise llm.timeout.",
              timedOut.cause()),
          Optional.empty());
    } else if (reply instanceof Unreadable unreadable) {
      return new Problem(
          SqlErrors.modelAnswer(
              "What answers at "
                  + settings.baseUrl()
                  + " cannot be read: "
                  + unreadable.reason()
                  + ". Check llm.baseUrl and the proxies in between, or try again.",
              unreadable.cause()),
          tries < MOST_UNUSABLE_ANSWERS ? Optional.of(backoff.after(tries)) : Optional.empty());
    }
    Throwable cause = ((Unreachable) reply).cause();
    return new Problem(
        SqlErrors.modelUnavailable(
            label()
                + " cannot be reached at "
                + settings.baseUrl()
                + ": "
                + cause.getMessage()
                + ". Check the network and llm.baseUrl, or set llm.provider to offline.",
            cause),
        Optional.of(backoff.after(tries)));
  }

  private Problem problem(Refused refused, int tries) {
    String what = " (HTTP " + refused.http() + ", " + refused.message() + "). ";
    Duration wait = refused.retryAfter().orElse(backoff.after(tries));
    return switch (refused.http()) {
      case 401, 403 -> keyRefused(what);
      case 400 ->
          refused.message().contains("API_KEY_INVALID") || refused.message().contains("API key")
              ? keyRefused(what)
              : new Problem(
                  SqlErrors.modelAnswer(
                      label() + " does not take the request" + what + "Check llm.model.", null),
                  Optional.empty());
      case 404 ->
          new Problem(
              SqlErrors.invalidParameter(
                  label()
                      + " has no model "
                      + settings.model()
                      + what
                      + "Set llm.model to one that "
                      + settings.baseUrl()
                      + " has.",
                  null),
              Optional.empty());
      case 429 ->
          new Problem(
              SqlErrors.modelQuota(
                  "The quota or rate limit of the "
                      + label()
                      + " key is used up"
                      + what
                      + retry(refused),
                  null),
              // OpenAI's word for a quota that no waiting brings back.
              refused.message().contains("insufficient_quota")
                  ? Optional.empty()
                  : Optional.of(wait));
      // 529 is Anthropic's word for overloaded.
      case 408, 500, 502, 503, 504, 529 ->
          new Problem(
              SqlErrors.modelUnavailable(
                  label() + " is not available" + what + retry(refused), null),
              Optional.of(wait));
      default ->
          new Problem(
              SqlErrors.modelUnavailable(
                  label() + " refuses the request" + what + "Check llm.baseUrl.", null),
              Optional.empty());
    };
  }

  private Problem keyRefused(String what) {
    return new Problem(
        SqlErrors.unauthorized(
            label()
                + " refuses the API key"
                + what
                + "Set "
                + settings.vendor().keyVariable()
                + " or the property llm.apiKey to a valid one.",
            null),
        Optional.empty());
  }

  private static String retry(Refused refused) {
    return refused
        .retryAfter()
        .map(wait -> "Retry in " + Math.max(1, (wait.toMillis() + 999) / 1000) + " s.")
        .orElse("Retry later.");
  }

  @Override
  public OutgoingRequest preview(TranslationRequest request) {
    return endpoint.capture(prompts.write(request));
  }

  /** Ends what still runs. Closing again does nothing. */
  @Override
  public void close() {
    closed = true;
    endpoint.close();
  }
}
