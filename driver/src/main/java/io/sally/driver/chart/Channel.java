package io.sally.driver.chart;

import io.sally.driver.answer.AnswerColumn;
import java.util.List;
import java.util.stream.Collectors;

/** What stands on an axis of a chart, or has its colours. */
sealed interface Channel {
  /** The values of one column. */
  record One(AnswerColumn column) implements Channel {}

  /** The numbers of several columns, drawn beside each other. */
  record Measures(List<AnswerColumn> columns) implements Channel {
    public Measures {
      columns = List.copyOf(columns);
    }
  }

  /** The names of the columns of {@link Measures}. */
  record MeasureNames() implements Channel {}

  /** The name under which programs find it. */
  default String label() {
    if (this instanceof One one) {
      return one.column().label();
    }
    return this instanceof Measures several
        ? several.columns().stream().map(AnswerColumn::label).collect(Collectors.joining(", "))
        : "measure";
  }

  /** The name that people read. */
  default String title() {
    if (this instanceof One one) {
      return one.column().title();
    }
    return this instanceof Measures several
        ? several.columns().stream().map(AnswerColumn::title).collect(Collectors.joining(", "))
        : "measure";
  }
}
