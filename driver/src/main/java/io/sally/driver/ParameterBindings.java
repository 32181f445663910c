package io.sally.driver;

import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that are set for the {@code ?} of a statement. Confined to the statement's thread. */
final class ParameterBindings {
  private final @Nullable Object[] values;
  private final boolean[] bound;

  ParameterBindings(int count) {
    values = new Object[count];
    bound = new boolean[count];
  }

  int count() {
    return values.length;
  }

  void set(int index, @Nullable Object value) throws SQLException {
    requireIndex(index);
    values[index - 1] = value;
    bound[index - 1] = true;
  }

  void requireIndex(int index) throws SQLException {
    if (index < 1 || index > values.length) {
      throw SqlErrors.dynamicSql(
          values.length == 0
              ? "There is no parameter " + index + ": the statement has none."
              : "There is no parameter "
                  + index
                  + ": the first is 1, the last "
                  + values.length
                  + ".",
          "07009");
    }
  }

  void clear() {
    Arrays.fill(values, null);
    Arrays.fill(bound, false);
  }

  boolean isBound(int index) {
    return bound[index];
  }

  /**
   * The values, one for each {@code ?}.
   *
   * @throws SQLException when one was not set
   */
  List<@Nullable Object> all() throws SQLException {
    for (int i = 0; i < bound.length; i++) {
      if (!bound[i]) {
        throw SqlErrors.dynamicSql(
            "Parameter " + (i + 1) + " of " + bound.length + " was not set. Set it first.",
            "07001");
      }
    }
    return soFar();
  }

  /** The values, null for each that was not set. */
  List<@Nullable Object> soFar() {
    return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(values)));
  }
}
