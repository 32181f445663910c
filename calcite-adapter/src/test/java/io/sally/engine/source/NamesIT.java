package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.engine.Engine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names as people give them to tables, found in each database. */
@Tag("mysql")
class NamesIT {
  /** What every database can be told to hold, with its own quotes. Each row says where it is. */
  private static final List<String> TABLES =
      List.of("a_b", "axb", "Größe %_x", "select", "Mixed Case", "it's", "two\"quotes", "public");

  private static void fill(Connection connection, String quote) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        String name = quote + table.replace(quote, quote + quote) + quote;
        String column = quote + "Order by" + quote;
        statement.execute("CREATE TABLE " + name + " (id bigint, " + column + " varchar(40))");
        statement.execute(
            "INSERT INTO " + name + " VALUES (1, '" + table.replace("'", "''") + "')");
      }
    }
  }

  private static void findsEveryName(Engine engine, String source) throws SQLException {
    for (String table : TABLES) {
      String name = "\"" + table.replace("\"", "\"\"") + "\"";
      List<List<Object>> row = List.of(List.of(1L, table));
      String qualified = source + "." + name;
      assertThat(EngineReading.rows(engine, "SELECT * FROM " + qualified)).isEqualTo(row);
      assertThat(
              EngineReading.rows(
                  engine, "SELECT t.id, t.\"Order by\" FROM " + name + " t WHERE t.id = 1", source))
          .isEqualTo(row);
      assertThat(
              EngineReading.rows(
                  engine,
                  "SELECT " + qualified + ".ID, " + name + ".\"order BY\" FROM " + qualified))
          .isEqualTo(row);
    }
    assertThat(
            EngineReading.rows(
                engine,
                "SELECT A_B.id, x.id FROM A_B JOIN " + source + ".AXB x ON x.id = A_B.id",
                source))
        .isEqualTo(List.of(List.of(1L, 1L)));
    assertThat(
            EngineReading.rows(
                engine, "WITH axb AS (SELECT 7 AS id) SELECT axb.id FROM axb, A_b", source))
        .isEqualTo(List.of(List.of(7)));
    assertThatThrownBy(() -> EngineReading.rows(engine, "SELECT * FROM " + source + ".a_c"))
        .hasFieldOrPropertyWithValue("SQLState", "42P01")
        .hasMessageContaining("a_b");
  }

  @Test
  void postgreSql() throws SQLException {
    PostgreSql.create("names");
    try (Connection connection = PostgreSql.connect("names");
        Statement statement = connection.createStatement();
        Engine engine =
            Engine.over(
                List.of(
                    new PostgreSqlSource(
                        PostgreSql.settings("names", "public", "Other", "same", "pg"))))) {
      fill(connection, "\"");
      for (String sql :
          List.of(
              "CREATE SCHEMA \"Other\"",
              "CREATE SCHEMA same",
              "CREATE SCHEMA pg",
              "CREATE TABLE orders (place text)",
              "CREATE TABLE \"Orders\" (place text)",
              "CREATE TABLE \"Other\".orders (place text)",
              "CREATE TABLE same.a_b (place text)",
              "CREATE TABLE same.same (place text)",
              "CREATE TABLE same (place text)",
              "CREATE TABLE pg.pg (place text)",
              "CREATE TEMP TABLE passing (id int)",
              "CREATE TABLE columns (\"Id\" text, id text)",
              "INSERT INTO columns VALUES ('upper', 'lower')",
              "INSERT INTO orders VALUES ('orders')",
              "INSERT INTO \"Orders\" VALUES ('Orders')",
              "INSERT INTO \"Other\".orders VALUES ('Other.orders')",
              "INSERT INTO same.a_b VALUES ('same.a_b')",
              "INSERT INTO same.same VALUES ('same.same')",
              "INSERT INTO same VALUES ('same')",
              "INSERT INTO pg.pg VALUES ('pg.pg')")) {
        statement.execute(sql);
      }
      findsEveryName(engine, "pg");
      means(engine, "pg.\"orders\"", "orders");
      means(engine, "pg.\"Orders\"", "Orders");
      means(engine, "PG.public.\"orders\"", "orders");
      means(engine, "pg.other.ORDERS", "Other.orders");
      means(engine, "pg.\"Other\".orders", "Other.orders");
      means(engine, "pg.same.a_b", "same.a_b");
      means(engine, "pg.same.same", "same.same");
      means(engine, "pg.same", "same");
      means(engine, "pg.pg.pg", "pg.pg");
      assertThat(EngineReading.rows(engine, "SELECT place FROM orders", "pg.Other"))
          .isEqualTo(List.of(List.of("Other.orders")));
      assertThat(EngineReading.rows(engine, "SELECT place FROM other.orders", "pg"))
          .isEqualTo(List.of(List.of("Other.orders")));
      assertThat(EngineReading.rows(engine, "SELECT pg.other.orders.place FROM pg.other.orders"))
          .isEqualTo(List.of(List.of("Other.orders")));
      assertThatThrownBy(() -> EngineReading.rows(engine, "SELECT * FROM pg.orders"))
          .hasFieldOrPropertyWithValue("SQLState", "42702")
          .hasMessage(
              "The name pg.orders (line 1, column 15) means more than one table, whose names differ"
                  + " only by case. Write \"Orders\" or \"orders\".");
      assertThatThrownBy(() -> EngineReading.rows(engine, "SELECT * FROM pg.passing"))
          .hasFieldOrPropertyWithValue("SQLState", "42P01");
      // Never the one column in the other's place.
      assertThat(EngineReading.rows(engine, "SELECT \"Id\" FROM pg.columns"))
          .isEqualTo(List.of(List.of("upper")));
      assertThat(EngineReading.rows(engine, "SELECT c.\"id\", \"Id\" FROM pg.columns c"))
          .isEqualTo(List.of(List.of("lower", "upper")));
      assertThatThrownBy(() -> EngineReading.rows(engine, "SELECT Id FROM pg.columns"))
          .hasFieldOrPropertyWithValue("SQLState", "42702");
    }
  }

  private static void means(Engine engine, String name, String place) throws SQLException {
    assertThat(EngineReading.rows(engine, "SELECT place FROM " + name))
        .isEqualTo(List.of(List.of(place)));
  }

  @Test
  void mariaDb() throws SQLException {
    MariaDb.create("names");
    try (Connection connection = MariaDb.connect("names");
        Statement statement = connection.createStatement();
        Engine engine = Engine.over(List.of(new MySqlSource(MariaDb.settings("names"))))) {
      fill(connection, "`");
      statement.execute("CREATE TABLE orders (place text)");
      statement.execute("CREATE TABLE `Orders` (place text)");
      statement.execute("INSERT INTO orders VALUES ('orders')");
      statement.execute("INSERT INTO `Orders` VALUES ('Orders')");
      findsEveryName(engine, "shop");
      means(engine, "shop.\"orders\"", "orders");
      means(engine, "shop.\"Orders\"", "Orders");
      means(engine, "shop.names.\"Orders\"", "Orders");
      assertThatThrownBy(() -> EngineReading.rows(engine, "SELECT * FROM shop.orders"))
          .hasFieldOrPropertyWithValue("SQLState", "42702");
    }
  }

  @Test
  void sqlite(@TempDir Path directory) throws SQLException {
    Path file = directory.resolve("names.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Engine engine =
            Engine.over(
                List.of(
                    new SqliteSource(
                        SourceSettings.ofDatabase(
                            "local", null, null, file.toString(), null, null, List.of()))))) {
      fill(connection, "\"");
      findsEveryName(engine, "local");
      assertThat(EngineReading.rows(engine, "SELECT id FROM local.main.AXB"))
          .isEqualTo(List.of(List.of(1L)));
    }
  }
}
