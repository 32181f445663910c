package io.sally.engine.planner;

import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import java.sql.JDBCType;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/** Between the catalog's types and Calcite's. */
public final class TypeMapping {
  private TypeMapping() {}

  /** The row type of a table with these columns. */
  public static RelDataType rowType(List<Column> columns, RelDataTypeFactory typeFactory) {
    RelDataTypeFactory.Builder builder = typeFactory.builder();
    for (Column column : columns) {
      builder.add(
          column.name(),
          typeFactory.createTypeWithNullability(
              toCalcite(column.type(), typeFactory), column.nullable()));
    }
    return builder.build();
  }

  private static RelDataType toCalcite(ColumnType type, RelDataTypeFactory typeFactory) {
    if (type.component() != null) {
      RelDataType component =
          typeFactory.createTypeWithNullability(toCalcite(type.component(), typeFactory), true);
      return typeFactory.createArrayType(component, -1);
    }
    if (type.jdbcType() == JDBCType.TIMESTAMP_WITH_TIMEZONE) {
      return typeFactory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
    } else if (type.jdbcType() == JDBCType.TIME_WITH_TIMEZONE) {
      return typeFactory.createSqlType(SqlTypeName.TIME_TZ);
    } else if (type.jdbcType() == JDBCType.OTHER && type.name().equals("UUID")) {
      return typeFactory.createSqlType(SqlTypeName.UUID);
    }
    SqlTypeName name =
        Objects.requireNonNullElse(
            SqlTypeName.getNameForJdbcType(type.jdbcType().getVendorTypeNumber()), SqlTypeName.ANY);
    if (type.precision() == ColumnType.UNSPECIFIED || !name.allowsPrec()) {
      return typeFactory.createSqlType(name);
    }
    return name.allowsScale()
        ? typeFactory.createSqlType(name, type.precision(), type.scale())
        : typeFactory.createSqlType(name, type.precision());
  }

  /** The type as tools see it. */
  static ColumnType toColumnType(RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    RelDataType componentType = type.getComponentType();
    if (componentType != null) {
      ColumnType component = toColumnType(componentType);
      return new ColumnType(
          JDBCType.ARRAY, component.name() + " ARRAY", ColumnType.UNSPECIFIED, 0, component);
    }
    int precision =
        name.allowsPrec() && type.getPrecision() >= 0
            ? type.getPrecision()
            : ColumnType.UNSPECIFIED;
    int scale = name == SqlTypeName.DECIMAL ? type.getScale() : 0;
    return switch (name) {
      case BOOLEAN -> ColumnType.bool();
      case TINYINT -> simple(JDBCType.TINYINT);
      case SMALLINT -> simple(JDBCType.SMALLINT);
      case INTEGER -> simple(JDBCType.INTEGER);
      case BIGINT -> simple(JDBCType.BIGINT);
      case DECIMAL -> ColumnType.decimal(precision, scale);
      case REAL -> simple(JDBCType.REAL);
      case FLOAT -> simple(JDBCType.FLOAT);
      case DOUBLE -> simple(JDBCType.DOUBLE);
      case CHAR -> new ColumnType(JDBCType.CHAR, "CHAR", precision, 0, null);
      case VARCHAR -> ColumnType.varchar(precision);
      case BINARY -> new ColumnType(JDBCType.BINARY, "BINARY", precision, 0, null);
      case VARBINARY -> new ColumnType(JDBCType.VARBINARY, "VARBINARY", precision, 0, null);
      case DATE -> ColumnType.date();
      case TIME -> new ColumnType(JDBCType.TIME, "TIME", precision, 0, null);
      case TIMESTAMP -> ColumnType.timestamp(precision);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
          new ColumnType(
              JDBCType.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE", precision, 0, null);
      case TIME_TZ ->
          new ColumnType(JDBCType.TIME_WITH_TIMEZONE, "TIME WITH TIME ZONE", precision, 0, null);
      case NULL -> simple(JDBCType.NULL);
      case UUID -> new ColumnType(JDBCType.OTHER, "UUID", ColumnType.UNSPECIFIED, 0, null);
      default ->
          new ColumnType(
              JDBCType.OTHER, name.getName().replace('_', ' '), ColumnType.UNSPECIFIED, 0, null);
    };
  }

  private static ColumnType simple(JDBCType type) {
    return new ColumnType(type, type.getName(), ColumnType.UNSPECIFIED, 0, null);
  }
}
