package io.sally.engine.source;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;

/**
 * What one kind of database computes with the same meaning as Sally; everything else is computed
 * here. Deny by default: an implementation names what it admits. Immutable.
 */
public interface PushDown {
  /**
   * Whether the database computes this call with these operand types (the operands are asked too).
   */
  boolean call(RexCall call);

  /** Whether the database computes this aggregate. */
  boolean aggregate(AggregateCall call, RelNode input);

  /** Whether ORDER BY of this type gives Sally's order: by code point for texts. */
  boolean sorts(RelDataType type);

  /** Whether the database takes this kind of element at all, its expressions aside. */
  boolean element(RelNode element);
}
