package io.sally.driver.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
  @Test
  void valuesReadAsSqlWritesThem() {
    UUID uuid = new UUID(1, 2);
    LocalDateTime timestamp = LocalDateTime.of(2026, 3, 29, 2, 30, 0, 120_000_000);
    assertThat(
            Stream.of(
                    true,
                    (short) 7,
                    new BigDecimal("1E+3"),
                    new BigDecimal("0.10"),
                    1.5,
                    LocalDate.of(2026, 3, 29),
                    LocalTime.of(1, 2),
                    timestamp,
                    timestamp.withNano(0),
                    OffsetTime.of(LocalTime.of(1, 2), ZoneOffset.ofHours(-3)),
                    OffsetDateTime.of(timestamp, ZoneOffset.UTC),
                    Period.of(1, 14, 0),
                    Period.ofMonths(-5),
                    Duration.ofSeconds(90_061, 500_000_000),
                    Duration.ofHours(-25),
                    new byte[] {0, (byte) 0xff},
                    uuid,
                    Arrays.asList(1, null, List.of("a")))
                .map(Texts::toText))
        .isEqualTo(
            List.of(
                "true",
                "7",
                "1000",
                "0.10",
                "1.5",
                "2026-03-29",
                "01:02:00",
                "2026-03-29 02:30:00.12",
                "2026-03-29 02:30:00",
                "01:02:00-03:00",
                "2026-03-29 02:30:00.12+00:00",
                "2-2",
                "-0-5",
                "1 01:01:01.5",
                "-1 01:00:00",
                "00ff",
                uuid.toString(),
                "[1, NULL, [a]]"));
  }
}
