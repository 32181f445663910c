package io.sally.driver;

import io.sally.ask.AskBounds;
import io.sally.ask.Asker;
import io.sally.ask.Costs;
import io.sally.ask.Inquiry;
import io.sally.ask.NarrationRequest;
import io.sally.ask.Outcome;
import io.sally.ask.OutgoingRequest;
import io.sally.ask.ProvingAsker;
import io.sally.ask.SampleValues;
import io.sally.ask.Translation;
import io.sally.ask.TranslationRequest;
import io.sally.ask.Translator;
import io.sally.ask.Trust;
import io.sally.ask.memory.AskMemory;
import io.sally.ask.memory.Budget;
import io.sally.ask.memory.ProcessMemory;
import io.sally.ask.prepared.PreparedValues;
import io.sally.driver.config.ConfigurationReader;
import io.sally.driver.config.Mode;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Session;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import io.sally.engine.source.MemorySource;
import io.sally.engine.source.MemoryTable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/** A driver over a small shop, with a translator that knows a few questions by heart. */
final class Fixture {
  static final String URL = "jdbc:sally:";
  static final String ALL_ORDERS = "all orders";
  static final String MANY_ROWS = "many rows";
  static final String FOR_EVER = "think for ever";
  static final String WEATHER = "what is the weather?";
  static final String ORDERS_SQL = "SELECT id, customer_id, amount FROM orders ORDER BY id";

  private static final ColumnType SMALLINT =
      new ColumnType(JDBCType.SMALLINT, "SMALLINT", ColumnType.UNSPECIFIED, 0, null);

  /** Counted down when the translator begins to think for ever. */
  final CountDownLatch thinking = new CountDownLatch(1);

  /** Counted down when the endless table of numbers is read. */
  final CountDownLatch scanning = new CountDownLatch(1);

  /** How many backends are open. */
  int open;

  final SallyDriver driver =
      new SallyDriver(
          new ConfigurationReader(Map.of("TEST_KEY", "s3cret-key")::get),
          configuration -> {
            Engine engine = Engine.over(List.of(shop(scanning::countDown)));
            open++;
            return new Backend(
                engine,
                new ClosingAsker(
                    new ProvingAsker(
                        engine,
                        new KnownQuestions(),
                        null,
                        new AskBounds(
                            configuration.ask().timeout(),
                            configuration.ask().attempts(),
                            1,
                            Budget.NONE),
                        new ProcessMemory(100),
                        SampleValues.NONE,
                        new PreparedValues(engine, List.of())),
                    () -> open--),
                Map.of(Mode.DEMO, new Session(List.of("shop"))));
          });

  Connection connect() throws SQLException {
    return connect(URL);
  }

  Connection connect(String url) throws SQLException {
    return Objects.requireNonNull(driver.connect(url, new Properties()));
  }

