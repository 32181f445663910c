package io.sally.engine.policy;

import io.sally.engine.Session;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it holds for one catalog: each name in it is a table or column that is there. A name
 * that matches nothing is an error, since a mistyped mask would show what it was to hide. Case does
 * not count, so that nothing slips through by its spelling. A view reads in its database what it
 * likes, and so is not there beside masks and filters unless the policy names it. Immutable.
 */
public final class CatalogPolicy {
  private static final String EVERY = "*";
  private static final String MASK = "Masked: its values are not shown.";

  private final Catalog catalog;
  private final Catalog askable;
  private final Map<TableName, Set<String>> masked;
  private final Map<TableName, List<RowFilter>> filters;

  private CatalogPolicy(
      Catalog catalog,
      Catalog askable,
      Map<TableName, Set<String>> masked,
      Map<TableName, List<RowFilter>> filters) {
    this.catalog = catalog;
    this.askable = askable;
    this.masked = masked;
    this.filters = filters;
  }

  /** What holds of the rows of one table for one session. */
  public sealed interface Rows {
    /** All are there. */
    record All() implements Rows {}

    /** None is there. */
    record None() implements Rows {}

    /** Those are there that meet the condition. */
    record Meeting(RowFilter filter) implements Rows {}
  }

  /** Decides nothing over this catalog. */
  public static CatalogPolicy none(Catalog catalog) {
    return new CatalogPolicy(catalog, catalog, Map.of(), Map.of());
  }

  /**
   * The policy over a catalog.
   *
   * @param read the catalog as its source gave it
   * @param whole names the schema of a table also where it is the default one
   * @throws SQLException with SQLState 22023 when the policy names what is not there
   */
  public static CatalogPolicy of(SourcePolicy policy, Catalog read, UnaryOperator<TableName> whole)
      throws SQLException {
    if (policy.equals(SourcePolicy.NONE)) {
      return none(read);
    }
    Map<TableName, Set<String>> masked = columns(policy.masked(), read, whole);
    Map<TableName, List<RowFilter>> filters = filters(policy.rowFilters(), read, whole);
    Set<TableName> views = new HashSet<>();
    for (PolicyEntry view : policy.views()) {
      views.addAll(tables(view, read, whole));
    }
    boolean open = masked.isEmpty() && filters.isEmpty();
    Catalog shown =
        new Catalog(
            read.source(),
            read.tables().stream()
                .filter(table -> open || !isView(table) || views.contains(table.name()))
                .map(
                    table ->
                        shown(
                            table,
                            masked.getOrDefault(table.name(), Set.of()),
                            filters.containsKey(table.name())))
                .toList());
    return new CatalogPolicy(shown, askable(policy, shown, whole), masked, filters);
  }

  private static boolean isView(Table table) {
    return table.kind() == Table.Kind.VIEW;
  }

  private static Map<TableName, Set<String>> columns(
      List<PolicyEntry> entries, Catalog read, UnaryOperator<TableName> whole) throws SQLException {
    Map<TableName, Set<String>> columns = new HashMap<>();
    for (PolicyEntry entry : entries) {
      String text = entry.text();
      int dot = text.lastIndexOf('.');
      boolean found = false;
      for (Table table : read.tables()) {
        if (dot > 0 && names(text.substring(0, dot), whole.apply(table.name()))) {
          for (Column column : table.columns()) {
            if (same(text.substring(dot + 1), column.name())) {
              columns.computeIfAbsent(table.name(), name -> new HashSet<>()).add(column.name());
              found = true;
            }
          }
        }
      }
      require(found, entry, "column", "table.column", read);
    }
    return columns;
  }

  private static Map<TableName, List<RowFilter>> filters(
      List<RowFilter> entries, Catalog read, UnaryOperator<TableName> whole) throws SQLException {
    Map<TableName, List<RowFilter>> filters = new HashMap<>();
    for (RowFilter filter : entries) {
      List<TableName> tables = tables(filter.table(), read, whole);
      for (TableName table : tables) {
        List<RowFilter> those = filters.computeIfAbsent(table, name -> new ArrayList<>());
        if (those.stream().anyMatch(other -> sameUser(other.user(), filter.user()))) {
          throw SqlErrors.invalidParameter(
              filter
                  .table()
                  .error(
                      "The table "
                          + table
                          + " has two row filters for the same users. Write one, with AND or OR."),
              null);
        }
        those.add(filter);
      }
    }
    return filters;
  }

  private static boolean sameUser(@Nullable String one, @Nullable String other) {
    return one == null ? other == null : one.equals(other);
  }

  private static List<TableName> tables(
      PolicyEntry entry, Catalog read, UnaryOperator<TableName> whole) throws SQLException {
    List<TableName> tables =
        read.tables().stream()
            .map(Table::name)
            .filter(t -> names(entry.text(), whole.apply(t)))
            .toList();
    require(!tables.isEmpty(), entry, "table", "table or schema.table", read);
    return tables;
  }

  private static void require(
      boolean found, PolicyEntry entry, String kind, String form, Catalog read)
      throws SQLException {
    if (!found) {
      throw SqlErrors.invalidParameter(
          entry.error(
              "The source "
                  + read.source()
                  + " has no "
                  + kind
                  + " "
                  + entry.text()
                  + ". Write it as "
                  + form
                  + "; until then nothing of the source is read."),
          null);
    }
  }

