package io.sally.driver.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.sally.driver.answer.AnswerRows;
import io.sally.engine.ResultColumn;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.TableName;
import java.math.BigDecimal;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChartTest {
  private static final ColumnType BINARY =
      new ColumnType(JDBCType.VARBINARY, "VARBINARY", ColumnType.UNSPECIFIED, 0, null);
  private static final ColumnType MOMENT =
      new ColumnType(JDBCType.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE", 6, 0, null);

  private static ResultColumn text(String label) {
    return ResultColumn.computed(label, ColumnType.varchar(), true);
  }

  private static ResultColumn number(String label) {
    return ResultColumn.computed(label, ColumnType.bigint(), true);
  }

  private static ResultColumn decimal(String label) {
    return ResultColumn.computed(label, ColumnType.decimal(38, 2), true);
  }

  private static ResultColumn date(String label) {
    return ResultColumn.computed(label, ColumnType.date(), true);
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // The rows are only read.
  private static Chart chart(
      String question, List<ResultColumn> columns, List<@Nullable Object>... rows)
      throws SQLException {
    return chart(question, columns, List.of(rows));
  }

  /** Draws, and has each specification pass Vega-Lite's own schema. */
  private static Chart chart(
      String question, List<ResultColumn> columns, List<List<@Nullable Object>> rows)
      throws SQLException {
    AnswerRows answer = AnswerRows.read(columns, RowCursor.over(rows), 100_000);
    Chart chart = Chart.of(question, answer);
    assertThat(VegaLiteSchema.faults(chart.spec())).isEmpty();
    return chart;
  }

  private static JsonNode spec(Chart chart) {
    return VegaLiteSchema.parse(chart.spec());
  }

  private static String values(Chart chart) {
    return spec(chart).at("/data/values").toString();
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        arguments("number", List.of(number("sites")), List.of(row(7L))),
        arguments("number", List.of(text("country"), number("n")), List.of(row("France", 7L))),
        arguments("table", List.of(number("sites")), List.of()),
        arguments("table", List.of(number("n")), List.of(row(1L), row(2L))),
        arguments("table", List.of(text("a")), List.of(row("x"), row("y"))),
        arguments("table", List.of(number("n")), List.of(row((Object) null))),
        arguments(
            "bar", List.of(text("country"), number("n")), List.of(row("A", 2L), row("B", 1L))),
        arguments(
            "bar", List.of(text("country"), number("n")), List.of(row("A", -2L), row("B", 102L))),
        arguments(
            "pie", List.of(text("country"), decimal("n")), List.of(row("A", 40L), row("B", 60L))),
        arguments(
            "scatter",
            List.of(text("country"), number("n")),
            List.of(row("A", 2L), row("A", 1L), row("B", 1L))),
        arguments("scatter", List.of(decimal("a"), number("b")), List.of(row(1L, 2L), row(3L, 5L))),
        arguments(
            "line", List.of(date("day"), number("n")), List.of(day(1, 5L), day(2, 6L), day(3, 4L))),
        arguments("bar", List.of(date("day"), number("n")), List.of(day(1, 5L), day(2, 6L))),
        arguments("scatter", List.of(date("day"), number("n")), List.of(day(1, 5L), day(1, 6L))),
        arguments(
            "line",
            List.of(number("year"), number("n")),
            List.of(row(2024L, 1L), row(2025L, 2L), row(2026L, 3L))),
        arguments(
            "scatter",
            List.of(number("days"), number("n")),
            List.of(row(24L, 1L), row(25L, 2L), row(26L, 3L))),
        arguments(
            "line",
            List.of(text("month"), number("n")),
            List.of(row("2026-03", 1L), row("2026-01", 2L), row("2026-02", 3L))),
        arguments(
            "line",
            List.of(date("day"), text("site"), number("n")),
            List.of(
                day(1, "a", 5L),
                day(1, "b", 6L),
                day(2, "a", 7L),
                day(3, "a", 7L),
                day(3, "b", 1L))),
        arguments(
            "bar",
            List.of(text("country"), text("state"), number("n")),
            List.of(row("A", "x", 1L), row("A", "y", 2L), row("B", "x", 3L), row("C", "x", 3L))),
        arguments("heat map", List.of(text("a"), text("b"), number("n")), grid(9)),
        arguments("table", List.of(text("a"), text("b"), number("n")), twice(grid(9))),
        arguments("heat map", List.of(number("year"), number("month"), number("n")), calendar()),
        arguments(
            "bar",
            List.of(text("site"), number("sent"), number("received")),
            List.of(row("A", 10L, 8L), row("B", 7L, 7L))),
        arguments(
            "scatter",
            List.of(text("site"), number("orders"), number("revenue")),
            List.of(row("A", 10L, 80_000L), row("B", 7L, 70_000L))),
        arguments(
            "line",
            List.of(date("day"), number("sent"), number("received")),
            List.of(day(1, 10L, 8L), day(2, 7L, 7L), day(3, 7L, 7L))),
        arguments(
            "table",
            List.of(text("a"), text("b"), text("c"), number("n")),
            List.of(row("a", "b", "c", 1L), row("b", "b", "d", 1L), row("b", "a", "d", 1L))),
        arguments(
            "table",
            List.of(text("a"), ResultColumn.computed("b", BINARY, true), number("n")),
            List.of(row("a", new byte[] {1}, 1L), row("b", null, 1L))));
  }

  private static List<@Nullable Object> day(int day, @Nullable Object... values) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add(LocalDate.of(2026, 3, day));
    row.addAll(Arrays.asList(values));
    return row;
  }

  private static List<List<@Nullable Object>> grid(int side) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        rows.add(row("a" + i, "b" + j, (long) i * j));
      }
    }
    return rows;
  }

  private static List<List<@Nullable Object>> twice(List<List<@Nullable Object>> rows) {
    return Stream.concat(rows.stream(), rows.stream()).toList();
  }

  private static List<List<@Nullable Object>> calendar() {
    return List.of(row(2025L, 12L, 1L), row(2025L, 2L, 2L), row(2026L, 1L, 4L));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theChartFollowsFromTypesAndCardinalities(
      String type, List<ResultColumn> columns, List<List<@Nullable Object>> rows)
      throws SQLException {
    assertThat(chart("how many?", columns, rows).type().label()).isEqualTo(type);
  }

  @Test
  void theSpecificationHasTheDataInsideAndTitlesOnItsAxes() throws SQLException {
    Chart chart =
        chart(
            "delayed shipments\n by country ",
            List.of(text("country"), number("delayed_shipments")),
            row("France", 12L),
            row("Spain", 1L),
            row(null, 3L));
    assertThat(List.of(chart.title(), Objects.toString(chart.x()), Objects.toString(chart.y())))
        .isEqualTo(List.of("delayed shipments by country", "delayed_shipments", "country"));
    assertThat(chart.series()).isNull();
    assertThat(chart.notes()).isEmpty();
    assertThat(spec(chart))
        .isEqualTo(
            VegaLiteSchema.parse(
                """
                {"$schema": "https://vega.github.io/schema/vega-lite/v6.json",
                 "description": "bar of delayed shipments, country: delayed shipments by country",
                 "title": {"text": ["delayed shipments by country"], "anchor": "start"},
                 "data": {"values": [
                   {"x": 12, "y": "France"}, {"x": 3, "y": "(no value)"}, {"x": 1, "y": "Spain"}]},
                 "mark": {"type": "bar"},
                 "encoding": {
                   "x": {"field": "x", "type": "quantitative", "title": "delayed shipments"},
                   "y": {"field": "y", "type": "nominal", "sort": null,
                         "axis": {"labelLimit": 240}, "title": "country"},
                   "tooltip": [
                     {"field": "x", "type": "quantitative", "title": "delayed shipments"},
                     {"field": "y", "type": "nominal", "title": "country"}]},
                 "width": 600, "height": {"step": 22}}
                """));
  }

  @Test
  void barsKeepTheOrderThatTheAnswerHas() throws SQLException {
    List<ResultColumn> columns = List.of(text("country"), number("n"));
    assertThat(values(chart("q", columns, row("B", 1L), row("A", 2L), row("C", 9L))))
        .isEqualTo("[{\"x\":1,\"y\":\"B\"},{\"x\":2,\"y\":\"A\"},{\"x\":9,\"y\":\"C\"}]");
    assertThat(values(chart("q", columns, row("A", 4L), row("B", 9L), row("C", 1L))))
        .isEqualTo("[{\"x\":4,\"y\":\"A\"},{\"x\":9,\"y\":\"B\"},{\"x\":1,\"y\":\"C\"}]");
  }

  @Test
  void stepsStandInTheirOrderWhateverThatOfTheRows() throws SQLException {
    Chart numbers =
        chart("q", List.of(number("month"), number("n")), row(10L, 1L), row(9L, 2L), row(2L, 3L));
    assertThat(values(numbers))
        .isEqualTo("[{\"x\":\"2\",\"y\":3},{\"x\":\"9\",\"y\":2},{\"x\":\"10\",\"y\":1}]");
    Chart days =
        chart(
            "q", List.of(date("day"), number("n")), day(9, 1L), day(2, 2L), day(5, (Object) null));
    assertThat(values(days))
        .isEqualTo(
            "[{\"x\":\"2026-03-02\",\"y\":2},{\"x\":\"2026-03-05\",\"y\":null},"
                + "{\"x\":\"2026-03-09\",\"y\":1}]");
    assertThat(days.notes())
        .isEqualTo(List.of("Not drawn: 1 row whose n is missing or no number."));
  }

  @Test
  void momentsAreToldInUtcAndAsFinelyAsTheyAre() throws SQLException {
    Chart months =
        chart(
            "q",
            List.of(date("month"), number("n")),
            row(LocalDate.of(2026, 1, 1), 1L),
            row(LocalDate.of(2026, 2, 1), 2L),
            row(LocalDate.of(2026, 3, 1), 3L));
    assertThat(spec(months).at("/encoding/x/timeUnit").asText()).isEqualTo("utcyearmonth");
    Chart moments =
        chart(
            "q",
            List.of(ResultColumn.computed("at", MOMENT, true), number("n")),
            row(OffsetDateTime.parse("2026-03-29T02:30:00.123456+02:00"), 1L),
            row(OffsetDateTime.MAX, 2L),
            row(null, 2L),
            row("25 o'clock", 3L),
            row(OffsetDateTime.parse("2026-03-29T02:30:00Z"), 3L),
            row(OffsetDateTime.parse("2026-03-30T02:30:00Z"), 3L));
    assertThat(values(moments))
        .isEqualTo(
            "[{\"x\":\"2026-03-29T00:30:00.123Z\",\"y\":1},{\"x\":\"2026-03-29T02:30:00.000Z\","
                + "\"y\":3},{\"x\":\"2026-03-30T02:30:00.000Z\",\"y\":3}]");
    assertThat(moments.notes())
        .isEqualTo(List.of("Not drawn: 3 rows whose at is missing or no date."));
    Chart minutes =
        chart(
            "q",
            List.of(ResultColumn.computed("at", ColumnType.timestamp(6), true), number("n")),
            row(LocalDateTime.parse("2026-03-29T02:30"), 1L),
            row(LocalDateTime.parse("2026-03-29T02:45"), 2L));
    assertThat(values(minutes))
        .isEqualTo("[{\"x\":\"2026-03-29 02:30\",\"y\":1},{\"x\":\"2026-03-29 02:45\",\"y\":2}]");
  }

  @Test
  void numbersThatADoubleDoesNotKeepHaveTheirDigitsBesideThem() throws SQLException {
    Chart chart =
        chart(
            "q",
            List.of(text("a"), decimal("n")),
            row("x", 9_007_199_254_740_993L),
            row("y", new BigDecimal("12345678901234567890.12")),
            row("z", Double.NaN));
    assertThat(values(chart))
        .isEqualTo(
            "[{\"x\":9.007199254740992E15,\"x_text\":\"9007199254740993\",\"y\":\"x\"},"
                + "{\"x\":1.2345678901234567E19,\"x_text\":\"12345678901234567890.12\",\"y\":\"y\"},"
                + "{\"x\":null,\"x_text\":\"NaN\",\"y\":\"z\"}]");
    assertThat(spec(chart).at("/encoding/tooltip/0/field").asText()).isEqualTo("x_text");
    Chart single = chart("q", List.of(decimal("n")), row(9_007_199_254_740_993L));
    assertThat(values(single)).contains("\"y_text\":\"9007199254740993\"");
    assertThat(spec(single).at("/encoding/text/field").asText()).isEqualTo("y_text");
  }

  @Test
  void nullHasANameThatNoValueHas() throws SQLException {
    Chart chart = chart("q", List.of(text("a"), number("n")), row("(no value)", 2L), row(null, 1L));
    assertThat(values(chart))
        .isEqualTo("[{\"x\":2,\"y\":\"(no value)\"},{\"x\":1,\"y\":\"((no value))\"}]");
  }

  @Test
  void namesThatAreCodeOrPathsElsewhereAreTextsHere() throws SQLException {
    String nasty = "a.b[0]\"'\\</script><script>alert(1)</script>";
    Chart chart =
        chart(nasty, List.of(text(nasty), number("datum.x")), row(nasty, 2L), row("b", 1L));
    assertThat(spec(chart).at("/data/values/0/y").asText()).isEqualTo(nasty);
    assertThat(spec(chart).at("/encoding/y/title").asText()).isEqualTo(nasty);
    assertThat(chart.y()).isEqualTo(nasty);
    Chart table = chart("q", List.of(text("a"), text("a")), row("1", "2"));
    assertThat(values(table))
        .isEqualTo(
            "[{\"row\":1,\"column\":\"a\",\"value\":\"1\"},"
                + "{\"row\":1,\"column\":\"a (2)\",\"value\":\"2\"}]");
  }

  @Test
  void identifiersAreNoQuantitiesAndGiveWayToNames() throws SQLException {
    ResultColumn id =
        new ResultColumn(
            "id", ColumnType.bigint(), false, new TableName("shop", null, "sites"), "id");
    Chart chart =
        chart(
            "q", List.of(id, text("name"), number("n")), row(1L, "Oslo", 5L), row(2L, "Rome", 3L));
    assertThat(chart.type()).isEqualTo(ChartType.BAR);
    assertThat(chart.y()).isEqualTo("name");
    assertThat(chart.notes()).isEqualTo(List.of("Not drawn: id, which goes with name."));
  }

  @Test
  void aPieNeedsAWholeThatTheRowsOrTheQuestionSpeakOf() throws SQLException {
    List<ResultColumn> columns = List.of(text("status"), number("n"));
    List<List<@Nullable Object>> rows = List.of(row("open", 3L), row("done", 9L));
    assertThat(chart("tasks by status", columns, rows).type()).isEqualTo(ChartType.BAR);
    assertThat(chart("breakdown of tasks by status", columns, rows).type())
        .isEqualTo(ChartType.PIE);
    assertThat(
            chart("share by status", List.of(text("status"), decimal("percentage")), rows).type())
        .isEqualTo(ChartType.BAR);
  }

  @Test
  void aLongAnswerIsDrawnInPartAndSaysSo() throws SQLException {
    List<List<@Nullable Object>> names =
        IntStream.range(0, 120).mapToObj(i -> row("name " + i, (long) i % 7)).toList();
    Chart bars = chart("q", List.of(text("a"), number("n")), names);
    assertThat(spec(bars).at("/data/values")).hasSize(50);
    assertThat(bars.notes()).isEqualTo(List.of("Drawn: the first 50 of 120 rows."));
    assertThat(spec(bars).at("/title/subtitle/0").asText()).isEqualTo(bars.notes().get(0));
    List<List<@Nullable Object>> pairs =
        IntStream.range(0, 6_000).mapToObj(i -> row((long) i, (long) i % 7)).toList();
    Chart points = chart("q", List.of(number("a"), number("b")), pairs);
    assertThat(spec(points).at("/data/values")).hasSize(AnswerRows.MOST_ROWS);
    assertThat(points.notes())
        .isEqualTo(List.of("Drawn: the first 5000 rows; the answer has more."));
    List<List<@Nullable Object>> texts =
        IntStream.range(0, 60).mapToObj(i -> row("long ".repeat(i + 20))).toList();
    Chart table = chart("q", List.of(text("a")), texts);
    assertThat(table.notes()).isEqualTo(List.of("Shown: the first 50 of 60 rows."));
    assertThat(spec(table).at("/data/values/49/value").asText()).hasSize(200).endsWith("…");
  }

  @Test
  void aLongQuestionIsATitleOfAFewLines() throws SQLException {
    Chart chart = chart("how many 🚚 ".repeat(200), List.of(number("n")), row(1L));
    JsonNode lines = spec(chart).at("/title/text");
    assertThat(lines).hasSize(3).allMatch(line -> line.asText().length() <= 80);
    assertThat(lines.get(2).asText()).endsWith("…");
    assertThat(chart("🚚".repeat(300), List.of(number("n")), row(1L)).title()).hasSize(600);
  }
}
