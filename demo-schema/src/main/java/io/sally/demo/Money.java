package io.sally.demo;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Amounts of money. */
final class Money {
  private Money() {}

  /** The amount in dollars, or null for null. */
  static @Nullable BigDecimal dollars(@Nullable Integer cents) {
    return cents == null ? null : BigDecimal.valueOf(cents, 2);
  }
}
