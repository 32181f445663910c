package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Session;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ColumnType;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two thousand tables of twenty columns, each with comments, a primary, a unique, a foreign key.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LargeCatalogIT {
  private static final Logger LOG = LoggerFactory.getLogger(LargeCatalogIT.class);
  private static final int TABLES = 2_000;
  private static final int COLUMNS = 20;

  @Test
  void postgreSql() throws SQLException {
    PostgreSql.create("large");
    try (Connection connection = PostgreSql.connect("large");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < TABLES; i++) {
        StringBuilder sql = new StringBuilder("CREATE TABLE t_" + i + " (id int PRIMARY KEY");
        for (int c = 1; c < COLUMNS; c++) {
          sql.append(", c_").append(c).append(" varchar(").append(c).append(')');
        }
        sql.append(", UNIQUE (c_1)");
        if (i > 0) {
          sql.append(", FOREIGN KEY (id) REFERENCES t_").append(i - 1);
        }
        sql.append("); COMMENT ON TABLE t_").append(i).append(" IS 'table ").append(i).append('\'');
        for (int c = 1; c < COLUMNS; c++) {
          sql.append("; COMMENT ON COLUMN t_" + i + ".c_" + c + " IS 'column " + c + "'");
        }
        statement.execute(sql.toString());
        if (i % 200 == 199) {
          connection.commit();
        }
      }
      PostgreSqlSource source = new PostgreSqlSource(PostgreSql.settings("large"));
      check(
          source,
          () -> {
            try (Connection watching = PostgreSql.connect("large");
                Statement asking = watching.createStatement();
                ResultSet row =
                    asking.executeQuery(
                        "SELECT xact_commit + xact_rollback FROM pg_stat_database"
                            + " WHERE datname = 'large'")) {
              row.next();
              return row.getLong(1);
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          },
          "t_%d_pkey",
          "t_%d_c_1_key",
          "t_%d_id_fkey");
    }
  }

  @Test
  void mariaDb() throws SQLException {
    MariaDb.create("large");
    try (Connection connection = MariaDb.connect("large");
        Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION innodb_strict_mode = OFF");
      for (int i = 0; i < TABLES; i++) {
        StringBuilder sql = new StringBuilder("CREATE TABLE t_" + i + " (id int PRIMARY KEY");
        for (int c = 1; c < COLUMNS; c++) {
          sql.append(", c_" + c + " varchar(" + c + ") COMMENT 'column " + c + "'");
        }
        sql.append(", UNIQUE c_1_key (c_1)");
        if (i > 0) {
          sql.append(
              ", CONSTRAINT fk_" + i + " FOREIGN KEY (id) REFERENCES t_" + (i - 1) + " (id)");
        }
        statement.execute(sql + ") COMMENT 'table " + i + "'");
      }
      MySqlSource source = new MySqlSource(MariaDb.settings("large"));
      check(
          source,
          () -> {
            try (ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Questions'")) {
              row.next();
              return row.getLong(2);
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          },
          "PRIMARY",
          "c_1_key",
          "fk_%d");
    }
  }

  private static void check(
      JdbcSource source, Supplier<Long> asked, String primary, String unique, String foreign)
      throws SQLException {
    try (Engine engine = Engine.over(List.of(source))) {
      long before = heap();
      long questions = asked.get();
      long begun = System.nanoTime();
      Catalog catalog = engine.catalogs().catalogs().get(0);
      long read = System.nanoTime() - begun;
      questions = asked.get() - questions;
      long held = heap() - before;
      String first = source.name();
      assertThat(catalog.tables())
          .containsExactlyInAnyOrderElementsOf(expected(first, primary, unique, foreign, catalog));
      begun = System.nanoTime();
      assertThat(engine.catalogs().tables().count()).isEqualTo(TABLES);
      long again = System.nanoTime() - begun;
      plan(engine, "SELECT * FROM " + first + ".t_7");
      begun = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        plan(
            engine,
            "SELECT a.id, b.c_2 FROM "
                + first
                + ".t_"
                + i
                + " a JOIN "
                + first
                + ".T_"
                + (i + 1000)
                + " b ON a.id = b.id WHERE a.c_3 = 'x'");
      }
      long planned = (System.nanoTime() - begun) / 50;
      begun = System.nanoTime();
      try (Execution execution = EngineReading.begin(engine, Limits.NONE)) {
        engine.refreshCatalog(null, execution);
      }
      long refreshed = System.nanoTime() - begun;
      LOG.info(
          "{} tables in {}: {} ms to read, {} ms to read again, {} questions to the server,"
              + " {} us when kept, {} us to plan a join, {} KB of heap",
          TABLES,
          source.type(),
          read / 1_000_000,
          refreshed / 1_000_000,
          questions,
          again / 1_000,
          planned / 1_000,
          held / 1024);
      // A few queries, whatever the number of tables: with log-in, session and validation.
      assertThat(questions).isLessThan(40);
    }
  }

  private static void plan(Engine engine, String sql) throws SQLException {
    try (Execution execution = EngineReading.begin(engine, Limits.NONE)) {
      assertThat(engine.prepare(sql, new Session(List.of()), execution).tables()).isNotEmpty();
    }
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static List<Table> expected(
      String source, String primary, String unique, String foreign, Catalog read) {
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < TABLES; i++) {
      List<Column> columns = new ArrayList<>();
      columns.add(new Column("id", ColumnType.integer(), false, null));
      for (int c = 1; c < COLUMNS; c++) {
        columns.add(new Column("c_" + c, ColumnType.varchar(c), true, "column " + c));
      }
      TableName name = new TableName(source, null, "t_" + i);
      tables.add(
          new Table(
              name,
              Table.Kind.TABLE,
              "table " + i,
              columns,
              new UniqueKey(primary.formatted(i), List.of("id")),
              List.of(new UniqueKey(unique.formatted(i), List.of("c_1"))),
              i == 0
                  ? List.of()
                  : List.of(
                      new ForeignKey(
                          foreign.formatted(i),
                          List.of("id"),
                          new TableName(source, null, "t_" + (i - 1)),
                          List.of("id"))),
              rowCount(read, name)));
    }
    return tables;
  }

  /** An estimate of an empty table may be anything small, or missing. */
  private static @Nullable Long rowCount(Catalog read, TableName name) {
    return read.tables().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .map(Table::rowCount)
        .orElse(null);
  }
}
