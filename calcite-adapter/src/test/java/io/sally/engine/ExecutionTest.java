package io.sally.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** When an execution stops, what it runs then, and what it says. */
class ExecutionTest {
  private static final StaffEngine STAFF = new StaffEngine();

  private final List<String> done = new ArrayList<>();

  @AfterAll
  static void close() throws SQLException {
    STAFF.close();
  }

  private static Execution begin(Duration timeout) {
    return STAFF.engine.begin(new Limits(timeout, 0, 0), StaffEngine.NOON);
  }

  @Test
  void actionsRunOnceWhenItIsStopped() {
    try (Execution execution = begin(Duration.ZERO)) {
      execution.onStop(() -> done.add("first"));
      execution.onStop(() -> done.add("second"));
      assertThat(done).isEmpty();
      execution.cancel();
      execution.cancel();
      assertThat(done).containsExactly("first", "second");
      assertThat(execution.isStopped()).isTrue();
    }
  }

  @Test
  void anActionThatComesTooLateRunsAtOnce() {
    try (Execution execution = begin(Duration.ZERO)) {
      execution.cancel();
      Runnable forget = execution.onStop(() -> done.add("late"));
      assertThat(done).containsExactly("late");
      forget.run();
      assertThat(done).containsExactly("late");
    }
  }

  @Test
  void anActionThatWasTakenAwayDoesNotRun() {
    try (Execution execution = begin(Duration.ZERO)) {
      execution.onStop(() -> done.add("taken away")).run();
      execution.onStop(() -> done.add("kept"));
      execution.cancel();
    }
    assertThat(done).containsExactly("kept");
  }

  @Test
  void aCancelAfterTheEndHasNoEffect() {
    Execution execution = begin(Duration.ZERO);
    execution.onStop(() -> done.add("never"));
    execution.close();
    execution.close();
    execution.cancel();
    assertThat(done).isEmpty();
    assertThat(execution.isStopped()).isFalse();
    assertThatCode(execution::check).doesNotThrowAnyException();
  }

  @Test
  void saysThatItWasCancelled() {
    try (Execution execution = begin(Duration.ofHours(1))) {
      assertThatCode(execution::check).doesNotThrowAnyException();
      execution.cancel();
      SQLException failure = catchThrowableOfType(SQLException.class, execution::check);
      assertThat(failure.getSQLState()).isEqualTo("57014");
    }
  }

  @Test
  void saysThatItsTimeWasUpAlsoWhenItIsCancelledThen() throws InterruptedException {
    try (Execution execution = begin(Duration.ofMillis(20))) {
      CountDownLatch stopped = new CountDownLatch(1);
      execution.onStop(stopped::countDown);
      assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
      execution.cancel();
      SQLTimeoutException failure =
          catchThrowableOfType(SQLTimeoutException.class, execution::check);
      assertThat(failure.getSQLState() + " " + failure.getMessage())
          .isEqualTo(
              "HYT00 The statement did not end within its limit of 20 ms."
                  + " Raise the limit (Statement.setQueryTimeout) or ask for less.");
    }
  }

  @Test
  void aCancelBetweenTwoRowsEndsTheCursor() throws SQLException {
    Plan plan = STAFF.plan("SELECT id FROM many");
    try (Execution execution = begin(Duration.ZERO);
        RowCursor cursor = plan.execute(List.of(), execution)) {
      assertThat(cursor.next()).isTrue();
      execution.cancel();
      SQLException failure = catchThrowableOfType(SQLException.class, cursor::next);
      assertThat(failure.getSQLState()).isEqualTo("57014");
    }
  }

  @Test
  void aCancelledExecutionStartsNothing() {
    try (Execution execution = begin(Duration.ZERO)) {
      execution.cancel();
      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> STAFF.rows(execution, "SELECT 1"));
      assertThat(failure.getSQLState()).isEqualTo("57014");
    }
  }

  @Test
  void givesNoMoreRowsThanAsked() throws SQLException {
    Limits limits = new Limits(Duration.ZERO, 3, 0);
    assertThat(STAFF.rowsAt(StaffEngine.NOON, limits, "SELECT id FROM many ORDER BY id"))
        .containsExactly(List.of(0), List.of(1), List.of(2));
  }
}
