package io.sally.driver.remote;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Wrong passwords, by the address that they come from and the user that they are for: after a few,
 * each further one has that address wait for that user, twice as long each time. Others wait for
 * nothing, neither that user at another address nor another user at that one. What is remembered is
 * bounded. Thread-safe.
 */
final class PasswordAttempts {
  private static final int FREE = 5;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration REMEMBERED = Duration.ofMinutes(15);
  private static final int MOST_REMEMBERED = 10_000;
  private static final int MOST_DOUBLINGS = 16;

  /**
   * A network of IPv6 has at least so many bytes, and one machine may have all of its addresses.
   */
  private static final int BYTES_OF_NETWORK = 8;

  private final LongSupplier nanoClock;
  private final Map<Key, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Failures> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /** Only a hash of the name is kept, since a client chooses its length. */
  private record Key(String address, int user) {}

  private record Failures(int count, long last) {}

  /**
   * @param nanoClock a clock that only goes forward, in nanoseconds
   */
  PasswordAttempts(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** How long this address has to wait before it is heard again for this user; zero for not. */
  synchronized Duration wait(String address, String user) {
    Failures known = known(key(address, user));
    if (known == null || known.count() < FREE) {
      return Duration.ZERO;
    }
    Duration since = Duration.ofNanos(nanoClock.getAsLong() - known.last());
    Duration left = waitAfter(known.count()).minus(since);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Duration waitAfter(int count) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(MOST_DOUBLINGS, count - FREE));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  synchronized void failed(String address, String user) {
    Key key = key(address, user);
    Failures known = known(key);
    failures.put(key, new Failures(known == null ? 1 : known.count() + 1, nanoClock.getAsLong()));
  }

  synchronized void succeeded(String address, String user) {
    failures.remove(key(address, user));
  }

  /** How many pairs of address and user are remembered. */
  synchronized int remembered() {
    return failures.size();
  }

  private @Nullable Failures known(Key key) {
    Failures known = failures.get(key);
    boolean isOld = known != null && nanoClock.getAsLong() - known.last() > REMEMBERED.toNanos();
    if (isOld) {
      failures.remove(key);
    }
    return isOld ? null : known;
  }

  private static Key key(String address, String user) {
    return new Key(network(address), user.hashCode());
  }

  private static String network(String address) {
    try {
      // A literal, so that no name is looked up.
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return HexFormat.of()
          .formatHex(
              bytes.length > BYTES_OF_NETWORK ? Arrays.copyOf(bytes, BYTES_OF_NETWORK) : bytes);
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
