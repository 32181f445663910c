package io.sally.driver;

import io.sally.driver.config.Configuration;
import java.sql.SQLException;

/** Makes what the connections of a configuration share. */
@FunctionalInterface
interface BackendFactory {
  /**
   * Makes them; the caller owns and closes them.
   *
   * @throws SQLException when a source or the translator cannot be set up
   */
  Backend open(Configuration configuration) throws SQLException;
}
