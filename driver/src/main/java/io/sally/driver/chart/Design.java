package io.sally.driver.chart;

import io.sally.driver.answer.AnswerColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which chart it will be and what is where. Immutable.
 *
 * @param label the column that names each point of a scatter chart, or null
 * @param notes what is left out, in sentences
 */
record Design(
    ChartType type,
    @Nullable Channel x,
    @Nullable Channel y,
    @Nullable Channel series,
    @Nullable AnswerColumn label,
    List<String> notes) {
  Design {
    notes = List.copyOf(notes);
  }

  static Design of(ChartType type, @Nullable Channel x, @Nullable Channel y) {
    return new Design(type, x, y, null, null, List.of());
  }

  static Design of(
      ChartType type, @Nullable Channel x, @Nullable Channel y, @Nullable Channel series) {
    return new Design(type, x, y, series, null, List.of());
  }

  Design withLabel(AnswerColumn name) {
    return new Design(type, x, y, series, name, notes);
  }

  Design withNotes(List<String> others) {
    return new Design(type, x, y, series, label, others);
  }
}
