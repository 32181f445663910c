package io.sally.ask;

import io.sally.engine.Execution;
import io.sally.engine.catalog.Catalogs;
import java.sql.SQLException;

/** Knows which values of rows may leave the machine. Thread-safe. */
public interface SampleValues {
  /** No value of any source may leave. */
  SampleValues NONE =
      new SampleValues() {
        @Override
        public boolean isAllowed(String source) {
          return false;
        }

        @Override
        public Samples of(Catalogs catalogs, Execution execution) {
          return Samples.NONE;
        }
      };

  /** Whether values of the rows of the source of exactly this name may leave. */
  boolean isAllowed(String source);

  /**
   * The values of these catalogs that may leave. A source that fails leaves its values out.
   *
   * @throws SQLException only when {@code execution} was stopped
   */
  Samples of(Catalogs catalogs, Execution execution) throws SQLException;
}
