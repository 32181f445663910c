package io.sally.driver.metadata;

import io.sally.driver.metadata.Header.Row;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Table;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Schemas and tables. JDBC's catalogs are not used: a source is a schema. */
public final class TableListings {
  private static final Header CATALOGS = Header.of("TABLE_CAT");
  private static final Header SCHEMAS = Header.of("TABLE_SCHEM TABLE_CATALOG");
  private static final Header TABLE_TYPES = Header.of("TABLE_TYPE");
  private static final Header TABLES =
      Header.of(
          """
          TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME
          SELF_REFERENCING_COL_NAME REF_GENERATION
          """);

  private TableListings() {}

  public static Listing catalogs() {
    return CATALOGS.empty();
  }

  public static Listing tableTypes() {
    return TABLE_TYPES.sorted(
        Arrays.stream(Table.Kind.values()).map(kind -> Row.of(kind.jdbcName())), "TABLE_TYPE");
  }

  public static Listing schemas(
      Catalogs catalogs, @Nullable String catalog, @Nullable String schemaPattern) {
    return SCHEMAS.sorted(
        schemaNames(catalogs)
            .filter(name -> NamePattern.isNoCatalog(catalog))
            .filter(NamePattern.of(schemaPattern))
            .map(name -> Row.of(name, null)),
        "TABLE_CATALOG",
        "TABLE_SCHEM");
  }

  /** The schemas that there are, also those of sources without tables or out of reach. */
  public static Stream<String> schemaNames(Catalogs catalogs) {
    return Stream.of(
            catalogs.catalogs().stream().map(Catalog::source),
            catalogs.missing().keySet().stream(),
            catalogs.tables().map(table -> table.name().schemaLabel()))
        .flatMap(names -> names)
        .distinct();
  }

  public static Listing tables(
      Catalogs catalogs,
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      String @Nullable [] types) {
    Predicate<String> wanted = types == null ? type -> true : Arrays.asList(types)::contains;
    return TABLES.sorted(
        matching(catalogs, catalog, schemaPattern, namePattern)
            .filter(table -> wanted.test(table.kind().jdbcName()))
            .map(TableListings::row),
        "TABLE_TYPE",
        "TABLE_SCHEM",
        "TABLE_NAME");
  }

  private static Row row(Table table) {
    return Row.of(
        null,
        table.name().schemaLabel(),
        table.name().table(),
        table.kind().jdbcName(),
        table.comment(),
        null,
        null,
        null,
        null,
        null);
  }

  /** The tables that JDBC's triple of catalog, schema pattern and name pattern means. */
  static Stream<Table> matching(
      Catalogs catalogs,
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern) {
    if (!NamePattern.isNoCatalog(catalog)) {
      return Stream.empty();
    }
    Predicate<String> schemas = NamePattern.of(schemaPattern);
    Predicate<String> names = NamePattern.of(namePattern);
    return catalogs
        .tables()
        .filter(table -> schemas.test(table.name().schemaLabel()))
        .filter(table -> names.test(table.name().table()));
  }

  /** The tables of exactly this schema and name, either of which may be left open by null. */
  static Stream<Table> exactly(
      Catalogs catalogs, @Nullable String catalog, @Nullable String schema, @Nullable String name) {
    if (!NamePattern.isNoCatalog(catalog)) {
      return Stream.empty();
    }
    return catalogs
        .tables()
        .filter(table -> NamePattern.exactly(schema).test(table.name().schemaLabel()))
        .filter(table -> NamePattern.exactly(name).test(table.name().table()));
  }
}
