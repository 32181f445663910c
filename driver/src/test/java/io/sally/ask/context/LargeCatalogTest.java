package io.sally.ask.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.ask.Samples;
import io.sally.ask.TranslationRequest;
import io.sally.ask.context.LargeCatalog.Planted;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of 2,000 tables the few that a question needs. Prints recall, tokens and milliseconds. */
class LargeCatalogTest {
  private static final int TOKENS = 8_000;
  private static final int QUESTIONS = 50;

  private final Catalogs catalogs = LargeCatalog.catalogs();

  private TranslationRequest request(String question) {
    return new TranslationRequest(
        question, catalogs, List.of("erp"), LocalDate.of(2026, 11, 22), List.of());
  }

  @Test
  void theRightTableIsInTheContextOfItsQuestion() {
    List<Planted> questions = LargeCatalog.questions();
    assertThat(questions).hasSize(QUESTIONS);
    assertThat(catalogs.tables()).hasSize(2_000);
    PromptWriter prompts = new PromptWriter(List.of(), TOKENS);
    long begin = System.nanoTime();
    prompts.write(request("nothing in particular"));
    long index = System.nanoTime() - begin;
    List<String> missed = new ArrayList<>();
    long[] nanos = new long[QUESTIONS];
    int most = 0;
    int sum = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      Planted planted = questions.get(i);
      begin = System.nanoTime();
      Prompt prompt = prompts.write(request(planted.question()));
      nanos[i] = System.nanoTime() - begin;
      int tokens = prompt.tokens();
      most = Math.max(most, tokens);
      sum += tokens;
      String heading = "TABLE " + CatalogText.name(LargeCatalog.name(planted.table())) + " ";
      if (!prompt.turns().get(0).text().contains(heading)) {
        missed.add(planted.question() + " " + planted.table());
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        "2,000 tables: recall %d of %d, tokens mean %d most %d, ms median %.1f most %.1f,"
            + " index %.0f%nmissed: %s%n",
        QUESTIONS - missed.size(),
        QUESTIONS,
        sum / QUESTIONS,
        most,
        nanos[QUESTIONS / 2] / 1e6,
        nanos[QUESTIONS - 1] / 1e6,
        index / 1e6,
        missed);
    assertThat(missed).hasSizeLessThanOrEqualTo(2);
    assertThat(most).isLessThan(TOKENS);
  }

  @Test
  void whatJoinsTheChosenTablesIsInTheContextToo() {
    Table guests = table("guests", List.of());
    Table banquets = table("banquets", List.of());
    Table bridge =
        table(
            "xk_17",
            List.of(
                new ForeignKey("a", List.of("a"), guests.name(), List.of("a")),
                new ForeignKey("b", List.of("b"), banquets.name(), List.of("a"))));
    assertThat(tablesOf("Which guests come to which banquets?", guests, banquets, bridge))
        .contains("xk_17");
  }

  @Test
  void columnsNamedAsAnotherTablesKeyJoinWhereNoKeyIsDeclared() {
    Table guests = table("guests", List.of());
    Table banquets = table("banquets", List.of());
    Table bridge = table("xk_17", List.of(), "guest_id", "banquet_id");
    assertThat(tablesOf("Which guests come to which banquets?", guests, banquets, bridge))
        .contains("xk_17");
  }

  @Test
  void theGlossaryLeadsToTheTablesOfItsMeaning() {
    Table odd = table("qq_9", List.of());
    List<Table> tables = new ArrayList<>(catalogs.tables().toList());
    tables.add(odd);
    TranslationRequest request =
        new TranslationRequest(
            "How many no-shows were there?",
            new Catalogs(List.of(new Catalog("erp", tables))),
            List.of("erp"),
            LocalDate.of(2026, 11, 22),
            List.of());
    String text =
        new PromptWriter(List.of(new GlossaryTerm("no-show", "a row of qq_9")), TOKENS)
            .write(request)
            .turns()
            .get(0)
            .text();
    assertThat(text).contains("TABLE \"erp\".\"qq_9\"", "\"no-show\": \"a row of qq_9\"");
  }

  @Test
  void aValueLeadsToTheTableWhoseColumnHoldsIt() {
    Table odd =
        new Table(
            LargeCatalog.name("qq_9"),
            Table.Kind.TABLE,
            null,
            List.of(new Column("xs", ColumnType.varchar(10), true, null)),
            null,
            List.of(),
            List.of(),
            null);
    List<Table> tables = new ArrayList<>(catalogs.tables().toList());
    tables.add(odd);
    TranslationRequest request =
        new TranslationRequest(
            "How many are flabbergasted?",
            new Catalogs(List.of(new Catalog("erp", tables))),
            List.of("erp"),
            LocalDate.of(2026, 11, 22),
            List.of());
    PromptWriter prompts = new PromptWriter(List.of(), TOKENS);
    assertThat(prompts.write(request).turns().get(0).text()).doesNotContain("qq_9");
    Samples samples =
        new Samples(
            List.of(
                Map.of(odd.name(), Map.of("xs", List.of("amused", "flabbergasted", "unmoved")))));
    Prompt prompt = prompts.write(request.withSamples(samples));
    assertThat(prompt.turns().get(0).text())
        .contains("\"xs\" VARCHAR(10) VALUES [\"amused\", \"flabbergasted\", \"unmoved\"]\n");
    assertThat(prompt.tokens()).isLessThan(TOKENS);
  }

  private String tablesOf(String question, Table... more) {
    List<Table> tables = new ArrayList<>(catalogs.tables().toList());
    tables.addAll(List.of(more));
    return new PromptWriter(List.of(), TOKENS)
        .write(
            new TranslationRequest(
                question,
                new Catalogs(List.of(new Catalog("erp", tables))),
                List.of("erp"),
                LocalDate.of(2026, 11, 22),
                List.of()))
        .turns()
        .get(0)
        .text();
  }

  private static Table table(String name, List<ForeignKey> keys, String... further) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("a", ColumnType.integer(), false, null));
    columns.add(new Column("b", ColumnType.integer(), false, null));
    for (String column : further) {
      columns.add(new Column(column, ColumnType.integer(), true, null));
    }
    return new Table(
        LargeCatalog.name(name), Table.Kind.TABLE, null, columns, null, List.of(), keys, null);
  }
}
