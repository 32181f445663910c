package io.sally.engine.source;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;

/** Admits nothing: the source gives the rows of its tables, all else is computed here. */
final class NothingPushed implements PushDown {
  @Override
  public boolean call(RexCall call) {
    return false;
  }

  @Override
  public boolean aggregate(AggregateCall call, RelNode input) {
    return false;
  }

  @Override
  public boolean sorts(RelDataType type) {
    return false;
  }

  @Override
  public boolean element(RelNode element) {
    return false;
  }
}
