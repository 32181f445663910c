package io.sally.engine;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Tells from a failure that a source holds something else than was read, or is not there. */
final class SourceChange {
  /** Sally's own states for names that are not found. */
  private static final Set<String> MISSING = Set.of("42P01", "42703");

  /**
   * PostgreSQL: undefined table, column, object and schema; MySQL: unknown table and column. Each
   * of their manuals lists them by these states.
   */
  private static final Set<String> CHANGED =
      Set.of("42P01", "42703", "42704", "3F000", "42S02", "42S22");

  /** ORA-00942 table or view, ORA-00904 identifier, ORA-04043 object, ORA-08103 object. */
  private static final Set<Integer> CHANGED_CODES = Set.of(942, 904, 4043, 8103);

  private SourceChange() {}

  /** Whether a statement could not be planned because a name is not found. */
  static boolean namesWhatIsMissing(SQLException failure) {
    return MISSING.contains(state(failure));
  }

  /** Whether a source refused a query because it no longer holds what the plan knows. */
  static boolean isReasonOf(SQLException failure) {
    String message = Objects.requireNonNullElse(failure.getMessage(), "").toLowerCase(Locale.ROOT);
    return SqlErrors.isChanged(failure)
        || CHANGED.contains(state(failure))
        || CHANGED_CODES.contains(failure.getErrorCode())
        || (state(failure).equals("0A000") && message.contains("cached plan"))
        || message.contains("no such table")
        || message.contains("no such column");
  }

  /** Whether a source cannot be reached, or was lost. */
  static boolean isUnreachable(SQLException failure) {
    return state(failure).startsWith("08");
  }

  private static String state(SQLException failure) {
    return Objects.requireNonNullElse(failure.getSQLState(), "");
  }
}
