package io.sally.driver.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PasswordAttemptsTest {
  private static final String HERE = "192.0.2.1";

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final PasswordAttempts attempts = new PasswordAttempts(now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private void fail(String address, String user, int times) {
    for (int i = 0; i < times; i++) {
      attempts.failed(address, user);
    }
  }

  @Test
  void eachFailureAfterAFewDoublesTheWaitUpToAMinute() {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      attempts.failed(HERE, "alice");
      Duration wait = attempts.wait(HERE, "alice");
      waits.add(wait.toSeconds());
      pass(wait);
      assertThat(attempts.wait(HERE, "alice")).isZero();
    }
    assertThat(waits).containsExactly(0L, 0L, 0L, 0L, 5L, 10L, 20L, 40L, 60L, 60L, 60L, 60L, 60L);
  }

  @Test
  void nobodyElseWaits() {
    fail(HERE, "alice", 9);
    assertThat(attempts.wait(HERE, "alice")).isPositive();
    assertThat(attempts.wait(HERE, "bob")).isZero();
    assertThat(attempts.wait("192.0.2.2", "alice")).isZero();
  }

  @Test
  void aMachineHasAllAddressesOfItsNetwork() {
    fail("2001:db8:1:2::1", "alice", 3);
    fail("2001:db8:1:2:ffff::9", "alice", 3);
    assertThat(attempts.wait("2001:db8:1:2:3:4:5:6", "alice")).isPositive();
    assertThat(attempts.wait("2001:db8:1:3::1", "alice")).isZero();
  }

  @Test
  void theRightPasswordAndTimeForgetTheWrongOnes() {
    fail(HERE, "alice", 9);
    attempts.succeeded(HERE, "alice");
    assertThat(attempts.wait(HERE, "alice")).isZero();
    fail(HERE, "alice", 4);
    assertThat(attempts.wait(HERE, "alice")).isZero();
    pass(Duration.ofMinutes(16));
    fail(HERE, "alice", 4);
    assertThat(attempts.wait(HERE, "alice")).isZero();
  }

  @Test
  void whatIsRememberedIsBounded() {
    for (int i = 0; i < 30_000; i++) {
      attempts.failed(HERE, "user " + i);
    }
    assertThat(attempts.remembered()).isEqualTo(10_000);
  }
}
