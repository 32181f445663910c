package io.sally.engine.planner;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Statements over the warehouse that a seed decides. Confined to one thread. */
final class RandomStatements {
  private static final Pattern TABLE = Pattern.compile("\\b(?:customers|orders|items)\\b");

  private final Random random;
  private final List<Object> parameters = new ArrayList<>();

  RandomStatements(long seed) {
    this.random = new Random(seed);
  }

  /** The values of the statement's {@code ?}. */
  List<Object> parameters() {
    return List.copyOf(parameters);
  }

  String next() {
    return switch (random.nextInt(10)) {
      case 0 -> combined();
      case 1 -> windowed();
      case 2 -> grouped();
      case 3 -> nested();
      default -> simple();
    };
  }

  /** A statement whose tables are each in one of these sources. */
  String nextAcross(List<String> sources) {
    String sql = random.nextInt(4) == 0 ? next() : joined();
    return TABLE
        .matcher(sql)
        .replaceAll(table -> sources.get(random.nextInt(sources.size())) + "." + table.group());
  }

  /** Joins of all kinds, with conditions that leave few rows of one side. */
  private String joined() {
    String grouped =
        "(SELECT customer_id, SUM(points) AS points, MAX(amount) AS amount, MIN(id) AS id, MAX(day) AS day,"
            + " MAX(seen) AS seen FROM orders GROUP BY customer_id) o";
    String from =
        pick(
            "customers c FULL JOIN orders o ON o.customer_id = c.id",
            "customers c RIGHT JOIN orders o ON o.customer_id = c.id AND o.points > 300",
            "orders o JOIN customers c ON o.customer_id = c.id JOIN items i ON i.order_id = o.id",
            "items i LEFT JOIN orders o ON i.order_id = o.id LEFT JOIN customers c ON c.id = o.customer_id",
            "items i JOIN orders o ON o.amount > i.price AND o.id = i.order_id",
            "orders o LEFT JOIN items i ON o.amount = i.price * 1000",
            "customers c LEFT JOIN items i ON c.name = i.product AND i.quantity < 20",
            "customers c JOIN items i ON c.name = i.product AND c.id = i.order_id",
            "customers c JOIN orders o ON c.id IS NOT DISTINCT FROM o.customer_id",
            grouped + " JOIN customers c ON o.customer_id = c.id",
            "customers c LEFT JOIN " + grouped + " ON o.customer_id = c.id",
            "customers c JOIN (SELECT order_id, product, SUM(quantity) AS quantity, MAX(price) AS price"
                + " FROM items GROUP BY order_id, product) i ON i.order_id = c.id",
            "customers c CROSS JOIN (SELECT order_id, product, quantity, price FROM items WHERE price < 0.5) i ");
    List<String> conditions = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      conditions.add(condition(from));
    }
    if (from.contains("orders")) {
      conditions.add(
          pick(
              "o.id IN (SELECT order_id FROM items WHERE price < 1)",
              "o.id NOT IN (SELECT order_id FROM items WHERE quantity > 40)",
              "o.amount > (SELECT AVG(price) FROM items)",
              "EXISTS (SELECT 1 FROM items e WHERE e.order_id = o.id AND e.quantity > 10)",
              "NOT EXISTS (SELECT 1 FROM items e WHERE e.order_id = o.id AND e.price > o.amount)",
              "o.id < 9",
              "TRUE"));
    }
    if (from.contains("customers")) {
      conditions.add(
          pick(
              "c.id < 5",
              "c.name IN (SELECT product FROM items WHERE quantity < 5)",
              "(c.country = 'DE' OR c.id IN (SELECT customer_id FROM orders WHERE points > 800))",
              "c.id = (SELECT MIN(customer_id) FROM orders WHERE points > 700)",
              "TRUE",
              "TRUE"));
    }
    String where = " WHERE " + (conditions.isEmpty() ? "TRUE" : String.join(" AND ", conditions));
    return switch (random.nextInt(4)) {
      case 0 -> {
        String key = column(from);
        yield "SELECT "
            + key
            + " AS k, COUNT(*) AS n, "
            + aggregate(from)
            + " AS a FROM "
            + from
            + where
            + " GROUP BY "
            + key;
      }
      case 1 -> "SELECT DISTINCT " + column(from) + " AS x FROM " + from + where;
      default ->
          "SELECT "
              + value(from)
              + " AS x, "
              + value(from)
              + " AS y, "
              + column(from)
              + " AS z FROM "
              + from
              + where;
    };
  }

  /** A set operation over columns of one type. */
  private String combined() {
    String operation =
        pick(
            " UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ", " EXCEPT ALL ", " INTERSECT ALL ");
    List<String> sides =
        switch (random.nextInt(5)) {
          case 0 -> List.of("SELECT name FROM customers", "SELECT product FROM items");
          case 1 -> List.of("SELECT country FROM customers", "SELECT name FROM customers");
          case 2 -> List.of("SELECT active FROM customers", "SELECT active FROM customers");
          case 3 ->
              List.of(
                  "SELECT id, customer_id FROM orders WHERE id < " + random.nextInt(99),
                  "SELECT customer_id, id FROM orders");
          default -> List.of("SELECT amount FROM orders", "SELECT price FROM items");
        };
    return sides.get(0) + operation + sides.get(1);
  }

  private String windowed() {
    String partition = pick("", "PARTITION BY o.customer_id ", "PARTITION BY c.name ");
    String order = "ORDER BY " + pick("c.name", "o.amount DESC", "o.day", "c.active") + ", o.id";
    String frame =
        pick(
            "",
            " ROWS BETWEEN 2 PRECEDING AND CURRENT ROW",
            " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING");
    String over =
        pick(
            "ROW_NUMBER() OVER (" + partition + order + ")",
            "DENSE_RANK() OVER (" + partition + order + ")",
            "SUM(o.amount) OVER (" + partition + order + frame + ")",
            "COUNT(c.name) OVER (" + partition + order + frame + ")",
            "MAX(c.name) OVER (" + partition + ")",
            "LAG(c.name) OVER (" + partition + order + ")",
            "FIRST_VALUE(o.points) OVER (" + partition + order + frame + ")");
    String query =
        "SELECT o.id, "
            + over
            + " AS w FROM orders o LEFT JOIN customers c ON o.customer_id = c.id";
    return random.nextBoolean()
        ? query
        : "SELECT * FROM (" + query + ") t WHERE t.id > " + random.nextInt(60);
  }

  private String grouped() {
    return "SELECT c.country, c.active, GROUPING(c.country) AS g, COUNT(*) AS n, SUM(o.points) AS s,"
        + pick(" COUNT(DISTINCT c.name)", " MIN(c.name)", " COUNT(DISTINCT c.active)")
        + pick("", " FILTER (WHERE o.amount > 100)")
        + " AS d FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY "
        + pick(
            "ROLLUP (c.country, c.active)",
            "CUBE (c.country, c.active)",
            "GROUPING SETS ((c.country), (c.active), ())",
            "c.country, c.active");
  }

  private String nested() {
    int form = random.nextInt(6);
    String inner = form == 4 ? "" : comparison("orders o");
    return switch (form) {
      case 0 ->
          "SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND "
              + inner
              + ")";
      case 1 ->
          "SELECT id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.id <> c.id AND "
              + inner
              + ")";
      case 2 ->
          "SELECT id FROM customers c WHERE c.id NOT IN (SELECT customer_id FROM orders o WHERE "
              + inner
              + ")";
      case 3 ->
          "SELECT c.name, (SELECT MAX(o.amount) FROM orders o WHERE o.customer_id = c.id AND "
              + inner
              + ") AS m FROM customers c";
      case 4 ->
          "SELECT id FROM customers c WHERE c.name IN (SELECT i.product FROM items i WHERE i.quantity > "
              + random.nextInt(40)
              + ")";
      default ->
          "SELECT id, amount FROM orders o WHERE "
              + inner
              + " ORDER BY amount DESC, id LIMIT "
              + (1 + random.nextInt(9))
              + " OFFSET "
              + random.nextInt(5);
    };
  }

  private String simple() {
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
    if (random.nextInt(5) == 0) {
      switch (column) {
        case "c.name", "i.product", "c.country" ->
            parameters.add(pick("anna", "a", "a ", "", "Straße", "DE", "back\\slash", "😀"));
        case "o.id", "o.customer_id", "o.points", "c.id", "i.quantity" ->
            parameters.add(random.nextInt(60));
        case "o.amount", "i.price" -> parameters.add(new BigDecimal(pick("0", "12.5", "-3.001")));
        default -> {
          return comparison(from);
        }
      }
      return column + operator + "?";
    }
    return switch (column) {
      case "c.name", "i.product" ->
          random.nextInt(3) == 0
              ? column
                  + " LIKE "
                  + pick(
                      "'a%'", "'%_b'", "'_nna'", "'%''%'", "'%\\%'", "'[x]'", "'a'", "'a_'", "''")
              : column
                  + operator
                  + pick(
                          "'anna'",
                          "'Zoe'",
                          "'a_b'",
                          "'Łódź'",
                          "'it''s'",
                          "'É'",
                          "'a'",
                          "'a '",
                          "''",
                          "'strasse'",
                          "'İ'",
                          "'i'",
                          "i.product",
                          "c.name")
                      .replace("i.product", from.contains(" i ") ? "i.product" : "'x'")
                      .replace("c.name", from.contains(" c") ? "c.name" : "'x'");
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
      case "o.points" ->
          pick(
              column,
              column + " + 10",
              column + " * 3",
              column + " / 7",
              "MOD(" + column + ", 7)",
              "ABS(" + column + ")",
              "CASE WHEN " + column + " > 9 THEN 1 ELSE 0 END");
      case "o.seen" ->
          pick(column, "EXTRACT(HOUR FROM " + column + ")", "CAST(" + column + " AS DATE)");
      case "c.active" ->
          pick(column, column + " IS NULL", "NOT " + column, column + " IS NOT TRUE");
      case "c.name", "i.product" ->
          pick(
              column,
              column + " || '!'",
              "COALESCE(" + column + ", '!')",
              "UPPER(" + column + ")",
              "SUBSTRING(" + column + ", 2, 2)",
              "CHAR_LENGTH(" + column + ")",
              "TRIM(" + column + ")",
              "NULLIF(" + column + ", 'anna')",
              column + " = 'a'",
              column + " LIKE '%a'",
              "POSITION('n' IN " + column + ")",
              "LOWER(" + column + ")");
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
