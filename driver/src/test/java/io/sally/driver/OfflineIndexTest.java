package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineIndexTest {
  @TempDir private Path folder;

  @Test
  void aValueIsKnownOnceTheCatalogIsRefreshedAndNoThreadOutlivesTheLastConnection()
      throws Exception {
    Path file = folder.resolve("garden.db");
    change(
        file,
        "CREATE TABLE plants (plant_id INTEGER PRIMARY KEY, colour VARCHAR(20))",
        "INSERT INTO plants (colour) VALUES ('red'), ('red'), ('white')");
    Properties source = new Properties();
    source.setProperty("llm.provider", "offline");
    source.setProperty("sources.garden.type", "sqlite");
    source.setProperty("sources.garden.database", file.toString());
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (Connection connection = DriverManager.getConnection("jdbc:sally:", source);
        Statement statement = connection.createStatement()) {
      assertThat(answer(statement, "ASK 'how many red plants are there?'")).isEqualTo("2");
      change(file, "INSERT INTO plants (colour) VALUES ('violet')");
      statement.execute("REFRESH CATALOG garden");
      assertThat(answer(statement, "ASK 'how many violet plants are there?'")).isEqualTo("1");
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.getName().equals("sally-words")) {
        thread.join(Duration.ofSeconds(5).toMillis());
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  private static String answer(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void change(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : List.of(statements)) {
        statement.execute(sql);
      }
    }
  }
}
