package io.sally.driver.chart;

import io.sally.driver.answer.AnswerColumn;
import io.sally.driver.answer.AnswerColumn.Role;
import io.sally.driver.answer.AnswerRows;
import io.sally.driver.chart.Channel.MeasureNames;
import io.sally.driver.chart.Channel.Measures;
import io.sally.driver.chart.Channel.One;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the chart by what the columns are and by how many different values they have. Whatever
 * would draw two rows over each other, or say more than the rows do, becomes a table. Confined to
 * one thread.
 */
final class Designer {
  private static final int MOST_SLICES = 6;
  private static final int MOST_COLOURS = 8;
  private static final int MOST_GROUP_COLOURS = 4;
  private static final int MOST_GROUPS = 30;
  private static final int MOST_MEASURES = 4;
  private static final int MOST_MEASURED_NAMES = 15;
  private static final int MOST_HEAT_MAP_SIDE = 60;
  private static final int FEWEST_STEPS_OF_A_LINE = 3;

  /** Above this, the smaller of two numbers on one axis could not be seen. */
  private static final double MOST_TIMES_LARGER = 20;

  private static final Pattern OF_A_WHOLE =
      Pattern.compile(
          "\\b(share|proportion|percentage|percent|pct|fraction|breakdown|split|pie)s?\\b|%",
          Pattern.CASE_INSENSITIVE);

  private final String question;
  private final AnswerRows rows;
  private final List<AnswerColumn> names = new ArrayList<>();
  private final List<AnswerColumn> steps = new ArrayList<>();
  private final List<AnswerColumn> quantities = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private boolean onlyToShow;

  private Designer(String question, AnswerRows rows) {
    this.question = question;
    this.rows = rows;
  }

  static Design design(String question, AnswerRows rows) {
    return new Designer(question, rows).design();
  }

  private Design design() {
    List<AnswerColumn> columns = rows.profile();
    if (rows.rows().size() == 1) {
      return oneRow(columns);
    }
    columns.forEach(this::sort);
    if (rows.rows().isEmpty() || onlyToShow || quantities.isEmpty()) {
      return table();
    }
    leaveOutSecondNames();
    Design design =
        switch (steps.size()) {
          case 0 -> byNames();
          case 1 -> alongSteps(steps.get(0));
          case 2 -> byTwoSteps();
          default -> table();
        };
    return design.type() == ChartType.TABLE ? design : design.withNotes(leftOut);
  }

  private static Design table() {
    return Design.of(ChartType.TABLE, null, null);
  }

  /** A single number is the answer itself, whatever names stand beside it. */
  private Design oneRow(List<AnswerColumn> columns) {
    List<AnswerColumn> numbers =
        columns.stream().filter(column -> column.role() == Role.QUANTITY).toList();
    return numbers.size() == 1 && numbers.get(0).missing() == 0
        ? Design.of(ChartType.NUMBER, null, new One(numbers.get(0)))
        : table();
  }

  private void sort(AnswerColumn column) {
    switch (column.role()) {
      case QUANTITY -> quantities.add(column);
      case TIME, STEP -> steps.add(column);
      case CATEGORY -> names.add(column);
      case OTHER -> onlyToShow = true;
    }
  }

  /** Of an identifier and a name that go together the name is drawn. */
  private void leaveOutSecondNames() {
    while (names.size() > 1) {
      AnswerColumn first = names.get(names.size() - 2);
      AnswerColumn second = names.get(names.size() - 1);
      if (!goTogether(first, second)) {
        return;
      }
      AnswerColumn shown = textLength(second) >= textLength(first) ? second : first;
      AnswerColumn other = shown.equals(second) ? first : second;
      names.remove(other);
      leftOut.add("Not drawn: " + other.title() + ", which goes with " + shown.title() + ".");
    }
  }

  private boolean goTogether(AnswerColumn first, AnswerColumn second) {
    return first.distinct() == second.distinct()
        && first.missing() == 0
        && second.missing() == 0
        && combinations(first, second) == first.distinct();
  }

  private long textLength(AnswerColumn column) {
    return rows.rows().stream()
        .map(column::text)
        .filter(Objects::nonNull)
        .mapToLong(String::length)
        .sum();
  }

  private long combinations(AnswerColumn... columns) {
    Set<List<@Nullable Object>> different = new HashSet<>();
    for (List<@Nullable Object> row : rows.rows()) {
      List<@Nullable Object> combination = new ArrayList<>();
      for (AnswerColumn column : columns) {
        combination.add(row.get(column.index()));
      }
      different.add(combination);
    }
    return different.size();
  }

  /** Whether each row is the only one with its values in these columns. */
  private boolean isKey(AnswerColumn... columns) {
    return combinations(columns) == rows.rows().size();
  }

  private Design byNames() {
    return switch (names.size()) {
      case 0 ->
          quantities.size() == 2 ? Design.of(ChartType.SCATTER, quantity(0), quantity(1)) : table();
      case 1 -> byName(names.get(0));
      case 2 -> byTwoNames(names.get(0), names.get(1));
      default -> table();
    };
  }

