package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.engine.Engine;
import io.sally.engine.EngineSettings;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import io.sally.engine.SourceState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that changes, goes and comes back, under an engine that stays. */
class CatalogLifeTest {
  @TempDir private Path directory;

  @SuppressWarnings("NullAway.Init")
  private Engine engine;

  @BeforeEach
  void open() throws SQLException {
    engine = over(EngineSettings.DEFAULT);
    execute(
        "CREATE TABLE orders (id bigint, place varchar(9))", "INSERT INTO orders VALUES (1, 'a')");
  }

  @AfterEach
  void close() throws SQLException {
    engine.close();
  }

  private Engine over(EngineSettings settings) {
    return Engine.over(
        List.of(
            EngineReading.memory(),
            new SqliteSource(
                SourceSettings.ofDatabase(
                    "local", null, null, file().toString(), null, null, List.of()))),
        settings);
  }

  private Path file() {
    return directory.resolve("local.db");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<?> rows(String sql) throws SQLException {
    return EngineReading.rows(engine, sql, "local");
  }

  @Test
  void aTableMadeAfterTheCatalogWasReadIsFoundAtOnce() throws SQLException {
    assertThat(rows("SELECT id FROM orders")).isEqualTo(List.of(List.of(1L)));
    execute("CREATE TABLE later (id bigint)", "INSERT INTO later VALUES (5)");
    assertThat(rows("SELECT id FROM later")).isEqualTo(List.of(List.of(5L)));
    assertThat(engine.catalogs().tables().map(table -> table.name().toString()))
        .containsExactly("memory.two", "local.later", "local.orders");
  }

  @Test
  void aColumnMadeAfterTheCatalogWasReadIsFoundAtOnce() throws SQLException {
    assertThat(rows("SELECT id FROM orders")).isEqualTo(List.of(List.of(1L)));
    execute("ALTER TABLE orders ADD COLUMN late bigint DEFAULT 7");
    assertThat(rows("SELECT late FROM local.orders")).isEqualTo(List.of(List.of(7L)));
  }

  @Test
  void aQueryThatReadsADroppedColumnForNothingIsPlannedAnewAndRuns() throws SQLException {
    String sql = "SELECT COUNT(*) FROM (SELECT * FROM orders WHERE id > 0) t";
    execute("ALTER TABLE orders ADD COLUMN gone bigint");
    String wide = "SELECT id FROM orders ORDER BY gone, id";
    assertThat(rows(wide)).isEqualTo(List.of(List.of(1L)));
    assertThat(rows(sql)).isEqualTo(List.of(List.of(1L)));
    execute("ALTER TABLE orders DROP COLUMN gone");
    assertThatThrownBy(() -> rows(wide)).hasFieldOrPropertyWithValue("SQLState", "42703");
    assertThat(rows(sql)).isEqualTo(List.of(List.of(1L)));
  }

  @Test
  void aPlanWhoseColumnsHaveChangedSaysSoAndTheNextOneHasTheNew() throws SQLException {
    String sql = "SELECT * FROM orders";
    try (Execution execution = EngineReading.begin(engine, Limits.NONE)) {
      Plan plan = engine.prepare(sql, new Session(List.of("local")), execution);
      execute("ALTER TABLE orders RENAME COLUMN place TO city");
      assertThatThrownBy(() -> plan.execute(List.of(), execution))
          .hasFieldOrPropertyWithValue("SQLState", "SA009");
    }
    assertThat(rows(sql)).isEqualTo(List.of(List.of(1L, "a")));
  }

  @Test
  void aTableThatIsDroppedIsNotFoundAndMadeAgainIsFound() throws SQLException {
    assertThat(rows("SELECT id FROM orders")).isEqualTo(List.of(List.of(1L)));
    execute("DROP TABLE orders");
    assertThatThrownBy(() -> rows("SELECT id FROM orders"))
        .hasFieldOrPropertyWithValue("SQLState", "42P01")
        .hasMessageStartingWith("There is no table or schema 'orders'");
    execute("CREATE TABLE orders (id varchar(3))", "INSERT INTO orders VALUES ('x')");
    refresh("LOCAL");
    assertThat(rows("SELECT id FROM orders")).isEqualTo(List.of(List.of("x")));
  }

  private void refresh(String source) throws SQLException {
    try (Execution execution = EngineReading.begin(engine, Limits.NONE)) {
      engine.refreshCatalog(source, execution);
    }
  }

  @Test
  void onlySourcesThatThereAreCanBeRefreshed() {
    assertThatThrownBy(() -> refresh("locl"))
        .hasFieldOrPropertyWithValue("SQLState", "22023")
        .hasMessage(
            "There is no source 'locl'. Did you mean local? The sources are memory, local.");
  }

  @Test
  void aCatalogPastItsAgeIsReadAgainInTheBackground() throws Exception {
    try (Engine restless = over(new EngineSettings(Duration.ofMillis(1)))) {
      String before = restless.catalogs().fingerprint();
      execute("CREATE TABLE later (id bigint)");
      for (int i = 0; restless.catalogs().fingerprint().equals(before); i++) {
        assertThat(i).as("looks at the catalogs").isLessThan(1_000);
        Thread.sleep(10);
      }
      assertThat(restless.catalogs().source("local").orElseThrow().tables()).hasSize(2);
    }
  }

  @Test
  void aSourceThatIsNotThereYetIsNamedAndWorksAsSoonAsItIs() throws Exception {
    Path elsewhere = directory.resolve("elsewhere.db");
    Files.move(file(), elsewhere);
    assertThat(engine.catalogs().missing().keySet()).containsExactly("local");
    assertThat(EngineReading.rows(engine, "SELECT n FROM memory.two"))
        .isEqualTo(List.of(List.of(1), List.of(2)));
    assertThatThrownBy(() -> rows("SELECT * FROM local.orders"))
        .hasFieldOrPropertyWithValue("SQLState", "08001")
        .hasMessageStartingWith("Source local cannot be reached: ");
    SourceState down = engine.sourceStates().get(1);
    assertThat(down.state()).isEqualTo(SourceState.State.DOWN);
    assertThat(down.tables()).isZero();
    Files.move(elsewhere, file());
    assertThat(rows("SELECT id FROM local.orders")).isEqualTo(List.of(List.of(1L)));
    assertThat(engine.catalogs().missing()).isEmpty();
  }

  @Test
  void tellsTheStateOfEachSource() throws SQLException {
    assertThat(engine.catalogs().tables()).hasSize(2);
    List<SourceState> states = engine.sourceStates();
    assertThat(states.stream().map(SourceState::name)).containsExactly("memory", "local");
    assertThat(states.stream().map(SourceState::type)).containsExactly("memory", "sqlite");
    assertThat(states.stream().map(SourceState::tables)).containsExactly(1, 1);
    assertThat(states)
        .allSatisfy(
            state -> {
              assertThat(state.state()).isEqualTo(SourceState.State.UP);
              assertThat(state.version()).isNotBlank();
              assertThat(state.latency()).isNotNull();
              assertThat(state.lastError()).isNull();
              assertThat(state.readAt()).isNotNull();
            });
  }

  @Test
  void aRefreshHasEveryPlanOfTheOldCatalogMadeAnew() throws SQLException {
    try (Execution execution = EngineReading.begin(engine, Limits.NONE)) {
      Session session = new Session(List.of("local"));
      Plan first = engine.prepare("SELECT id FROM orders", session, execution);
      Plan other = engine.prepare("SELECT n FROM memory.two", session, execution);
      engine.refreshCatalog("local", execution);
      assertThat(engine.prepare("SELECT id FROM orders", session, execution)).isNotSameAs(first);
      assertThat(engine.prepare("SELECT n FROM memory.two", session, execution)).isSameAs(other);
      try (RowCursor rows = first.execute(List.of(), execution)) {
        assertThat(rows.next()).isTrue();
      }
    }
  }
}
