package io.sally.engine.planner;

import org.apache.calcite.linq4j.function.EqualityComparer;
import org.jspecify.annotations.Nullable;

/** A key with the equality that a comparer gives it. */
record ComparedKey<K>(K key, EqualityComparer<K> comparer) {
  static final int SIZE = 24;

  /** The key as one of a hash table: itself where it is null, or equal by its own equality. */
  static <K> @Nullable Object of(@Nullable K key, @Nullable EqualityComparer<K> comparer) {
    return key == null || comparer == null ? key : new ComparedKey<>(key, comparer);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ComparedKey<?> compared && isEqual(compared.key());
  }

  @SuppressWarnings("unchecked") // All keys of one set have one type.
  private boolean isEqual(Object other) {
    return comparer.equal(key, (K) other);
  }

  @Override
  public int hashCode() {
    return comparer.hashCode(key);
  }
}
