package io.sally.engine.planner;

import java.sql.SQLException;

/** Carries out of Calcite's visitors the reason why a statement is not planned. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final SQLException reason;

  Refusal(SQLException reason) {
    super(reason);
    this.reason = reason;
  }

  SQLException reason() {
    return reason;
  }
}
