package io.sally.ask.normalise;

import io.sally.ask.normalise.Functions.Call;
import io.sally.ask.normalise.Functions.Rule;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.sf.jsqlparser.expression.Expression;
import org.jspecify.annotations.Nullable;

/** Functions of texts. Confined to one statement. */
final class TextFunctions {
  private final Dialect dialect;
  private final ExpressionWriter writer;

  TextFunctions(Dialect dialect, ExpressionWriter writer) {
    this.dialect = dialect;
    this.writer = writer;
  }

  /** Adds their rules. */
  void add(Map<String, Rule> rules) {
    addTexts(rules);
  }

  private void addTexts(Map<String, Rule> rules) {
    rules.put("CONCAT", this::concat);
    rules.put(
        "CONCAT_WS",
        call -> {
          List<String> parts = new ArrayList<>();
          for (int i = 0; i < call.count(); i++) {
            parts.add(call.text(i));
          }
          return Functions.of("CONCAT_WS(" + String.join(", ", parts) + ")", Kind.TEXT, call);
        });
    rules.put("SUBSTR", this::substring);
    rules.put("SUBSTRING", this::substring);
    rules.put("MID", this::substring);
    rules.put("INSTR", this::instr);
    rules.put("STRPOS", call -> position(call, 1, 0));
    rules.put(
        "CHARINDEX",
        call -> call.count() == 2 ? position(call, 0, 1) : call.refuse("CHARINDEX with a start"));
    rules.put(
        "LOCATE",
        call -> call.count() == 2 ? position(call, 0, 1) : call.refuse("LOCATE with a start"));
    rules.put(
        "LEN",
        call -> Functions.of("CHAR_LENGTH(RTRIM(" + call.text(0) + "))", Kind.INTEGER, call));
    Rule length = call -> Functions.of("CHAR_LENGTH(" + call.text(0) + ")", Kind.INTEGER, call);
    for (String name : List.of("LENGTH", "CHAR_LENGTH", "CHARACTER_LENGTH")) {
      rules.put(name, length);
    }
    rules.put("LEFT", call -> end(call, "LEFT"));
    rules.put("RIGHT", call -> end(call, "RIGHT"));
    for (String name : List.of("LPAD", "RPAD")) {
      rules.put(
          name,
          call ->
              Functions.of(
                  name
                      + "("
                      + call.text(0)
                      + ", "
                      + call.sql(1)
                      + ", "
                      + (call.count() > 2 ? call.text(2) : "' '")
                      + ")",
                  Kind.TEXT,
                  call));
    }
    for (String name :
        List.of(
            "UPPER",
            "LOWER",
            "REPLACE",
            "REVERSE",
            "INITCAP",
            "SPLIT_PART",
            "REPEAT",
            "LTRIM",
            "RTRIM",
            "TRANSLATE")) {
      rules.put(name, call -> texts(call, name));
    }
    rules.put("UCASE", call -> texts(call, "UPPER"));
    rules.put("LCASE", call -> texts(call, "LOWER"));
    rules.put(
        "BTRIM",
        call ->
            call.count() == 1
                ? Functions.of("TRIM(" + call.text(0) + ")", Kind.TEXT, call)
                : call.refuse("BTRIM with characters; write TRIM(BOTH … FROM …)"));
    rules.put("REPLICATE", call -> texts(call, "REPEAT"));
    rules.put("SPACE", call -> Functions.of("REPEAT(' ', " + call.sql(0) + ")", Kind.TEXT, call));
    rules.put("STARTS_WITH", call -> startsWith(call));
    Rule regex =
        call ->
            Functions.of(
                Patterns.regex(
                    call.value(0),
                    call.argument(1),
                    dialect == Dialect.MYSQL || "i".equals(call.literal(2)),
                    writer,
                    call.scope()),
                Kind.BOOLEAN,
                call);
    rules.put("REGEXP_LIKE", regex);
    rules.put("REGEXP_CONTAINS", regex);
    rules.put("REGEXP_MATCHES", regex);
  }

