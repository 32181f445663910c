package io.sally.driver.chart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sally.driver.answer.AnswerColumn;
import io.sally.driver.answer.AnswerColumn.Role;
import io.sally.driver.answer.AnswerRows;
import io.sally.driver.chart.Channel.One;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a design as a Vega-Lite specification. The fields of its data have fixed names, since
 * Vega-Lite reads a name such as {@code a.b[0]} as a path; the columns' own names are the titles.
 * Confined to one thread.
 */
final class SpecWriter {
  private static final String SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json";
  private static final int LONGEST_LINE = 80;
  private static final int MOST_TITLE_LINES = 3;
  private static final int WIDTH = 600;
  private static final int HEIGHT = 340;
  private static final int BAR_STEP = 22;
  private static final int GROUP_STEP = 14;
  private static final int CELL_STEP = 24;
  private static final int TABLE_STEP = 150;
  private static final int LABEL_LIMIT = 240;
  private static final int NUMBER_SIZE = 64;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Design design;
  private final String title;
  private final AnswerRows rows;
  private final Points points;

  SpecWriter(Design design, String title, AnswerRows rows) {
    this.design = design;
    this.title = title;
    this.rows = rows;
    this.points = new Points(design, rows);
  }

  Drawing draw() {
    ArrayNode values =
        design.type() == ChartType.TABLE ? new Cells(rows, points).values() : points.values();
    List<String> notes = new ArrayList<>(design.notes());
    if (rows.cut()) {
      notes.add("Drawn: the first " + rows.rows().size() + " rows; the answer has more.");
    }
    notes.addAll(points.notes());
    ObjectNode spec = JSON.objectNode();
    spec.put("$schema", SCHEMA);
    spec.put("description", description());
    spec.set("title", heading(notes));
    spec.putObject("data").set("values", values);
    switch (design.type()) {
      case BAR -> bars(spec);
      case LINE -> lines(spec);
      case SCATTER -> scatter(spec);
      case PIE -> pie(spec);
      case HEAT_MAP -> heatMap(spec);
      case NUMBER -> number(spec);
      case TABLE -> table(spec);
    }
    return new Drawing(spec.toString(), notes);
  }

  private String description() {
    List<String> parts = new ArrayList<>();
    for (Channel channel : new Channel[] {design.x(), design.y(), design.series()}) {
      if (channel != null) {
        parts.add(channel.title());
      }
    }
    String of = parts.isEmpty() ? "" : " of " + String.join(", ", parts);
    return design.type().label() + of + ": " + title;
  }

  private ObjectNode heading(List<String> notes) {
    ObjectNode heading = JSON.objectNode();
    heading.set("text", lines(List.of(title), MOST_TITLE_LINES));
    List<String> below = new ArrayList<>();
    if (design.type() == ChartType.NUMBER) {
      rows.profile().stream()
          .filter(column -> column.role() != Role.QUANTITY)
          .forEach(
              column ->
                  below.add(
                      column.title()
                          + ": "
                          + Objects.requireNonNullElse(column.text(rows.rows().get(0)), "–")));
    }
    below.addAll(notes);
    if (!below.isEmpty()) {
      heading.set("subtitle", lines(below, Integer.MAX_VALUE));
    }
    heading.put("anchor", "start");
    return heading;
  }

  private static ArrayNode lines(List<String> texts, int most) {
    ArrayNode lines = JSON.arrayNode();
    for (String text : texts) {
      String rest = text;
      while (rest.length() > LONGEST_LINE && lines.size() < most - 1) {
        int end = rest.lastIndexOf(' ', LONGEST_LINE);
        int cut = end > 0 ? end : rest.offsetByCodePoints(0, rest.codePointCount(0, LONGEST_LINE));
        lines.add(rest.substring(0, cut));
        rest = rest.substring(cut).strip();
      }
      lines.add(rest.length() <= LONGEST_LINE ? rest : rest.substring(0, LONGEST_LINE - 1) + "…");
    }
    return lines;
  }

  private void bars(ObjectNode spec) {
    boolean lying = isName(design.y());
    spec.putObject("mark").put("type", "bar");
    ObjectNode encoding = spec.putObject("encoding");
    encoding.set("x", axis("x", design.x()));
    encoding.set("y", axis("y", design.y()));
    if (design.series() != null) {
      ObjectNode offset = encoding.putObject(lying ? "yOffset" : "xOffset");
      offset.put("field", "series").put("type", "nominal").putNull("sort");
      encoding.set("color", colour(design.series()));
    }
    encoding.set("tooltip", tooltip());
    if (lying) {
      spec.put("width", WIDTH);
      spec.putObject("height").put("step", design.series() == null ? BAR_STEP : GROUP_STEP);
    } else {
      spec.put("width", WIDTH).put("height", HEIGHT);
    }
  }

  private void lines(ObjectNode spec) {
    spec.putObject("mark").put("type", "line").put("point", points.size() <= 100);
    onAxes(spec);
    spec.put("width", WIDTH).put("height", HEIGHT);
  }

  private void scatter(ObjectNode spec) {
    spec.putObject("mark").put("type", "point").put("filled", true).put("opacity", 0.7);
    onAxes(spec);
    spec.put("width", WIDTH);
    if (isName(design.y())) {
      spec.putObject("height").put("step", BAR_STEP);
    } else {
      spec.put("height", HEIGHT);
    }
  }

  private void onAxes(ObjectNode spec) {
    ObjectNode encoding = spec.putObject("encoding");
    encoding.set("x", axis("x", design.x()));
    encoding.set("y", axis("y", design.y()));
    if (design.series() != null) {
      encoding.set("color", colour(design.series()));
    }
    encoding.set("tooltip", tooltip());
  }

