package io.sally.engine.planner;

import org.jspecify.annotations.Nullable;

/** What a source need not be asked for. Immutable; thread-safe. */
final class NoRows implements RowStream {
  static final NoRows INSTANCE = new NoRows();

  private NoRows() {}

  @Override
  public boolean next() {
    return false;
  }

  @Override
  public @Nullable Object row() {
    return null;
  }

  @Override
  public void close() {}
}
