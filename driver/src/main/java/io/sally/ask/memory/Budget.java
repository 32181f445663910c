package io.sally.ask.memory;

import org.jspecify.annotations.Nullable;

/**
 * What a day may cost. Days are those of UTC.
 *
 * @param calls the most requests, or null for no limit
 * @param tokens the most tokens of requests and answers together, or null for no limit
 */
public record Budget(@Nullable Long calls, @Nullable Long tokens) {
  /** No limits. */
  public static final Budget NONE = new Budget(null, null);

  /** Whether a further call of that many tokens is within the budget. */
  boolean allows(long callsBefore, long tokensBefore, long tokensMore) {
    return (calls == null || callsBefore < calls)
        && (tokens == null || tokensBefore + tokensMore <= tokens);
  }
}
