package io.sally.driver.metadata;

import io.sally.driver.metadata.Header.Row;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.UniqueKey;
import java.sql.DatabaseMetaData;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Columns, and the columns that tell one row from all others. */
public final class ColumnListings {
  private static final Header COLUMNS =
      Header.of(
          """
          TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:int TYPE_NAME COLUMN_SIZE:int
          BUFFER_LENGTH:int DECIMAL_DIGITS:int NUM_PREC_RADIX:int NULLABLE:int REMARKS COLUMN_DEF
          SQL_DATA_TYPE:int SQL_DATETIME_SUB:int CHAR_OCTET_LENGTH:int ORDINAL_POSITION:int
          IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE:short
          IS_AUTOINCREMENT IS_GENERATEDCOLUMN
          """);
  private static final Header ROW_IDENTIFIER =
      Header.of(
          """
          SCOPE:short COLUMN_NAME DATA_TYPE:int TYPE_NAME COLUMN_SIZE:int BUFFER_LENGTH:int
          DECIMAL_DIGITS:short PSEUDO_COLUMN:short
          """);

  /** JDBC's word for what cannot be told. */
  private static final String UNKNOWN = "";

  private ColumnListings() {}

  public static Listing columns(
      Catalogs catalogs,
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern) {
    Predicate<String> names = NamePattern.of(columnPattern);
    return COLUMNS.sorted(
        TableListings.matching(catalogs, catalog, schemaPattern, tablePattern)
            .flatMap(table -> rows(table, names)),
        "TABLE_SCHEM",
        "TABLE_NAME",
        "ORDINAL_POSITION");
  }

  private static Stream<Row> rows(Table table, Predicate<String> names) {
    return IntStream.range(0, table.columns().size())
        .filter(index -> names.test(table.columns().get(index).name()))
        .mapToObj(index -> row(table, table.columns().get(index), index + 1));
  }

  private static Row row(Table table, Column column, int position) {
    ColumnType type = column.type();
    return Row.of(
        null,
        table.name().schemaLabel(),
        table.name().table(),
        column.name(),
        type.jdbcType().getVendorTypeNumber(),
        type.name(),
        TypeFacts.size(type),
        null,
        TypeFacts.fractionDigits(type),
        TypeFacts.radix(type),
        column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
        column.comment(),
        null,
        null,
        null,
        TypeFacts.octets(type),
        position,
        column.nullable() ? "YES" : "NO",
        null,
        null,
        null,
        null,
        UNKNOWN,
        UNKNOWN);
  }

  /**
   * The primary key, or where there is none the first unique key whose columns take no null.
   *
   * @param nullable whether columns that take nulls are welcome
   */
  public static Listing rowIdentifier(
      Catalogs catalogs,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean nullable) {
    return ROW_IDENTIFIER.of(
        TableListings.exactly(catalogs, catalog, schema, table)
            .map(ColumnListings::identifier)
            // A part of a key identifies no row.
            .filter(key -> nullable || key.stream().noneMatch(Column::nullable))
            .flatMap(List::stream)
            .map(ColumnListings::identifierRow));
  }

  public static Listing noVersionColumns() {
    return ROW_IDENTIFIER.empty();
  }

  private static List<Column> identifier(Table table) {
    if (table.primaryKey() != null) {
      return columns(table, table.primaryKey());
    }
    return table.uniqueKeys().stream()
        .map(key -> columns(table, key))
        .filter(columns -> columns.stream().noneMatch(Column::nullable))
        .findFirst()
        .orElse(List.of());
  }

  private static List<Column> columns(Table table, UniqueKey key) {
    return key.columns().stream().map(table::column).flatMap(Optional::stream).toList();
  }

  private static Row identifierRow(Column column) {
    Integer digits = TypeFacts.fractionDigits(column.type());
    return Row.of(
        (short) DatabaseMetaData.bestRowSession,
        column.name(),
        column.type().jdbcType().getVendorTypeNumber(),
        column.type().name(),
        TypeFacts.size(column.type()),
        null,
        digits == null ? null : digits.shortValue(),
        (short) DatabaseMetaData.bestRowNotPseudo);
  }
}
