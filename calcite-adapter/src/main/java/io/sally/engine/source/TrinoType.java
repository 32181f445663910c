package io.sally.engine.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A type as Trino writes it, for example {@code decimal(10,2)}, {@code timestamp(6) with time zone}
 * or {@code row(x integer, array(varchar(3)))}. Immutable.
 *
 * @param name in lower case, without arguments: {@code timestamp with time zone}
 * @param arguments what stands in parentheses, split at the commas
 */
record TrinoType(String name, List<String> arguments) {
  /** What can be cast to JSON (Trino's manual, "JSON functions and operators"). */
  private static final Set<String> IN_JSON =
      Set.of(
          "boolean",
          "tinyint",
          "smallint",
          "integer",
          "bigint",
          "real",
          "double",
          "decimal",
          "varchar",
          "date",
          "timestamp",
          "json",
          "unknown");

  /** What can be a key of a map that is cast to JSON. */
  private static final Set<String> KEYS_IN_JSON =
      Set.of(
          "boolean",
          "tinyint",
          "smallint",
          "integer",
          "bigint",
          "real",
          "double",
          "decimal",
          "varchar");

  /** What cannot be cast to JSON, but to a text. */
  private static final Set<String> TEXTS =
      Set.of(
          "char",
          "date",
          "time",
          "time with time zone",
          "timestamp",
          "timestamp with time zone",
          "uuid",
          "ipaddress",
          "interval day to second",
          "interval year to month");

  TrinoType {
    arguments = List.copyOf(arguments);
  }

  static TrinoType parse(String text) {
    int open = text.indexOf('(');
    if (open < 0) {
      return new TrinoType(text.strip().toLowerCase(Locale.ROOT), List.of());
    }
    int close = text.lastIndexOf(')');
    if (close < open) {
      return new TrinoType(text.strip(), List.of());
    }
    String name = (text.substring(0, open) + text.substring(close + 1)).strip();
    return new TrinoType(name.toLowerCase(Locale.ROOT), split(text.substring(open + 1, close)));
  }

  /** The argument as a number, or another where there is none. */
  int number(int index, int otherwise) {
    return index < arguments.size() && arguments.get(index).matches("\\d{1,9}")
        ? Integer.parseInt(arguments.get(index))
        : otherwise;
  }

  /** The type that an argument names. */
  TrinoType argument(int index) {
    return parse(arguments.get(index));
  }

  boolean composite() {
    return name.equals("array") || name.equals("map") || name.equals("row");
  }

  /**
   * The nearest type to this one that can be cast to JSON and to which this can be cast; empty
   * where there is none.
   */
  String inJson() {
    return inJson(this, IN_JSON);
  }

  private static String inJson(TrinoType type, Set<String> known) {
    return switch (type.name) {
      case "array" -> of("array", List.of(inJson(type.argument(0), IN_JSON)));
      case "map" ->
          type.arguments.size() != 2
              ? ""
              : of(
                  "map",
                  List.of(
                      inJson(type.argument(0), KEYS_IN_JSON), inJson(type.argument(1), IN_JSON)));
      case "row" -> of("row", type.arguments.stream().map(TrinoType::fieldInJson).toList());
      default ->
          known.contains(type.name) ? type.toString() : TEXTS.contains(type.name) ? "varchar" : "";
    };
  }

  /** A field's name stands there without quotes, whatever is in it, or is not there at all. */
  private static String fieldInJson(String field) {
    String json = inJson(parse(field), IN_JSON);
    for (int space = field.indexOf(' '); space >= 0; space = field.indexOf(' ', space + 1)) {
      if (!json.isEmpty()) {
        break;
      }
      String type = inJson(parse(field.substring(space + 1)), IN_JSON);
      json =
          type.isEmpty()
              ? ""
              : '"' + field.substring(0, space).replace("\"", "\"\"") + "\" " + type;
    }
    return json;
  }

  private static String of(String name, List<String> arguments) {
    return arguments.contains("") ? "" : name + "(" + String.join(", ", arguments) + ")";
  }

  /** Splits at the commas that do not stand in parentheses. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case ',' -> {
          if (depth == 0) {
            parts.add(text.substring(start, i).strip());
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  /** As Trino writes it in SQL. */
  @Override
  public String toString() {
    if (arguments.isEmpty()) {
      return name;
    }
    int word = name.indexOf(' ');
    String first = word < 0 ? name : name.substring(0, word);
    String rest = word < 0 ? "" : name.substring(word);
    return first + arguments.stream().collect(Collectors.joining(", ", "(", ")")) + rest;
  }
}
