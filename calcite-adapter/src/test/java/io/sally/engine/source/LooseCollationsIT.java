package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Limits;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A column for which the database takes different texts, or different truths, for equal. */
@Tag("mysql")
final class LooseCollationsIT {
  @BeforeAll
  static void fill() throws SQLException {
    PostgreSql.create("loose");
    try (Connection connection = PostgreSql.connect("loose");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE COLLATION caseless (provider = icu, locale = 'und-u-ks-level2',"
              + " deterministic = false)");
      statement.execute("CREATE TABLE words (id INTEGER, word TEXT COLLATE caseless)");
      statement.execute("INSERT INTO words VALUES (1, 'a'), (2, 'A'), (3, 'b')");
    }
    MariaDb.create("loose");
    try (Connection connection = MariaDb.connect("loose");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE words (id INTEGER, word VARCHAR(9), flag TINYINT(1))");
      statement.execute("INSERT INTO words VALUES (3, 'a', 2), (2, 'A', 1), (1, 'a ', 0)");
      statement.execute("CREATE TABLE essays (id INTEGER, body TEXT)");
      for (int i = 0; i < 4; i++) {
        statement.execute(
            "INSERT INTO essays VALUES (" + i + ", CONCAT(REPEAT('x', 2000), '" + (9 - i) + "'))");
      }
    }
  }

  private static List<Object> first(Source source, String sql) throws SQLException {
    try (Engine engine = Engine.over(List.of(source));
        Execution execution = engine.begin(Limits.NONE, Clock.systemUTC());
        RowCursor rows =
            engine
                .prepare(sql, new Session(List.of(source.name())), execution)
                .execute(List.of(), execution)) {
      List<Object> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.value(0)));
      }
      return values;
    }
  }

  private static Source postgres() {
    return new PostgreSqlSource(PostgreSql.settings("loose", "public"));
  }

  private static Source mariaDb() {
    return new MySqlSource(MariaDb.settings("loose"));
  }

  @Test
  void textsAreEqualByCodePointInPostgres() throws SQLException {
    assertThat(first(postgres(), "SELECT id FROM words WHERE word = 'a'")).containsExactly("1");
    assertThat(first(postgres(), "SELECT COUNT(DISTINCT word) FROM words")).containsExactly("3");
    assertThat(first(postgres(), "SELECT word FROM words GROUP BY word ORDER BY word"))
        .containsExactly("A", "a", "b");
  }

  @Test
  void textsAreEqualByCodePointInMariaDb() throws SQLException {
    assertThat(first(mariaDb(), "SELECT id FROM words WHERE word = 'a'")).containsExactly("3");
    assertThat(first(mariaDb(), "SELECT word FROM words GROUP BY word ORDER BY word"))
        .containsExactly("A", "a", "a ");
  }

  @Test
  void anyNumberButZeroIsTheSameTruth() throws SQLException {
    assertThat(first(mariaDb(), "SELECT COUNT(DISTINCT flag) FROM words")).containsExactly("2");
    assertThat(first(mariaDb(), "SELECT id FROM words ORDER BY flag, id"))
        .containsExactly("1", "2", "3");
    assertThat(first(mariaDb(), "SELECT flag FROM words UNION SELECT flag FROM words"))
        .containsExactlyInAnyOrder("true", "false");
  }

  @Test
  void longTextsAreSortedByAllOfTheirCharacters() throws SQLException {
    assertThat(first(mariaDb(), "SELECT id FROM essays ORDER BY body"))
        .containsExactly("3", "2", "1", "0");
  }
}
