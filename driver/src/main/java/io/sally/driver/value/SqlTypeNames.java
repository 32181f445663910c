package io.sally.driver.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.util.List;
import java.util.Map;

/** The SQL name of a value's type, for messages. */
final class SqlTypeNames {
  private static final Map<Class<?>, String> NAMES =
      Map.ofEntries(
          Map.entry(Boolean.class, "BOOLEAN"),
          Map.entry(Byte.class, "TINYINT"),
          Map.entry(Short.class, "SMALLINT"),
          Map.entry(Integer.class, "INTEGER"),
          Map.entry(Long.class, "BIGINT"),
          Map.entry(BigDecimal.class, "DECIMAL"),
          Map.entry(Float.class, "REAL"),
          Map.entry(Double.class, "DOUBLE"),
          Map.entry(String.class, "VARCHAR"),
          Map.entry(byte[].class, "VARBINARY"),
          Map.entry(LocalDate.class, "DATE"),
          Map.entry(LocalTime.class, "TIME"),
          Map.entry(LocalDateTime.class, "TIMESTAMP"),
          Map.entry(OffsetTime.class, "TIME WITH TIME ZONE"),
          Map.entry(OffsetDateTime.class, "TIMESTAMP WITH TIME ZONE"),
          Map.entry(Period.class, "INTERVAL YEAR TO MONTH"),
          Map.entry(Duration.class, "INTERVAL DAY TO SECOND"));

  private SqlTypeNames() {}

  static String of(Object value) {
    if (value instanceof List) {
      return "ARRAY";
    }
    String name = NAMES.get(value.getClass());
    return name == null ? value.getClass().getSimpleName() : name;
  }
}
