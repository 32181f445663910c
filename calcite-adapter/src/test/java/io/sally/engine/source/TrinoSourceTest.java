package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.dialect.PrestoSqlDialect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What can be said of the Trino source without a server. */
class TrinoSourceTest {
  private static SourceSettings settings(
      @Nullable Integer port, @Nullable String catalog, @Nullable Supplier<String> password) {
    return SourceSettings.ofDatabase(
        "cluster", "trino1", port, catalog, "sally", password, List.of());
  }

  private static SourceSettings settings(String url) {
    return SourceSettings.ofUrl("cluster", url, "sally", null, List.of());
  }

  @Test
  void makesTheAddressOfItsSettings() {
    assertThat(TrinoSource.recipe(settings(null, null, null)).url())
        .isEqualTo("jdbc:trino://trino1:8080");
    assertThat(TrinoSource.recipe(settings(9000, "sales", null)).url())
        .isEqualTo("jdbc:trino://trino1:9000/sales");
  }

  @Test
  void sendsAPasswordOverTlsAlone() {
    ConnectionRecipe open = TrinoSource.recipe(settings(null, null, null));
    ConnectionRecipe secret = TrinoSource.recipe(settings(null, null, () -> "s3cr3t"));
    assertThat(open.properties())
        .isEqualTo(
            Map.of(
                "source", "Sally",
                "timezone", "UTC",
                "explicitPrepare", "false",
                "timeout", "10000ms"));
    assertThat(secret.url()).isEqualTo("jdbc:trino://trino1:443");
    assertThat(secret.properties()).containsEntry("SSL", "true");
  }

  @Test
  void leavesToTheUrlWhatStandsThere() {
    assertThat(
            TrinoSource.recipe(settings("jdbc:trino://h:1/c?timezone=Asia%2FTokyo&source=me"))
                .properties())
        .doesNotContainKeys("timezone", "source")
        .containsKey("explicitPrepare");
  }

  @Test
  void knowsATableByCatalogAndSchema() throws SQLException {
    var table = new io.sally.engine.catalog.TableName("cluster", "sales.public", "orders");
    try (TrinoSource all = new TrinoSource(settings(null, null, null));
        TrinoSource one = new TrinoSource(settings(null, "sales", null));
        TrinoSource url = new TrinoSource(settings("jdbc:trino://h:1/sales/public?x=y/z"))) {
      assertThat(all.path(table)).containsExactly("sales", "public", "orders");
      assertThat(one.path(table)).containsExactly("sales", "sales.public", "orders");
      assertThat(url.path(table)).containsExactly("sales", "sales.public", "orders");
    }
  }

