package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreparedStatementTest {
  private final Fixture fixture = new Fixture();
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = fixture.connect();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  private static void assertState(String state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  @Test
  void runsAgainWithOtherValues() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM customers WHERE id >= ? AND \"Name\" <> ?")) {
      statement.setInt(1, 2);
      statement.setString(2, "Bob");
      assertThat(Fixture.rows(statement.executeQuery())).isEqualTo(List.of(List.of("3")));
      statement.setObject(1, "1", Types.INTEGER);
      assertThat(Fixture.rows(statement.executeQuery()))
          .isEqualTo(List.of(List.of("1"), List.of("3")));
    }
  }

  @Test
  void parametersThatAreMissingOrTooManyAreErrors() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM customers WHERE id = ? OR id = ?")) {
      statement.setInt(1, 1);
      assertState("07001", statement::executeQuery);
      assertState("07009", () -> statement.setInt(3, 1));
      assertState("07009", () -> statement.setInt(0, 1));
      statement.setInt(2, 2);
      statement.clearParameters();
      assertState("07001", statement::execute);
      assertState("07006", () -> statement.setObject(1, new Object()));
      assertState("22018", () -> statement.setObject(1, "one", Types.INTEGER));
      assertState("0A000", () -> statement.setObject(1, "x", Types.STRUCT));
      assertState("0A000", () -> statement.setNull(1, 4711));
    }
  }

  @Test
  void tellsColumnsAndParametersBeforeItRuns() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id, amount FROM orders WHERE ordered_on < ?")) {
      ResultSetMetaData columns = Objects.requireNonNull(statement.getMetaData());
      assertThat(List.of(columns.getColumnLabel(2), columns.getColumnTypeName(2)))
          .isEqualTo(List.of("amount", "DECIMAL"));
      ParameterMetaData parameters = statement.getParameterMetaData();
      assertThat(List.of(parameters.getParameterCount(), parameters.getParameterType(1)))
          .isEqualTo(List.of(1, Types.DATE));
    }
  }

  @Test
  void tellsTheColumnsOfAQuestionOnceItIsKnown() throws SQLException {
    try (PreparedStatement literal =
        connection.prepareStatement("ASK '" + Fixture.ALL_ORDERS + "'")) {
      assertThat(Objects.requireNonNull(literal.getMetaData()).getColumnCount()).isEqualTo(3);
    }
    try (PreparedStatement open = connection.prepareStatement("ASK ?")) {
      assertThat(open.getMetaData()).isNull();
      assertThat(open.getParameterMetaData().getParameterType(1)).isEqualTo(Types.VARCHAR);
      open.setString(1, Fixture.ALL_ORDERS);
      assertThat(Objects.requireNonNull(open.getMetaData()).getColumnCount()).isEqualTo(3);
    }
  }

  @Test
  void questionsAndValuesAreParametersOfOneStatement() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT t.id, ? FROM (ASK ?) t WHERE t.id > ? ORDER BY 1".replace(", ?", ""))) {
      statement.setString(1, Fixture.ALL_ORDERS);
      statement.setLong(2, 10);
      assertThat(Fixture.rows(statement.executeQuery())).isEqualTo(List.of(List.of("11")));
      assertThat(statement.getParameterMetaData().getParameterType(2)).isEqualTo(Types.BIGINT);
    }
  }

  @Test
  void takesValuesOfEveryClassThatSqlHas() throws SQLException {
    Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    utc.setTimeInMillis(0);
    assertThat(roundTrip("VARCHAR", 'x')).isEqualTo("x");
    assertThat(roundTrip("VARCHAR", new StringReader("text"))).isEqualTo("text");
    assertThat(
            roundTrip(
                "VARBINARY", new ByteArrayInputStream("ab".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("6162");
    assertThat(roundTrip("DECIMAL(20, 2)", new BigInteger("12345678901234567")))
        .isEqualTo("12345678901234567.00");
    assertThat(roundTrip("DECIMAL(20, 2)", new BigDecimal("1.50"))).isEqualTo("1.50");
    assertThat(roundTrip("DATE", Date.valueOf("2026-03-29"))).isEqualTo("2026-03-29");
    assertThat(roundTrip("DATE", LocalDate.of(1500, 1, 1))).isEqualTo("1500-01-01");
    assertThat(roundTrip("DATE", Date.valueOf(LocalDate.of(1500, 1, 1)))).isEqualTo("1500-01-01");
    assertThat(roundTrip("TIMESTAMP(6)", Timestamp.valueOf("2026-07-01 01:02:03.456")))
        .startsWith("2026-07-01 01:02:03.456");
    assertThat(roundTrip("TIMESTAMP(6)", LocalDateTime.of(2026, 3, 29, 2, 30)))
        .startsWith("2026-03-29 02:30:00");
    assertThat(roundTrip("TIMESTAMP(0)", utc)).isEqualTo("1970-01-01 00:00:00");
    assertThat(roundTrip("BOOLEAN", true)).isEqualTo("true");
    assertThat(roundTrip("DOUBLE", 0.1)).isEqualTo("0.1");
    assertThat(roundTrip("INTEGER", null)).isNull();
  }

  private @Nullable String roundTrip(String type, @Nullable Object value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT CAST(? AS " + type + ") FROM orders WHERE id = 10")) {
      statement.setObject(1, value);
      return Fixture.rows(statement.executeQuery()).get(0).get(0);
    }
  }

  @Test
  void setObjectConvertsToTheTargetType() throws SQLException {
    assertThat(ParameterValues.as("12", JDBCType.BIGINT, -1)).isEqualTo(12L);
    assertThat(ParameterValues.as(1.005, JDBCType.DECIMAL, 2)).isEqualTo(new BigDecimal("1.01"));
    assertThat(ParameterValues.as("2026-03-29", JDBCType.DATE, -1))
        .isEqualTo(LocalDate.of(2026, 3, 29));
    assertThat(ParameterValues.as(Instant.EPOCH, JDBCType.TIMESTAMP_WITH_TIMEZONE, -1))
        .isEqualTo(OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
    assertThat(ParameterValues.as(7, JDBCType.VARCHAR, -1)).isEqualTo("7");
    assertState("22003", () -> ParameterValues.as(300, JDBCType.TINYINT, -1));
  }
}
