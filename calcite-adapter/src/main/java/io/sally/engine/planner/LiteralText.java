package io.sally.engine.planner;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement's text, taken apart at its literals: texts that differ in nothing but the values of
 * literals, each of the same type, have one shape. Where it is not sure to split a text as
 * Calcite's parser does, it does not split it. Immutable.
 */
public final class LiteralText {
  /** A dashboard's statement has a few; a list of thousands of rows is not worth it. */
  private static final int MOST_LITERALS = 100;

  /** Stands in a shape where a literal was; no statement that is split has it. */
  private static final char MARK = 1;

  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final Pattern DECIMAL = Pattern.compile("(0|[1-9][0-9]{0,14})\\.([0-9]{1,12})");

  private final String shape;
  private final List<Literal> literals;

  private LiteralText(String shape, List<Literal> literals) {
    this.shape = shape;
    this.literals = List.copyOf(literals);
  }

  /**
   * One literal.
   *
   * @param line that of its last character, from 1, as Calcite counts
   * @param column that of its last character, from 1
   * @param value a BigDecimal, or the text between the quotes
   */
  record Literal(int line, int column, String written, Object value) {}

  /** The text with the types of its literals in the place of their values. */
  public String shape() {
    return shape;
  }

  List<Literal> literals() {
    return literals;
  }

  /** The literals as they are written, without those of a set. */
  public List<String> writtenBut(BitSet without) {
    List<String> written = new ArrayList<>();
    for (int i = 0; i < literals.size(); i++) {
      if (!without.get(i)) {
        written.add(literals.get(i).written());
      }
    }
    return written;
  }

  /** The text taken apart; empty where it has no literal, or anything that could mislead. */
  public static Optional<LiteralText> of(String sql) {
    return new Splitter(sql).split();
  }

  private static final class Splitter {
    private final String sql;
    private final StringBuilder shape = new StringBuilder();
    private final List<Literal> literals = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    Splitter(String sql) {
      this.sql = sql;
    }

    Optional<LiteralText> split() {
      boolean sure = true;
      while (sure && at < sql.length()) {
        sure = next(sql.charAt(at)) && literals.size() <= MOST_LITERALS;
      }
      return sure && !literals.isEmpty()
          ? Optional.of(new LiteralText(shape.toString(), literals))
          : Optional.empty();
    }

    private boolean next(char c) {
      if (c == '\'') {
        return text();
      } else if (c == '"') {
        return copy(sql.indexOf('"', at + 1) + 1);
      } else if (isDigit(c)) {
        return number();
      } else if (isWordPart(c)) {
        int end = at + 1;
        while (end < sql.length() && isWordPart(sql.charAt(end))) {
          end++;
        }
        return copy(end);
      } else if (sql.startsWith("/*", at)) {
        int close = sql.indexOf("*/", at + 2);
        return copy(close < 0 ? 0 : close + 2);
      } else if (sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        return copy(end < 0 ? sql.length() : end);
      }
      // Backticks, other comments, a number that begins with its point: rare, and so left alone.
      boolean misleading =
          c == '`'
              || sql.startsWith("//", at)
              || (c == '.' && isDigit(charAt(at + 1)))
              || (c != '\n' && c != '\t' && (c < ' ' || c > '~'));
      return !misleading && copy(at + 1);
    }

    private char charAt(int index) {
      return index < sql.length() ? sql.charAt(index) : ' ';
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    private static boolean isWordPart(char c) {
      return isDigit(c)
          || (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || c == '_'
          || c == '$'
          || c == '#'
          || c == '@'
          || c >= 128;
    }

    /** Takes what is no literal as it is. */
    private boolean copy(int end) {
      if (end <= at) {
        return false;
      }
      shape.append(sql, at, end);
      advance(end);
      return true;
    }

    private void advance(int end) {
      for (; at < end; at++) {
        if (sql.charAt(at) == '\n') {
          line++;
          lineStart = at + 1;
        } else if (sql.charAt(at) < ' ' && sql.charAt(at) != '\t') {
          // A carriage return: lines are counted otherwise there, so no literal is found.
          line = -1;
        }
      }
    }

    private void literal(String type, int end, Object value) {
      String written = sql.substring(at, end);
      advance(end);
      literals.add(new Literal(line, end - lineStart, written, value));
      shape.append(MARK).append(type).append(MARK);
    }

    /** With a letter or {@code U&} before the quote, other rules hold for what is inside. */
    private boolean text() {
      if (at > 0 && (isWordPart(sql.charAt(at - 1)) || sql.charAt(at - 1) == '&')) {
        return false;
      }
      StringBuilder value = new StringBuilder();
      int end = at + 1;
      while (end < sql.length()) {
        char c = sql.charAt(end);
        if (c == '\'') {
          if (charAt(end + 1) != '\'') {
            literal("text " + value.length(), end + 1, value.toString());
            return true;
          }
          end++;
        } else if (c < ' ' || c >= Character.MIN_SURROGATE) {
          return false;
        }
        value.append(c);
        end++;
      }
      return false;
    }

    private boolean number() {
      int end = at;
      while (isWordPart(charAt(end)) || charAt(end) == '.') {
        end++;
      }
      String written = sql.substring(at, end);
      Matcher decimal = DECIMAL.matcher(written);
      if (WHOLE_NUMBER.matcher(written).matches()) {
        long value = Long.parseLong(written);
        literal(value > Integer.MAX_VALUE ? "long" : "int", end, BigDecimal.valueOf(value));
        return true;
      } else if (decimal.matches()) {
        BigDecimal value = new BigDecimal(written);
        literal(
            "decimal "
                + decimal.group(1).length()
                + " "
                + decimal.group(2).length()
                + " "
                + value.precision(),
            end,
            value);
        return true;
      }
      return copy(end);
    }
  }
}
