package io.sally.driver.metadata;

import io.sally.driver.metadata.Header.Row;
import io.sally.engine.Session;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import java.sql.JDBCType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The views of the information schema (SQL:2016, part 11, chapter 6), as far as something is known
 * here that they ask for: the same facts as those of {@code DatabaseMetaData}, and no more. What
 * the standard has and nobody reads is left out; columns that MySQL and its clients know beside the
 * standard's come last, since without them a constraint cannot be told from its namesake of another
 * table.
 */
public final class StandardViews {
  /** Not null, as it is in JDBC's lists, since many statements join by it. */
  private static final String CATALOG = Session.CATALOG;

  private static final String NO = "NO";
  private static final String YES = "YES";
  private static final String INTERVAL = "INTERVAL ";
  private static final int DAYS = 0;

  private StandardViews() {}

  /** One view: its name, what it holds, its columns, and its rows. */
  public record View(
      String name, String comment, Header header, Function<Catalogs, Stream<Row>> rows) {
    /** What the view shows of these catalogs. */
    public Listing of(Catalogs catalogs) {
      return header.of(rows.apply(catalogs));
    }
  }

  /** All of them. */
  public static List<View> all() {
    return List.of(
        new View(
            "schemata",
            "The schemas, one or more a source",
            Header.of(
                """
                catalog_name schema_name schema_owner default_character_set_catalog
                default_character_set_schema default_character_set_name sql_path
                """),
            StandardViews::schemata),
        new View(
            "tables",
            "The tables and views of all schemas",
            Header.of(
                """
                table_catalog table_schema table_name table_type self_referencing_column_name
                reference_generation user_defined_type_catalog user_defined_type_schema
                user_defined_type_name is_insertable_into is_typed commit_action remarks
                """),
            catalogs -> catalogs.tables().map(StandardViews::table)),
        new View(
            "columns",
            "The columns of all tables and views",
            Header.of(
                """
                table_catalog table_schema table_name column_name ordinal_position:int
                column_default is_nullable data_type character_maximum_length:int
                character_octet_length:int numeric_precision:int numeric_precision_radix:int
                numeric_scale:int datetime_precision:int interval_type interval_precision:int
                character_set_name collation_name domain_name udt_name is_identity is_generated
                generation_expression is_updatable remarks
                """),
            catalogs -> catalogs.tables().flatMap(StandardViews::columns)),
        new View(
            "views",
            "The views; what they are made of is known to their sources alone",
            Header.of(
                """
                table_catalog table_schema table_name view_definition check_option is_updatable
                is_insertable_into
                """),
            StandardViews::views),
        constraints("table_constraints", "The primary, unique and foreign keys"),
        constraints(
            "constraints",
            "The same, as Liquibase asks for it where it does not know the database"),
        new View(
            "key_column_usage",
            "The columns of the primary, unique and foreign keys",
            Header.of(
                """
                constraint_catalog constraint_schema constraint_name table_catalog table_schema
                table_name column_name ordinal_position:int position_in_unique_constraint:int
                referenced_table_schema referenced_table_name referenced_column_name
                """),
            catalogs -> catalogs.tables().flatMap(table -> keyColumns(catalogs, table))),
        new View(
            "referential_constraints",
            "The foreign keys, and the keys to which they refer",
            Header.of(
                """
                constraint_catalog constraint_schema constraint_name unique_constraint_catalog
                unique_constraint_schema unique_constraint_name match_option update_rule
                delete_rule table_name referenced_table_name
                """),
            catalogs -> catalogs.tables().flatMap(table -> references(catalogs, table))),
        none(
            "check_constraints",
            "Conditions of tables: none is known",
            "constraint_catalog constraint_schema constraint_name check_clause"),
        none(
            "sequences",
            "Sequences: none is known",
            """
            sequence_catalog sequence_schema sequence_name data_type numeric_precision:int
            numeric_precision_radix:int numeric_scale:int start_value minimum_value maximum_value
            increment cycle_option
            """),
        none(
            "routines",
            "Functions and procedures of the sources: none can be called",
            """
            specific_catalog specific_schema specific_name routine_catalog routine_schema
            routine_name routine_type data_type routine_body routine_definition external_name
            external_language is_deterministic sql_data_access
            """),
        none(
            "parameters",
            "Parameters of functions and procedures: none can be called",
            """
            specific_catalog specific_schema specific_name ordinal_position:int parameter_mode
            is_result as_locator parameter_name data_type
            """));
  }

  private static View constraints(String name, String comment) {
    return new View(
        name,
        comment,
        Header.of(
            """
            constraint_catalog constraint_schema constraint_name table_catalog table_schema
            table_name constraint_type is_deferrable initially_deferred
            """),
        catalogs -> catalogs.tables().flatMap(StandardViews::constraints));
  }

  private static View none(String name, String comment, String columns) {
    return new View(name, comment, Header.of(columns), catalogs -> Stream.empty());
  }

  private static Stream<Row> schemata(Catalogs catalogs) {
    return TableListings.schemaNames(catalogs)
        .map(name -> Row.of(CATALOG, name, null, null, null, null, null));
  }