  private void pie(ObjectNode spec) {
    spec.putObject("mark").put("type", "arc");
    ObjectNode encoding = spec.putObject("encoding");
    encoding.set("theta", axis("y", design.y()).put("stack", true));
    encoding.set("color", colour(Objects.requireNonNull(design.series(), "a pie has names")));
    encoding.set("tooltip", tooltip());
    spec.put("width", HEIGHT).put("height", HEIGHT);
    withoutFrame(spec);
  }

  private void heatMap(ObjectNode spec) {
    spec.putObject("mark").put("type", "rect");
    ObjectNode encoding = spec.putObject("encoding");
    encoding.set("x", axis("x", design.x()));
    encoding.set("y", axis("y", design.y()));
    encoding
        .putObject("color")
        .put("field", "series")
        .put("type", "quantitative")
        .put("title", title(design.series()));
    encoding.set("tooltip", tooltip());
    spec.putObject("width").put("step", CELL_STEP);
    spec.putObject("height").put("step", CELL_STEP);
  }

  private void number(ObjectNode spec) {
    spec.putObject("mark").put("type", "text").put("fontSize", NUMBER_SIZE);
    ObjectNode encoding = spec.putObject("encoding");
    encoding.putObject("text").put("field", "y_text").put("type", "nominal");
    encoding.set("tooltip", tooltip());
    spec.put("width", WIDTH).put("height", 2 * NUMBER_SIZE);
    withoutFrame(spec);
  }

  private static void table(ObjectNode spec) {
    spec.putObject("mark")
        .put("type", "text")
        .put("align", "left")
        .put("dx", 8 - TABLE_STEP / 2)
        .put("limit", TABLE_STEP - 10);
    ObjectNode encoding = spec.putObject("encoding");
    ObjectNode columns = encoding.putObject("x");
    columns.put("field", "column").put("type", "nominal").putNull("sort").putNull("title");
    columns
        .putObject("axis")
        .put("orient", "top")
        .put("labelAngle", 0)
        .put("labelLimit", TABLE_STEP - 10)
        .put("domain", false)
        .put("ticks", false);
    ObjectNode lines = encoding.putObject("y");
    lines.put("field", "row").put("type", "ordinal").putNull("axis");
    encoding.putObject("text").put("field", "value").put("type", "nominal");
    ArrayNode tooltip = encoding.putArray("tooltip");
    tooltip.addObject().put("field", "column").put("type", "nominal");
    tooltip.addObject().put("field", "value").put("type", "nominal");
    spec.putObject("width").put("step", TABLE_STEP);
    spec.putObject("height").put("step", BAR_STEP);
    withoutFrame(spec);
  }

  private static void withoutFrame(ObjectNode spec) {
    spec.putObject("config").putObject("view").putNull("stroke");
  }

  private ObjectNode axis(String field, @Nullable Channel channel) {
    ObjectNode axis = JSON.objectNode().put("field", field);
    if (!isOrdered(channel) && !isName(channel)) {
      axis.put("type", "quantitative");
      if (design.type() == ChartType.SCATTER) {
        axis.putObject("scale").put("zero", false);
      }
    } else if (points.isTemporal(channel)) {
      axis.put("type", "temporal").put("timeUnit", points.grain(channel).timeUnit());
    } else {
      axis.put("type", isName(channel) ? "nominal" : "ordinal");
      if (design.type() == ChartType.HEAT_MAP) {
        axis.set("sort", points.order(channel));
      } else {
        axis.putNull("sort");
      }
      axis.putObject("axis").put("labelLimit", LABEL_LIMIT);
    }
    return axis.put("title", title(channel));
  }

  private ObjectNode colour(Channel channel) {
    ObjectNode colour = JSON.objectNode().put("field", "series").put("type", "nominal");
    colour.putNull("sort");
    return colour.put("title", channel.title());
  }

  private ArrayNode tooltip() {
    ArrayNode tooltip = JSON.arrayNode();
    AnswerColumn label = design.label();
    if (label != null) {
      tooltip.addObject().put("field", "label").put("type", "nominal").put("title", label.title());
    }
    addTip(tooltip, "series", design.type() == ChartType.HEAT_MAP ? null : design.series());
    addTip(tooltip, "x", design.x());
    addTip(tooltip, "y", design.y());
    addTip(tooltip, "series", design.type() == ChartType.HEAT_MAP ? design.series() : null);
    return tooltip;
  }

  private void addTip(ArrayNode tooltip, String field, @Nullable Channel channel) {
    if (channel == null) {
      return;
    }
    ObjectNode tip = tooltip.addObject();
    if (points.hasTexts(field)) {
      tip.put("field", field + "_text").put("type", "nominal");
    } else if (points.isTemporal(channel)) {
      tip.put("field", field).put("type", "temporal");
      tip.put("timeUnit", points.grain(channel).timeUnit());
    } else {
      boolean text = isName(channel) || isOrdered(channel) || field.equals("series");
      boolean number = design.type() == ChartType.HEAT_MAP && field.equals("series");
      tip.put("field", field).put("type", text && !number ? "nominal" : "quantitative");
    }
    tip.put("title", channel.title());
  }

  private static @Nullable String title(@Nullable Channel channel) {
    return channel == null ? null : channel.title();
  }

  private static boolean isName(@Nullable Channel channel) {
    return channel instanceof One one && one.column().role() == Role.CATEGORY;
  }

  private static boolean isOrdered(@Nullable Channel channel) {
    return channel instanceof One one
        && (one.column().role() == Role.TIME || one.column().role() == Role.STEP);
  }
}
