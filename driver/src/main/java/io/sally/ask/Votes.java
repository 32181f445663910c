package io.sally.ask;

/**
 * How many candidates of a question mean the same query.
 *
 * @param agreeing those whose plan is that of the chosen one, itself included
 * @param candidates those that were proven
 */
public record Votes(int agreeing, int candidates) {
  /** There was one candidate, and it says nothing. */
  public static final Votes ONE = new Votes(1, 1);

  public Votes {
    if (agreeing < 1 || candidates < agreeing) {
      throw new IllegalArgumentException(agreeing + " of " + candidates);
    }
  }

  /** Whether there was anything to choose from. */
  public boolean isChoice() {
    return candidates > 1;
  }

  /** The share of the candidates that agree. */
  public double share() {
    return (double) agreeing / candidates;
  }

  @Override
  public String toString() {
    return agreeing + " of " + candidates + " candidates";
  }
}