  /** Whether the text, {@code table} or {@code schema.table}, names the table. */
  private static boolean names(String text, TableName table) {
    if (same(text, table.table())) {
      return true;
    }
    String schema = table.schema();
    return schema != null
        && text.length() > schema.length()
        && (text.startsWith(EVERY + '.')
            ? same(text.substring(2), table.table())
            : text.charAt(schema.length()) == '.'
                && same(text.substring(0, schema.length()), schema)
                && same(text.substring(schema.length() + 1), table.table()));
  }

  private static boolean same(String text, String name) {
    return text.equals(EVERY) || text.equalsIgnoreCase(name);
  }

  /**
   * The table as everybody sees it. A masked column can be null and is no part of a key: of what
   * the database knows of its values, the planner may conclude nothing. How many rows a filtered
   * table has would tell of those that are not there.
   */
  private static Table shown(Table table, Set<String> masked, boolean filtered) {
    Table kept = without(table, masked, table.columns(), target -> true, (target, column) -> true);
    return new Table(
        kept.name(),
        kept.kind(),
        kept.comment(),
        table.columns().stream().map(c -> masked.contains(c.name()) ? mask(c) : c).toList(),
        kept.primaryKey(),
        kept.uniqueKeys(),
        kept.foreignKeys(),
        filtered ? null : kept.rowCount(),
        filtered ? Map.of() : kept.distinctValues());
  }

  private static Column mask(Column column) {
    String comment = column.comment();
    return new Column(
        column.name(), column.type(), true, comment == null ? MASK : comment + " " + MASK);
  }

  /** The table with these columns, and those keys alone that need no other. */
  private static Table without(
      Table table,
      Set<String> columns,
      List<Column> left,
      Predicate<TableName> target,
      BiPredicate<TableName, String> targetColumn) {
    Predicate<UniqueKey> whole = key -> key.columns().stream().noneMatch(columns::contains);
    return new Table(
        table.name(),
        table.kind(),
        table.comment(),
        left,
        Optional.ofNullable(table.primaryKey()).filter(whole).orElse(null),
        table.uniqueKeys().stream().filter(whole).toList(),
        table.foreignKeys().stream()
            .filter(
                (ForeignKey key) ->
                    key.columns().stream().noneMatch(columns::contains)
                        && target.test(key.target())
                        && key.targetColumns().stream()
                            .allMatch(column -> targetColumn.test(key.target(), column)))
            .toList(),
        table.rowCount(),
        table.distinctValues().entrySet().stream()
            .filter(entry -> !columns.contains(entry.getKey()))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static Catalog askable(SourcePolicy policy, Catalog shown, UnaryOperator<TableName> whole)
      throws SQLException {
    for (PolicyEntry schema : policy.askSchemas()) {
      boolean found =
          shown.tables().stream()
              .anyMatch(
                  table -> inSchema(schema.text(), shown.source(), whole.apply(table.name())));
      require(found, schema, "schema", "schema", shown);
    }
    Set<TableName> allowed = new HashSet<>();
    for (PolicyEntry table : policy.askTables()) {
      allowed.addAll(tables(table, shown, whole));
    }
    Set<TableName> denied = new HashSet<>();
    for (PolicyEntry table : policy.askDeniedTables()) {
      denied.addAll(tables(table, shown, whole));
    }
    Map<TableName, Set<String>> hidden = columns(policy.askDeniedColumns(), shown, whole);
    Predicate<TableName> readable =
        name ->
            !denied.contains(name)
                && (policy.askTables().isEmpty() || allowed.contains(name))
                && (policy.askSchemas().isEmpty()
                    || policy.askSchemas().stream()
                        .anyMatch(
                            schema -> inSchema(schema.text(), shown.source(), whole.apply(name))));
    List<Table> tables =
        shown.tables().stream()
            .filter(table -> readable.test(table.name()))
            .map(
                table -> {
                  Set<String> gone = hidden.getOrDefault(table.name(), Set.of());
                  return without(
                      table,
                      gone,
                      table.columns().stream().filter(c -> !gone.contains(c.name())).toList(),
                      readable,
                      (target, column) -> !hidden.getOrDefault(target, Set.of()).contains(column));
                })
            .filter(table -> !table.columns().isEmpty())
            .toList();
    return new Catalog(shown.source(), tables);
  }

  /** A source without schemas is a schema of its own name. */
  private static boolean inSchema(String text, String source, TableName table) {
    String schema = table.schema();
    return same(text, schema == null ? source : schema);
  }

  /** What is there, masked columns marked as such. */
  public Catalog catalog() {
    return catalog;
  }

  /** What of it ASK may know and read. */
  public Catalog askable() {
    return askable;
  }

  /** The columns of the table that read as null. */
  public Set<String> masked(TableName table) {
    return masked.getOrDefault(table, Set.of());
  }

  /** The row filters, by their tables. */
  public Map<TableName, List<RowFilter>> filters() {
    return filters;
  }

  /**
   * Which rows of the table the session may see: those of its user's filter, else those of the
   * general one; none where there are only filters of other users.
   */
  public Rows rows(TableName table, Session session) {
    List<RowFilter> those = filters.getOrDefault(table, List.of());
    if (those.isEmpty()) {
      return new Rows.All();
    }
    boolean forEveryone = session.reader() == Session.Reader.EVERYONE;
    if (forEveryone && those.stream().anyMatch(filter -> filter.user() != null)) {
      return new Rows.None();
    }
    String user = session.user();
    return those.stream()
        .filter(filter -> user != null && user.equals(filter.user()))
        .findFirst()
        .or(() -> those.stream().filter(filter -> filter.user() == null).findFirst())
        .<Rows>map(Rows.Meeting::new)
        .orElseGet(Rows.None::new);
  }
}
