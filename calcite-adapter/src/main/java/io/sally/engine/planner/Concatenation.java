package io.sally.engine.planner;

import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of several parts, each opened when the one before it has ended and is closed. Confined
 * to one thread.
 */
final class Concatenation<T> implements Enumerator<T> {
  private final int count;
  private final IntFunction<Enumerator<T>> parts;
  private final Runnable end;
  private @Nullable Enumerator<T> part;
  private int next;

  /**
   * @param parts opens the part of a number, from 0
   * @param end frees what the parts are made of; may be called again
   */
  Concatenation(int count, IntFunction<Enumerator<T>> parts, Runnable end) {
    this.count = count;
    this.parts = parts;
    this.end = end;
  }

  @Override
  public boolean moveNext() {
    while (true) {
      Enumerator<T> current = part;
      if (current != null) {
        if (current.moveNext()) {
          return true;
        }
        part = null;
        current.close();
      }
      if (next == count) {
        end.run();
        return false;
      }
      part = parts.apply(next++);
    }
  }

  @Override
  public T current() {
    if (part == null) {
      throw new NoSuchElementException();
    }
    return part.current();
  }

  @Override
  public void reset() {
    throw new UnsupportedOperationException("rows are read once");
  }

  @Override
  public void close() {
    Enumerator<T> current = part;
    part = null;
    next = count;
    if (current != null) {
      current.close();
    }
    end.run();
  }
}
