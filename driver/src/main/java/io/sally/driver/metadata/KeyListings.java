package io.sally.driver.metadata;

import io.sally.driver.metadata.Header.Row;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import java.sql.DatabaseMetaData;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Primary, foreign and unique keys. */
public final class KeyListings {
  /** A table as JDBC's triple names it; null leaves a part open. */
  public record Place(@Nullable String catalog, @Nullable String schema, @Nullable String table) {
    /** Any table. */
    public static final Place ANY = new Place(null, null, null);

    boolean holds(TableName name) {
      return NamePattern.isNoCatalog(catalog)
          && NamePattern.exactly(schema).test(name.schemaLabel())
          && NamePattern.exactly(table).test(name.table());
    }
  }

  private static final Header PRIMARY_KEYS =
      Header.of("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ:short PK_NAME");
  private static final Header FOREIGN_KEYS =
      Header.of(
          """
          PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM
          FKTABLE_NAME FKCOLUMN_NAME KEY_SEQ:short UPDATE_RULE:short DELETE_RULE:short FK_NAME
          PK_NAME DEFERRABILITY:short
          """);
  private static final Header INDEXES =
      Header.of(
          """
          TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE:boolean INDEX_QUALIFIER INDEX_NAME TYPE:short
          ORDINAL_POSITION:short COLUMN_NAME ASC_OR_DESC CARDINALITY:long PAGES:long
          FILTER_CONDITION
          """);

  private KeyListings() {}

  public static Listing primaryKeys(Catalogs catalogs, Place place) {
    return PRIMARY_KEYS.sorted(
        tables(catalogs, place).flatMap(KeyListings::primaryKeyRows), "COLUMN_NAME");
  }

  private static Stream<Row> primaryKeyRows(Table table) {
    UniqueKey key = table.primaryKey();
    return key == null
        ? Stream.empty()
        : IntStream.range(0, key.columns().size())
            .mapToObj(
                i ->
                    Row.of(
                        null,
                        table.name().schemaLabel(),
                        table.name().table(),
                        key.columns().get(i),
                        (short) (i + 1),
                        key.name()));
  }

  /** The foreign keys that {@code holder} holds, in the order of {@code getImportedKeys}. */
  public static Listing importedKeys(Catalogs catalogs, Place holder) {
    return FOREIGN_KEYS.sorted(
        foreignKeyRows(catalogs, Place.ANY, holder),
        "PKTABLE_SCHEM",
        "PKTABLE_NAME",
        "FK_NAME",
        "KEY_SEQ");
  }

  /**
   * The foreign keys that refer to {@code target} and are held by {@code holder}, in the order of
   * {@code getExportedKeys} and {@code getCrossReference}.
   */
  public static Listing exportedKeys(Catalogs catalogs, Place target, Place holder) {
    return FOREIGN_KEYS.sorted(
        foreignKeyRows(catalogs, target, holder),
        "FKTABLE_SCHEM",
        "FKTABLE_NAME",
        "FK_NAME",
        "KEY_SEQ");
  }

  private static Stream<Row> foreignKeyRows(Catalogs catalogs, Place target, Place holder) {
    return tables(catalogs, holder)
        .flatMap(
            table ->
                table.foreignKeys().stream()
                    .filter(key -> target.holds(key.target()))
                    .flatMap(key -> foreignKeyRows(catalogs, table, key)));
  }

  private static Stream<Row> foreignKeyRows(Catalogs catalogs, Table table, ForeignKey key) {
    String targetKey = targetKey(catalogs, key).map(UniqueKey::name).orElse(null);
    return IntStream.range(0, key.columns().size())
        .mapToObj(
            i ->
                Row.of(
                    null,
                    key.target().schemaLabel(),
                    key.target().table(),
                    key.targetColumns().get(i),
                    null,
                    table.name().schemaLabel(),
                    table.name().table(),
                    key.columns().get(i),
                    (short) (i + 1),
                    (short) DatabaseMetaData.importedKeyNoAction,
                    (short) DatabaseMetaData.importedKeyNoAction,
                    key.name(),
                    targetKey,
                    (short) DatabaseMetaData.importedKeyNotDeferrable));
  }

  /** The key to which a foreign key refers, where it is known. */
  static Optional<UniqueKey> targetKey(Catalogs catalogs, ForeignKey key) {
    return catalogs
        .table(key.target())
        .flatMap(
            target ->
                uniqueKeys(target)
                    .filter(
                        unique ->
                            Set.copyOf(unique.columns()).equals(Set.copyOf(key.targetColumns())))
                    .findFirst());
  }

  /** The primary and unique keys, as the indexes that they imply. */
  public static Listing indexes(Catalogs catalogs, Place place) {
    return INDEXES.sorted(
        tables(catalogs, place)
            .flatMap(table -> uniqueKeys(table).flatMap(key -> indexRows(table, key))),
        "NON_UNIQUE",
        "TYPE",
        "INDEX_NAME",
        "ORDINAL_POSITION");
  }

  private static Stream<Row> indexRows(Table table, UniqueKey key) {
    return IntStream.range(0, key.columns().size())
        .mapToObj(
            i ->
                Row.of(
                    null,
                    table.name().schemaLabel(),
                    table.name().table(),
                    false,
                    null,
                    key.name(),
                    DatabaseMetaData.tableIndexOther,
                    (short) (i + 1),
                    key.columns().get(i),
                    null,
                    table.rowCount() == null ? 0L : table.rowCount(),
                    0L,
                    null));
  }

  /** The primary key, where there is one, and the other unique keys. */
  static Stream<UniqueKey> uniqueKeys(Table table) {
    return Stream.concat(Stream.ofNullable(table.primaryKey()), table.uniqueKeys().stream());
  }

  private static Stream<Table> tables(Catalogs catalogs, Place place) {
    Predicate<Table> held = table -> place.holds(table.name());
    return catalogs.tables().filter(held);
  }
}
