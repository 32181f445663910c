package io.sally.driver.chart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sally.driver.answer.AnswerColumn;
import io.sally.driver.answer.AnswerRows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows as a table of texts, a point for each cell: Vega-Lite has no other table. */
final class Cells {
  private static final int MOST_ROWS = 50;
  private static final int MOST_COLUMNS = 12;

  private final AnswerRows rows;
  private final Points points;

  Cells(AnswerRows rows, Points points) {
    this.rows = rows;
    this.points = points;
  }

  ArrayNode values() {
    List<AnswerColumn> columns = rows.profile();
    List<List<@Nullable Object>> lines = rows.rows();
    if (lines.size() > MOST_ROWS) {
      points.note("Shown: the first " + MOST_ROWS + " of " + lines.size() + " rows.");
      lines = lines.subList(0, MOST_ROWS);
    }
    if (columns.size() > MOST_COLUMNS) {
      points.note("Shown: the first " + MOST_COLUMNS + " of " + columns.size() + " columns.");
      columns = columns.subList(0, MOST_COLUMNS);
    }
    List<String> headings = headings(columns);
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    for (int row = 0; row < lines.size(); row++) {
      for (int i = 0; i < columns.size(); i++) {
        values
            .addObject()
            .put("row", row + 1)
            .put("column", headings.get(i))
            .put("value", columns.get(i).text(lines.get(row)));
      }
    }
    return values;
  }

  /** Two columns of one name would stand over each other. */
  private static List<String> headings(List<AnswerColumn> columns) {
    Set<String> taken = new HashSet<>();
    List<String> headings = new ArrayList<>();
    for (AnswerColumn column : columns) {
      String heading = column.title();
      for (int i = 2; !taken.add(heading); i++) {
        heading = column.title() + " (" + i + ")";
      }
      headings.add(heading);
    }
    return headings;
  }
}
