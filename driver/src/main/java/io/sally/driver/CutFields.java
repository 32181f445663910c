package io.sally.driver;

import io.sally.engine.ResultColumn;
import io.sally.engine.RowCursor;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a cursor with their texts and binaries cut, silently as {@code
 * Statement.setMaxFieldSize} has it. Confined to one thread at a time, as the cursor is.
 */
final class CutFields implements RowCursor {
  private final List<ResultColumn> columns;
  private final RowCursor rows;
  private final int max;

  /** The rows with at most {@code max} characters of a text and bytes of a binary. */
  CutFields(List<ResultColumn> columns, RowCursor rows, int max) {
    this.columns = columns;
    this.rows = rows;
    this.max = max;
  }

  @Override
  public boolean next() throws SQLException {
    return rows.next();
  }

  @Override
  public @Nullable Object value(int column) {
    Object value = rows.value(column);
    if (!isCut(columns.get(column).type().jdbcType())) {
      return value;
    }
    if (value instanceof String text && text.length() > max) {
      // Half of a character that takes two places is no character.
      return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    } else if (value instanceof byte[] bytes && bytes.length > max) {
      return Arrays.copyOf(bytes, max);
    }
    return value;
  }

  /** As the method's Javadoc lists them: large objects are not among them. */
  private static boolean isCut(JDBCType type) {
    return switch (type) {
      case CHAR, VARCHAR, LONGVARCHAR, NCHAR, NVARCHAR, LONGNVARCHAR -> true;
      case BINARY, VARBINARY, LONGVARBINARY -> true;
      default -> false;
    };
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}
