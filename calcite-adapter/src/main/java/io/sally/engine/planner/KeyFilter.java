package io.sally.engine.planner;

import io.sally.engine.planner.SourceSelect.Item;
import io.sally.engine.source.PushDown.KeyTest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a source's query on keys that are known when it runs. Immutable; thread-safe.
 *
 * @param column the place of the column among those of the query
 */
record KeyFilter(int column, SourceKeys keys, KeyTest test) {
  /** After a column, for any row. */
  static final String ANY_ROW = " IS NULL OR 1 = 1";

  private static final int LAST_YEAR = 9999;

  /** The filter, where the source can look for keys of this type in a column that it has. */
  static Optional<KeyFilter> of(SourceSelect select, int column, SourceKeys keys) {
    Item item = select.items.get(column);
    if (item.constant()
        || (select.guarded && !item.safe())
        || (isInside(select, item) && !item.sameAsColumn())
        || !sameValues(item.type(), keys.type())) {
      return Optional.empty();
    }
    return select
        .source
        .pushDown()
        .among(item.type())
        .map(test -> new KeyFilter(column, keys, test));
  }

  private static boolean sameValues(RelDataType column, RelDataType key) {
    SqlTypeName one = column.getSqlTypeName();
    SqlTypeName other = key.getSqlTypeName();
    return one == other
        || (SqlTypeName.INT_TYPES.contains(one) && SqlTypeName.INT_TYPES.contains(other))
        || (SqlTypeName.CHAR_TYPES.contains(one) && SqlTypeName.CHAR_TYPES.contains(other));
  }

  /** Whether the condition can stand among those of the query itself. */
  private static boolean isInside(SourceSelect select, Item item) {
    return select.flat()
        || (select.grouped
            && !select.windowed
            && !select.limited()
            && select.combined == null
            && select.groupBy.contains(item.same()));
  }

  /** The query with the places of these conditions. */
  static SourceSelect in(SourceSelect select, List<String> names, List<KeyFilter> filters) {
    SourceSelect keyed = select.copy();
    List<Integer> outside = new ArrayList<>();
    for (int i = 0; i < filters.size(); i++) {
      Item item = select.items.get(filters.get(i).column());
      if (isInside(select, item)) {
        keyed.where.add(place(item.same(), i));
      } else {
        outside.add(i);
      }
    }
    if (outside.isEmpty()) {
      return keyed;
    }
    String alias = SourceSelect.ALIAS + "keyed" + SourceSelect.ALIAS;
    if (!keyed.limited()) {
      keyed.orderBy.clear();
    }
    SourceSelect outer = new SourceSelect(select.source, "");
    outer.from = select.source.pushDown().named("(" + keyed.sql(names) + ")", outer.quote(alias));
    for (int i = 0; i < names.size(); i++) {
      outer.items.add(
          new Item(
              outer.quote(alias) + "." + outer.quote(names.get(i)),
              select.items.get(i).type(),
              false,
              select.items.get(i).safe()));
    }
    outside.forEach(i -> outer.where.add(place(outer.items.get(filters.get(i).column()).sql(), i)));
    return outer;
  }

  private static String place(String column, int filter) {
    return "(" + column + SourceSelect.KEYS + filter + SourceSelect.KEYS + ")";
  }

  /** What stands after the column for people to read. */
  String text() {
    return test.before() + (test.array() ? "?" : "?, …") + test.after();
  }

  /** What stands after the column for so many keys. */
  String condition(List<Object> known) {
    String marks = String.join(", ", Collections.nCopies(test.array() ? 1 : marks(known), "?"));
    @Nullable KeyTest scan = keys.isLargeShare(known.size()) ? test.scan() : null;
    return scan == null
        ? test.before() + marks + test.after()
        : scan.before() + marks + scan.after();
  }

  /** What is bound there. */
  List<Object> values(List<Object> known) {
    if (test.array()) {
      return List.of(known);
    }
    List<Object> values = new ArrayList<>(known);
    values.addAll(Collections.nCopies(marks(known) - known.size(), known.get(0)));
    return values;
  }

  /** Few different numbers of marks are few different texts for the database to know. */
  private int marks(List<Object> known) {
    int powerOfTwo = Integer.highestOneBit(Math.max(1, 2 * known.size() - 1));
    return Math.min(powerOfTwo, test.most());
  }

  /**
   * The keys as they are bound.
   *
   * @return empty where they are too many, or not all of them are values for a database
   */
  Optional<List<Object>> jdbcKeys(Collection<Object> known) {
    if (known.size() > test.most()) {
      return Optional.empty();
    }
    UnaryOperator<@Nullable Object> toJdbc = InternalValues.toJdbc(keys.type());
    List<Object> values = new ArrayList<>();
    for (Object key : known) {
      Object value = toJdbc.apply(key);
      if (value == null || !isBindable(value)) {
        return Optional.empty();
      }
      values.add(isInteger() ? (Object) ((Number) value).longValue() : value);
    }
    return Optional.of(values);
  }

  private boolean isInteger() {
    return SqlTypeName.INT_TYPES.contains(keys.type().getSqlTypeName());
  }

  private static boolean isBindable(Object value) {
    if (value instanceof String text) {
      return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    } else if (value instanceof LocalDate date) {
      return date.getYear() >= 1 && date.getYear() <= LAST_YEAR;
    } else if (value instanceof LocalDateTime timestamp) {
      return timestamp.getYear() >= 1 && timestamp.getYear() <= LAST_YEAR;
    }
    return value instanceof Number;
  }
}
