package io.sally.ask.normalise;

import io.sally.ask.normalise.Functions.Call;
import io.sally.ask.normalise.Functions.Rule;
import java.sql.SQLException;
import java.util.Map;

/** Functions of numbers. Confined to one statement. */
final class NumberFunctions {
  private final Dialect dialect;

  NumberFunctions(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Adds their rules. */
  void add(Map<String, Rule> rules) {
    addNumbers(rules);
  }

  private void addNumbers(Map<String, Rule> rules) {
    rules.put(
        "ROUND",
        call -> {
          Kind kind = call.value(0).kind();
          return kind.isDateOrTimestamp()
              ? call.refuse("ROUND of a date")
              : call.plain("ROUND", kind);
        });
    rules.put("CEILING", call -> call.plain("CEIL", call.value(0).kind()));
    rules.put("TRUNCATE", call -> call.plain("TRUNCATE", call.value(0).kind()));
    rules.put("ABS", call -> call.plain("ABS", call.value(0).kind()));
    rules.put("POW", call -> call.plain("POWER", Kind.DOUBLE));
    rules.put("MOD", call -> modulo(call));
    rules.put(
        "LOG",
        call ->
            call.count() == 1
                ? call.plain(
                    dialect == Dialect.POSTGRESQL || dialect == Dialect.SQLITE ? "LOG10" : "LN",
                    Kind.DOUBLE)
                : call.refuse("LOG with a base; write LN(x) / LN(base)"));
    rules.put(
        "SAFE_DIVIDE",
        call -> {
          Written left = call.value(0);
          return new Written(
              "CAST(" + left.sql() + " AS DOUBLE) / NULLIF(" + call.sql(1) + ", 0)",
              Kind.DOUBLE,
              false,
              call.source());
        });
  }

  private Written modulo(Call call) throws SQLException {
    Written divisor = call.value(1);
    String by =
        dialect.dividesByZeroToNull() && Dates.constant(call.argument(1)) == null
            ? "NULLIF(" + divisor.sql() + ", 0)"
            : divisor.sql();
    return Functions.of("MOD(" + call.sql(0) + ", " + by + ")", call.value(0).kind(), call);
  }
}
