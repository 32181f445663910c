package io.sally.driver.chart;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How finely moments have to be told so that none of a column loses anything a browser can show.
 *
 * <p>All are told in UTC: a date would otherwise be shown as the day before west of Greenwich, and
 * a time that daylight saving leaves out as another.
 */
enum TimeGrain {
  YEAR("utcyear", "uuuu"),
  MONTH("utcyearmonth", "uuuu-MM"),
  DAY("utcyearmonthdate", "uuuu-MM-dd"),
  MINUTE("utcyearmonthdatehoursminutes", "uuuu-MM-dd HH:mm"),
  SECOND("utcyearmonthdatehoursminutesseconds", "uuuu-MM-dd HH:mm:ss"),
  /** Drawn at its second, since Vega-Lite has no finer unit; the data keep the milliseconds. */
  MILLISECOND("utcyearmonthdatehoursminutesseconds", "uuuu-MM-dd HH:mm:ss.SSS");

  /** Browsers read years of four digits. */
  private static final int LAST_YEAR = 9999;

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);
  private static final DateTimeFormatter ISO_DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);

  private final String timeUnit;
  private final DateTimeFormatter format;

  TimeGrain(String timeUnit, String pattern) {
    this.timeUnit = timeUnit;
    this.format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
  }

  /** Vega-Lite's name for it. */
  String timeUnit() {
    return timeUnit;
  }

  /** The grain of these values. */
  static TimeGrain of(List<@Nullable Object> values) {
    TimeGrain finest = YEAR;
    for (Object value : values) {
      Optional<LocalDateTime> moment = moment(value);
      if (moment.isPresent() && of(moment.get()).compareTo(finest) > 0) {
        finest = of(moment.get());
      }
    }
    return finest;
  }

  private static TimeGrain of(LocalDateTime moment) {
    if (moment.getNano() != 0) {
      return MILLISECOND;
    } else if (moment.getSecond() != 0) {
      return SECOND;
    } else if (moment.getHour() != 0 || moment.getMinute() != 0) {
      return MINUTE;
    } else if (moment.getDayOfMonth() != 1) {
      return DAY;
    }
    return moment.getMonthValue() == 1 ? YEAR : MONTH;
  }

  /** The moment as ISO 8601 writes it, which every browser reads alike; empty for no moment. */
  Optional<String> iso(@Nullable Object value) {
    return moment(value).map(moment -> (compareTo(DAY) <= 0 ? ISO_DATE : ISO).format(moment));
  }

  /** The moment as people read it; empty for no moment. */
  Optional<String> text(@Nullable Object value) {
    return moment(value).map(format::format);
  }

  /** In UTC; the infinities and years that a browser does not know are no moments. */
  private static Optional<LocalDateTime> moment(@Nullable Object value) {
    LocalDateTime moment = null;
    if (value instanceof LocalDate date) {
      moment = date.atStartOfDay();
    } else if (value instanceof LocalDateTime timestamp) {
      moment = timestamp;
    } else if (value instanceof OffsetDateTime timestamp
        && Math.abs(timestamp.getYear()) <= LAST_YEAR) {
      moment = timestamp.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }
    return Optional.ofNullable(moment)
        .filter(known -> known.getYear() >= 0 && known.getYear() <= LAST_YEAR);
  }
}
