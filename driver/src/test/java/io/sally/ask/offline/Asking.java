package io.sally.ask.offline;

import io.sally.ask.Outcome;
import io.sally.ask.TranslationRequest;
import io.sally.ask.context.GlossaryTerm;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks questions of a hand-made catalog. */
final class Asking {
  static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  private final Catalogs catalogs;
  private final List<String> schemaPath;
  private final OfflineTranslator translator;

  Asking(List<String> schemaPath, TableBuilder... tables) {
    this(List.of(), schemaPath, tables);
  }

  Asking(List<GlossaryTerm> glossary, List<String> schemaPath, TableBuilder... tables) {
    this.schemaPath = schemaPath;
    this.catalogs =
        new Catalogs(
            Arrays.stream(tables)
                .map(TableBuilder::table)
                .collect(Collectors.groupingBy(t -> t.name().source()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> new Catalog(e.getKey(), e.getValue()))
                .toList());
    Map<TableName, ColumnValues.Values> values =
        Stream.of(tables).collect(Collectors.toMap(t -> t.table().name(), TableBuilder::values));
    Function<TableName, ColumnValues.Values> known =
        name -> values.getOrDefault(name, new ColumnValues.Values(Map.of(), true));
    this.translator =
        new OfflineTranslator((table, execution) -> known.apply(table.name()), glossary);
  }

  Outcome ask(String question) throws SQLException {
    try (Engine engine = Engine.over(List.of());
        Execution execution = engine.begin(Limits.NONE, Clock.systemUTC())) {
      return translator.translate(
          new TranslationRequest(question, catalogs, schemaPath, TODAY, List.of()), execution);
    }
  }

  String sql(String question) throws SQLException {
    return translated(question).sql();
  }

  Outcome.Translated translated(String question) throws SQLException {
    Outcome outcome = ask(question);
    if (outcome instanceof Outcome.Translated translated) {
      return translated;
    }
    throw new AssertionError(question + " → " + outcome);
  }

  String refusal(String question) throws SQLException {
    Outcome outcome = ask(question);
    if (outcome instanceof Outcome.NotUnderstood refused) {
      return refused.reason();
    }
    throw new AssertionError(question + " → " + outcome);
  }
}