  private static Row table(Table table) {
    TableName name = table.name();
    return Row.of(
        CATALOG,
        name.schemaLabel(),
        name.table(),
        table.kind() == Table.Kind.TABLE ? "BASE TABLE" : table.kind().jdbcName(),
        null,
        null,
        null,
        null,
        null,
        NO,
        NO,
        null,
        table.comment());
  }

  private static Stream<Row> columns(Table table) {
    return IntStream.range(0, table.columns().size())
        .mapToObj(i -> column(table.name(), table.columns().get(i), i + 1));
  }

  private static Row column(TableName table, Column column, int position) {
    ColumnType type = column.type();
    boolean number = TypeFacts.isNumber(type);
    return Row.of(
        CATALOG,
        table.schemaLabel(),
        table.table(),
        column.name(),
        position,
        null,
        column.nullable() ? YES : NO,
        type.name(),
        length(type),
        TypeFacts.octets(type),
        number ? TypeFacts.size(type) : null,
        TypeFacts.radix(type),
        number ? TypeFacts.fractionDigits(type) : null,
        secondDigits(type),
        type.name().startsWith(INTERVAL) ? type.name().substring(INTERVAL.length()) : null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        NO,
        column.comment());
  }

  private static @Nullable Integer length(ColumnType type) {
    boolean hasLength =
        TypeFacts.isText(type)
            || switch (type.jdbcType()) {
              case BINARY, VARBINARY, LONGVARBINARY, BLOB -> true;
              default -> false;
            };
    return hasLength && type.precision() != ColumnType.UNSPECIFIED ? TypeFacts.size(type) : null;
  }

  private static @Nullable Integer secondDigits(ColumnType type) {
    if (type.jdbcType() == JDBCType.DATE) {
      return DAYS;
    }
    return TypeFacts.isNumber(type) ? null : TypeFacts.fractionDigits(type);
  }

  private static Stream<Row> views(Catalogs catalogs) {
    return catalogs
        .tables()
        .filter(table -> table.kind() == Table.Kind.VIEW)
        .map(Table::name)
        .map(name -> Row.of(CATALOG, name.schemaLabel(), name.table(), null, "NONE", NO, NO));
  }

  private static Stream<Row> constraints(Table table) {
    Stream<Row> unique =
        KeyListings.uniqueKeys(table)
            .map(
                key ->
                    constraint(
                        table,
                        key.name(),
                        key.equals(table.primaryKey()) ? "PRIMARY KEY" : "UNIQUE"));
    Stream<Row> foreign =
        table.foreignKeys().stream().map(key -> constraint(table, key.name(), "FOREIGN KEY"));
    return Stream.concat(unique, foreign);
  }

  private static Row constraint(Table table, String name, String type) {
    String schema = table.name().schemaLabel();
    return Row.of(CATALOG, schema, name, CATALOG, schema, table.name().table(), type, NO, NO);
  }

  private static Stream<Row> keyColumns(Catalogs catalogs, Table table) {
    Stream<Row> unique =
        KeyListings.uniqueKeys(table)
            .flatMap(
                key ->
                    IntStream.range(0, key.columns().size())
                        .mapToObj(
                            i ->
                                keyColumn(
                                    table, key.name(), key.columns().get(i), i, null, null, null)));
    Stream<Row> foreign =
        table.foreignKeys().stream().flatMap(key -> foreignKeyColumns(catalogs, table, key));
    return Stream.concat(unique, foreign);
  }

  private static Stream<Row> foreignKeyColumns(Catalogs catalogs, Table table, ForeignKey key) {
    Optional<UniqueKey> target = KeyListings.targetKey(catalogs, key);
    return IntStream.range(0, key.columns().size())
        .mapToObj(
            i -> {
              String targetColumn = key.targetColumns().get(i);
              return keyColumn(
                  table,
                  key.name(),
                  key.columns().get(i),
                  i,
                  target.map(unique -> unique.columns().indexOf(targetColumn) + 1).orElse(null),
                  key.target(),
                  targetColumn);
            });
  }

  private static Row keyColumn(
      Table table,
      String constraint,
      String column,
      int index,
      @Nullable Integer targetPosition,
      @Nullable TableName target,
      @Nullable String targetColumn) {
    String schema = table.name().schemaLabel();
    return Row.of(
        CATALOG,
        schema,
        constraint,
        CATALOG,
        schema,
        table.name().table(),
        column,
        index + 1,
        targetPosition,
        target == null ? null : target.schemaLabel(),
        target == null ? null : target.table(),
        targetColumn);
  }

  private static Stream<Row> references(Catalogs catalogs, Table table) {
    return table.foreignKeys().stream()
        .map(
            key -> {
              String target =
                  KeyListings.targetKey(catalogs, key).map(UniqueKey::name).orElse(null);
              return Row.of(
                  CATALOG,
                  table.name().schemaLabel(),
                  key.name(),
                  target == null ? null : CATALOG,
                  target == null ? null : key.target().schemaLabel(),
                  target,
                  "NONE",
                  "NO ACTION",
                  "NO ACTION",
                  table.name().table(),
                  key.target().table());
            });
  }
}
