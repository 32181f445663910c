package io.sally.ask.offline;

import io.sally.ask.words.Vocabulary;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads phrases of dates: {@code today}, {@code in the next 30 days}, {@code last month}, {@code
 * since March}, {@code between 2025-01-01 and 2025-03-31}. What is relative stays relative, so that
 * the query means the same tomorrow. Immutable.
 */
final class DateReader {
  /** A phrase read from a place in the tokens up to, without, {@code end}. */
  record Reading(Period period, int end) {}

  private record Days(
      Moment first, Moment dayAfter, @Nullable Integer year, String note, int end) {}

  private static final DateTimeFormatter ISO_DAY =
      DateTimeFormatter.ofPattern("u-M-d").withResolverStyle(ResolverStyle.STRICT);

  private final Vocabulary vocabulary;

  DateReader(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The longest phrase of dates that begins at {@code at}. */
  Optional<Reading> read(List<Token> tokens, int at, LocalDate today) {
    Reading between = range(tokens, at, today);
    if (between != null) {
      return Optional.of(between);
    }
    Reading bounded = bounded(tokens, at, today);
    if (bounded != null) {
      return Optional.of(bounded);
    }
    int start = skipLead(tokens, at);
    // "The last week of May" is no week before this one.
    Reading relative = part(tokens, start, today) == null ? relative(tokens, start, at) : null;
    if (relative != null) {
      return Optional.of(relative);
    }
    // "over 2000" is an amount rather than a year.
    boolean led = start > at && !lower(tokens, start - 1).equals("over");
    Days days = days(tokens, start, today, led);
    if (days == null) {
      return Optional.empty();
    }
    String text = text(tokens, at, days.end());
    Period period =
        days.year() != null
            ? Period.ofYear(days.year(), text)
            : Period.halfOpen(days.first(), days.dayAfter(), text);
    if (days.dayAfter().equals(days.first().fixed() == null ? null : next(days.first()))
        || isToday(days)) {
      period = Period.closed(days.first(), days.first(), text);
    }
    return Optional.of(
        new Reading(days.note().isEmpty() ? period : period.assuming(days.note()), days.end()));
  }

  private static boolean isToday(Days days) {
    return days.first().fixed() == null && days.first().startOf() == null;
  }

  private static Moment next(Moment day) {
    return day.nextDay();
  }

  private @Nullable Reading range(List<Token> tokens, int at, LocalDate today) {
    String opener = lower(tokens, at);
    if (!opener.equals("between") && !opener.equals("from")) {
      return null;
    }
    Days first = days(tokens, at + 1, today, true);
    if (first == null) {
      return null;
    }
    String link = lower(tokens, first.end());
    if (!link.equals("and") && !link.equals("to") && !word("UNTIL", tokens, first.end())) {
      return null;
    }
    Days last = days(tokens, first.end() + 1, today, true);
    if (last == null) {
      return null;
    }
    String text = text(tokens, at, last.end());
    if (!first.note().isEmpty() && last.note().isEmpty()) {
      first = inYearOf(last, first);
    }
    LocalDate from = first.first().fixed();
    LocalDate before = last.dayAfter().fixed();
    if (from != null && before != null && !from.isBefore(before)) {
      // Of two ends without a year, or across the turn of one, either year is as likely.
      return null;
    }
    Period period = Period.halfOpen(first.first(), last.dayAfter(), text);
    String note = first.note().isEmpty() ? last.note() : first.note();
    return new Reading(note.isEmpty() ? period : period.assuming(note), last.end());
  }

  /** "Between June and December 2021": the year of the end is that of the beginning too. */
  private static Days inYearOf(Days last, Days first) {
    LocalDate from = first.first().fixed();
    LocalDate before = last.dayAfter().fixed();
    if (from == null || before == null) {
      return first;
    }
    Moment moved = Moment.on(from.withYear(before.minusDays(1).getYear()));
    return new Days(moved, first.dayAfter(), null, "", first.end());
  }

  private @Nullable Reading bounded(List<Token> tokens, int at, LocalDate today) {
    for (String bound : List.of("SINCE", "AFTER", "BEFORE", "UNTIL")) {
      for (int width = 3; width >= 1; width--) {
        if (at + width > tokens.size()
            || vocabulary
                .date(bound, text(tokens, at, at + width).toLowerCase(Locale.ROOT))
                .isEmpty()) {
          continue;
        }
        Days days = days(tokens, at + width, today, true);
        if (days == null) {
          Reading relative = relative(tokens, skipLead(tokens, at + width), at);
          if (relative == null || relative.period().from() == null) {
            continue;
          }
          Moment from = relative.period().from();
          Moment to = relative.period().to();
          String text = text(tokens, at, relative.end());
          if (bound.equals("SINCE")) {
            return new Reading(Period.halfOpen(from, null, text), relative.end());
          } else if (bound.equals("BEFORE")) {
            return new Reading(Period.halfOpen(null, from, text), relative.end());
          } else if (bound.equals("AFTER") && relative.period().open()) {
            return new Reading(Period.halfOpen(to, null, text), relative.end());
          } else if (bound.equals("UNTIL")) {
            return new Reading(
                new Period(null, to, relative.period().open(), text, null, null), relative.end());
          }
          continue;
        }
        if (lower(tokens, at).equals("from")
            && (lower(tokens, days.end()).equals("to") || word("UNTIL", tokens, days.end()))
            && days(tokens, days.end() + 1, today, true) != null) {
          // It has an end that goes with it in no reading.
          continue;
        }
        if (!days.note().isEmpty() && (bound.equals("BEFORE") || bound.equals("UNTIL"))) {
          // The month that was or the one to come: either is as likely.
          continue;
        }
        String text = text(tokens, at, days.end());
        Period period =
            switch (bound) {
              case "SINCE" -> Period.halfOpen(days.first(), null, text);
              case "AFTER" -> Period.halfOpen(days.dayAfter(), null, text);
              case "BEFORE" -> Period.halfOpen(null, days.first(), text);
              default -> Period.halfOpen(null, days.dayAfter(), text);
            };
        return new Reading(
            days.note().isEmpty() ? period : period.assuming(days.note()), days.end());
      }
    }
    return null;
  }

  /** {@code last month}, {@code the next 30 days}, {@code this year}, {@code 3 weeks ago}. */
  private @Nullable Reading relative(List<Token> tokens, int at, int textFrom) {
    boolean last = word("LAST", tokens, at);
    boolean next = word("NEXT", tokens, at);
    if (word("THIS", tokens, at)) {
      Unit unit = unit(tokens, at + 1);
      if (unit != null) {
        String text = text(tokens, textFrom, at + 2);
        return new Reading(
            unit == Unit.DAY
                ? Period.closed(Moment.TODAY, Moment.TODAY, text)
                : Period.halfOpen(Moment.startOf(unit, 0), Moment.startOf(unit, 1), text),
            at + 2);
      }
    }
    if (last || next) {
      Unit unit = unit(tokens, at + 1);
      if (unit != null && unit != Unit.DAY) {
        int offset = last ? -1 : 1;
        return new Reading(
            Period.halfOpen(
                Moment.startOf(unit, offset),
                Moment.startOf(unit, offset + 1),
                text(tokens, textFrom, at + 2)),
            at + 2);
      }
      Integer count = count(tokens, at + 1);
      unit = unit(tokens, at + 2);
      if (count != null && unit != null) {
        String text = text(tokens, textFrom, at + 3);
        return new Reading(
            last
                ? Period.closed(Moment.fromToday(-count, unit), Moment.TODAY, text)
                : Period.closed(Moment.TODAY, Moment.fromToday(count, unit), text),
            at + 3);
      }
      return null;
    }
    Integer count = count(tokens, at);
    Unit unit = unit(tokens, at + 1);
    if (count != null && unit != null) {
      if (word("AGO", tokens, at + 2)) {
        Moment day = Moment.fromToday(-count, unit);
        return new Reading(Period.closed(day, day, text(tokens, textFrom, at + 3)), at + 3);
      }
      String lead = lower(tokens, textFrom);
      if (lead.equals("within") || (lead.equals("in") && at == textFrom + 1)) {
        return new Reading(
            Period.closed(
                Moment.TODAY, Moment.fromToday(count, unit), text(tokens, textFrom, at + 2)),
            at + 2);
      }
    }
    return null;
  }

  /** A day, month or year; {@code led} when a word before it says that a date follows. */
  private @Nullable Days days(List<Token> tokens, int from, LocalDate today, boolean led) {
    int at = lower(tokens, from).equals("the") ? from + 1 : from;
    Days part = part(tokens, at, today);
    if (part != null) {
      return part;
    }
    Optional<String> offset = vocabulary.date("TODAY", lower(tokens, at));
    if (offset.isPresent()) {
      Moment day = Moment.fromToday(Integer.parseInt(offset.get()), Unit.DAY);
      return new Days(day, day.nextDay(), null, "", at + 1);
    }
    if (at < tokens.size() && tokens.get(at).is(Token.Kind.DATE)) {
      LocalDate day = isoDay(tokens.get(at).text());
      return day == null
          ? null
          : new Days(Moment.on(day), Moment.on(day.plusDays(1)), null, "", at + 1);
    }
    Integer dayFirst = dayOfMonth(tokens, at);
    if (dayFirst != null && month(tokens, at + 1) != null) {
      return monthDay(tokens, at + 1, dayFirst, at + 2, today);
    }
    Integer month = month(tokens, at);
    // "may" and "march" are verbs too, so a month alone needs a word before it or a year after it.
    if (month != null && (led || year(tokens, at + 1) != null)) {
      Integer day = dayOfMonth(tokens, at + 1);
      if (day != null && year(tokens, at + 1) == null) {
        return monthDay(tokens, at, day, at + 2, today);
      }
      Integer year = year(tokens, at + 1);
      LocalDate first = LocalDate.of(year == null ? today.getYear() : year, month, 1);
      String note = "";
      if (year == null) {
        first = first.isAfter(today) ? first.minusYears(1) : first;
        note = "“" + tokens.get(at).text() + "” is taken as that of " + first.getYear() + ".";
      }
      return new Days(
          Moment.on(first),
          Moment.on(first.plusMonths(1)),
          null,
          note,
          at + (year == null ? 1 : 2));
    }
    Integer year = year(tokens, lower(tokens, at).equals("year") ? at + 1 : at);
    if (year != null && (led || lower(tokens, at).equals("year"))) {
      return new Days(
          Moment.on(LocalDate.of(year, 1, 1)),
          Moment.on(LocalDate.of(year + 1, 1, 1)),
          year,
          "",
          lower(tokens, at).equals("year") ? at + 2 : at + 1);
    }
    return null;
  }

  /** "First quarter of 2023", "last week of May 2021": a unit counted within a period. */
  private @Nullable Days part(List<Token> tokens, int from, LocalDate today) {
    int at = lower(tokens, from).equals("the") ? from + 1 : from;
    Integer which = vocabulary.date("NTH", lower(tokens, at)).map(Integer::valueOf).orElse(null);
    Unit unit = unit(tokens, at + 1);
    if (which == null || unit == null) {
      return null;
    }
    boolean linked = lower(tokens, at + 2).equals("of") || lower(tokens, at + 2).equals("in");
    Days whole = days(tokens, linked ? at + 3 : at + 2, today, true);
    if (whole == null || whole.first().fixed() == null || whole.dayAfter().fixed() == null) {
      return null;
    }
    LocalDate begin = whole.first().fixed();
    LocalDate end = whole.dayAfter().fixed();
    LocalDate first = which < 0 ? plus(end, -1, unit) : plus(begin, which - 1, unit);
    LocalDate dayAfter = which < 0 ? end : plus(begin, which, unit);
    if (first.isBefore(begin) || dayAfter.isAfter(end)) {
      return null;
    }
    String note =
        unit == Unit.WEEK
            ? "“"
                + text(tokens, at, whole.end())
                + "” is taken as the seven days from "
                + first
                + " to "
                + dayAfter.minusDays(1)
                + "."
            : whole.note();
    return new Days(Moment.on(first), Moment.on(dayAfter), null, note, whole.end());
  }

  private static LocalDate plus(LocalDate day, int count, Unit unit) {
    return switch (unit) {
      case DAY -> day.plusDays(count);
      case WEEK -> day.plusWeeks(count);
      case MONTH -> day.plusMonths(count);
      case QUARTER -> day.plusMonths(3L * count);
      case YEAR -> day.plusYears(count);
    };
  }

  private @Nullable Days monthDay(
      List<Token> tokens, int monthAt, int day, int after, LocalDate today) {
    int next = tokens.size() > after && tokens.get(after).text().equals(",") ? after + 1 : after;
    Integer year = year(tokens, next);
    Integer month = month(tokens, monthAt);
    if (month == null) {
      return null;
    }
    try {
      LocalDate date = LocalDate.of(year == null ? today.getYear() : year, month, day);
      String note =
          year == null
              ? "The year of “"
                  + text(tokens, Math.min(monthAt, after - 2), after)
                  + "” is taken as "
                  + date.getYear()
                  + "."
              : "";
      return new Days(
          Moment.on(date),
          Moment.on(date.plusDays(1)),
          null,
          note,
          year == null ? after : next + 1);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private int skipLead(List<Token> tokens, int at) {
    int start = at;
    while (start < tokens.size() && start < at + 3 && word("LEAD", tokens, start)) {
      start++;
    }
    return start;
  }

  private boolean word(String sense, List<Token> tokens, int at) {
    return vocabulary.date(sense, lower(tokens, at)).isPresent();
  }

  private @Nullable Unit unit(List<Token> tokens, int at) {
    return vocabulary.date("UNIT", lower(tokens, at)).map(Unit::valueOf).orElse(null);
  }

  private @Nullable Integer month(List<Token> tokens, int at) {
    return vocabulary.date("MONTH", lower(tokens, at)).map(Integer::valueOf).orElse(null);
  }

  private @Nullable Integer count(List<Token> tokens, int at) {
    if (at >= tokens.size()) {
      return null;
    }
    Token token = tokens.get(at);
    if (token.is(Token.Kind.NUMBER) && token.text().matches("\\d{1,5}")) {
      return Integer.valueOf(token.text());
    }
    return vocabulary.number(lower(tokens, at)).map(BigDecimal::intValue).orElse(null);
  }

  private static @Nullable Integer year(List<Token> tokens, int at) {
    if (at >= tokens.size() || !tokens.get(at).is(Token.Kind.NUMBER)) {
      return null;
    }
    String text = tokens.get(at).text();
    return text.matches("(1[89]|20|21)\\d\\d") ? Integer.valueOf(text) : null;
  }

  private static @Nullable Integer dayOfMonth(List<Token> tokens, int at) {
    if (at >= tokens.size()) {
      return null;
    }
    String text = tokens.get(at).text();
    return text.matches("([12]?\\d|3[01])(st|nd|rd|th)?") && !text.equals("0")
        ? Integer.valueOf(text.replaceAll("\\D", ""))
        : null;
  }

  private static @Nullable LocalDate isoDay(String text) {
    try {
      return LocalDate.parse(text, ISO_DAY);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String lower(List<Token> tokens, int at) {
    return at < tokens.size() ? tokens.get(at).text().toLowerCase(Locale.ROOT) : "";
  }

  private static String text(List<Token> tokens, int from, int to) {
    return String.join(" ", tokens.subList(from, to).stream().map(Token::text).toList());
  }
}
