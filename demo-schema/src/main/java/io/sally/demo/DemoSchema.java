package io.sally.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * The trial-supply demo data around one day: what happened lies before or on it, what is planned
 * after it. The same day and seed give the same rows on every machine; another day gives the same
 * rows with every date moved by the same number of days. Immutable and thread-safe; the rows of a
 * table are made when it is first read and kept.
 */
public final class DemoSchema {
  private static final long USUAL_SEED = 20_170_401L;

  private final List<DemoTable> tables;

  private DemoSchema(LocalDate today, long seed) {
    Objects.requireNonNull(today, "today");
    Lazy<List<Study>> studies = new Lazy<>(() -> new StudyGenerator(seed).studies());
    Lazy<List<Site>> sites = new Lazy<>(() -> new SiteGenerator(seed, studies.get()).sites());
    Lazy<List<Vendor>> vendors = new Lazy<>(() -> new VendorGenerator(seed).vendors());
    this.tables =
        List.of(
            StudiesTable.blueprint().table(today, StudyGenerator.COUNT, studies),
            SitesTable.blueprint().table(today, SiteGenerator.COUNT, sites),
            VendorsTable.blueprint().table(today, VendorGenerator.COUNT, vendors),
            InventoryTable.blueprint()
                .table(today, LotGenerator.COUNT, () -> new LotGenerator(seed, sites.get()).lots()),
            ShipmentsTable.blueprint()
                .table(
                    today,
                    ShipmentGenerator.COUNT,
                    () -> new ShipmentGenerator(seed, sites.get(), vendors.get()).shipments()),
            TasksTable.blueprint()
                .table(
                    today,
                    TaskGenerator.COUNT,
                    () -> new TaskGenerator(seed, sites.get()).tasks()));
  }

  /**
   * The data around this day, from the usual seed.
   *
   * @throws NullPointerException when {@code today} is null
   */
  public static DemoSchema around(LocalDate today) {
    return around(today, USUAL_SEED);
  }

  /**
   * The data around this day, from a seed: another seed tells another story of the same kind.
   *
   * @throws NullPointerException when {@code today} is null
   */
  public static DemoSchema around(LocalDate today, long seed) {
    return new DemoSchema(today, seed);
  }

  /** All tables, each after those to which it refers. */
  public List<DemoTable> tables() {
    return tables;
  }

  /**
   * The table of exactly this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public DemoTable table(String name) {
    return tables.stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The demo has no table "
                        + name
                        + "; it has "
                        + tables.stream().map(DemoTable::name).toList()));
  }
}
