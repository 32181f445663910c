package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class GlossaryTest {
  @Test
  void theConfigurationsWordsReachTheOfflineTranslator() throws SQLException {
    Properties words = new Properties();
    words.setProperty("llm.provider", "offline");
    words.setProperty("glossary.stock-out", "inventory.quantity = 0");
    words.setProperty("glossary.parcel", "shipments");
    try (Connection connection = DriverManager.getConnection("jdbc:sally:demo", words)) {
      assertThat(number(connection, "ASK 'how many stock-outs are there?'"))
          .isEqualTo(number(connection, "SELECT COUNT(*) FROM inventory WHERE quantity = 0"))
          .isPositive();
      assertThat(number(connection, "ASK 'how many parcels are delayed?'"))
          .isEqualTo(number(connection, "SELECT COUNT(*) FROM shipments WHERE status = 'delayed'"))
          .isPositive();
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }
}
