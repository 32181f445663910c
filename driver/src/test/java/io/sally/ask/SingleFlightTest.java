package io.sally.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SingleFlightTest {
  private final Engine engine = Engine.over(List.of());
  private final SingleFlight<String, String> flights = new SingleFlight<>();
  private final CountDownLatch atWork = new CountDownLatch(1);
  private final CompletableFuture<String> outcome = new CompletableFuture<>();
  private Execution first;
  private Execution second;
  private FutureTask<String> leader;
  private FutureTask<String> follower;

  /** One works, and another certainly waits for it. */
  @BeforeEach
  void oneWorksAndAnotherWaits() throws Exception {
    first = engine.begin(Limits.NONE, Clock.systemUTC());
    second = engine.begin(Limits.NONE, Clock.systemUTC());
    leader = new FutureTask<>(() -> end(flights, first, this::work));
    new Thread(leader).start();
    atWork.await();
    follower = new FutureTask<>(() -> end(flights, second, () -> "the follower's own"));
    Thread waiting = new Thread(follower);
    waiting.start();
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void stop() throws Exception {
    first.close();
    second.close();
    engine.close();
  }

  @Test
  void givesAllTheOneResult() throws Exception {
    outcome.complete("the leader's");
    assertThat(leader.get()).isEqualTo("the leader's");
    assertThat(follower.get()).isEqualTo("the leader's");
  }

  @Test
  void givesAllTheOneFailure() throws Exception {
    outcome.completeExceptionally(SqlErrors.modelQuota("Used up.", null));
    assertThat(leader.get()).isEqualTo("SA005");
    assertThat(follower.get()).isEqualTo("SA005");
  }

  @Test
  void whoWaitsTakesOverFromWhoIsCancelled() throws Exception {
    first.cancel();
    assertThat(leader.get()).isEqualTo("57014");
    assertThat(follower.get()).isEqualTo("the follower's own");
  }

  @Test
  void whoWaitsIsCancelledAlone() throws Exception {
    second.cancel();
    assertThat(follower.get()).isEqualTo("57014");
    outcome.complete("the leader's");
    assertThat(leader.get()).isEqualTo("the leader's");
  }

  @Test
  void worksAnewOnceTheWorkIsDone() throws Exception {
    outcome.complete("the leader's");
    leader.get();
    assertThat(end(flights, second, () -> "anew")).isEqualTo("anew");
  }

  private String work() throws SQLException {
    Runnable forget = first.onStop(() -> outcome.completeExceptionally(first.stopReason()));
    atWork.countDown();
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw (SQLException) e.getCause();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      forget.run();
    }
  }

  /** The result, or the SQLState of the failure. */
  private static String end(
      SingleFlight<String, String> flights, Execution execution, SingleFlight.Work<String> work) {
    String[] result = new String[1];
    SQLException failure =
        catchThrowableOfType(
            SQLException.class, () -> result[0] = flights.run("key", execution, work));
    return failure == null ? result[0] : String.valueOf(failure.getSQLState());
  }
}
