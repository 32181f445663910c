package io.sally.engine.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of an array (PostgreSQL manual, 8.15.6): braces, elements between commas, in
 * double quotes with backslashes where they need it, {@code NULL} without quotes; before it the
 * bounds, where they do not begin at 1. Inner arrays become inner lists. Confined to one thread.
 */
final class PostgreSqlArray {
  private final String text;
  private final Function<String, Object> element;
  private int position;

  private PostgreSqlArray(String text, Function<String, Object> element) {
    this.text = text;
    this.element = element;
    this.position = text.indexOf('{');
  }

  /**
   * The elements.
   *
   * @throws IllegalArgumentException when the text is no array
   */
  static List<@Nullable Object> parse(String text, Function<String, Object> element) {
    return new PostgreSqlArray(text, element).list();
  }

  private List<@Nullable Object> list() {
    expect('{');
    List<@Nullable Object> values = new ArrayList<>();
    if (peek() == '}') {
      position++;
      return values;
    }
    while (true) {
      values.add(value());
      if (peek() == '}') {
        position++;
        return values;
      }
      expect(',');
    }
  }

  private @Nullable Object value() {
    return switch (peek()) {
      case '{' -> list();
      case '"' -> element.apply(quoted());
      default -> unquoted();
    };
  }

  private @Nullable Object unquoted() {
    String plain = plain();
    return plain.equals("NULL") ? null : element.apply(plain);
  }

  private String quoted() {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (peek() != '"') {
      if (peek() == '\\') {
        position++;
      }
      value.append(peek());
      position++;
    }
    expect('"');
    return value.toString();
  }

  private String plain() {
    int start = position;
    while (peek() != ',' && peek() != '}') {
      position++;
    }
    return text.substring(start, position);
  }

  private char peek() {
    if (position < 0 || position >= text.length()) {
      throw new IllegalArgumentException("the text of an array ends too early");
    }
    return text.charAt(position);
  }

  private void expect(char expected) {
    if (peek() != expected) {
      throw new IllegalArgumentException("the text of an array lacks " + expected);
    }
    position++;
  }
}
