package io.sally.driver;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.text.DecimalFormat;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * What several ways take at several sizes: a table in Markdown, and a picture of the curves with
 * both axes logarithmic, on which what grows with the size is a straight line. Confined to one
 * thread.
 */
final class GrowthTable {
  private static final int RUNS = 5;

  /** So long a way runs before it counts. */
  private static final long WARM_UP_NANOS = 2_000_000_000L;

  /** Of Okabe and Ito, for those who see few colours. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x000000),
          new Color(0x0072B2),
          new Color(0xE69F00),
          new Color(0x009E73),
          new Color(0xD55E00),
          new Color(0x56B4E9),
          new Color(0xCC79A7),
          new Color(0x808080));

  private final String title;
  private final String size;
  private final String unit;
  private final Map<String, SortedMap<Integer, Double>> ways = new LinkedHashMap<>();

  /**
   * @param size what grows
   * @param unit of what is measured
   */
  GrowthTable(String title, String size, String unit) {
    this.title = title;
    this.size = size;
    this.unit = unit;
  }

  /** Measures a way at a size: the median of five runs in ms, after two seconds and two runs. */
  void measure(int at, String way, SpeedTable.Way work) throws SQLException {
    long begin = System.nanoTime();
    for (int i = 0; i < 2 || System.nanoTime() - begin < WARM_UP_NANOS; i++) {
      work.run();
    }
    double[] millis = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      work.run();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    add(at, way, millis[RUNS / 2]);
  }

  void add(int at, String way, double value) {
    ways.computeIfAbsent(way, w -> new TreeMap<>()).put(at, value);
  }

  /** Prints the table, and draws the curves. */
  void print(Path picture) throws IOException {
    System.out.printf(Locale.ROOT, "%n%s (%s)%n%n| %s |", title, unit, size);
    ways.keySet().forEach(way -> System.out.printf(" %s |", way));
    System.out.printf("%n|---:|%s%n", "---:|".repeat(ways.size()));
    for (int at : ways.values().iterator().next().keySet()) {
      System.out.printf(Locale.ROOT, "| %,d |", at);
      for (SortedMap<Integer, Double> values : ways.values()) {
        double value = values.getOrDefault(at, Double.NaN);
        System.out.printf(Locale.ROOT, value < 10 ? " %.2f |" : " %,.0f |", value);
      }
      System.out.println();
    }
    XYSeriesCollection curves = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer();
    ways.forEach(
        (way, values) -> {
          XYSeries series = new XYSeries(way);
          values.forEach(series::add);
          renderer.setSeriesStroke(curves.getSeriesCount(), new BasicStroke(2));
          renderer.setSeriesPaint(
              curves.getSeriesCount(), COLOURS.get(curves.getSeriesCount() % COLOURS.size()));
          curves.addSeries(series);
        });
    XYPlot plot = new XYPlot(curves, axis(size), axis(unit), renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    JFreeChart chart = new JFreeChart(title, plot);
    chart.setBackgroundPaint(Color.WHITE);
    ChartUtils.saveChartAsPNG(picture.toFile(), chart, 800, 450);
  }

  private static LogAxis axis(String label) {
    LogAxis axis = new LogAxis(label);
    axis.setNumberFormatOverride(new DecimalFormat("#,##0.##"));
    axis.setSmallestValue(0.001);
    // A decade.
    axis.setTickUnit(new NumberTickUnit(1, new DecimalFormat("#,##0.##"), 9));
    return axis;
  }
}
