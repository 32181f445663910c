package io.sally.driver.metadata;

import io.sally.engine.ResultColumn;
import io.sally.engine.catalog.ColumnType;
import java.sql.JDBCType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns of a listing. Immutable. */
public final class Header {
  private final List<ResultColumn> columns;

  private Header(List<ResultColumn> columns) {
    this.columns = columns;
  }

  /**
   * A header of these columns.
   *
   * @param columns names between white space; one that is no text has its type behind a colon, as
   *     in {@code DATA_TYPE:int}: int, short, long, boolean
   */
  public static Header of(String columns) {
    return new Header(
        Arrays.stream(columns.strip().split("\\s+", -1)).map(Header::column).toList());
  }

  /** The listing of these rows in this order. */
  public Listing of(Stream<Row> rows) {
    return new Listing(columns, rows.map(Row::values).toList());
  }

  /** The listing of these rows, ordered by the columns named, in this order, nulls first. */
  public Listing sorted(Stream<Row> rows, String... by) {
    Comparator<Row> order = Comparator.comparingInt(row -> 0);
    for (String column : by) {
      int index = indexOf(column);
      order = order.thenComparing(row -> row.values().get(index), Header::compare);
    }
    return of(rows.sorted(order));
  }

  /** The listing without rows. */
  public Listing empty() {
    return of(Stream.empty());
  }

  /** Values for the columns of a header. */
  public record Row(List<@Nullable Object> values) {
    public static Row of(@Nullable Object... values) {
      return new Row(Collections.unmodifiableList(new ArrayList<>(Arrays.asList(values))));
    }
  }

  private int indexOf(String name) {
    return columns.stream().map(ResultColumn::label).toList().indexOf(name);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // A column's values are of one comparable type.
  private static int compare(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    return ((Comparable) a).compareTo(b);
  }

  private static ResultColumn column(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? ResultColumn.computed(text, ColumnType.varchar(), true)
        : ResultColumn.computed(text.substring(0, colon), type(text.substring(colon + 1)), true);
  }

  private static ColumnType type(String name) {
    return switch (name) {
      case "int" -> ColumnType.integer();
      case "long" -> ColumnType.bigint();
      case "boolean" -> ColumnType.bool();
      case "short" ->
          new ColumnType(JDBCType.SMALLINT, "SMALLINT", ColumnType.UNSPECIFIED, 0, null);
      default -> throw new IllegalArgumentException("No column type " + name);
    };
  }
}
