package io.sally.engine.planner;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The types of Sally's SQL. Texts are Unicode: Calcite's default is ISO-8859-1, which refuses a
 * literal such as 'Łódź'.
 */
final class SallyTypeFactory extends JavaTypeFactoryImpl {
  SallyTypeFactory() {
    super(new SallyTypeSystem());
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  /** There is one type of moments: what has a zone is compared and shown in UTC. */
  @Override
  public RelDataType createSqlType(SqlTypeName typeName) {
    return super.createSqlType(moment(typeName));
  }

  @Override
  public RelDataType createSqlType(SqlTypeName typeName, int precision) {
    return super.createSqlType(moment(typeName), precision);
  }

  private static SqlTypeName moment(SqlTypeName name) {
    return name == SqlTypeName.TIMESTAMP_TZ ? SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE : name;
  }

  /**
   * The common type of decimals keeps all digits right of the point. Where 38 digits are not enough
   * for both sides of the point, Calcite drops fractions, so that 1.00 &gt; 0.996 turns into 1.00
   * &gt; 1.00; here a number too great for the rest is an error.
   */
  @Override
  public @Nullable RelDataType leastRestrictive(
      List<RelDataType> types, SqlTypeMappingRule mappingRule) {
    RelDataType common = super.leastRestrictive(types, mappingRule);
    if (common == null || common.getSqlTypeName() != SqlTypeName.DECIMAL) {
      return common;
    }
    int scale =
        types.stream()
            .filter(type -> type.getSqlTypeName() == SqlTypeName.DECIMAL)
            .mapToInt(RelDataType::getScale)
            .max()
            .orElse(0);
    return scale <= common.getScale()
        ? common
        : createTypeWithNullability(
            createSqlType(
                SqlTypeName.DECIMAL, getTypeSystem().getMaxPrecision(SqlTypeName.DECIMAL), scale),
            common.isNullable());
  }
}
