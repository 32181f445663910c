package io.sally.demo;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Choices with weights. Immutable. */
final class Odds<T> {
  private final List<T> choices;
  private final double[] cumulated;

  private Odds(List<T> choices, double[] cumulated) {
    this.choices = choices;
    this.cumulated = cumulated;
  }

  /** The choices, each as likely as its weight, which may be 0 but not for all of them. */
  static <T> Odds<T> of(List<T> choices, ToDoubleFunction<? super T> weight) {
    double[] cumulated = new double[choices.size()];
    double sum = 0;
    for (int i = 0; i < cumulated.length; i++) {
      sum += weight.applyAsDouble(choices.get(i));
      cumulated[i] = sum;
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException("Nothing can be chosen from " + choices);
    }
    return new Odds<>(List.copyOf(choices), cumulated);
  }

  /** The choice at this part, from 0 to just under 1, of all weight. */
  T at(double fraction) {
    double all = cumulated[cumulated.length - 1];
    // Rounding may lift the product to the very end, where there is no choice any more.
    double weight = Math.min(fraction * all, Math.nextDown(all));
    int found = Arrays.binarySearch(cumulated, weight);
    int index = found < 0 ? -found - 1 : found;
    while (cumulated[index] <= weight) {
      index++;
    }
    return choices.get(index);
  }
}
