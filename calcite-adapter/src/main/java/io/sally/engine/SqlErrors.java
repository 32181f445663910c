package io.sally.engine;

import java.sql.ClientInfoStatus;
import java.sql.SQLClientInfoException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes every exception that leaves the product, one method a kind, so that they sound alike and
 * each has its SQLState. Codes are those of ISO/IEC 9075-2 §24.1 and, where the standard has no
 * finer one, PostgreSQL's (Appendix A of its manual). Class {@code SA} is the product's own, in the
 * range that the standard leaves to implementations.
 */
public final class SqlErrors {
  private static final String CHANGED = "SA009";
  private static final String NOT_PERMITTED = "42501";

  private SqlErrors() {}

  /** 42601: the text is no statement that the product knows. */
  public static SQLException syntax(String message, @Nullable Throwable cause) {
    return new SQLSyntaxErrorException(message, "42601", cause);
  }

  /** 42P01: a table that is not there. */
  public static SQLException undefinedTable(String message, @Nullable Throwable cause) {
    return new SQLSyntaxErrorException(message, "42P01", cause);
  }

  /** 42703: a column that is not there. */
  public static SQLException undefinedColumn(String message, @Nullable Throwable cause) {
    return new SQLSyntaxErrorException(message, "42703", cause);
  }

  /** 42702: a name that means more than one thing. */
  public static SQLException ambiguous(String message, @Nullable Throwable cause) {
    return new SQLSyntaxErrorException(message, "42702", cause);
  }

  /** 42883: a function or operator that is not there for these types. */
  public static SQLException undefinedFunction(String message, @Nullable Throwable cause) {
    return new SQLSyntaxErrorException(message, "42883", cause);
  }

  /** 42000: the statement is well-formed and still means nothing here. */
  public static SQLException invalid(String message, @Nullable Throwable cause) {
    return new SQLSyntaxErrorException(message, "42000", cause);
  }

  /** 25006: something other than reading was asked. */
  public static SQLException readOnly(String message) {
    return new SQLNonTransientException(message, "25006");
  }

  /** 42501: the guard or a policy does not permit it. */
  public static SQLException notPermitted(String message) {
    return notPermitted(message, null);
  }

  /** 42501: the same, with what was refused before. */
  public static SQLException notPermitted(String message, @Nullable Throwable cause) {
    return new SQLNonTransientException(message, NOT_PERMITTED, cause);
  }

  /** Whether the exception is that of {@link #notPermitted}. */
  public static boolean isNotPermitted(SQLException e) {
    return NOT_PERMITTED.equals(e.getSQLState());
  }

  /** 0A000: JDBC or SQL know it, the product does not do it. */
  public static SQLException notSupported(String message) {
    return new SQLFeatureNotSupportedException(message, "0A000");
  }

  /** 57014: the user cancelled. */
  public static SQLException cancelled() {
    return new SQLException("The statement was cancelled.", "57014");
  }

  /** HYT00: the statement's time was up. */
  public static SQLException timeout(Duration limit) {
    return new SQLTimeoutException(
        "The statement did not end within its limit of "
            + describe(limit)
            + ". Raise the limit (Statement.setQueryTimeout) or ask for less.",
        "HYT00");
  }

  /** HYT00: the work on something other than the statement as a whole took too long. */
  public static SQLException timeout(String message, @Nullable Throwable cause) {
    return new SQLTimeoutException(message, "HYT00", cause);
  }

  /** Class 22: a value does not fit, with the exact state. */
  public static SQLException data(String message, String sqlState, @Nullable Throwable cause) {
    return new SQLDataException(message, sqlState, cause);
  }

  /**
   * Class 07: a parameter, a column or a way of executing that does not fit the statement, with the
   * exact state.
   */
  public static SQLException dynamicSql(String message, String sqlState) {
    return new SQLNonTransientException(message, sqlState);
  }

  /** 24000: the result is not on a row. */
  public static SQLException cursorState(String message) {
    return new SQLNonTransientException(message, "24000");
  }

  /** 22023: a parameter or property has a value that is not allowed. */
  public static SQLException invalidParameter(String message, @Nullable Throwable cause) {
    return new SQLDataException(message, "22023", cause);
  }

  /** 08003: the connection is closed. */
  public static SQLException connectionClosed() {
    return new SQLNonTransientConnectionException("The connection is closed.", "08003");
  }

  /** 08003: a server knows no such connection, or no more. */
  public static SQLException connectionExpired() {
    return new SQLNonTransientConnectionException(
        "There is no such connection: it was closed, or no request touched it for too long."
            + " Connect anew.",
        "08003");
  }

  /** 08003: the same, from where JDBC wants to know of each property why it was not set. */
  public static SQLClientInfoException clientInfoOnClosed(Map<String, ClientInfoStatus> failed) {
    return new SQLClientInfoException("The connection is closed.", "08003", failed);
  }

  /** 08001: a connection cannot be made. */
  public static SQLException cannotConnect(String message, @Nullable Throwable cause) {
    return new SQLNonTransientConnectionException(message, "08001", cause);
  }

  /** 08006: a connection that worked is gone. */
  public static SQLException connectionLost(String message, @Nullable Throwable cause) {
    return new SQLNonTransientConnectionException(message, "08006", cause);
  }

