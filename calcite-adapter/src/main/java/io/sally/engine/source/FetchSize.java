package io.sally.engine.source;

import io.sally.engine.catalog.ColumnType;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How many rows of one result to fetch at once. A driver keeps all rows of a fetch in memory, and
 * what a type admits says little of what its values are: so where a column has no small bound the
 * first fetch is one that fits were each row of a megabyte. The next ones grow as far as the widest
 * row so far allows. Confined to one thread at a time.
 */
final class FetchSize {
  /** What a fetch of wide rows may take, and its bound in a small heap. */
  private static final long BYTES = 16L << 20;

  private static final int SHARE_OF_HEAP = 16;
  private static final long UNKNOWN_ROW = 1L << 20;

  /** Rows of a fetch after which the next one is larger. */
  private static final int GROWTH = 8;

  /** Up to this length a text or binary value counts as small. */
  private static final int SMALL = 1_000;

  /**
   * So many narrow rows are fetched at once however many columns they have, and at first, so that
   * the first row comes soon.
   */
  private static final int FEW = 1_000;

  /** What any value takes beside its characters. */
  private static final int VALUE = 32;

  private final int most;
  private final long bytes;
  private final int[] wide;
  private int size;
  private int unread;
  private long widest = 1;

  /**
   * @param most the rows of a fetch where all are narrow, more than 0
   * @param heap how many bytes the JVM's heap may have
   */
  FetchSize(List<ColumnType> columns, int most, long heap) {
    this.bytes = Math.min(BYTES, heap / SHARE_OF_HEAP);
    this.most = (int) Math.min(most, Math.max(FEW, this.bytes / narrowRow(columns)));
    this.wide = IntStream.range(0, columns.size()).filter(i -> mayBeWide(columns.get(i))).toArray();
    this.size =
        (int) Math.min(this.most, wide.length == 0 ? FEW : Math.max(1, this.bytes / UNKNOWN_ROW));
    this.unread = size;
  }

  /** What the values of a row take at most that are in no wide column. */
  private static long narrowRow(List<ColumnType> columns) {
    long row = 1;
    for (ColumnType type : columns) {
      row += VALUE + (mayBeWide(type) ? 0 : (long) Math.max(0, type.precision()) * Character.BYTES);
    }
    return row;
  }

  private static boolean mayBeWide(ColumnType type) {
    return switch (type.jdbcType()) {
      case BOOLEAN,
          BIT,
          TINYINT,
          SMALLINT,
          INTEGER,
          BIGINT,
          REAL,
          FLOAT,
          DOUBLE,
          DECIMAL,
          NUMERIC,
          DATE,
          TIME,
          TIMESTAMP,
          TIME_WITH_TIMEZONE,
          TIMESTAMP_WITH_TIMEZONE ->
          false;
      default -> type.precision() == ColumnType.UNSPECIFIED || type.precision() > SMALL;
    };
  }

  /** The rows of the fetch that comes next. */
  int size() {
    return size;
  }

  /**
   * Takes the width of a row that was read.
   *
   * @return whether the rows of the fetch that comes next are now others than before
   */
  boolean changedBy(@Nullable Object[] row) {
    long width = 1;
    for (int column : wide) {
      width += width(row[column]);
    }
    widest = Math.max(widest, width);
    if (--unread > 0) {
      return false;
    }
    int before = size;
    size = (int) Math.max(1, Math.min(Math.min(most, (long) size * GROWTH), bytes / widest));
    unread = size;
    return size != before;
  }

  private static long width(@Nullable Object value) {
    if (value instanceof String text) {
      return (long) text.length() * Character.BYTES;
    } else if (value instanceof byte[] binary) {
      return binary.length;
    } else if (value instanceof Iterable<?> elements) {
      long width = 0;
      for (Object element : elements) {
        width += Long.BYTES + width(element);
      }
      return width;
    }
    return 0;
  }
}
