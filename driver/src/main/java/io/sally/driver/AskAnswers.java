package io.sally.driver;

import io.sally.ask.OutgoingRequest;
import io.sally.ask.Translation;
import io.sally.driver.chart.Chart;
import io.sally.driver.statement.ParsedStatement;
import io.sally.engine.ResultColumn;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.TableName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is told about a question, a translation or a plan: as rows and as warnings. */
final class AskAnswers {
  private static final List<ResultColumn> TRANSLATION =
      List.of(
          text("id"),
          text("sql"),
          text("explanation"),
          text("assumptions"),
          text("trust"),
          text("sources"),
          text("tables"),
          ResultColumn.computed("estimated_rows", ColumnType.bigint(), false),
          ResultColumn.computed("confidence", ColumnType.decimal(3, 2), true));
  private static final List<ResultColumn> CHART =
      List.of(
          text("chart_type"),
          nullableText("x"),
          nullableText("y"),
          nullableText("series"),
          text("title"),
          text("spec"));
  private static final List<ResultColumn> NARRATION = List.of(text("narration"), text("narrator"));
  private static final List<ResultColumn> PROMPT = List.of(text("destination"), text("prompt"));
  private static final List<ResultColumn> PLAN = List.of(text("PLAN"));

  private AskAnswers() {}

  /** The columns of a statement that tells about a query, or null for the query's own. */
  static @Nullable List<ResultColumn> columns(ParsedStatement statement) {
    if (statement instanceof ParsedStatement.AskSql) {
      return TRANSLATION;
    } else if (statement instanceof ParsedStatement.AskPrompt) {
      return PROMPT;
    } else if (statement instanceof ParsedStatement.AskChart) {
      return CHART;
    } else if (statement instanceof ParsedStatement.AskNarrate) {
      return NARRATION;
    }
    return statement instanceof ParsedStatement.Explain
            || statement instanceof ParsedStatement.ExplainAnalyze
        ? PLAN
        : null;
  }

  /** The one row of {@code ASK SQL}. */
  static Answer of(Translation translation) {
    return rows(
        TRANSLATION,
        List.of(
            Arrays.asList(
                translation.id(),
                translation.sql(),
                translation.explanation(),
                String.join("\n", translation.assumptions()),
                translation.trust().label(),
                translation.tables().stream()
                    .map(TableName::source)
                    .distinct()
                    .collect(Collectors.joining(", ")),
                translation.tables().stream()
                    .map(TableName::toString)
                    .collect(Collectors.joining(", ")),
                Math.round(translation.estimatedRows()),
                translation.votes().isChoice()
                    ? BigDecimal.valueOf(translation.votes().share()).setScale(2, RoundingMode.DOWN)
                    : null)),
        new Warnings());
  }

  /** The one row of {@code ASK CHART}; what the chart leaves out becomes warnings. */
  static Answer of(Chart chart, Warnings warnings) {
    chart.notes().forEach(warnings::add);
    List<@Nullable String> row =
        Arrays.asList(
            chart.type().label(),
            chart.x(),
            chart.y(),
            chart.series(),
            chart.title(),
            chart.spec());
    return rows(CHART, List.of(row), warnings);
  }

  /** The one row of {@code ASK NARRATE}. */
  static Answer ofNarration(String narration, String narrator, Warnings warnings) {
    return rows(NARRATION, List.of(List.of(narration, narrator)), warnings);
  }

  /** The one row of {@code ASK PROMPT}. */
  static Answer of(OutgoingRequest request) {
    return rows(PROMPT, List.of(List.of(request.destination(), request.body())), new Warnings());
  }

  /** The rows of {@code EXPLAIN PLAN FOR} and {@code EXPLAIN ANALYZE}: a line each. */
  static Answer ofPlan(List<String> plan, Warnings warnings) {
    return rows(PLAN, plan.stream().map(List::of).toList(), warnings);
  }

  /** What the answer to a question says of how it came about. */
  static List<String> remarks(Translation translation) {
    List<String> remarks = new ArrayList<>();
    remarks.add("SQL: " + translation.sql());
    remarks.add("Explanation: " + translation.explanation());
    translation.assumptions().forEach(assumption -> remarks.add("Assumption: " + assumption));
    remarks.add("Trust: " + trust(translation));
    if (translation.votes().isChoice()) {
      remarks.add("Confidence: " + translation.votes() + " mean the same query");
    }
    return remarks;
  }

  /** The translator is named where the trust does not name it. */
  private static String trust(Translation translation) {
    String trust = translation.trust().label();
    return trust.equals(translation.translator())
        ? trust
        : trust + " (" + translation.translator() + ")";
  }

  private static Answer rows(
      List<ResultColumn> columns,
      List<? extends List<? extends @Nullable Object>> rows,
      Warnings warnings) {
    return new Answer.Rows(columns, RowCursor.over(rows), warnings);
  }

  private static ResultColumn text(String label) {
    return ResultColumn.computed(label, ColumnType.varchar(), false);
  }

  private static ResultColumn nullableText(String label) {
    return ResultColumn.computed(label, ColumnType.varchar(), true);
  }
}
