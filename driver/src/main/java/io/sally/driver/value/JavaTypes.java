package io.sally.driver.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
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
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Values as a Java type that is named by its class. */
public final class JavaTypes {
  /** A conversion from any value of a row. */
  @FunctionalInterface
  private interface Conversion {
    Object apply(Object value) throws SQLException;
  }

  private static final Map<Class<?>, Conversion> CONVERSIONS =
      Map.ofEntries(
          Map.entry(String.class, Texts::toText),
          Map.entry(Boolean.class, Booleans::toBoolean),
          Map.entry(boolean.class, Booleans::toBoolean),
          Map.entry(Byte.class, Numbers::toByte),
          Map.entry(byte.class, Numbers::toByte),
          Map.entry(Short.class, Numbers::toShort),
          Map.entry(short.class, Numbers::toShort),
          Map.entry(Integer.class, Numbers::toInt),
          Map.entry(int.class, Numbers::toInt),
          Map.entry(Long.class, Numbers::toLong),
          Map.entry(long.class, Numbers::toLong),
          Map.entry(Float.class, Numbers::toFloat),
          Map.entry(float.class, Numbers::toFloat),
          Map.entry(Double.class, Numbers::toDouble),
          Map.entry(double.class, Numbers::toDouble),
          Map.entry(BigDecimal.class, Numbers::toBigDecimal),
          Map.entry(BigInteger.class, Numbers::toBigInteger),
          Map.entry(byte[].class, Binaries::toBytes),
          Map.entry(UUID.class, Binaries::toUuid),
          Map.entry(LocalDate.class, Temporals::toLocalDate),
          Map.entry(LocalTime.class, Temporals::toLocalTime),
          Map.entry(LocalDateTime.class, Temporals::toLocalDateTime),
          Map.entry(OffsetDateTime.class, Temporals::toOffsetDateTime),
          Map.entry(OffsetTime.class, Temporals::toOffsetTime),
          Map.entry(ZonedDateTime.class, Temporals::toZonedDateTime),
          Map.entry(Instant.class, Temporals::toInstant),
          Map.entry(Period.class, Temporals::toPeriod),
          Map.entry(Duration.class, Temporals::toDuration),
          Map.entry(Date.class, value -> LegacyTemporals.toDate(value, null)),
          Map.entry(Time.class, value -> LegacyTemporals.toTime(value, null)),
          Map.entry(Timestamp.class, value -> LegacyTemporals.toTimestamp(value, null)),
          Map.entry(java.util.Date.class, value -> LegacyTemporals.toTimestamp(value, null)),
          Map.entry(List.class, JavaTypes::toList));

  private JavaTypes() {}

  /**
   * The value as {@code type}; primitive classes stand for their boxes.
   *
   * @throws SQLException with SQLState 07006 when there is no such conversion, with one of class 22
   *     when this value does not fit
   */
  @SuppressWarnings("unchecked") // The table pairs each class with a conversion that gives it.
  public static <T> T convert(Object value, Class<T> type) throws SQLException {
    Conversion conversion = CONVERSIONS.get(type);
    if (conversion != null) {
      return (T) conversion.apply(value);
    }
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw ConversionErrors.noConversion(value, type.getName());
  }

  private static Object toList(Object value) throws SQLException {
    if (value instanceof List) {
      return value;
    }
    throw ConversionErrors.noConversion(value, "ARRAY");
  }
}
