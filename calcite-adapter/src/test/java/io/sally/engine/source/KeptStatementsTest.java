package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptStatementsTest {
  private final KeptStatements kept = new KeptStatements();

  @SuppressWarnings("NullAway.Init")
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private PreparedStatement keep(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    kept.keep(sql, statement);
    return statement;
  }

  @Test
  void whoTakesAStatementHasItAlone() throws SQLException {
    PreparedStatement statement = keep("SELECT 1");
    assertThat(kept.take("SELECT 2")).isNull();
    assertThat(kept.take("SELECT 1")).isSameAs(statement);
    assertThat(kept.take("SELECT 1")).isNull();
  }

  @Test
  void aSecondOneOfTheSameTextIsClosed() throws SQLException {
    PreparedStatement first = keep("SELECT 1");
    assertThat(keep("SELECT 1").isClosed()).isTrue();
    assertThat(first.isClosed()).isFalse();
  }

  @Test
  void theOneThatWasUnusedLongestIsClosed() throws SQLException {
    PreparedStatement first = keep("SELECT 0");
    PreparedStatement second = keep("SELECT 1");
    for (int i = 2; i < 32; i++) {
      keep("SELECT " + i);
    }
    kept.keep("SELECT 0", Objects.requireNonNull(kept.take("SELECT 0")));
    keep("SELECT 32");
    assertThat(second.isClosed()).isTrue();
    assertThat(first.isClosed()).isFalse();
    assertThat(kept.take("SELECT 0")).isSameAs(first);
  }

  @Test
  void aLongListOfKeysIsNotKept() throws SQLException {
    String list = "SELECT 1 WHERE 1 IN (1" + ", 1".repeat(2_000) + ")";
    assertThat(keep(list).isClosed()).isTrue();
    assertThat(kept.take(list)).isNull();
  }
}
