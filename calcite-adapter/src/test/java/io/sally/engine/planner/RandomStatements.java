package io.sally.engine.planner;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Statements over the warehouse that a seed decides. Confined to one thread. */
final class RandomStatements {
  private final Random random;

  RandomStatements(long seed) {
    this.random = new Random(seed);
  }

  String next() {
    String from =
        pick(
            "orders o",
            "orders o JOIN customers c ON o.customer_id = c.id",
            "orders o LEFT JOIN customers c ON o.customer_id = c.id AND c.id > 3",
            "orders o JOIN items i ON i.order_id = o.id",
            "customers c JOIN items i ON c.name = i.product",
            "(SELECT * FROM orders WHERE amount > 0) o JOIN customers c ON c.id = o.customer_id");
    String where =
        random.nextInt(4) == 0
            ? ""
            : " WHERE "
                + IntStream.rangeClosed(0, random.nextInt(3))
                    .mapToObj(i -> condition(from))
                    .collect(Collectors.joining(pick(" AND ", " OR ")));
    if (random.nextInt(3) == 0) {
      String key = column(from);
      return "SELECT "
          + key
          + " AS k, COUNT(*) AS n, "
          + aggregate(from)
          + " AS a FROM "
          + from
          + where
          + " GROUP BY "
          + key
          + (random.nextBoolean() ? " HAVING COUNT(*) > 1" : "");
    }
    String select = (random.nextInt(4) == 0 ? "SELECT DISTINCT " : "SELECT ");
    return select + value(from) + " AS x, " + value(from) + " AS y FROM " + from + where;
  }

  private String condition(String from) {
    String plain =
        switch (random.nextInt(4)) {
          case 0 -> column(from) + pick(" IS NULL", " IS NOT NULL");
          default -> comparison(from);
        };
    return random.nextInt(6) == 0 ? "NOT (" + plain + ")" : "(" + plain + ")";
  }

  private String comparison(String from) {
    String operator = pick(" = ", " <> ", " < ", " <= ", " > ", " >= ");
    String column = column(from);
    return switch (column) {
      case "c.name", "i.product" ->
          random.nextInt(3) == 0
              ? column + " LIKE " + pick("'a%'", "'%_b'", "'_nna'", "'%''%'", "'%\\%'", "'[x]'")
              : column + operator + pick("'anna'", "'Zoe'", "'a_b'", "'Łódź'", "'it''s'", "'É'");
      case "c.country" -> column + operator + pick("'DE'", "'de'", "'FR'");
      case "c.active" -> column + pick("", " IS TRUE", " IS NOT TRUE", " = FALSE");
      case "o.day" -> column + operator + "DATE '2026-0" + (1 + random.nextInt(9)) + "-15'";
      case "o.seen" ->
          column + operator + "TIMESTAMP '2026-0" + (1 + random.nextInt(8)) + "-03 12:30:00'";
      case "o.amount", "i.price" ->
          column + operator + pick("0", "12.5", "1000.00", "-3", "5.0001");
      default -> column + operator + random.nextInt(60);
    };
  }

  private String aggregate(String from) {
    String column = column(from);
    return switch (column) {
      case "o.amount", "o.points", "i.price", "i.quantity" ->
          pick("SUM", "AVG", "MIN", "MAX", "COUNT") + "(" + column + ")";
      case "c.active" -> "COUNT(" + column + ")";
      default -> pick("MIN(", "MAX(", "COUNT(", "COUNT(DISTINCT ") + column + ")";
    };
  }

  private String value(String from) {
    String column = column(from);
    return switch (column) {
      case "o.amount", "i.price" ->
          pick(column, column + " * 3", column + " / 7", "-" + column, column + " + 1.25");
      case "o.points" -> pick(column, column + " + 10", column + " * 3");
      case "c.name", "i.product" ->
          pick(
              column, column + " || '!'", "COALESCE(" + column + ", '?')", "UPPER(" + column + ")");
      case "o.day" -> pick(column, "EXTRACT(MONTH FROM " + column + ")");
      default -> column;
    };
  }

  private String column(String from) {
    List<String> orders =
        List.of("o.id", "o.customer_id", "o.day", "o.amount", "o.points", "o.seen");
    List<String> customers = List.of("c.id", "c.name", "c.country", "c.active");
    List<String> items = List.of("i.product", "i.quantity", "i.price");
    List<String> columns =
        Stream.of(
                from.contains(" o") ? orders : List.<String>of(),
                from.contains(" c") ? customers : List.<String>of(),
                from.contains(" i ") ? items : List.<String>of())
            .flatMap(List::stream)
            .filter(name -> !name.startsWith("o.") || from.contains("orders"))
            .toList();
    return columns.get(random.nextInt(columns.size()));
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
