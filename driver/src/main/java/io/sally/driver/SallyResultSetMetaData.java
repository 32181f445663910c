package io.sally.driver;

import io.sally.driver.metadata.TypeFacts;
import io.sally.engine.ResultColumn;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.TableName;
import java.sql.DatabaseMetaData;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;

/** The columns of a result. Immutable; it outlives its result. */
final class SallyResultSetMetaData extends JdbcObject implements ResultSetMetaData {
  private final List<ResultColumn> columns;

  SallyResultSetMetaData(List<ResultColumn> columns) {
    this.columns = columns;
  }

  @Override
  public int getColumnCount() {
    return columns.size();
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    return column(column).label();
  }

  /** The column of the table from which it comes, or the label where it is computed. */
  @Override
  public String getColumnName(int column) throws SQLException {
    ResultColumn found = column(column);
    return found.column() == null ? found.label() : found.column();
  }

  @Override
  public String getTableName(int column) throws SQLException {
    TableName table = column(column).table();
    return table == null ? "" : table.table();
  }

  @Override
  public String getSchemaName(int column) throws SQLException {
    TableName table = column(column).table();
    return table == null ? "" : table.schemaLabel();
  }

  @Override
  public String getCatalogName(int column) throws SQLException {
    column(column);
    return "";
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return column(column).type().jdbcType().getVendorTypeNumber();
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    return column(column).type().name();
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    return TypeFacts.javaClass(column(column).type()).getName();
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    return TypeFacts.displaySize(column(column).type());
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return TypeFacts.size(column(column).type());
  }

  @Override
  public int getScale(int column) throws SQLException {
    Integer digits = TypeFacts.fractionDigits(column(column).type());
    return digits == null ? 0 : digits;
  }

  @Override
  public int isNullable(int column) throws SQLException {
    return column(column).nullable() ? columnNullable : columnNoNulls;
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return TypeFacts.isNumber(column(column).type());
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    return TypeFacts.isText(column(column).type());
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    return TypeFacts.searchability(column(column).type()) != DatabaseMetaData.typePredNone;
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    column(column);
    return false;
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    column(column);
    return false;
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    column(column);
    return true;
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    column(column);
    return false;
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    column(column);
    return false;
  }

  private ResultColumn column(int column) throws SQLException {
    if (column < 1 || column > columns.size()) {
      throw SqlErrors.dynamicSql(
          "There is no column " + column + ": the first is 1, the last " + columns.size() + ".",
          "07009");
    }
    return columns.get(column - 1);
  }
}
