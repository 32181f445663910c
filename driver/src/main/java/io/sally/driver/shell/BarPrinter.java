package io.sally.driver.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws the points of a chart as bars of characters, where each has a name and a number; a chart of
 * another kind is drawn by its page alone.
 */
final class BarPrinter {
  private static final int WIDEST_BAR = 40;
  private static final int WIDEST_NAME = 30;
  private static final int MOST_BARS = 60;

  /** One to eight eighths of a character. */
  private static final String EIGHTHS = "▏▎▍▌▋▊▉█";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;

  BarPrinter(PrintStream out) {
    this.out = out;
  }

  /** A name with its number as it is drawn and as it is written. */
  private record Bar(String name, double number, String text) {}

  /**
   * Draws it.
   *
   * @param type the chart's type as {@code ASK CHART} names it
   * @param spec its specification
   */
  void print(String type, String spec) throws JsonProcessingException {
    JsonNode chart = JSON.readTree(spec);
    boolean lying = chart.at("/encoding/x/type").asText().equals("quantitative");
    switch (type) {
      case "bar" -> print(bars(chart, lying ? "y" : "x", lying ? "x" : "y", "series"));
      case "line" -> print(bars(chart, "x", "y", "series"));
      case "pie" -> print(bars(chart, "series", "y", ""));
      case "number" -> out.println(shown(chart.at("/data/values/0/y_text").asText()));
      default -> {}
    }
  }

  private static List<Bar> bars(JsonNode chart, String name, String number, String series) {
    List<Bar> bars = new ArrayList<>();
    for (JsonNode point : chart.at("/data/values")) {
      JsonNode value = point.path(number);
      String text = point.path(number + "_text").asText(value.isNull() ? "–" : value.asText());
      String both =
          point.has(series)
              ? point.path(name).asText() + ", " + point.path(series).asText()
              : point.path(name).asText();
      bars.add(new Bar(shown(both), value.asDouble(0), shown(text)));
    }
    return bars;
  }

  /** One line without control characters, by which a value could act on the terminal. */
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return width(line) <= WIDEST_NAME
        ? line
        : line.substring(0, line.offsetByCodePoints(0, WIDEST_NAME - 1)) + "…";
  }

  private void print(List<Bar> bars) {
    List<Bar> drawn = bars.subList(0, Math.min(MOST_BARS, bars.size()));
    int names = drawn.stream().mapToInt(bar -> width(bar.name())).max().orElse(0);
    double longest = drawn.stream().mapToDouble(bar -> Math.abs(bar.number())).max().orElse(0);
    for (Bar bar : drawn) {
      String padding = " ".repeat(names - width(bar.name()));
      String length = longest == 0 ? "" : length(Math.abs(bar.number()) / longest);
      // The other shade is on the other side of zero.
      String line = bar.number() < 0 ? "░".repeat(length.length()) : length;
      out.println(bar.name() + padding + "  " + line + (line.isEmpty() ? "" : " ") + bar.text());
    }
    if (drawn.size() < bars.size()) {
      out.println("… and " + (bars.size() - drawn.size()) + " more");
    }
  }

  private static String length(double share) {
    int eighths = (int) Math.round(share * WIDEST_BAR * 8);
    if (eighths == 0) {
      return share > 0 ? EIGHTHS.substring(0, 1) : "";
    }
    String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8 - 1, eighths % 8);
    return "█".repeat(eighths / 8) + rest;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
