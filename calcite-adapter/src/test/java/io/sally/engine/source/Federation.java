package io.sally.engine.source;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import io.sally.engine.catalog.TableName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/**
 * A PostgreSQL as {@code pg}, a MariaDB as {@code shop} and an SQLite file as {@code lite}, with
 * Sally's engine over all three and Calcite as it comes beside it. What SQL a test gives goes to a
 * database as it stands.
 */
final class Federation implements AutoCloseable {
  static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

  private final String database;
  private final Path file;
  private final List<JdbcSource> sources;
  private @Nullable Engine engine;

  /**
   * @param database the name of the databases to be made, the same in PostgreSQL and MariaDB
   * @param directory where the SQLite file goes
   */
  Federation(String database, Path directory) throws SQLException {
    this.database = database;
    this.file = directory.resolve(database + ".db");
    PostgreSql.create(database);
    MariaDb.create(database);
    lite("VACUUM");
    sources =
        List.of(
            new PostgreSqlSource(PostgreSql.settings(database)),
            new MySqlSource(MariaDb.settings(database)),
            new SqliteSource(
                SourceSettings.ofDatabase(
                    "lite", null, null, file.toString(), null, null, List.of())));
  }

  void pg(String... statements) throws SQLException {
    try (Connection connection = PostgreSql.connect(database)) {
      run(connection, statements);
    }
  }

  /** What PostgreSQL itself answers, in the form of {@link #rows}. */
  List<String> askPostgreSql(String sql) throws SQLException {
    try (Connection connection = PostgreSql.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> answer = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          Object value =
              switch (rows.getMetaData().getColumnType(i)) {
                case Types.TIMESTAMP -> rows.getObject(i, LocalDateTime.class);
                default -> rows.getObject(i);
              };
          row.add(String.valueOf(value));
        }
        answer.add(String.join("|", row));
      }
      return answer;
    }
  }

  void shop(String... statements) throws SQLException {
    try (Connection connection = MariaDb.connect(database)) {
      run(connection, statements);
    }
  }

  Connection connectShop() throws SQLException {
    return MariaDb.connect(database);
  }

  /** The sources themselves, without Sally's planning before them. */
  List<JdbcSource> sources() {
    return sources;
  }

  void lite(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      run(connection, statements);
    }
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Made at the first use, when the tables are there. */
  Engine engine() {
    if (engine == null) {
      engine = Engine.over(sources);
    }
    return engine;
  }

  /** The rows that Sally gives, their values as text; null is the text {@code null}. */
  List<String> rows(String sql, Object... parameters) throws SQLException {
    return rows(Limits.NONE, sql, parameters);
  }

  List<String> rows(Limits limits, String sql, Object... parameters) throws SQLException {
    try (Execution execution = engine().begin(limits, NOON)) {
      Plan plan = engine().prepare(sql, new Session(List.of()), execution);
      List<String> rows = new ArrayList<>();
      try (RowCursor cursor = plan.execute(List.of(parameters), execution)) {
        while (cursor.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 0; i < plan.columns().size(); i++) {
            row.add(String.valueOf(cursor.value(i)));
          }
          rows.add(String.join("|", row));
        }
      }
      return rows;
    }
  }

  Plan plan(String sql) throws SQLException {
    try (Execution execution = engine().begin(Limits.NONE, NOON)) {
      return engine().prepare(sql, new Session(List.of()), execution);
    }
  }

  List<String> analyze(String sql) throws SQLException {
    try (Execution execution = engine().begin(Limits.NONE, NOON)) {
      return engine().prepare(sql, new Session(List.of()), execution).analyze(List.of(), execution);
    }
  }

  List<String> tables(String source) throws SQLException {
    return engine().catalogs().source(source).orElseThrow().tables().stream()
        .map(table -> table.name())
        .map(TableName::table)
        .sorted()
        .toList();
  }

  /** Calcite as it comes, over the same databases. */
  PlainCalcite plain() throws SQLException {
    PGSimpleDataSource pg = new PGSimpleDataSource();
    pg.setUrl("jdbc:postgresql://localhost:" + PostgreSql.port() + "/" + database);
    pg.setUser("postgres");
    pg.setPassword("postgres");
    MysqlDataSource shop = new MysqlDataSource();
    shop.setUrl("jdbc:mysql://127.0.0.1:" + MariaDb.port() + "/" + database);
    shop.setUser("root");
    return new PlainCalcite().with("pg", pg, "public").with("shop", shop).with("lite", lite());
  }

  /** The SQLite file alone, with the dialect that Calcite has for it. */
  PlainCalcite plainWithSqlitesDialect() throws SQLException {
    return new PlainCalcite().withSqlitesDialect("lite", lite());
  }

  private SQLiteDataSource lite() {
    SQLiteDataSource lite = new SQLiteDataSource();
    lite.setUrl("jdbc:sqlite:" + file);
    return lite;
  }

  @Override
  public void close() throws SQLException {
    if (engine != null) {
      engine.close();
    } else {
      for (JdbcSource source : sources) {
        source.close();
      }
    }
  }
}
