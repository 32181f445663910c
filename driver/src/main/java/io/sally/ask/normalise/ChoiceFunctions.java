package io.sally.ask.normalise;

import io.sally.ask.normalise.Functions.Call;
import io.sally.ask.normalise.Functions.Rule;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that choose one of their arguments. Confined to one statement. */
final class ChoiceFunctions {
  private final Dialect dialect;
  private final ExpressionWriter writer;

  ChoiceFunctions(Dialect dialect, ExpressionWriter writer) {
    this.dialect = dialect;
    this.writer = writer;
  }

  /** Adds their rules. */
  void add(Map<String, Rule> rules) {
    addChoices(rules);
  }

  private void addChoices(Map<String, Rule> rules) {
    Rule first = this::coalesce;
    rules.put("IFNULL", first);
    rules.put("NVL", first);
    rules.put("COALESCE", first);
    rules.put(
        "ISNULL",
        call ->
            call.count() == 1
                ? new Written(
                    call.value(0).operand() + " IS NULL", Kind.BOOLEAN, false, call.source())
                : coalesce(call));
    rules.put("NULLIF", this::nullIf);
    rules.put(
        "NVL2",
        call ->
            choice(call, call.value(0).operand() + " IS NOT NULL", call.value(1), call.value(2)));
    Rule choose =
        call ->
            choice(
                call,
                writer.condition(call.argument(0), call.scope()),
                call.value(1),
                call.count() > 2 ? call.value(2) : null);
    rules.put("IF", choose);
    rules.put("IIF", choose);
    rules.put("DECODE", this::decode);
    rules.put("GREATEST", call -> extreme(call, ">"));
    rules.put("LEAST", call -> extreme(call, "<"));
  }

  private Written coalesce(Call call) throws SQLException {
    List<Written> values = new ArrayList<>();
    Kind kind = Kind.UNKNOWN;
    for (int i = 0; i < call.count(); i++) {
      Written value = call.value(i);
      values.add(values.isEmpty() ? value : writer.compared(value, values.get(0)));
      kind = kind.or(value.kind());
    }
    return Functions.of(
        "COALESCE(" + String.join(", ", values.stream().map(Written::sql).toList()) + ")",
        kind,
        call);
  }

  private Written nullIf(Call call) throws SQLException {
    Written value = call.value(0);
    return Functions.of(
        "NULLIF(" + value.sql() + ", " + writer.compared(call.value(1), value).sql() + ")",
        value.kind(),
        call);
  }

  private static Written choice(
      Call call, String condition, Written then, @Nullable Written otherwise) {
    return Functions.of(
        "CASE WHEN "
            + condition
            + " THEN "
            + then.sql()
            + (otherwise == null ? "" : " ELSE " + otherwise.sql())
            + " END",
        otherwise == null ? then.kind() : then.kind().or(otherwise.kind()),
        call);
  }

  /** To DECODE a null equals a null. */
  private Written decode(Call call) throws SQLException {
    Written value = call.value(0);
    StringBuilder sql = new StringBuilder("CASE");
    Kind kind = Kind.UNKNOWN;
    int i = 1;
    for (; i + 1 < call.count(); i += 2) {
      Written when = writer.compared(call.value(i), value);
      Written then = call.value(i + 1);
      boolean isNull = when.sql().equals("NULL");
      sql.append(" WHEN ")
          .append(value.operand())
          .append(isNull ? " IS NULL" : " = " + when.operand())
          .append(" THEN ")
          .append(then.sql());
      kind = kind.or(then.kind());
    }
    if (i < call.count()) {
      Written otherwise = call.value(i);
      sql.append(" ELSE ").append(otherwise.sql());
      kind = kind.or(otherwise.kind());
    }
    return Functions.of(sql + " END", kind, call);
  }

  /** PostgreSQL and T-SQL leave nulls out; the others give null for any. */
  private Written extreme(Call call, String sign) throws SQLException {
    List<Written> values = new ArrayList<>();
    Kind kind = Kind.UNKNOWN;
    for (int i = 0; i < call.count(); i++) {
      values.add(call.value(i));
      kind = kind.or(values.get(i).kind());
    }
    boolean skipsNulls = dialect == Dialect.POSTGRESQL || dialect == Dialect.TSQL;
    String sql = values.get(0).operand();
    for (Written next : values.subList(1, values.size())) {
      String right = next.operand();
      sql =
          skipsNulls
              ? "CASE WHEN "
                  + right
                  + " IS NULL OR "
                  + sql
                  + " "
                  + sign
                  + "= "
                  + right
                  + " THEN "
                  + sql
                  + " ELSE "
                  + right
                  + " END"
              : "CASE WHEN "
                  + sql
                  + " IS NULL OR "
                  + right
                  + " IS NULL THEN NULL WHEN "
                  + sql
                  + " "
                  + sign
                  + "= "
                  + right
                  + " THEN "
                  + sql
                  + " ELSE "
                  + right
                  + " END";
    }
    return Functions.of(sql, kind, call);
  }
}