  private Written texts(Call call, String name) throws SQLException {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < call.count(); i++) {
      Written argument = call.value(i);
      arguments.add(i == 0 ? Texts.asText(argument) : argument.sql());
    }
    return Functions.of(name + "(" + String.join(", ", arguments) + ")", Kind.TEXT, call);
  }

  private Written startsWith(Call call) throws SQLException {
    String prefix = call.text(1);
    return new Written(
        "LEFT(" + call.text(0) + ", CHAR_LENGTH(" + prefix + ")) = " + prefix,
        Kind.BOOLEAN,
        false,
        call.source());
  }

  /** Null with any null in MySQL and BigQuery; elsewhere a null is an empty text. */
  private Written concat(Call call) throws SQLException {
    boolean strict = dialect == Dialect.MYSQL || dialect == Dialect.BIGQUERY;
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < call.count(); i++) {
      Written value = call.value(i);
      String text =
          value.kind() == Kind.UNKNOWN
              ? "CAST(" + value.sql() + " AS VARCHAR)"
              : Texts.asText(value);
      parts.add(strict || text.startsWith("'") ? text : "COALESCE(" + text + ", '')");
    }
    return new Written(String.join(" || ", parts), Kind.TEXT, parts.size() == 1, call.source());
  }

  private @Nullable Written substring(Call call) throws SQLException {
    String text = call.text(0);
    Long start = Dates.constant(call.argument(1));
    String length = call.count() > 2 ? " FOR " + call.sql(2) : "";
    boolean fromEnd =
        dialect != Dialect.POSTGRESQL && dialect != Dialect.TSQL && dialect != Dialect.STANDARD;
    if (start != null && start < 0 && !fromEnd && dialect == Dialect.STANDARD) {
      return call.refuse("a negative start of " + call.name() + "; write RIGHT(…)");
    } else if (start != null && start < 0 && fromEnd) {
      return Functions.of(
          "CASE WHEN CHAR_LENGTH("
              + text
              + ") >= "
              + -start
              + " THEN SUBSTRING("
              + text
              + " FROM CHAR_LENGTH("
              + text
              + ") - "
              + (-start - 1)
              + length
              + ") ELSE "
              + shorter(text, length, start, call)
              + " END",
          Kind.TEXT,
          call);
    } else if (start != null && start == 0 && dialect == Dialect.MYSQL) {
      return Functions.of("SUBSTRING(" + text + " FROM 1 FOR 0)", Kind.TEXT, call);
    } else if (start != null
        && start == 0
        && (dialect == Dialect.ORACLE || dialect == Dialect.BIGQUERY)) {
      return Functions.of("SUBSTRING(" + text + " FROM 1" + length + ")", Kind.TEXT, call);
    } else if (start == null && fromEnd && mayBeNegative(call.argument(1))) {
      return call.refuse("a start of " + call.name() + " that may be negative");
    }
    return Functions.of(
        "SUBSTRING(" + text + " FROM " + call.sql(1) + length + ")", Kind.TEXT, call);
  }

  /** What is left of a text that is shorter than the distance from its end. */
  private String shorter(String text, String length, long start, Call call) throws SQLException {
    return switch (dialect) {
      case MYSQL -> "SUBSTRING(" + text + " FROM 1 FOR 0)";
      case ORACLE -> "NULL";
      case SQLITE ->
          length.isEmpty()
              ? text
              : "SUBSTRING("
                  + text
                  + " FROM 1 FOR GREATEST("
                  + call.sql(2)
                  + " - "
                  + -start
                  + " + CHAR_LENGTH("
                  + text
                  + "), 0))";
      default -> "SUBSTRING(" + text + " FROM 1" + length + ")";
    };
  }

  private static boolean mayBeNegative(Expression e) {
    return e.toString().strip().startsWith("-");
  }

  private Written instr(Call call) throws SQLException {
    return call.count() == 2 ? position(call, 1, 0) : call.refuse("INSTR with a start");
  }

  private Written position(Call call, int part, int whole) throws SQLException {
    return Functions.of(
        "POSITION(" + call.text(part) + " IN " + call.text(whole) + ")", Kind.INTEGER, call);
  }

  private Written end(Call call, String name) throws SQLException {
    Long count = Dates.constant(call.argument(1));
    if (count != null && count < 0) {
      return call.refuse("a negative length of " + name + "; write SUBSTRING");
    }
    return Functions.of(name + "(" + call.text(0) + ", " + call.sql(1) + ")", Kind.TEXT, call);
  }
}