  /** The rows of a query, each as the list of its texts. */
  static List<List<@Nullable String>> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows(rows);
    }
  }

  static List<List<@Nullable String>> rows(ResultSet rows) throws SQLException {
    List<List<@Nullable String>> all = new ArrayList<>();
    while (rows.next()) {
      List<@Nullable String> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.add(rows.getString(i));
      }
      all.add(row);
    }
    return all;
  }

  static List<String> messages(@Nullable SQLWarning first) {
    List<String> messages = new ArrayList<>();
    for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
      messages.add(warning.getMessage());
    }
    return messages;
  }

  /** The translator: it answers what it knows, and its thinking ends by being stopped. */
  private final class KnownQuestions implements Translator {
    @Override
    public String name() {
      return "by-heart";
    }

    @Override
    public Trust trust() {
      return Trust.OFFLINE;
    }

    @Override
    public Outcome translate(TranslationRequest request, Execution execution) throws SQLException {
      return switch (request.question()) {
        case ALL_ORDERS ->
            new Outcome.Translated(
                ORDERS_SQL, "Every order.", List.of("Cancelled orders count.", "Prices are net."));
        case MANY_ROWS ->
            new Outcome.Translated("SELECT n FROM numbers", "Every number.", List.of());
        case FOR_EVER -> throw thinkUntilStopped(execution);
        default -> new Outcome.Unanswerable("The shop knows nothing of it.", List.of());
      };
    }

    private SQLException thinkUntilStopped(Execution execution) throws SQLException {
      CountDownLatch stopped = new CountDownLatch(1);
      execution.onStop(stopped::countDown);
      thinking.countDown();
      try {
        stopped.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return execution.stopReason();
    }

    @Override
    public OutgoingRequest preview(TranslationRequest request) {
      return new OutgoingRequest("none", "Looks up: " + request.question());
    }

    @Override
    public void close() {}
  }

  /** Tells when the backend is closed. */
  private record ClosingAsker(Asker asker, Runnable onClose) implements Asker {
    @Override
    public Translation translate(Inquiry inquiry, Session session, Execution execution)
        throws SQLException {
      return asker.translate(inquiry, session, execution);
    }

    @Override
    public void pin(String id, boolean pinned, Session session, Execution execution)
        throws SQLException {
      asker.pin(id, pinned, session, execution);
    }

    @Override
    public Optional<String> narrate(
        NarrationRequest request, SortedSet<TableName> tables, Costs costs, Execution execution)
        throws SQLException {
      return asker.narrate(request, tables, costs, execution);
    }

    @Override
    public void tryOut(String question, Session session, Execution execution) throws SQLException {
      asker.tryOut(question, session, execution);
    }

    @Override
    public AskMemory memory() {
      return asker.memory();
    }

    @Override
    public Translator translator() {
      return asker.translator();
    }

    @Override
    public Translation byId(String id) throws SQLException {
      return asker.byId(id);
    }

    @Override
    public OutgoingRequest preview(String question, Session session, Execution execution)
        throws SQLException {
      return asker.preview(question, session, execution);
    }

    @Override
    public void close() {
      onClose.run();
      asker.close();
    }
  }

  static MemorySource shop(Runnable onScan) {
    Table customers =
        new Table(
            name("customers"),
            Table.Kind.TABLE,
            "Who buys.",
            List.of(
                new Column("id", ColumnType.integer(), false, "The number."),
                new Column("Name", ColumnType.varchar(40), false, null),
                new Column("email", ColumnType.varchar(), true, "Where to write to."),
                new Column("rank", SMALLINT, true, null)),
            new UniqueKey("customers_pk", List.of("id")),
            List.of(new UniqueKey("customers_email", List.of("email"))),
            List.of(),
            3L);
    Table orders =
        new Table(
            name("orders"),
            Table.Kind.TABLE,
            null,
            List.of(
                new Column("id", ColumnType.bigint(), false, null),
                new Column("customer_id", ColumnType.integer(), false, null),
                new Column("amount", ColumnType.decimal(10, 2), true, null),
                new Column("ordered_on", ColumnType.date(), true, null),
                new Column("paid_at", ColumnType.timestamp(6), true, null)),
            new UniqueKey("orders_pk", List.of("id")),
            List.of(),
            List.of(
                new ForeignKey(
                    "orders_customer", List.of("customer_id"), name("customers"), List.of("id"))),
            2L);
    Table orderXlog =
        new Table(
            name("order_log"),
            Table.Kind.VIEW,
            null,
            List.of(new Column("entry", ColumnType.varchar(), true, null)),
            null,
            List.of(),
            List.of(),
            null);
    Table numbers =
        new Table(
            name("numbers"),
            Table.Kind.TABLE,
            null,
            List.of(new Column("n", ColumnType.integer(), false, null)),
            null,
            List.of(),
            List.of(),
            null);
    return new MemorySource(
        "shop",
        List.of(
            table(
                customers,
                row(1, "Ada", "ada@example.com", (short) 1),
                row(2, "Bob", null, null),
                row(3, "Cyd", "cyd@example.com", (short) 2)),
            table(
                orders,
                row(
                    10L,
                    1,
                    new BigDecimal("12.50"),
                    LocalDate.of(2026, 3, 29),
                    LocalDateTime.of(2026, 3, 29, 2, 30, 0, 123_000_000)),
                row(11L, 3, null, null, null)),
            table(orderXlog, row("opened")),
            new MemoryTable(
                numbers,
                () ->
                    Linq4j.asEnumerable(
                        () -> {
                          onScan.run();
                          return IntStream.range(0, Integer.MAX_VALUE)
                              .mapToObj(n -> new Object[] {n})
                              .iterator();
                        }))));
  }

  private static MemoryTable table(Table definition, Object[]... rows) {
    return new MemoryTable(definition, () -> Linq4j.asEnumerable(rows));
  }

  @SuppressWarnings("NullAway") // A row is an array with nulls in it.
  private static Object[] row(@Nullable Object... values) {
    return values;
  }

  private static TableName name(String table) {
    return new TableName("shop", null, table);
  }
}
