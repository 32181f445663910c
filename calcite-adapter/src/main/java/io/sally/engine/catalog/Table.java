package io.sally.engine.catalog;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table or view of a source.
 *
 * @param comment what the source says of the table, or null where it says nothing
 * @param primaryKey the primary key, or null where there is none
 * @param uniqueKeys further unique keys, without the primary key
 * @param rowCount the source's own estimate of the number of rows, or null where it has none
 * @param distinctValues the source's own estimates of how many values there are in a column other
 *     than null, by the column's name; columns without one are not there
 */
public record Table(
    TableName name,
    Kind kind,
    @Nullable String comment,
    List<Column> columns,
    @Nullable UniqueKey primaryKey,
    List<UniqueKey> uniqueKeys,
    List<ForeignKey> foreignKeys,
    @Nullable Long rowCount,
    Map<String, Double> distinctValues) {
  /** A table of whose columns' values nothing is known. */
  public Table(
      TableName name,
      Kind kind,
      @Nullable String comment,
      List<Column> columns,
      @Nullable UniqueKey primaryKey,
      List<UniqueKey> uniqueKeys,
      List<ForeignKey> foreignKeys,
      @Nullable Long rowCount) {
    this(name, kind, comment, columns, primaryKey, uniqueKeys, foreignKeys, rowCount, Map.of());
  }

  /** The kinds of table, with the names that {@code DatabaseMetaData.getTableTypes} gives them. */
  public enum Kind {
    TABLE("TABLE"),
    VIEW("VIEW"),
    SYSTEM_TABLE("SYSTEM TABLE");

    private final String jdbcName;

    Kind(String jdbcName) {
      this.jdbcName = jdbcName;
    }

    public String jdbcName() {
      return jdbcName;
    }
  }

  public Table {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    columns = List.copyOf(columns);
    uniqueKeys = List.copyOf(uniqueKeys);
    foreignKeys = List.copyOf(foreignKeys);
    distinctValues = Map.copyOf(distinctValues);
  }

  /** The column of exactly this name. */
  public Optional<Column> column(String columnName) {
    return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
  }
}
