package io.sally.ask.context;

import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A catalog of 2,000 tables as a company has it: each table that answers a question stands among
 * its own near-duplicates (copies, staging tables, years, neighbours by a word) and among hundreds
 * of tables made of the same words. The same seed gives the same catalog.
 */
final class LargeCatalog {
  private static final int TABLES = 2_000;
  private static final String SOURCE = "erp";
  private static final List<String> AREAS =
      List.of(
          "sales", "hr", "fin", "log", "crm", "mfg", "inv", "mkt", "ops", "proc", "qa", "svc",
          "web", "bill", "fac", "legal", "pos", "prd", "sec", "plat");
  private static final List<String> THINGS =
      List.of(
          "orders",
          "customers",
          "employees",
          "products",
          "invoices",
          "payments",
          "shipments",
          "contracts",
          "tickets",
          "accounts",
          "suppliers",
          "warehouses",
          "projects",
          "assets",
          "claims",
          "events",
          "budgets",
          "campaigns",
          "stores",
          "vehicles",
          "users",
          "documents",
          "prices",
          "returns",
          "routes",
          "machines",
          "batches",
          "plans",
          "leads",
          "visits");
  private static final List<String> KINDS =
      List.of(
          "status",
          "history",
          "lines",
          "types",
          "notes",
          "map",
          "attributes",
          "targets",
          "audit",
          "summary",
          "config",
          "links",
          "categories",
          "limits",
          "approvals",
          "changes",
          "queue");
  private static final List<String> COPIES = List.of("%s_bak", "stg_%s", "%s_2019", "tmp_%s");
  private static final List<String> COLUMNS =
      List.of(
          "created_at",
          "updated_at",
          "created_by",
          "status_cd",
          "name",
          "description",
          "amount",
          "qty",
          "valid_from",
          "valid_to",
          "is_active",
          "type_cd",
          "country",
          "currency",
          "note",
          "external_ref",
          "priority",
          "region",
          "version_no",
          "source_sys");

  /** A question with the table that has its answer. */
  record Planted(String question, String table, List<String> columns, @Nullable String comment) {}

  private final Random random = new Random(20_261_122);
  private final Set<String> names = new LinkedHashSet<>();
  private final List<Table> tables = new ArrayList<>();

  private LargeCatalog() {}

  static List<Planted> questions() {
    try (InputStream in =
        Objects.requireNonNull(LargeCatalog.class.getResourceAsStream("planted.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(LargeCatalog::planted)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Planted planted(String line) {
    String[] parts = line.split("\\|", -1);
    String comment = parts[3].strip();
    return new Planted(
        parts[0].strip(),
        parts[1].strip(),
        List.of(parts[2].strip().split(" ", -1)),
        comment.isEmpty() ? null : comment);
  }

  static Catalogs catalogs() {
    return new LargeCatalog().make();
  }

  static TableName name(String table) {
    return new TableName(SOURCE, null, table);
  }

  private Catalogs make() {
    for (Planted planted : questions()) {
      add(planted.table(), planted.columns(), planted.comment());
    }
    for (Planted planted : questions()) {
      for (String copy : COPIES) {
        add(copy.formatted(planted.table()), planted.columns(), null);
      }
      // The neighbour by a word: the same columns' words beside another thing.
      String area = planted.table().split("_", -1)[0];
      add(area + "_" + one(THINGS) + "_" + one(KINDS), planted.columns().subList(0, 2), null);
    }
    while (tables.size() < TABLES) {
      String name = one(AREAS) + "_" + one(THINGS);
      add(random.nextInt(5) == 0 ? name : name + "_" + one(KINDS), List.of(), null);
      if (random.nextInt(8) == 0) {
        add(name + "_" + one(KINDS) + "_" + (2018 + random.nextInt(8)), List.of(), null);
      }
    }
    List<Table> shuffled = new ArrayList<>(tables.subList(0, TABLES));
    Collections.shuffle(shuffled, random);
    return new Catalogs(List.of(new Catalog(SOURCE, shuffled)));
  }

  private void add(String name, List<String> first, @Nullable String comment) {
    if (!names.add(name)) {
      return;
    }
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("id", ColumnType.integer(), false, null));
    first.forEach(c -> columns.add(new Column(c, ColumnType.varchar(40), true, null)));
    int more = 4 + random.nextInt(14);
    Set<String> chosen = new LinkedHashSet<>();
    while (chosen.size() < more) {
      chosen.add(random.nextInt(6) == 0 ? one(THINGS) + "_ref" : one(COLUMNS));
    }
    chosen.forEach(c -> columns.add(new Column(c, ColumnType.varchar(80), true, null)));
    List<ForeignKey> keys = new ArrayList<>();
    if (!tables.isEmpty() && random.nextInt(3) > 0) {
      Table target = tables.get(random.nextInt(tables.size()));
      columns.add(new Column("parent_id", ColumnType.integer(), true, null));
      keys.add(new ForeignKey("fk_" + name, List.of("parent_id"), target.name(), List.of("id")));
    }
    tables.add(
        new Table(
            name(name),
            Table.Kind.TABLE,
            comment,
            columns,
            new UniqueKey("pk_" + name, List.of("id")),
            List.of(),
            keys,
            (long) random.nextInt(1_000_000)));
  }

  private String one(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
