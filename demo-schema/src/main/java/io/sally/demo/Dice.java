package io.sally.demo;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Chance that is the same for the same seed everywhere. Confined to one thread.
 *
 * <p>Only the generator's 64 bits are taken from the JDK, since its derived methods (bounded
 * numbers, Gaussians) may change between versions.
 */
final class Dice {
  private final SplittableRandom bits;

  /**
   * @param purpose what the dice are for: each purpose has its own sequence, so that a change in
   *     one table leaves the others as they are
   */
  Dice(long seed, String purpose) {
    this.bits = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + purpose.hashCode());
  }

  /** A number from 0 to just under 1. */
  double fraction() {
    return (bits.nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Whether what happens with this probability happens. */
  boolean chance(double probability) {
    return fraction() < probability;
  }

  /** A number from {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    if (low > high) {
      throw new IllegalArgumentException("No number from " + low + " to " + high);
    }
    return low + (int) (fraction() * (high - low + 1));
  }

  <T> T pick(List<T> choices) {
    return choices.get(between(0, choices.size() - 1));
  }

  /** A choice, each as likely as its weight. */
  <T> T pick(Odds<T> odds) {
    return odds.at(fraction());
  }

  /** Brings the list into an order of chance. */
  <T> void shuffle(List<T> list) {
    for (int last = list.size() - 1; last > 0; last--) {
      int other = between(0, last);
      T swapped = list.get(last);
      list.set(last, list.get(other));
      list.set(other, swapped);
    }
  }
}