  @Test
  void hasATypeForEveryTypeOfTrino() {
    List<String> shown = new ArrayList<>();
    for (String type :
        List.of(
            "boolean",
            "tinyint",
            "smallint",
            "integer",
            "bigint",
            "real",
            "double",
            "decimal(38,10)",
            "decimal(10, 0)",
            "varchar",
            "varchar(40)",
            "char(5)",
            "varbinary",
            "date",
            "time(3)",
            "time(12) with time zone",
            "timestamp(6)",
            "timestamp(12)",
            "timestamp(3) with time zone",
            "interval year to month",
            "interval day to second",
            "json",
            "uuid",
            "ipaddress",
            "unknown",
            "color",
            "HyperLogLog",
            "P4HyperLogLog",
            "qdigest(bigint)",
            "tdigest",
            "SetDigest",
            "Geometry",
            "SphericalGeography",
            "BingTile",
            "array(integer)",
            "array(varchar(3))",
            "array(decimal(10,2))",
            "array(uuid)",
            "array(date)",
            "array(timestamp(3))",
            "array(timestamp(3) with time zone)",
            "array(array(integer))",
            "array(json)",
            "array(ipaddress)",
            "map(varchar, array(integer))",
            "map(date, time(3) with time zone)",
            "map(varchar, varbinary)",
            "row(integer, varchar(1))",
            "row(x integer, a b time(1), interval bigint)",
            "row(x row(\"y timestamp(3) with time zone), z map(varchar, decimal(10,2)))",
            "row(x varbinary)",
            "row(what is this)")) {
      show(shown, type);
    }
    assertThat(shown)
        .containsExactly(
            "boolean -> BOOLEAN \"c\"",
            "tinyint -> TINYINT \"c\"",
            "smallint -> SMALLINT \"c\"",
            "integer -> INTEGER \"c\"",
            "bigint -> BIGINT \"c\"",
            "real -> REAL \"c\"",
            "double -> DOUBLE \"c\"",
            "decimal(38,10) -> DECIMAL(38, 10) \"c\"",
            "decimal(10, 0) -> DECIMAL(10, 0) \"c\"",
            "varchar -> VARCHAR \"c\"",
            "varchar(40) -> VARCHAR(40) \"c\"",
            "char(5) -> CHAR(5) \"c\"",
            "varbinary -> VARBINARY \"c\"",
            "date -> DATE \"c\"",
            "time(3) -> TIME(3) \"c\"",
            "time(12) with time zone -> TIME WITH TIME ZONE(12) \"c\"",
            "timestamp(6) -> TIMESTAMP(6) \"c\"",
            "timestamp(12) -> TIMESTAMP(12) \"c\"",
            "timestamp(3) with time zone"
                + " -> TIMESTAMP WITH TIME ZONE(3) (\"c\" AT TIME ZONE 'UTC')",
            "interval year to month -> VARCHAR CAST(\"c\" AS VARCHAR)",
            "interval day to second -> VARCHAR CAST(\"c\" AS VARCHAR)",
            "json -> VARCHAR JSON_FORMAT(\"c\")",
            "uuid -> UUID \"c\"",
            "ipaddress -> VARCHAR CAST(\"c\" AS VARCHAR)",
            "unknown -> VARCHAR \"c\"",
            "color -> VARCHAR \"c\"",
            "HyperLogLog -> VARBINARY CAST(\"c\" AS VARBINARY)",
            "P4HyperLogLog -> VARBINARY CAST(\"c\" AS VARBINARY)",
            "qdigest(bigint) -> VARBINARY CAST(\"c\" AS VARBINARY)",
            "tdigest -> VARBINARY CAST(\"c\" AS VARBINARY)",
            "SetDigest -> VARBINARY CAST(\"c\" AS VARBINARY)",
            "Geometry -> VARCHAR ST_AsText(\"c\")",
            "SphericalGeography -> VARCHAR ST_AsText(to_geometry(\"c\"))",
            "BingTile -> VARCHAR bing_tile_quadkey(\"c\")",
            "array(integer) -> INTEGER ARRAY \"c\"",
            "array(varchar(3)) -> VARCHAR(3) ARRAY \"c\"",
            "array(decimal(10,2)) -> DECIMAL(10, 2) ARRAY \"c\"",
            "array(uuid) -> UUID ARRAY \"c\"",
            "array(date) -> DATE ARRAY CAST(\"c\" AS ARRAY(VARCHAR))",
            "array(timestamp(3)) -> TIMESTAMP(3) ARRAY CAST(\"c\" AS ARRAY(VARCHAR))",
            "array(timestamp(3) with time zone)"
                + " -> TIMESTAMP WITH TIME ZONE(3) ARRAY TRANSFORM(\"c\", m -> CAST(m AT TIME ZONE 'UTC' AS VARCHAR))",
            "array(array(integer)) -> VARCHAR JSON_FORMAT(CAST(\"c\" AS JSON))",
            "array(json) -> VARCHAR JSON_FORMAT(CAST(\"c\" AS JSON))",
            "array(ipaddress)"
                + " -> VARCHAR JSON_FORMAT(CAST(CAST(\"c\" AS array(varchar)) AS JSON))",
            "map(varchar, array(integer)) -> VARCHAR JSON_FORMAT(CAST(\"c\" AS JSON))",
            "map(date, time(3) with time zone)"
                + " -> VARCHAR JSON_FORMAT(CAST(CAST(\"c\" AS map(varchar, varchar)) AS JSON))",
            "map(varchar, varbinary) -> VARCHAR \"c\"",
            "row(integer, varchar(1)) -> VARCHAR JSON_FORMAT(CAST(\"c\" AS JSON))",
            "row(x integer, a b time(1), interval bigint)"
                + " -> VARCHAR JSON_FORMAT(CAST(CAST(\"c\" AS row(\"x\" integer, \"a b\" varchar, \"interval\" bigint)) AS JSON))",
            "row(x row(\"y timestamp(3) with time zone), z map(varchar, decimal(10,2)))"
                + " -> VARCHAR JSON_FORMAT(CAST(CAST(\"c\" AS row(\"x\" row(\"\"\"y\" varchar), \"z\" map(varchar, decimal(10, 2)))) AS JSON))",
            "row(x varbinary) -> VARCHAR \"c\"",
            "row(what is this) -> VARCHAR \"c\"");
  }

  private static void show(List<String> shown, String type) {
    MappedType mapped = TrinoTypes.of(type);
    SqlIdentifier column = new SqlIdentifier("c", SqlParserPos.ZERO);
    ReadExpression read = mapped.read();
    String selected =
        (read == null ? column : read.around(column))
            .toSqlString(PrestoSqlDialect.DEFAULT)
            .getSql();
    shown.add(type + " -> " + mapped.type() + " " + selected);
  }

  @Test
  void isUnreachableAtOnceAndWithoutSecrets() throws SQLException {
    SourceSettings nowhere =
        SourceSettings.ofUrl(
            "cluster", "jdbc:trino://127.0.0.1:1/sales?password=s3cr3t", "sally", null, List.of());
    try (TrinoSource down = new TrinoSource(nowhere)) {
      assertThatThrownBy(down::readCatalog)
          .hasMessageStartingWith("Source cluster cannot be reached: ")
          .hasMessageNotContaining("s3cr3t")
          .hasFieldOrPropertyWithValue("SQLState", "08001");
    }
    assertThat(nowhere.toString())
        .isEqualTo("cluster at jdbc:trino://127.0.0.1:1/sales?password=***");
    try (TrinoSource down = new TrinoSource(settings("jdbc:trino://127.0.0.1:1"))) {
      assertThatThrownBy(down::readCatalog)
          .hasMessageContaining("Failed to connect")
          .hasFieldOrPropertyWithValue("SQLState", "08001");
      assertThatThrownBy(down::probe).hasFieldOrPropertyWithValue("SQLState", "08001");
    }
    try (TrinoSource other = new TrinoSource(settings("jdbc:postgresql://h/d"))) {
      assertThatThrownBy(other::readCatalog)
          .hasMessage(
              "The URL of source cluster is not one of this kind of database:"
                  + " jdbc:postgresql://h/d. Correct url or type in the configuration.");
    }
  }
}
