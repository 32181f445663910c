package io.sally.driver;

import io.sally.engine.SqlErrors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The kinds of result that a caller may ask for. Results are forward-only, read-only and live over
 * a commit; JDBC 4.3 §15.1 wants any other wish met as nearly as possible, with a warning.
 */
final class ResultOptions {
  private ResultOptions() {}

  /**
   * What is to be warned of.
   *
   * @throws SQLException when a constant is none of JDBC's
   */
  static List<String> check(int type, int concurrency, int holdability) throws SQLException {
    requireOneOf(
        "result type",
        type,
        ResultSet.TYPE_FORWARD_ONLY,
        ResultSet.TYPE_SCROLL_INSENSITIVE,
        ResultSet.TYPE_SCROLL_SENSITIVE);
    requireOneOf(
        "concurrency", concurrency, ResultSet.CONCUR_READ_ONLY, ResultSet.CONCUR_UPDATABLE);
    requireHoldability(holdability);
    List<String> warnings = new ArrayList<>();
    if (type != ResultSet.TYPE_FORWARD_ONLY) {
      warnings.add("The result will be forward-only: Sally has no scrollable ones.");
    }
    if (concurrency != ResultSet.CONCUR_READ_ONLY) {
      warnings.add("The result will be read-only: Sally never writes.");
    }
    if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT) {
      warnings.add("The result will stay open over a commit.");
    }
    return warnings;
  }

  static void requireHoldability(int holdability) throws SQLException {
    requireOneOf(
        "holdability",
        holdability,
        ResultSet.HOLD_CURSORS_OVER_COMMIT,
        ResultSet.CLOSE_CURSORS_AT_COMMIT);
  }

  private static void requireOneOf(String what, int value, int... known) throws SQLException {
    for (int candidate : known) {
      if (candidate == value) {
        return;
      }
    }
    throw SqlErrors.invalidParameter("There is no " + what + " " + value + ".", null);
  }
}
