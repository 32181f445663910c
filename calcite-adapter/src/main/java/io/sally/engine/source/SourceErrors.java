package io.sally.engine.source;

import io.sally.engine.SqlErrors;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what a driver throws an error that names the source, has a right SQLState and shows no
 * secret. Immutable.
 */
final class SourceErrors {
  /** PostgreSQL's admin_shutdown, crash_shutdown and cannot_connect_now. */
  private static final Set<String> SHUTTING_DOWN = Set.of("57P01", "57P02", "57P03");

  /** ORA-01017 invalid credentials, ORA-28000 locked, ORA-28001 expired; 1045 and 1698 of MySQL. */
  private static final Set<Integer> CREDENTIALS_REFUSED = Set.of(1017, 28000, 28001, 1045, 1698);

  private static final Pattern NESTED_TRACE = Pattern.compile("\\s+Nested Stack Trace:");

  private final SourceSettings settings;
  private final Set<Integer> connectionGone;
  private final Map<Integer, String> states;

  /**
   * The errors of one source.
   *
   * @param connectionGone the source's own error codes for a connection that is of no use any more,
   *     where its SQLState does not say so
   * @param states the SQLStates of the source's own error codes, where the driver gives a wrong one
   *     or none
   */
  SourceErrors(SourceSettings settings, Set<Integer> connectionGone, Map<Integer, String> states) {
    this.settings = settings;
    this.connectionGone = connectionGone;
    this.states = states;
  }

  /** A connection could not be opened. */
  SQLException connecting(SQLException thrown) {
    if (Objects.requireNonNullElse(thrown.getSQLState(), "").equals("22023")) {
      return thrown;
    }
    boolean refused =
        Objects.requireNonNullElse(thrown.getSQLState(), "").startsWith("28")
            || CREDENTIALS_REFUSED.contains(thrown.getErrorCode());
    return refused
        ? SqlErrors.unauthorized(
            "Source "
                + settings.name()
                + " refuses the user or the password: "
                + message(thrown)
                + " Check user and password in the configuration.",
            cause(thrown))
        : SqlErrors.cannotConnect(
            "Source "
                + settings.name()
                + " cannot be reached: "
                + message(thrown)
                + " Check that it runs and that its address in the configuration is right.",
            cause(thrown));
  }

  /** What stands for a failure that the driver has not told of in time. */
  SQLException silent(Duration timeout, SQLException thrown) {
    return new SQLTimeoutException(
        "it did not answer within " + timeout.toMillis() + " ms", "08001", thrown);
  }

  /** No connection came free in time. */
  SQLException allInUse(int connections, Duration timeout, SQLException thrown) {
    return SqlErrors.timeout(
        "No connection to source "
            + settings.name()
            + " came within "
            + timeout.toMillis()
            + " ms; at most "
            + connections
            + " are open at once. Close results that are no longer read, or allow more.",
        cause(thrown));
  }

  /** A query failed, when it was sent or while it was read. */
  SQLException running(SQLException thrown) {
    return isConnectionLost(thrown)
        ? SqlErrors.connectionLost(
            "The connection to source "
                + settings.name()
                + " was lost: "
                + message(thrown)
                + " Run the statement again.",
            cause(thrown))
        : SqlErrors.source(
            "Source " + settings.name() + ": " + message(thrown),
            state(thrown),
            thrown.getErrorCode(),
            cause(thrown));
  }

  /** A value could not be read. */
  SQLException reading(SQLException thrown, String column) {
    return isConnectionLost(thrown)
        ? running(thrown)
        : SqlErrors.source(
            "Source "
                + settings.name()
                + ", column "
                + column
                + ": "
                + message(thrown)
                + " Leave the column out, or cast it to a text.",
            state(thrown),
            thrown.getErrorCode(),
            cause(thrown));
  }

  /** Whether the failure says that the connection is of no use any more. */
  boolean isConnectionLost(SQLException thrown) {
    String state = Objects.requireNonNullElse(thrown.getSQLState(), "");
    return state.startsWith("08")
        || SHUTTING_DOWN.contains(state)
        || thrown instanceof SQLRecoverableException
        || thrown instanceof SQLNonTransientConnectionException
        || thrown instanceof SQLTransientConnectionException
        || brokeWhileReading(thrown)
        || connectionGone.contains(thrown.getErrorCode());
  }

  /** Connector/J tells of a connection that breaks between two rows in its message alone. */
  private static boolean brokeWhileReading(SQLException thrown) {
    for (Throwable link = thrown.getCause(); link != null; link = link.getCause()) {
      if (link instanceof IOException) {
        return true;
      }
    }
    return Objects.requireNonNullElse(thrown.getMessage(), "")
        .startsWith("Error retrieving record: Unexpected Exception: java.io.");
  }

  private @Nullable String state(SQLException thrown) {
    String state = states.get(thrown.getErrorCode());
    return state == null ? thrown.getSQLState() : state;
  }

  private String message(SQLException thrown) {
    String told = Objects.requireNonNullElse(thrown.getMessage(), thrown.toString());
    // Connector/J puts whole stack traces into messages.
    String text = settings.withoutSecrets(NESTED_TRACE.split(told, 2)[0].strip());
    return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
  }

  /** The driver's exception itself, unless its text or that of one of its causes has a secret. */
  private @Nullable Throwable cause(SQLException thrown) {
    for (Throwable link = thrown; link != null; link = link.getCause()) {
      String text = link.toString();
      if (!text.equals(settings.withoutSecrets(text))) {
        return null;
      }
    }
    return thrown;
  }
}
