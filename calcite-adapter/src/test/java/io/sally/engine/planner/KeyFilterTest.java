package io.sally.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.source.PostgreSqlPushDown;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;

/** How a PostgreSQL is asked for the rows with some keys. */
final class KeyFilterTest {
  private static final RelDataType BIGINT =
      new SallyTypeFactory().createSqlType(SqlTypeName.BIGINT);

  @Test
  void fewOfTheValuesAreLookedUp() {
    assertThat(filter(10_000).condition(keys(100))).isEqualTo(" = ANY (?)");
  }

  @Test
  void manyOfTheValuesAreTakenFromAScan() {
    assertThat(filter(10_000).condition(keys(1_000)))
        .isEqualTo(" IN (SELECT pg_catalog.unnest(?)) IS TRUE");
  }

  @Test
  void whereItIsNotKnownHowManyValuesThereAreTheKeysAreLookedUp() {
    assertThat(filter(Double.MAX_VALUE).condition(keys(40_000))).isEqualTo(" = ANY (?)");
  }

  private static KeyFilter filter(double values) {
    return new KeyFilter(
        0,
        new SourceKeys(BIGINT, 1_000_000, values),
        new PostgreSqlPushDown().among(BIGINT).orElseThrow());
  }

  private static List<Object> keys(int number) {
    return LongStream.range(0, number).mapToObj(key -> (Object) key).toList();
  }
}
