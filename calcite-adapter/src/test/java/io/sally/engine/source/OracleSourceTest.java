package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.dialect.OracleSqlDialect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What can be said of the Oracle source without a server. */
class OracleSourceTest {
  private static SourceSettings settings(@Nullable String url) {
    return url == null
        ? SourceSettings.ofDatabase(
            "erp", "db2", 1522, "ERP", "sally", () -> "s3cr3t", List.of("STOCK"))
        : SourceSettings.ofUrl("erp", url, "sally", () -> "s3cr3t", List.of());
  }

  @Test
  void makesTheAddressOfItsSettings() {
    assertThat(OracleSource.recipe(settings(null)).url())
        .isEqualTo("jdbc:oracle:thin:@//db2:1522/ERP");
    assertThat(OracleSource.recipe(settings(null)).setUp())
        .contains("ALTER SESSION SET CURRENT_SCHEMA = \"STOCK\"");
  }

  @Test
  void hasATypeForEveryTypeOfOracle() {
    List<String> shown = new ArrayList<>();
    show(shown, "NUMBER", null, null);
    show(shown, "NUMBER", null, 0);
    show(shown, "NUMBER", 10, 2);
    show(shown, "NUMBER", 5, -2);
    show(shown, "NUMBER", 2, 5);
    for (String type :
        List.of(
            "FLOAT",
            "BINARY_FLOAT",
            "BINARY_DOUBLE",
            "CHAR",
            "NVARCHAR2",
            "CLOB",
            "RAW",
            "LONG RAW",
            "BFILE",
            "DATE",
            "TIMESTAMP(9)",
            "TIMESTAMP(6) WITH TIME ZONE",
            "TIMESTAMP(0) WITH LOCAL TIME ZONE",
            "INTERVAL DAY(2) TO SECOND(6)",
            "ROWID",
            "XMLTYPE",
            "JSON",
            "BOOLEAN")) {
      show(shown, type, null, null);
    }
    assertThat(shown)
        .containsExactly(
            "NUMBER null null -> DECIMAL(38, 18) \"C\"",
            "NUMBER null 0 -> DECIMAL(38, 0) \"C\"",
            "NUMBER 10 2 -> DECIMAL(10, 2) \"C\"",
            "NUMBER 5 -2 -> DECIMAL(7, 0) \"C\"",
            "NUMBER 2 5 -> DECIMAL(5, 5) \"C\"",
            "FLOAT null null -> DOUBLE \"C\"",
            "BINARY_FLOAT null null -> REAL \"C\"",
            "BINARY_DOUBLE null null -> DOUBLE \"C\"",
            "CHAR null null -> CHAR(9) \"C\"",
            "NVARCHAR2 null null -> VARCHAR(9) \"C\"",
            "CLOB null null -> VARCHAR \"C\"",
            "RAW null null -> VARBINARY(36) \"C\"",
            "LONG RAW null null -> VARBINARY \"C\"",
            "BFILE null null -> VARBINARY TO_BLOB(\"C\")",
            "DATE null null -> TIMESTAMP(0) \"C\"",
            "TIMESTAMP(9) null null -> TIMESTAMP(9) \"C\"",
            "TIMESTAMP(6) WITH TIME ZONE null null -> TIMESTAMP WITH TIME ZONE(6) \"C\"",
            "TIMESTAMP(0) WITH LOCAL TIME ZONE null null -> TIMESTAMP WITH TIME ZONE(0) \"C\"",
            "INTERVAL DAY(2) TO SECOND(6) null null -> VARCHAR TO_CHAR(\"C\")",
            "ROWID null null -> VARCHAR(18) ROWIDTOCHAR(\"C\")",
            "XMLTYPE null null -> VARCHAR XMLSERIALIZE(CONTENT \"C\" AS CLOB)",
            "JSON null null -> VARCHAR JSON_SERIALIZE(\"C\" RETURNING CLOB)",
            "BOOLEAN null null -> BOOLEAN \"C\"");
    assertThat(OracleTypes.of("ADDRESS", "HR", 1, 0, null, null)).isNull();
  }

  private static void show(
      List<String> shown, String type, @Nullable Integer digits, @Nullable Integer scale) {
    MappedType mapped = OracleTypes.of(type, null, 36, 9, digits, scale);
    assertThat(mapped).as(type).isNotNull();
    if (mapped != null) {
      SqlIdentifier column = new SqlIdentifier("C", SqlParserPos.ZERO);
      ReadExpression read = mapped.read();
      String selected =
          (read == null ? column : read.around(column))
              .toSqlString(OracleSqlDialect.DEFAULT)
              .getSql();
      shown.add(type + " " + digits + " " + scale + " -> " + mapped.type() + " " + selected);
    }
  }

  @Test
  void isUnreachableAtOnceAndWithoutSecrets() throws SQLException {
    SourceSettings nowhere = settings("jdbc:oracle:thin:sally/s3cr3t@//127.0.0.1:1/ERP");
    try (OracleSource down = new OracleSource(nowhere)) {
      assertThatThrownBy(down::readCatalog)
          .hasMessageStartingWith("Source erp cannot be reached: ORA-")
          .hasMessageNotContaining("s3cr3t")
          .hasFieldOrPropertyWithValue("SQLState", "08001");
    }
    assertThat(nowhere.toString()).isEqualTo("erp at jdbc:oracle:thin:sally/***@//127.0.0.1:1/ERP");
  }
}
