package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/**
 * What is bound when a plan's queries run: the statement's own parameters, and expressions over
 * nothing but them and the clock, which are computed here once. Confined to the planning of one
 * statement.
 */
final class RunValues {
  private final List<RexNode> values = new ArrayList<>();

  /** The mark of the value in a source's text. */
  String mark(RexNode value) {
    int place = values.indexOf(value);
    if (place < 0) {
      place = values.size();
      values.add(value);
    }
    return SourceSelect.VALUE + String.valueOf(place) + SourceSelect.VALUE;
  }

  RexNode get(int place) {
    return values.get(place);
  }
}
