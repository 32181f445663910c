package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.engine.ResultColumn;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every kind of value, read by every getter. */
class ConversionMatrixTest {
  private interface Getter {
    @Nullable Object get(ResultSet rows) throws SQLException;
  }

  private static final Map<String, Getter> GETTERS = getters();

  private static Map<String, Getter> getters() {
    Map<String, Getter> getters = new LinkedHashMap<>();
    getters.put("boolean", rows -> rows.getBoolean(1));
    getters.put("byte", rows -> rows.getByte(1));
    getters.put("short", rows -> rows.getShort(1));
    getters.put("int", rows -> rows.getInt(1));
    getters.put("long", rows -> rows.getLong(1));
    getters.put("float", rows -> rows.getFloat(1));
    getters.put("double", rows -> rows.getDouble(1));
    getters.put("decimal", rows -> rows.getBigDecimal(1));
    getters.put("string", rows -> rows.getString(1));
    getters.put("bytes", rows -> rows.getBytes(1));
    getters.put("date", rows -> rows.getObject(1, LocalDate.class));
    getters.put("time", rows -> rows.getObject(1, LocalTime.class));
    getters.put("timestamp", rows -> rows.getObject(1, LocalDateTime.class));
    getters.put("instant", rows -> rows.getObject(1, Instant.class));
    getters.put("uuid", rows -> rows.getObject(1, UUID.class));
    getters.put("array", rows -> rows.getArray(1));
    return getters;
  }

  @Test
  void conversionsAreThoseOfJdbcAndAllOthersAreClearErrors() throws SQLException {
    List<String> matrix = new ArrayList<>();
    matrix.add(row("", new ArrayList<>(GETTERS.keySet())));
    matrix.add(read("BOOLEAN", true));
    matrix.add(read("TINYINT", (byte) 1));
    matrix.add(read("INTEGER", 40_000));
    matrix.add(read("BIGINT", Long.MAX_VALUE));
    matrix.add(read("DECIMAL", new BigDecimal("1.9")));
    matrix.add(read("DOUBLE", 1e300));
    matrix.add(read("NaN", Double.NaN));
    matrix.add(read("'12'", " 12 "));
    matrix.add(read("'yes'", "yes"));
    matrix.add(read("'date'", "2026-03-29"));
    matrix.add(read("BINARY", new byte[] {1}));
    matrix.add(read("DATE", LocalDate.of(2026, 3, 29)));
    matrix.add(read("TIME", LocalTime.of(2, 30)));
    matrix.add(read("TIMESTAMP", LocalDateTime.of(2026, 3, 29, 2, 30)));
    matrix.add(read("TIMESTAMPTZ", OffsetDateTime.of(2026, 3, 29, 2, 30, 0, 0, ZoneOffset.UTC)));
    matrix.add(read("INTERVAL", Duration.ofDays(1)));
    matrix.add(read("UUID", new UUID(1, 2)));
    matrix.add(read("ARRAY", List.of(1)));
    matrix.add(read("NULL", null));
    assertThat(String.join("\n", matrix))
        .isEqualTo(
            """
                        boolean   byte      short     int       long      float     double    decimal   string    bytes     date      time      timestamp instant   uuid      array
            BOOLEAN     ok        ok        ok        ok        ok        ok        ok        ok        ok        07006     07006     07006     07006     07006     07006     07006
            TINYINT     ok        ok        ok        ok        ok        ok        ok        ok        ok        07006     07006     07006     07006     07006     07006     07006
            INTEGER     22018     22003     22003     ok        ok        ok        ok        ok        ok        07006     07006     07006     07006     07006     07006     07006
            BIGINT      22018     22003     22003     22003     ok        ok        ok        ok        ok        07006     07006     07006     07006     07006     07006     07006
            DECIMAL     22018     ok        ok        ok        ok        ok        ok        ok        ok        07006     07006     07006     07006     07006     07006     07006
            DOUBLE      22018     22003     22003     22003     22003     22003     ok        ok        ok        07006     07006     07006     07006     07006     07006     07006
            NaN         22003     22003     22003     22003     22003     ok        ok        22003     ok        07006     07006     07006     07006     07006     07006     07006
            '12'        22018     ok        ok        ok        ok        ok        ok        ok        ok        ok        22007     22007     22007     22007     22018     07006
            'yes'       ok        22018     22018     22018     22018     22018     22018     22018     ok        ok        22007     22007     22007     22007     22018     07006
            'date'      22018     22018     22018     22018     22018     22018     22018     22018     ok        ok        ok        22007     ok        22007     22018     07006
            BINARY      07006     07006     07006     07006     07006     07006     07006     07006     ok        ok        07006     07006     07006     07006     07006     07006
            DATE        07006     07006     07006     07006     07006     07006     07006     07006     ok        07006     ok        07006     ok        07006     07006     07006
            TIME        07006     07006     07006     07006     07006     07006     07006     07006     ok        07006     07006     ok        07006     07006     07006     07006
            TIMESTAMP   07006     07006     07006     07006     07006     07006     07006     07006     ok        07006     ok        ok        ok        07006     07006     07006
            TIMESTAMPTZ 07006     07006     07006     07006     07006     07006     07006     07006     ok        07006     ok        ok        ok        ok        07006     07006
            INTERVAL    07006     07006     07006     07006     07006     07006     07006     07006     ok        07006     07006     07006     07006     07006     07006     07006
            UUID        07006     07006     07006     07006     07006     07006     07006     07006     ok        ok        07006     07006     07006     07006     ok        07006
            ARRAY       07006     07006     07006     07006     07006     07006     07006     07006     ok        07006     07006     07006     07006     07006     07006     ok
            NULL        zero      zero      zero      zero      zero      zero      zero      null      null      null      null      null      null      null      null      null""");
  }

