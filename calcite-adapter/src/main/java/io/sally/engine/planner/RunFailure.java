package io.sally.engine.planner;

import java.sql.SQLException;

/** Carries an exception through generated code, as it is. */
final class RunFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final SQLException failure;

  RunFailure(SQLException failure) {
    super(failure);
    this.failure = failure;
  }

  SQLException failure() {
    return failure;
  }
}
