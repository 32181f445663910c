package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of a plan as people read it. Immutable.
 *
 * @param number its place in the plan, from 0, the root first
 * @param title what it does, in a line
 * @param query what it asks of a source, or null where it computes here
 * @param estimatedRows the planner's estimate of the rows that it gives
 */
record Operator(
    int number,
    String title,
    @Nullable SourceText query,
    double estimatedRows,
    List<Operator> inputs) {
  Operator {
    inputs = List.copyOf(inputs);
  }

  /** The elements under this one and itself, by number. */
  List<Operator> all() {
    List<Operator> all = new ArrayList<>();
    collect(all);
    return all;
  }

  /**
   * Whether both do the same kind of thing, here or at the same source, as do the elements under
   * them.
   */
  boolean worksAs(Operator other) {
    if (!kind().equals(other.kind()) || inputs.size() != other.inputs.size()) {
      return false;
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (!inputs.get(i).worksAs(other.inputs.get(i))) {
        return false;
      }
    }
    return true;
  }

  private String kind() {
    return query == null ? title.split(" ", 2)[0] : title;
  }

  private void collect(List<Operator> all) {
    all.add(this);
    inputs.forEach(input -> input.collect(all));
  }
}
