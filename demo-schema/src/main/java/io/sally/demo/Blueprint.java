package io.sally.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How things of one kind are shown as a table: each column stands together with where its value
 * comes from. Built by one thread, then only read.
 *
 * @param <T> the kind of thing, one of which is one row
 */
final class Blueprint<T> {
  /** Where a column's value comes from. */
  interface Reading<T> {
    @Nullable Object of(T thing);
  }

  /** Where a day or a minute relative to today comes from. */
  interface Moment<T> {
    @Nullable Integer of(T thing);
  }

  private interface Cell<T> {
    @Nullable Object of(T thing, Timeline timeline);
  }

  private final String name;
  private final String comment;
  private final List<DemoColumn> columns = new ArrayList<>();
  private final List<Cell<T>> cells = new ArrayList<>();
  private final List<DemoUniqueKey> uniqueKeys = new ArrayList<>();
  private final List<DemoForeignKey> foreignKeys = new ArrayList<>();

  /** A table without columns yet; the first one added is its primary key. */
  Blueprint(String name, String comment) {
    this.name = name;
    this.comment = comment;
  }

  Blueprint<T> column(String column, DemoType type, Reading<T> reading, String about) {
    return add(new DemoColumn(column, type, false, about), (thing, t) -> reading.of(thing));
  }

  Blueprint<T> optional(String column, DemoType type, Reading<T> reading, String about) {
    return add(new DemoColumn(column, type, true, about), (thing, t) -> reading.of(thing));
  }

  /** A column that refers to the column of the same meaning in another table. */
  Blueprint<T> reference(
      String column, Reading<T> reading, String target, String targetColumn, String about) {
    foreignKeys.add(
        new DemoForeignKey(
            name + "_" + column + "_fkey", List.of(column), target, List.of(targetColumn)));
    return column(column, DemoType.integer(), reading, about);
  }

  /** A date that every row has. */
  Blueprint<T> day(String column, Moment<T> day, String about) {
    return add(new DemoColumn(column, DemoType.date(), false, about), dayOf(day));
  }

  /** A date that a row may not have. */
  Blueprint<T> optionalDay(String column, Moment<T> day, String about) {
    return add(new DemoColumn(column, DemoType.date(), true, about), dayOf(day));
  }

  /** A time that every row has. */
  Blueprint<T> minute(String column, Moment<T> minute, String about) {
    return add(new DemoColumn(column, DemoType.timestamp(), false, about), minuteOf(minute));
  }

  /** A time that a row may not have. */
  Blueprint<T> optionalMinute(String column, Moment<T> minute, String about) {
    return add(new DemoColumn(column, DemoType.timestamp(), true, about), minuteOf(minute));
  }

  Blueprint<T> unique(String column) {
    uniqueKeys.add(new DemoUniqueKey(name + "_" + column + "_key", List.of(column)));
    return this;
  }

  /** The table that shows these things as they stand on the day {@code today}. */
  DemoTable table(LocalDate today, int rowCount, Supplier<List<T>> things) {
    Lazy<List<Object[]>> rows = new Lazy<>(() -> rows(things.get(), new Timeline(today)));
    return new DemoTable(
        name,
        comment,
        columns,
        List.of(columns.get(0).name()),
        uniqueKeys,
        foreignKeys,
        rowCount,
        new FrozenRows(rows));
  }

  private List<Object[]> rows(List<T> things, Timeline timeline) {
    List<Object[]> rows = new ArrayList<>(things.size());
    for (T thing : things) {
      Object[] row = new Object[cells.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = cells.get(i).of(thing, timeline);
      }
      rows.add(row);
    }
    return rows;
  }

  private Blueprint<T> add(DemoColumn column, Cell<T> cell) {
    columns.add(column);
    cells.add(cell);
    return this;
  }

  private static <T> Cell<T> dayOf(Moment<T> moment) {
    return (thing, timeline) -> {
      Integer day = moment.of(thing);
      return day == null ? null : timeline.day(day);
    };
  }

  private static <T> Cell<T> minuteOf(Moment<T> moment) {
    return (thing, timeline) -> {
      Integer minute = moment.of(thing);
      return minute == null ? null : timeline.minute(minute);
    };
  }
}
