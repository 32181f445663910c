package io.sally.driver;

import io.sally.driver.metadata.TypeFacts;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.ColumnType;
import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;

/** The {@code ?} of a statement, with the types that their places give them. Immutable. */
final class SallyParameterMetaData extends JdbcObject implements ParameterMetaData {
  private final List<ColumnType> types;

  SallyParameterMetaData(List<ColumnType> types) {
    this.types = List.copyOf(types);
  }

  @Override
  public int getParameterCount() {
    return types.size();
  }

  @Override
  public int getParameterType(int parameter) throws SQLException {
    return type(parameter).jdbcType().getVendorTypeNumber();
  }

  @Override
  public String getParameterTypeName(int parameter) throws SQLException {
    return type(parameter).name();
  }

  @Override
  public String getParameterClassName(int parameter) throws SQLException {
    return TypeFacts.javaClass(type(parameter)).getName();
  }

  @Override
  public int getPrecision(int parameter) throws SQLException {
    return TypeFacts.size(type(parameter));
  }

  @Override
  public int getScale(int parameter) throws SQLException {
    Integer digits = TypeFacts.fractionDigits(type(parameter));
    return digits == null ? 0 : digits;
  }

  @Override
  public boolean isSigned(int parameter) throws SQLException {
    return TypeFacts.isNumber(type(parameter));
  }

  @Override
  public int isNullable(int parameter) throws SQLException {
    type(parameter);
    return parameterNullableUnknown;
  }

  @Override
  public int getParameterMode(int parameter) throws SQLException {
    type(parameter);
    return parameterModeIn;
  }

  private ColumnType type(int parameter) throws SQLException {
    if (parameter < 1 || parameter > types.size()) {
      throw SqlErrors.dynamicSql(
          "There is no parameter " + parameter + ": the statement has " + types.size() + ".",
          "07009");
    }
    return types.get(parameter - 1);
  }
}
