package io.sally.demo;

import java.util.Objects;

/**
 * The SQL type of a column.
 *
 * @param precision characters of a text, digits of a decimal, fraction digits of a timestamp,
 *     otherwise 0
 * @param scale digits right of the point of a decimal, otherwise 0
 */
public record DemoType(Kind kind, int precision, int scale) {
  /** The kinds of type, with the Java type in which a row holds a value of it. */
  public enum Kind {
    INTEGER(Integer.class),
    VARCHAR(String.class),
    DECIMAL(java.math.BigDecimal.class),
    DATE(java.time.LocalDate.class),
    TIMESTAMP(java.time.LocalDateTime.class),
    BOOLEAN(Boolean.class);

    private final Class<?> javaType;

    Kind(Class<?> javaType) {
      this.javaType = javaType;
    }

    public Class<?> javaType() {
      return javaType;
    }
  }

  public DemoType {
    Objects.requireNonNull(kind, "kind");
  }

  public static DemoType integer() {
    return new DemoType(Kind.INTEGER, 0, 0);
  }

  /** A text of at most {@code length} characters. */
  public static DemoType varchar(int length) {
    return new DemoType(Kind.VARCHAR, length, 0);
  }

  public static DemoType decimal(int precision, int scale) {
    return new DemoType(Kind.DECIMAL, precision, scale);
  }

  public static DemoType date() {
    return new DemoType(Kind.DATE, 0, 0);
  }

  /** A timestamp without time zone, to the second. */
  public static DemoType timestamp() {
    return new DemoType(Kind.TIMESTAMP, 0, 0);
  }

  public static DemoType bool() {
    return new DemoType(Kind.BOOLEAN, 0, 0);
  }
}