  /**
   * What a source says, in its own SQLState and with its own code.
   *
   * @param sqlState the source's state, or null where its driver gives none: HY000, a general error
   */
  public static SQLException source(
      String message, @Nullable String sqlState, int vendorCode, @Nullable Throwable cause) {
    String state = sqlState == null || sqlState.length() != 5 ? "HY000" : sqlState;
    return new SQLException(message, state, vendorCode, cause);
  }

  /** HY010: a closed statement or result, or a call out of order. */
  public static SQLException callSequence(String message) {
    return new SQLNonTransientException(message, "HY010");
  }

  /** SA009: what the statement reads has changed since it was prepared. */
  public static SQLException changed(@Nullable Throwable cause) {
    return new SQLTransientException(
        "The tables of the statement have changed since it was prepared, and its columns with them."
            + " Prepare it again.",
        CHANGED,
        cause);
  }

  /** Whether the exception is that of {@link #changed}. */
  public static boolean isChanged(SQLException e) {
    return CHANGED.equals(e.getSQLState());
  }

  /** 08P01: what came is no request of the server's protocol. */
  public static SQLException protocol(String message, @Nullable Throwable cause) {
    return new SQLNonTransientConnectionException(message, "08P01", cause);
  }

  /** 28000: credentials were refused. */
  public static SQLException unauthorized(String message, @Nullable Throwable cause) {
    return new SQLNonTransientException(message, "28000", cause);
  }

  /** 53200: the statement needs more memory than the process has left. */
  public static SQLException outOfMemory(Throwable cause) {
    return new SQLException(
        "The statement needs more memory than this process has. Ask for less, or give the JVM more"
            + " (-Xmx).",
        "53200",
        cause);
  }

  /**
   * 53200: what the statement holds does not fit the memory budget of the engine.
   *
   * @param operator the part of the plan that asked for more
   * @param wanted how many bytes it would hold then
   * @param largest what else of the statement holds most, or null where nothing holds more
   * @param others how many bytes other statements hold
   * @param budget the size of the budget
   */
  public static SQLException memoryBudget(
      String operator, long wanted, @Nullable String largest, long others, long budget) {
    return new SQLException(
        "The statement needs more memory than its budget: "
            + operator
            + " would hold "
            + MemoryBudget.describe(wanted)
            + (largest == null ? "" : ", " + largest)
            + (others <= 0 ? "" : ", other statements hold " + MemoryBudget.describe(others))
            + "; all statements together may hold "
            + MemoryBudget.describe(budget)
            + ". Filter or aggregate more, select fewer columns, or give the JVM more memory (-Xmx).",
        "53200");
  }

  /**
   * 53100: what statements put on disk does not fit the space that they may use.
   *
   * @param space how many bytes all statements together may put there
   */
  public static SQLException spillSpace(long space) {
    return new SQLException(
        "The statement holds more than its memory budget, and what does not fit is more than all"
            + " statements together may put on disk, "
            + MemoryBudget.describe(space)
            + " (memory.spill). Filter or aggregate more, or select fewer columns.",
        "53100");
  }

  /** 53400: a budget of the configuration is used up. */
  public static SQLException budgetSpent(String message) {
    return new SQLTransientException(message, "53400");
  }

  /** 54000: the statement is larger than the configuration allows. */
  public static SQLException tooLarge(String message) {
    return new SQLNonTransientException(message, "54000");
  }

  /** 58030: a file of the product's own cannot be used. */
  public static SQLException file(String message, @Nullable Throwable cause) {
    return new SQLNonTransientException(message, "58030", cause);
  }

  /** XX000: a defect of the product; the message asks for a report. */
  public static SQLException internal(String message, @Nullable Throwable cause) {
    return new SQLException(
        message + " This is a defect of Sally: please report it with the statement.",
        "XX000",
        cause);
  }

  /** SA001: the data cannot answer the question. */
  public static SQLException unanswerable(String message) {
    return new SQLNonTransientException(message, "SA001");
  }

  /** SA002: the translator did not understand the question. */
  public static SQLException notUnderstood(String message) {
    return new SQLNonTransientException(message, "SA002");
  }

  /** SA003: no translation of the question passed the proof. */
  public static SQLException unproven(String message, @Nullable Throwable cause) {
    return new SQLNonTransientException(message, "SA003", cause);
  }

  /** SA004: the language model cannot be reached or fails; the same question may succeed later. */
  public static SQLException modelUnavailable(String message, @Nullable Throwable cause) {
    return new SQLTransientException(message, "SA004", cause);
  }

  /** SA005: the language model's quota or rate limit is used up. */
  public static SQLException modelQuota(String message, @Nullable Throwable cause) {
    return new SQLTransientException(message, "SA005", cause);
  }

  /** SA006: the language model gave an answer that cannot be used. */
  public static SQLException modelAnswer(String message, @Nullable Throwable cause) {
    return new SQLTransientException(message, "SA006", cause);
  }

  /** SA007: there is no translation of this id. */
  public static SQLException unknownTranslation(String message) {
    return new SQLNonTransientException(message, "SA007");
  }

  /** SA008: a translation has to be approved before it runs. */
  public static SQLException approvalRequired(String message) {
    return new SQLNonTransientException(message, "SA008");
  }

  private static String describe(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}