  private static String read(String name, @Nullable Object value) throws SQLException {
    List<String> cells = new ArrayList<>();
    for (Getter getter : GETTERS.values()) {
      ResultSet rows = one(value, ColumnType.varchar());
      try {
        Object read = getter.get(rows);
        cells.add(read == null ? "null" : rows.wasNull() ? "zero" : "ok");
      } catch (SQLException e) {
        cells.add(e.getSQLState());
      }
    }
    return row(name, cells);
  }

  private static String row(String name, List<String> cells) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-12s", name));
    cells.forEach(cell -> row.append(String.format(Locale.ROOT, "%-10s", cell)));
    return row.toString().stripTrailing();
  }

  private static ResultSet one(@Nullable Object value, ColumnType type) throws SQLException {
    ResultSet rows =
        SallyResultSet.of(
            List.of(ResultColumn.computed("v", type, true)),
            RowCursor.over(List.of(Arrays.asList(value))));
    rows.next();
    return rows;
  }

  private static ColumnType type(JDBCType type) {
    return new ColumnType(type, type.getName(), ColumnType.UNSPECIFIED, 0, null);
  }

  @Test
  void numbersAreCutAndNeverWrapped() throws SQLException {
    assertThat(one(new BigDecimal("-1.9"), ColumnType.decimal(2, 1)).getInt(1)).isEqualTo(-1);
    assertThat(one(0.1f, type(JDBCType.REAL)).getBigDecimal(1)).isEqualTo(new BigDecimal("0.1"));
    assertThat(one(" 12 ", ColumnType.varchar()).getObject(1, BigInteger.class))
        .isEqualTo(BigInteger.valueOf(12));
    assertThat(one(" Infinity", ColumnType.varchar()).getDouble(1))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void getObjectGivesTheClassOfTheColumnsType() throws SQLException {
    assertThat(one((short) 3, type(JDBCType.SMALLINT)).getObject(1)).isEqualTo(3);
    assertThat(one((byte) 3, type(JDBCType.TINYINT)).getObject(1)).isEqualTo(3);
    assertThat(one(LocalDate.of(2026, 3, 29), ColumnType.date()).getObject(1))
        .isEqualTo(Date.valueOf("2026-03-29"));
    assertThat(one(LocalTime.of(1, 2, 3), type(JDBCType.TIME)).getObject(1))
        .isEqualTo(Time.valueOf("01:02:03"));
    assertThat(one(LocalDateTime.of(2026, 7, 1, 1, 2), ColumnType.timestamp(6)).getObject(1))
        .isEqualTo(Timestamp.valueOf("2026-07-01 01:02:00"));
    OffsetTime offsetTime = OffsetTime.of(1, 2, 3, 0, ZoneOffset.UTC);
    assertThat(one(offsetTime, type(JDBCType.TIME_WITH_TIMEZONE)).getObject(1))
        .isEqualTo(offsetTime);
    ColumnType dates = new ColumnType(JDBCType.ARRAY, "DATE ARRAY", -1, 0, ColumnType.date());
    Array array = one(List.of(LocalDate.of(2026, 3, 29)), dates).getArray(1);
    assertThat((Object[]) array.getArray()).isEqualTo(new Object[] {Date.valueOf("2026-03-29")});
    assertThat(Fixture.rows(array.getResultSet())).isEqualTo(List.of(List.of("1", "2026-03-29")));
  }

  /** A source may hold a value that its column's type does not have, and gives its text. */
  @Test
  void aValueOutsideItsTypeIsATextAndFailsNoOtherGetterThanItsOwn() throws SQLException {
    assertThat(one("abc", ColumnType.bigint()).getObject(1)).isEqualTo("abc");
    assertThat(one("NaN", ColumnType.decimal(5, 2)).getObject(1)).isEqualTo("NaN");
    assertThat(one("NaN", ColumnType.decimal(5, 2)).getDouble(1)).isNaN();
    assertThat(one("25:00:00", type(JDBCType.TIME)).getObject(1)).isEqualTo("25:00:00");
    assertThat(one("2021-02-31", ColumnType.date()).getObject(1)).isEqualTo("2021-02-31");
    assertThat(one("2021-02-31", ColumnType.date()).getString(1)).isEqualTo("2021-02-31");
    assertThatThrownBy(() -> one("2021-02-31", ColumnType.date()).getDate(1))
        .hasFieldOrPropertyWithValue("SQLState", "22007");
    assertThatThrownBy(() -> one("abc", ColumnType.bigint()).getLong(1))
        .hasFieldOrPropertyWithValue("SQLState", "22018");
    ColumnType decimals =
        new ColumnType(JDBCType.ARRAY, "DECIMAL ARRAY", -1, 0, ColumnType.decimal(5, 2));
    Array array = one(List.of("NaN", BigDecimal.ONE), decimals).getArray(1);
    assertThat((Object[]) array.getArray()).isEqualTo(new Object[] {"NaN", BigDecimal.ONE});
  }

  /** Moments of pgjdbc's PGStatement.DATE_POSITIVE_INFINITY and DATE_NEGATIVE_INFINITY. */
  @Test
  void infinityIsTheSameMomentInEveryZone() throws SQLException {
    Timestamp last = new Timestamp(9_223_372_036_825_200_000L);
    Timestamp first = new Timestamp(-9_223_372_036_832_400_000L);
    for (String zone : List.of("UTC", "America/New_York", "Asia/Kolkata")) {
      Calendar calendar = calendar(zone);
      ResultSet rows = one(OffsetDateTime.MAX, type(JDBCType.TIMESTAMP_WITH_TIMEZONE));
      assertThat(rows.getTimestamp(1, calendar)).isEqualTo(last);
      assertThat(rows.getDate(1, calendar)).hasTime(last.getTime());
      assertThat(rows.getString(1)).isEqualTo("infinity");
      rows = one(LocalDateTime.MIN, ColumnType.timestamp(6));
      assertThat(rows.getTimestamp(1, calendar)).isEqualTo(first);
      assertThat(rows.getObject(1)).isEqualTo(first);
      assertThat(rows.getString(1)).isEqualTo("-infinity");
      rows = one(LocalDate.MAX, ColumnType.date());
      assertThat(rows.getDate(1, calendar)).hasTime(last.getTime());
      assertThat(rows.getString(1)).isEqualTo("infinity");
    }
  }

  @Test
  void theZoneOfTheJvmChangesOnlyTheLegacyTypes() throws SQLException {
    LocalDateTime gap = LocalDateTime.of(2026, 3, 29, 2, 30, 0, 123_456_789);
    TimeZone before = TimeZone.getDefault();
    try {
      for (String zone : List.of("Europe/Paris", "America/New_York", "UTC", "Asia/Kolkata")) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        ResultSet rows = one(gap, ColumnType.timestamp(9));
        assertThat(rows.getString(1)).isEqualTo("2026-03-29 02:30:00.123456789");
        assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo(gap);
        assertThat(rows.getTimestamp(1, calendar("UTC")).toInstant())
            .isEqualTo(gap.toInstant(ZoneOffset.UTC));
        assertThat(rows.getDate(1)).isEqualTo(Date.valueOf("2026-03-29"));
        assertThat(one(LocalDate.of(1500, 2, 28), ColumnType.date()).getDate(1))
            .isEqualTo(Date.valueOf(LocalDate.of(1500, 2, 28)));
      }
    } finally {
      TimeZone.setDefault(before);
    }
    OffsetDateTime instant = OffsetDateTime.of(2026, 3, 29, 23, 30, 0, 0, ZoneOffset.UTC);
    ResultSet rows = one(instant, type(JDBCType.TIMESTAMP_WITH_TIMEZONE));
    assertThat(rows.getTimestamp(1, calendar("Asia/Kolkata")).toInstant())
        .isEqualTo(instant.toInstant());
    assertThat(new Timestamp(rows.getDate(1, calendar("Asia/Kolkata")).getTime()).toInstant())
        .isEqualTo(Instant.parse("2026-03-29T18:30:00Z"));
  }

  private static Calendar calendar(String zone) {
    return Calendar.getInstance(TimeZone.getTimeZone(zone), Locale.ROOT);
  }

  @Test
  void largeObjectsAndStreamsHoldTheWholeValue() throws Exception {
    ResultSet rows = one("grün", ColumnType.varchar());
    assertThat(rows.getClob("V").getSubString(1, 4)).isEqualTo("grün");
    assertThat(rows.getNClob(1).length()).isEqualTo(4);
    assertThat(rows.getBinaryStream(1).readAllBytes())
        .isEqualTo("grün".getBytes(StandardCharsets.UTF_8));
    assertThat(rows.getAsciiStream(1).readAllBytes())
        .isEqualTo("gr?n".getBytes(StandardCharsets.US_ASCII));
    assertThat(one(new byte[] {1, 2}, type(JDBCType.VARBINARY)).getBlob(1).getBytes(2, 1))
        .isEqualTo(new byte[] {2});
  }
}
