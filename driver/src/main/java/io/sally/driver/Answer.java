package io.sally.driver;

import io.sally.engine.ResultColumn;
import io.sally.engine.RowCursor;
import java.util.List;

/** What running a statement gives. */
sealed interface Answer {
  /** Rows, with what is to be said about them. */
  record Rows(List<ResultColumn> columns, RowCursor cursor, Warnings warnings) implements Answer {}

  /** The statement is done and has no rows. */
  record Done() implements Answer {}
}
