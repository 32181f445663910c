package io.sally.demo;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value made once, when it is first needed. Thread-safe: others wait while one thread makes it.
 */
final class Lazy<T> implements Supplier<T> {
  private @Nullable Supplier<? extends T> maker;
  private @Nullable T value;

  Lazy(Supplier<? extends T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    if (maker != null) {
      value = maker.get();
      // Lets go of what the maker holds, which can be more than the value.
      maker = null;
    }
    return Objects.requireNonNull(value);
  }
}
