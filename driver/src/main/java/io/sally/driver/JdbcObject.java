package io.sally.driver;

import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/** What all objects of the JDBC face have in common: they wrap nothing but themselves. */
abstract class JdbcObject implements Wrapper {
  @Override
  public <T> T unwrap(@Nullable Class<T> type) throws SQLException {
    if (type == null || !type.isInstance(this)) {
      throw SqlErrors.invalidParameter(
          getClass().getSimpleName()
              + " cannot be unwrapped to "
              + (type == null ? "null" : type.getName())
              + ". Ask isWrapperFor first.",
          null);
    }
    return type.cast(this);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> type) {
    return type != null && type.isInstance(this);
  }

  /** The refusal of a JDBC feature. */
  static SQLException refused(String feature) {
    return SqlErrors.notSupported("Sally does not have " + feature + ".");
  }
}
