package io.sally.driver.chart;

import io.sally.driver.answer.AnswerRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A drawn answer. Immutable.
 *
 * @param x the column on the horizontal axis, or null where the chart has none
 * @param y the column on the vertical axis or, where there are no axes, whose numbers are shown;
 *     null in a table; several are joined by commas
 * @param series the column that has a colour for each of its values, or null; {@code measure} where
 *     several columns are drawn beside each other
 * @param spec a Vega-Lite specification with the data inside, as JSON
 * @param notes what the chart leaves out, in sentences
 */
public record Chart(
    ChartType type,
    @Nullable String x,
    @Nullable String y,
    @Nullable String series,
    String title,
    String spec,
    List<String> notes) {
  public Chart {
    notes = List.copyOf(notes);
  }

  /**
   * Draws the rows in the way that suits their types and the number of their different values.
   *
   * @param question what was asked, which becomes the title
   */
  public static Chart of(String question, AnswerRows rows) {
    Design design = Designer.design(question, rows);
    String title = question.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    Drawing drawing = new SpecWriter(design, title, rows).draw();
    return new Chart(
        design.type(),
        label(design.x()),
        label(design.y()),
        label(design.series()),
        title,
        drawing.spec(),
        drawing.notes());
  }

  private static @Nullable String label(@Nullable Channel channel) {
    return channel == null ? null : channel.label();
  }
}
