package io.sally.engine.planner;

import io.sally.engine.source.SqlitePushDown;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.apache.calcite.sql.dialect.SqliteSqlDialect;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

final class SqlitePushDownIT extends PushDownContract {
  private static Path directory;

  private static SQLiteDataSource database() {
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + directory.resolve("warehouse.db"));
    return database;
  }

  /** Columns that compare without case, as SQLite lets a table declare. */
  @BeforeAll
  static void fill(@TempDir Path fresh) throws SQLException {
    directory = fresh;
    new Warehouse("db")
        .fill(
            database(),
            Map.of(
                "VARCHAR(40)", "VARCHAR(40) COLLATE NOCASE",
                "VARCHAR(2)", "VARCHAR(2) COLLATE NOCASE",
                "temporal as text", ""));
  }

  @Override
  PlainSqlSource source() {
    return new PlainSqlSource(
        new Warehouse("db").catalog(), database(), SqliteSqlDialect.DEFAULT, new SqlitePushDown());
  }

  @Override
  String golden() {
    return "sqlite.txt";
  }
}
