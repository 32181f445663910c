package io.sally.driver;

import io.sally.driver.metadata.TypeListing;
import io.sally.driver.value.Texts;
import io.sally.engine.ResultColumn;
import io.sally.engine.RowCursor;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.ColumnType;
import java.sql.Array;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An array held in memory. It outlives its row and its result. Not thread-safe, as no {@code Array}
 * is.
 */
final class SallyArray implements Array {
  private static final ColumnType UNKNOWN =
      new ColumnType(JDBCType.OTHER, "OTHER", ColumnType.UNSPECIFIED, 0, null);

  private final ColumnType component;
  private @Nullable List<? extends @Nullable Object> elements;

  private SallyArray(List<? extends @Nullable Object> elements, ColumnType component) {
    this.elements = elements;
    this.component = component;
  }

  /**
   * The value as an array.
   *
   * @throws SQLException when it is none
   */
  static SallyArray of(Object value, ColumnType type) throws SQLException {
    if (value instanceof List<?> elements) {
      return new SallyArray(elements, type.component() == null ? UNKNOWN : type.component());
    }
    throw SqlErrors.data("A value of type " + type + " cannot be read as an array.", "07006", null);
  }

  /**
   * An array to set as a parameter.
   *
   * @throws SQLException when the type is unknown or an element is none of its values
   */
  static SallyArray ofParameter(@Nullable String typeName, @Nullable Object @Nullable [] elements)
      throws SQLException {
    if (typeName == null || elements == null) {
      throw SqlErrors.invalidParameter(
          "An array needs the name of its elements' type, and elements.", null);
    }
    ColumnType type = TypeListing.named(typeName);
    if (type == null) {
      throw SqlErrors.invalidParameter(
          "There is no type " + typeName + ". getTypeInfo lists those that there are.", null);
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (Object element : elements) {
      values.add(ParameterValues.as(element, type.jdbcType(), -1));
    }
    return new SallyArray(values, type);
  }

  @Override
  public String getBaseTypeName() throws SQLException {
    elements();
    return component.name();
  }

  @Override
  public int getBaseType() throws SQLException {
    elements();
    return component.jdbcType().getVendorTypeNumber();
  }

  @Override
  public Object getArray() throws SQLException {
    List<@Nullable Object> objects = new ArrayList<>();
    for (Object element : elements()) {
      objects.add(element == null ? null : DefaultObjects.of(element, component));
    }
    return objects.toArray();
  }

  @Override
  public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
    return getArray();
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    Object[] all = (Object[]) getArray();
    return Arrays.copyOfRange(all, from(index), to(index, count));
  }

  @Override
  public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return getArray(index, count);
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return rows(0, elements().size());
  }

  @Override
  public ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
    return getResultSet();
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    return rows(from(index), to(index, count));
  }

  @Override
  public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return getResultSet(index, count);
  }

  @Override
  public void free() {
    elements = null;
  }

  @Override
  public String toString() {
    return elements == null ? "(freed)" : Texts.toText(elements);
  }

  private ResultSet rows(int from, int to) throws SQLException {
    List<? extends @Nullable Object> all = elements();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      rows.add(Arrays.asList(i + 1, all.get(i)));
    }
    return SallyResultSet.of(
        List.of(
            ResultColumn.computed("INDEX", ColumnType.integer(), false),
            ResultColumn.computed("VALUE", component, true)),
        RowCursor.over(rows));
  }

  private int from(long index) throws SQLException {
    if (index < 1 || index > elements().size() + 1L) {
      throw SqlErrors.data(
          "The array has no element "
              + index
              + ": the first is 1, the last "
              + elements().size()
              + ".",
          "2202E",
          null);
    }
    return (int) (index - 1);
  }

  private int to(long index, int count) throws SQLException {
    if (count < 0) {
      throw SqlErrors.invalidParameter("The number of elements cannot be " + count + ".", null);
    }
    return (int) Math.min((long) from(index) + count, elements().size());
  }

  private List<? extends @Nullable Object> elements() throws SQLException {
    if (elements == null) {
      throw SqlErrors.callSequence("The array was freed.");
    }
    return elements;
  }
}
