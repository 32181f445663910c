package io.sally.driver.chart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sally.driver.answer.AnswerColumn;
import io.sally.driver.answer.AnswerColumn.Role;
import io.sally.driver.answer.AnswerRows;
import io.sally.driver.chart.Channel.Measures;
import io.sally.driver.chart.Channel.One;
import io.sally.driver.value.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The data of a chart: a point for each row or, where several columns are drawn beside each other,
 * for each of their values. Confined to one thread.
 */
final class Points {
  private static final int MOST_BARS = 50;
  private static final String NO_VALUE = "(no value)";

  private final Design design;
  private final AnswerRows rows;
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Set<String> withTexts = new HashSet<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<AnswerColumn, Integer> notDrawn = new LinkedHashMap<>();
  private final Map<AnswerColumn, String> namesOfNone = new LinkedHashMap<>();
  private final Map<AnswerColumn, TimeGrain> grains = new LinkedHashMap<>();
  private final List<AnswerColumn> measures;
  private int size;

  Points(Design design, AnswerRows rows) {
    this.design = design;
    this.rows = rows;
    put("x", design.x());
    put("y", design.y());
    put("series", design.series());
    AnswerColumn label = design.label();
    put("label", label == null ? null : new One(label));
    this.measures = measures();
    channels.forEach(this::prepare);
  }

  private void put(String field, @Nullable Channel channel) {
    if (channel != null) {
      channels.put(field, channel);
    }
  }

  private void prepare(String field, Channel channel) {
    List<AnswerColumn> columns =
        channel instanceof Measures several
            ? several.columns()
            : channel instanceof One one ? List.of(one.column()) : List.of();
    for (AnswerColumn column : columns) {
      List<@Nullable Object> values = rows.values(column.index());
      switch (column.role()) {
        case QUANTITY -> {
          boolean inexact =
              values.stream().map(Numeral::of).flatMap(Optional::stream).anyMatch(n -> !n.exact());
          if (inexact || design.type() == ChartType.NUMBER) {
            withTexts.add(field);
          }
        }
        case TIME -> grains.put(column, TimeGrain.of(values));
        default -> {}
      }
      namesOfNone.put(column, nameOfNone(values));
    }
  }

  /** A name for null that no value has. */
  private static String nameOfNone(List<@Nullable Object> values) {
    String name = NO_VALUE;
    while (values.contains(name)) {
      name = "(" + name + ")";
    }
    return name;
  }

  /** Whether the points have beside this field its text, with all digits. */
  boolean hasTexts(String field) {
    return withTexts.contains(field);
  }

  /** Whether the channel is an axis of time; elsewhere moments are names in their order. */
  boolean isTemporal(@Nullable Channel channel) {
    return channel instanceof One one
        && one.column().role() == Role.TIME
        && (design.type() == ChartType.LINE || design.type() == ChartType.SCATTER)
        && channel.equals(design.x());
  }

  TimeGrain grain(@Nullable Channel channel) {
    return channel instanceof One one
        ? grains.getOrDefault(one.column(), TimeGrain.MILLISECOND)
        : TimeGrain.MILLISECOND;
  }

