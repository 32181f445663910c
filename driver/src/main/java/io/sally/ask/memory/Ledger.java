package io.sally.ask.memory;

import io.sally.ask.Costs;
import io.sally.ask.Outbox;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Books each request that leaves, and lets none leave that the day's budget does not allow.
 * Thread-safe.
 */
public final class Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  /** What text comes to, about, in the models of today; until the service says it itself. */
  private static final int BYTES_A_TOKEN = 4;

  private final AskMemory memory;
  private final Budget budget;
  private final Clock clock;

  /**
   * A ledger in this memory.
   *
   * @param clock the real time in UTC, whatever day a demo takes for today
   */
  public Ledger(AskMemory memory, Budget budget, Clock clock) {
    this.memory = memory;
    this.budget = budget;
    this.clock = clock;
  }

  /**
   * The way out for one asking.
   *
   * @param purpose what for, in a word
   */
  public Outbox outbox(Costs costs, String purpose) {
    return (destination, bytes) -> book(costs, purpose, destination, bytes);
  }

  private Outbox.Sent book(Costs costs, String purpose, String destination, long bytes)
      throws SQLException {
    LocalDate day = LocalDate.now(clock);
    long reserved = bytes / BYTES_A_TOKEN;
    Spent before = memory.reserve(day, reserved, budget);
    if (!before.admitted()) {
      throw SqlErrors.budgetSpent(refusal(before, reserved));
    }
    String id = UUID.randomUUID().toString();
    memory.sent(new Departure(id, clock.instant(), destination, purpose, bytes, 0, costs.id()));
    return (answered, tokensIn, tokensOut) -> {
      costs.used(tokensIn, tokensOut);
      try {
        memory.answered(id, answered);
        if (tokensIn + tokensOut > 0) {
          memory.spend(day, tokensIn + tokensOut - reserved);
        }
      } catch (SQLException e) {
        // The answer is there and paid for: it is worth more than its entry.
        LOG.warn("What an answer cost could not be noted: {}", e.getMessage());
      }
    };
  }

  private String refusal(Spent before, long tokens) {
    Long calls = budget.calls();
    boolean byCalls = calls != null && before.calls() >= calls;
    return (byCalls
            ? "The budget of calls is used up: "
                + before.calls()
                + " of "
                + calls
                + " of today left already (ask.maxCallsPerDay)"
            : "The budget of tokens does not suffice: of "
                + budget.tokens()
                + " a day (ask.maxTokensPerDay) "
                + before.tokens()
                + " are used, and this request takes about "
                + tokens)
        + ". Nothing was sent. Days are those of UTC; wait for the next, raise the budget, or set"
        + " llm.provider to offline. What was translated before still runs.";
  }
}
