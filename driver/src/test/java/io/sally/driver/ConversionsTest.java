package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the metadata says of conversions is what <code>{fn CONVERT(…)}</code> does. */
class ConversionsTest {
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sally:demo?llm.provider=offline");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  /** Values of the type, one of which can be converted to whatever such a value can. */
  private static List<String> values(JDBCType type) {
    return switch (type) {
      case BIT, BOOLEAN -> List.of("TRUE");
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, NUMERIC, REAL, FLOAT, DOUBLE ->
          List.of("CAST(1 AS " + type.getName() + ")");
      case CHAR, VARCHAR, LONGVARCHAR, NCHAR, NVARCHAR, LONGNVARCHAR, CLOB, NCLOB ->
          List.of("'1'", "'true'", "'2026-01-02'", "'01:02:03'", "'2026-01-02 03:04:05'");
      case BINARY, VARBINARY, LONGVARBINARY, BLOB -> List.of("X'31'");
      case DATE -> List.of("DATE '1970-01-01'");
      case TIME -> List.of("TIME '00:00:00'");
      case TIMESTAMP -> List.of("TIMESTAMP '1970-01-01 00:00:00'");
      case TIMESTAMP_WITH_TIMEZONE -> List.of("TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z'");
      default -> List.of();
    };
  }

  private boolean works(JDBCType from, JDBCType to) {
    return values(from).stream()
        .anyMatch(
            value -> {
              try {
                return converted(value, "SQL_" + to.getName()) != null;
              } catch (SQLException e) {
                return false;
              }
            });
  }

  private String converted(String value, String type) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT {fn CONVERT(" + value + ", " + type + ")}")) {
      assertThat(rows.next()).isTrue();
      return rows.getMetaData().getColumnTypeName(1) + " " + rows.getString(1);
    }
  }

  @Test
  void areThoseThatTheMetadataPromises() throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    List<String> promised = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (JDBCType from : JDBCType.values()) {
      for (JDBCType to : JDBCType.values()) {
        if (metadata.supportsConvert(from.getVendorTypeNumber(), to.getVendorTypeNumber())) {
          promised.add(from + " to " + to);
        }
        if (works(from, to)) {
          kept.add(from + " to " + to);
        }
      }
    }
    assertThat(kept).isNotEmpty().isEqualTo(promised);
    assertThat(metadata.supportsConvert()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          12.5                    | SQL_VARCHAR   | VARCHAR 12.5
          12.5                    | SQL_CHAR      | VARCHAR 12.5
          'kept whole'            | SQL_NCHAR     | VARCHAR kept whole
          X'0a0b'                 | SQL_BINARY    | VARBINARY 0a0b
          '7'                     | SQL_INTEGER   | INTEGER 7
          '7'                     | sql_bigint    | BIGINT 7
          'true'                  | SQL_BIT       | BOOLEAN true
          '2026-01-02'            | SQL_DATE      | DATE 2026-01-02
          {fn CONCAT('1', '2')}   | SQL_SMALLINT  | SMALLINT 12
          {fn CONVERT('8', SQL_INTEGER)} | SQL_DOUBLE | DOUBLE 8.0
          (SELECT MAX(site_id) FROM sites) | SQL_VARCHAR /* a text */ | VARCHAR 150
          """)
  void keepTheWholeValue(String value, String type, String expected) throws SQLException {
    assertThat(converted(value, type)).isEqualTo(expected);
  }
}