  /** What the points leave out, in sentences; complete after {@link #values}. */
  List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    notDrawn.forEach(
        (column, count) ->
            all.add(
                "Not drawn: "
                    + count
                    + (count == 1 ? " row whose " : " rows whose ")
                    + column.title()
                    + (column.role() == Role.TIME
                        ? " is missing or no date."
                        : " is missing or no number.")));
    return all;
  }

  void note(String note) {
    notes.add(note);
  }

  /** How many points there are; known after {@link #values}. */
  int size() {
    return size;
  }

  /** The texts of a column in the order in which an axis shows them. */
  ArrayNode order(@Nullable Channel channel) {
    ArrayNode order = JsonNodeFactory.instance.arrayNode();
    if (channel instanceof One one) {
      ordered(one.column(), rows.rows()).stream()
          .map(row -> name(one.column(), row))
          .distinct()
          .forEach(order::add);
    }
    return order;
  }

  ArrayNode values() {
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    for (List<@Nullable Object> row : drawn()) {
      for (int measure = 0; measure < Math.max(1, measures.size()); measure++) {
        ObjectNode point = values.objectNode();
        if (set(point, row, measure)) {
          values.add(point);
        }
      }
    }
    size = values.size();
    return values;
  }

  /** The columns of numbers that are drawn beside each other; empty where there is only one. */
  private List<AnswerColumn> measures() {
    return channels.values().stream()
        .filter(Measures.class::isInstance)
        .flatMap(channel -> ((Measures) channel).columns().stream())
        .toList();
  }

  private List<List<@Nullable Object>> drawn() {
    List<List<@Nullable Object>> drawn = rows.rows();
    if (design.x() instanceof One x && isOrdered(x.column())) {
      return ordered(x.column(), drawn);
    }
    if (design.type() != ChartType.BAR || !(design.y() instanceof One name)) {
      return drawn;
    }
    if (design.x() instanceof One number && design.series() == null) {
      drawn = sortedAsAsked(number.column(), name.column());
    }
    if (drawn.size() > MOST_BARS && design.series() == null) {
      notes.add("Drawn: the first " + MOST_BARS + " of " + drawn.size() + " rows.");
      return drawn.subList(0, MOST_BARS);
    }
    return drawn;
  }

  private static boolean isOrdered(AnswerColumn column) {
    return column.role() == Role.TIME || column.role() == Role.STEP;
  }

  /** The rows as they came, where they came in an order; the largest first otherwise. */
  private List<List<@Nullable Object>> sortedAsAsked(AnswerColumn number, AnswerColumn name) {
    Comparator<List<@Nullable Object>> byNumber = Comparator.comparing(row -> number(number, row));
    Comparator<List<@Nullable Object>> byName = Comparator.comparing(row -> name(name, row));
    for (Comparator<List<@Nullable Object>> order :
        List.of(byNumber, byNumber.reversed(), byName, byName.reversed())) {
      if (isSorted(order)) {
        return rows.rows();
      }
    }
    return rows.rows().stream().sorted(byNumber.reversed()).toList();
  }

  private boolean isSorted(Comparator<List<@Nullable Object>> order) {
    for (int i = 1; i < rows.rows().size(); i++) {
      if (order.compare(rows.rows().get(i - 1), rows.rows().get(i)) > 0) {
        return false;
      }
    }
    return true;
  }

  private static Double number(AnswerColumn column, List<@Nullable Object> row) {
    return Numeral.of(row.get(column.index()))
        .map(numeral -> numeral.json().doubleValue())
        .orElse(Double.NEGATIVE_INFINITY);
  }

  private List<List<@Nullable Object>> ordered(
      AnswerColumn column, List<List<@Nullable Object>> unordered) {
    return switch (column.role()) {
      case STEP ->
          unordered.stream()
              .sorted(
                  Comparator.<List<@Nullable Object>>comparingDouble(row -> step(column, row))
                      .thenComparing(row -> name(column, row)))
              .toList();
      case TIME ->
          unordered.stream().sorted(Comparator.comparing(row -> iso(column, row))).toList();
      default -> unordered;
    };
  }

  /** Numbers by their size, texts after them, nulls last. */
  private static double step(AnswerColumn column, List<@Nullable Object> row) {
    Object value = row.get(column.index());
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    return value == null ? Double.POSITIVE_INFINITY : Double.MAX_VALUE;
  }

  private String iso(AnswerColumn column, List<@Nullable Object> row) {
    return TimeGrain.MILLISECOND.iso(row.get(column.index())).orElse("~");
  }

  /** Sets the fields of a point; false where it has no place. */
  private boolean set(ObjectNode point, List<@Nullable Object> row, int measure) {
    for (Map.Entry<String, Channel> entry : channels.entrySet()) {
      String field = entry.getKey();
      Channel channel = entry.getValue();
      if (channel instanceof Channel.MeasureNames) {
        point.put(field, measures.get(measure).title());
      } else if (channel instanceof Measures several) {
        setNumber(point, field, several.columns().get(measure), row);
      } else if (channel instanceof One one && one.column().role() == Role.QUANTITY) {
        setNumber(point, field, one.column(), row);
      } else if (channel instanceof One one && isTemporal(channel)) {
        Optional<String> moment = grain(channel).iso(row.get(one.column().index()));
        if (moment.isEmpty()) {
          notDrawn.merge(one.column(), 1, Integer::sum);
          return false;
        }
        point.put(field, moment.get());
      } else if (channel instanceof One one) {
        point.put(field, name(one.column(), row));
      }
    }
    return true;
  }

  private void setNumber(
      ObjectNode point, String field, AnswerColumn column, List<@Nullable Object> row) {
    Optional<Numeral> numeral = Numeral.of(row.get(column.index()));
    if (numeral.isEmpty()) {
      notDrawn.merge(column, 1, Integer::sum);
      point.putNull(field);
    } else {
      point.set(field, numeral.get().json());
    }
    if (withTexts.contains(field)) {
      Object value = row.get(column.index());
      point.put(
          field + "_text",
          numeral.map(Numeral::text).orElse(value == null ? null : Texts.toText(value)));
    }
  }

  private String name(AnswerColumn column, List<@Nullable Object> row) {
    Object value = row.get(column.index());
    if (value == null) {
      return namesOfNone.getOrDefault(column, NO_VALUE);
    }
    TimeGrain grain = grains.get(column);
    return grain == null
        ? Texts.toText(value)
        : grain.text(value).orElseGet(() -> Texts.toText(value));
  }
}