  private Design byName(AnswerColumn name) {
    if (quantities.size() == 1) {
      if (!isKey(name)) {
        return Design.of(ChartType.SCATTER, quantity(0), new One(name));
      }
      return arePartsOfAWhole(name)
          ? Design.of(ChartType.PIE, null, quantity(0), new One(name))
          : Design.of(ChartType.BAR, quantity(0), new One(name));
    }
    if (isKey(name) && rows.rows().size() <= MOST_MEASURED_NAMES && areComparable()) {
      return Design.of(ChartType.BAR, new Measures(quantities), new One(name), new MeasureNames());
    }
    if (quantities.size() > 2) {
      return table();
    }
    boolean colours = !isKey(name) && name.distinct() <= MOST_COLOURS;
    return Design.of(ChartType.SCATTER, quantity(0), quantity(1), colours ? new One(name) : null)
        .withLabel(name);
  }

  /** A pie says "together they are all there is"; the rows or the question must say so too. */
  private boolean arePartsOfAWhole(AnswerColumn name) {
    int slices = rows.rows().size();
    if (slices < 2 || slices > MOST_SLICES || rows.cut() || name.missing() > 1) {
      return false;
    }
    double sum = 0;
    for (Object value : rows.values(quantities.get(0).index())) {
      if (!(value instanceof Number number) || !(number.doubleValue() > 0)) {
        return false;
      }
      sum += number.doubleValue();
    }
    boolean isWhole = isNear(sum, 1, 0.005) || isNear(sum, 100, 0.5);
    boolean saysShare = OF_A_WHOLE.matcher(quantities.get(0).title()).find();
    return isWhole || (!saysShare && OF_A_WHOLE.matcher(question).find());
  }

  private static boolean isNear(double value, double target, double distance) {
    return Math.abs(value - target) <= distance;
  }

  private Design byTwoNames(AnswerColumn first, AnswerColumn second) {
    if (quantities.size() != 1 || !isKey(first, second)) {
      return table();
    }
    AnswerColumn few = first.distinct() < second.distinct() ? first : second;
    AnswerColumn many = few.equals(first) ? second : first;
    if (few.distinct() <= MOST_GROUP_COLOURS && many.distinct() <= MOST_GROUPS) {
      return Design.of(ChartType.BAR, quantity(0), new One(many), new One(few));
    }
    return heatMap(few, many);
  }

  private Design byTwoSteps() {
    AnswerColumn first = steps.get(0);
    AnswerColumn second = steps.get(1);
    return names.isEmpty() && quantities.size() == 1 && isKey(first, second)
        ? heatMap(first, second)
        : table();
  }

  private Design heatMap(AnswerColumn x, AnswerColumn y) {
    return x.distinct() <= MOST_HEAT_MAP_SIDE && y.distinct() <= MOST_HEAT_MAP_SIDE
        ? Design.of(ChartType.HEAT_MAP, new One(x), new One(y), quantity(0))
        : table();
  }

  private Design alongSteps(AnswerColumn step) {
    if (names.size() > 1 || step.distinct() == 0) {
      return table();
    }
    boolean line = step.distinct() >= FEWEST_STEPS_OF_A_LINE;
    ChartType type = line ? ChartType.LINE : ChartType.BAR;
    if (names.isEmpty()) {
      if (quantities.size() > 1) {
        return isKey(step) && areComparable()
            ? Design.of(type, new One(step), new Measures(quantities), new MeasureNames())
            : table();
      }
      return Design.of(isKey(step) ? type : ChartType.SCATTER, new One(step), quantity(0));
    }
    AnswerColumn name = names.get(0);
    if (quantities.size() > 1) {
      return table();
    }
    if (name.distinct() + (name.missing() > 0 ? 1 : 0) > MOST_COLOURS) {
      return isKey(step, name) ? heatMap(step, name) : table();
    }
    return Design.of(
        isKey(step, name) ? type : ChartType.SCATTER, new One(step), quantity(0), new One(name));
  }

  private One quantity(int i) {
    return new One(quantities.get(i));
  }

  /** Whether the numbers of all columns can be seen on one axis. */
  private boolean areComparable() {
    if (quantities.size() > MOST_MEASURES) {
      return false;
    }
    List<Double> sizes =
        quantities.stream().map(this::largest).sorted(Comparator.naturalOrder()).toList();
    return sizes.get(0) > 0 && sizes.get(sizes.size() - 1) / sizes.get(0) <= MOST_TIMES_LARGER;
  }

  private double largest(AnswerColumn column) {
    return rows.values(column.index()).stream()
        .flatMap(value -> value instanceof Number number ? Stream.of(number) : Stream.of())
        .mapToDouble(number -> Math.abs(number.doubleValue()))
        .filter(Double::isFinite)
        .max()
        .orElse(0);
  }
}
