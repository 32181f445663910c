package io.sally.ask.normalise;

import io.sally.ask.normalise.Scope.Found;
import io.sally.ask.normalise.Scope.Relation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.AnalyticType;
import net.sf.jsqlparser.expression.AnyComparisonExpression;
import net.sf.jsqlparser.expression.ArrayConstructor;
import net.sf.jsqlparser.expression.ArrayExpression;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.CollateExpression;
import net.sf.jsqlparser.expression.DateTimeLiteralExpression;
import net.sf.jsqlparser.expression.DateUnitExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExtractExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.IntervalExpression;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.TimeKeyExpression;
import net.sf.jsqlparser.expression.TranscodingFunction;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.expression.WhenClause;
import net.sf.jsqlparser.expression.WindowElement;
import net.sf.jsqlparser.expression.WindowOffset;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseXor;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.arithmetic.Division;
import net.sf.jsqlparser.expression.operators.arithmetic.IntegerDivision;
import net.sf.jsqlparser.expression.operators.arithmetic.Modulo;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsDistinctExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.IsUnknownExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.expression.operators.relational.RegExpMatchOperator;
import net.sf.jsqlparser.expression.operators.relational.SupportsOldOracleJoinSyntax;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/** Writes expressions. Confined to one statement. */
final class ExpressionWriter {
  private static final int LONGEST_ALIAS_CHAIN = 20;

  private final Dialect dialect;
  private final SelectWriter selects;
  private final Dates dates;
  private final Arithmetic arithmetic;
  private final Functions functions;
  private final Aggregates aggregates;
  private final IdentityHashMap<Expression, Remembered> remembered = new IdentityHashMap<>();
  private int insideAggregates;
  private int insideAliases;

  ExpressionWriter(Dialect dialect, SelectWriter selects) {
    this.dialect = dialect;
    this.selects = selects;
    this.dates = new Dates(dialect, this);
    this.arithmetic = new Arithmetic(dialect, this, dates);
    this.functions = new Functions(dialect, this, dates);
    this.aggregates = new Aggregates(dialect, this, selects);
  }

  /** The expression as a value that leaves the query or is grouped and sorted by. */
  Written write(Expression expression, Scope scope) throws SQLException {
    Written written = raw(expression, scope);
    return written.kind() == Kind.MIDNIGHT
        ? call("CAST(" + written.sql() + " AS TIMESTAMP)", Kind.TIMESTAMP, expression)
        : written;
  }

  /** How many aggregates were written so far. */
  int aggregates() {
    return aggregates.written();
  }

  String list(Iterable<? extends Expression> list, Scope scope) throws SQLException {
    List<String> written = new ArrayList<>();
    for (Expression expression : list) {
      written.add(write(expression, scope).sql());
    }
    return String.join(", ", written);
  }

  /** What is true or false; a number is true unless it is zero. */
  String condition(Expression expression, Scope scope) throws SQLException {
    return condition(write(expression, scope)).sql();
  }

  Written condition(Written written) {
    return written.kind().isNumber()
        ? new Written(written.operand() + " <> 0", Kind.BOOLEAN, false, written.source())
        : written;
  }

  /** What one computes with; true is 1 and false is 0. */
  static Written number(Written written) {
    if (written.kind() != Kind.BOOLEAN) {
      return written;
    }
    String condition = written.operand();
    return call(
        "CASE WHEN " + condition + " THEN 1 WHEN NOT " + condition + " THEN 0 END",
        Kind.INTEGER,
        written.source());
  }

  static Written call(String sql, Kind kind, Expression source) {
    return new Written(sql, kind, true, source);
  }

  static String column(Relation relation, String name) {
    return (relation.alias().isEmpty() ? "" : Names.quoted(relation.alias()) + ".")
        + Names.quoted(name);
  }

  Written inAggregate(Expression expression, Scope scope) throws SQLException {
    insideAggregates++;
    try {
      return write(expression, scope);
    } finally {
      insideAggregates--;
    }
  }

  /** What an expression was written as, and where it stood. */
  private record Remembered(Scope scope, boolean inAggregate, Written written) {}

  /** Forgets what was written, so that the columns which it uses are found anew. */
  void forget() {
    remembered.clear();
  }

  /**
   * The expression, where a date may stand for the timestamp at its midnight. Each is written once:
   * many ask for their operands more than once, and nested they would ask without end.
   */
  Written raw(Expression e, Scope scope) throws SQLException {
    boolean inAggregate = insideAggregates > 0;
    Remembered known = remembered.get(e);
    if (known != null && known.scope() == scope && known.inAggregate() == inAggregate) {
      return known.written();
    }
    Written written = fresh(e, scope);
    remembered.put(e, new Remembered(scope, inAggregate, written));
    return written;
  }

  private Written fresh(Expression e, Scope scope) throws SQLException {
    if (e instanceof SupportsOldOracleJoinSyntax old
        && old.getOldOracleJoinSyntax() != SupportsOldOracleJoinSyntax.NO_ORACLE_JOIN) {
      throw SelectWriter.refused("the join (+); write LEFT JOIN … ON");
    }
    if (e instanceof Column column) {
      return column(column, scope);
    } else if (e instanceof LongValue value) {
      Kind kind = value.getStringValue().length() > 9 ? Kind.BIGINT : Kind.INTEGER;
      return call(value.getStringValue(), kind, e);
    } else if (e instanceof DoubleValue value) {
      boolean floating = value.toString().toUpperCase(Locale.ROOT).contains("E");
      return call(value.toString(), floating ? Kind.DOUBLE : Kind.DECIMAL, e);
    } else if (e instanceof StringValue value) {
      return call(Names.text(text(value)), Kind.TEXT, e);
    } else if (e instanceof NullValue) {
      return call("NULL", Kind.UNKNOWN, e);
    } else if (e instanceof BooleanValue value) {
      return call(value.getValue() ? "TRUE" : "FALSE", Kind.BOOLEAN, e);
    } else if (e instanceof JdbcParameter) {
      return call("?", Kind.UNKNOWN, e);
    } else if (e instanceof ParenthesedExpressionList<?> list) {
      if (list.size() == 1) {
        Written inner = raw(list.get(0), scope);
        return new Written("(" + inner.sql() + ")", inner.kind(), true, inner.source());
      }
      return call("(" + list(list, scope) + ")", Kind.UNKNOWN, e);
    } else if (e instanceof AndExpression and) {
      return junction(and, " AND ", scope);
    } else if (e instanceof OrExpression or) {
      return junction(or, " OR ", scope);
    } else if (e instanceof NotExpression not) {
      Written inner = condition(write(not.getExpression(), scope));
      return new Written("NOT " + inner.operand(), Kind.BOOLEAN, false, e);
    } else if (e instanceof SignedExpression signed) {
      Written inner = number(write(signed.getExpression(), scope));
      return new Written(signed.getSign() + inner.operand(), inner.kind(), false, e);
    } else if (e instanceof Addition
        || e instanceof Subtraction
        || e instanceof Multiplication
        || e instanceof Division
        || e instanceof IntegerDivision
        || e instanceof Modulo
        || e instanceof BitwiseXor
        || e instanceof Concat) {
      return arithmetic.write((BinaryExpression) e, scope);
    } else if (e instanceof LikeExpression like) {
      return Patterns.like(like, raw(like.getLeftExpression(), scope), dialect, this, scope);
    } else if (e instanceof RegExpMatchOperator match) {
      return Patterns.match(match, this, scope);
    } else if (e instanceof IsDistinctExpression distinct) {
      return comparison(
          distinct.isNot() ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ", distinct, scope);
    } else if (e instanceof ComparisonOperator comparison) {
      return comparison(operator(comparison), comparison, scope);
    } else if (e instanceof Between between) {
      Written value = raw(between.getLeftExpression(), scope);
      Written from = raw(between.getBetweenExpressionStart(), scope);
      Written to = raw(between.getBetweenExpressionEnd(), scope);
      return new Written(
          compared(value, from).operand()
              + (between.isNot() ? " NOT" : "")
              + " BETWEEN "
              + (between.isUsingSymmetric() ? "SYMMETRIC " : "")
              + compared(from, value).operand()
              + " AND "
              + compared(to, value).operand(),
          Kind.BOOLEAN,
          false,
          e);
    } else if (e instanceof InExpression in) {
      return in(in, scope);
    } else if (e instanceof IsNullExpression isNull) {
      return new Written(
          write(isNull.getLeftExpression(), scope).operand()
              + (isNull.isNot() || isNull.isUseNotNull() ? " IS NOT NULL" : " IS NULL"),
          Kind.BOOLEAN,
          false,
          e);
    } else if (e instanceof IsBooleanExpression is) {
      return new Written(
          condition(write(is.getLeftExpression(), scope)).operand()
              + (is.isNot() ? " IS NOT " : " IS ")
              + (is.isTrue() ? "TRUE" : "FALSE"),
          Kind.BOOLEAN,
          false,
          e);
    } else if (e instanceof IsUnknownExpression is) {
      return new Written(
          write(is.getLeftExpression(), scope).operand()
              + (is.isNot() ? " IS NOT UNKNOWN" : " IS UNKNOWN"),
          Kind.BOOLEAN,
          false,
          e);
    } else if (e instanceof ExistsExpression exists) {
      return new Written(
          (exists.isNot() ? "NOT EXISTS " : "EXISTS ")
              + raw(exists.getRightExpression(), scope).operand(),
          Kind.BOOLEAN,
          false,
          e);
    } else if (e instanceof AnyComparisonExpression any) {
      return call(
          any.getAnyType() + " (" + selects.write(any.getSelect(), scope).sql() + ")",
          Kind.UNKNOWN,
          e);
    } else if (e instanceof ParenthesedSelect select) {
      Query query = selects.write(select.getSelect(), scope);
      Kind kind =
          query.columns().size() == 1 ? query.columns().values().iterator().next() : Kind.UNKNOWN;
      return call("(" + query.sql() + ")", kind, e);
    } else if (e instanceof Select select) {
      return call("(" + selects.write(select, scope).sql() + ")", Kind.UNKNOWN, e);
    } else if (e instanceof CaseExpression choice) {
      return choice(choice, scope);
    } else if (e instanceof CastExpression cast) {
      return Casts.write(cast, dialect, this, dates, scope);
    } else if (e instanceof TranscodingFunction convert) {
      return Casts.write(convert, dialect, this, dates, scope);
    } else if (e instanceof ExtractExpression extract) {
      return dates.extract(extract.getName(), extract.getExpression(), e, scope);
    } else if (e instanceof IntervalExpression) {
      return dates.interval(e, scope);
    } else if (e instanceof DateTimeLiteralExpression literal) {
      return dates.literal(literal);
    } else if (e instanceof TimeKeyExpression key) {
      return Objects.requireNonNullElseGet(
          dates.now(key.getStringValue(), e), () -> call(key.getStringValue(), Kind.UNKNOWN, e));
    } else if (e instanceof DateUnitExpression unit) {
      return column(new Column(unit.toString()), scope);
    } else if (e instanceof TrimFunction trim) {
      return trim(trim, scope);
    } else if (e instanceof AnalyticExpression analytic) {
      return analytic(analytic, scope);
    } else if (e instanceof Function function) {
      return aggregates.isAggregate(function.getName())
          ? aggregates.write(function, scope)
          : functions.write(function, scope);
    } else if (e instanceof CollateExpression collate) {
      throw SelectWriter.refused(
          "COLLATE " + collate.getCollate() + "; compare LOWER(…) where case must not count");
    } else if (e instanceof ArrayConstructor array) {
      return call("ARRAY[" + list(array.getExpressions(), scope) + "]", Kind.UNKNOWN, e);
    } else if (e instanceof ArrayExpression item && item.getIndexExpression() != null) {
      return call(
          write(item.getObjExpression(), scope).operand()
              + "["
              + write(item.getIndexExpression(), scope).sql()
              + "]",
          Kind.UNKNOWN,
          e);
    } else if (e instanceof AllColumns) {
      return call("*", Kind.UNKNOWN, e);
    } else if (e instanceof ExpressionList<?> list) {
      return call("(" + list(list, scope) + ")", Kind.UNKNOWN, e);
    }
    throw SelectWriter.refused(e.toString());
  }

  /** The value of a text literal. */
  String text(StringValue value) {
    String prefix = value.getPrefix();
    String content = value.getValue().replace("''", "'");
    boolean escapes =
        "E".equalsIgnoreCase(prefix) || (prefix == null && dialect.escapesByBackslash());
    if (!escapes || content.indexOf('\\') < 0) {
      return content;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if (c == '\\' && i + 1 < content.length()) {
        char next = content.charAt(++i);
        text.append(
            switch (next) {
              case 'n' -> "\n";
              case 't' -> "\t";
              case 'r' -> "\r";
              // In MySQL both stay, so that a pattern can escape its wildcards.
              case '%', '_' -> "\\" + next;
              default -> String.valueOf(next);
            });
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private Written junction(BinaryExpression junction, String word, Scope scope)
      throws SQLException {
    List<Expression> terms = new ArrayList<>();
    Expression rest = junction;
    while (rest.getClass() == junction.getClass()) {
      terms.add(0, ((BinaryExpression) rest).getRightExpression());
      rest = ((BinaryExpression) rest).getLeftExpression();
    }
    terms.add(0, rest);
    List<String> written = new ArrayList<>();
    for (Expression term : terms) {
      written.add(condition(write(term, scope)).operand());
    }
    return new Written(String.join(word, written), Kind.BOOLEAN, false, junction);
  }

  private Written column(Column column, Scope scope) throws SQLException {
    String written = column.getColumnName();
    String name = Names.bare(written);
    String qualifier =
        column.getTable() == null || column.getTable().getName() == null
            ? null
            : Names.bare(column.getTable().getName());
    if (column.getArrayConstructor() != null) {
      throw SelectWriter.refused(column.toString());
    }
    Optional<Found> found = scope.find(qualifier, name);
    if (found.isPresent()) {
      if (insideAggregates == 0) {
        scope.use(found.get());
      }
      return call(column(found.get().relation(), found.get().name()), found.get().kind(), column);
    }
    if (qualifier != null) {
      Optional<Relation> relation = scope.relation(qualifier);
      String prefix = relation.isPresent() ? relation.get().alias() : qualifier;
      return call(Names.quoted(prefix) + "." + Names.quoted(name), Kind.UNKNOWN, column);
    }
    boolean quoted = !name.equals(written);
    if (quoted && written.startsWith("\"") && dialect.doubleQuotesAreTexts() && !scope.has(name)) {
      return call(Names.text(name), Kind.TEXT, new StringValue(Names.text(name)));
    }
    Expression named = scope.alias(name);
    if (named != null && !scope.has(name)) {
      if (insideAliases++ > LONGEST_ALIAS_CHAIN) {
        throw SelectWriter.refused("the alias " + name + ", which stands for itself");
      }
      try {
        Written meant = raw(named, scope);
        return new Written(meant.sql(), meant.kind(), meant.whole(), column);
      } finally {
        insideAliases--;
      }
    }
    if (!quoted && !scope.has(name)) {
      Written now = dates.now(name, column);
      if (now != null) {
        return now;
      } else if (name.equalsIgnoreCase("ROWNUM")) {
        throw SelectWriter.refused(
            "ROWNUM other than ROWNUM <= n in WHERE; write ROW_NUMBER() OVER (ORDER BY …)");
      } else if (name.equalsIgnoreCase("TRUE") || name.equalsIgnoreCase("FALSE")) {
        return call(name.toUpperCase(Locale.ROOT), Kind.BOOLEAN, column);
      }
    }
    return call(Names.quoted(name), Kind.UNKNOWN, column);
  }

  private static String operator(ComparisonOperator comparison) {
    String operator = comparison.getStringExpression().replaceAll("\\s+", "");
    return switch (operator) {
      case "==" -> " = ";
      case "!=", "^=", "<>" -> " <> ";
      case "<=>" -> " IS NOT DISTINCT FROM ";
      default -> " " + operator + " ";
    };
  }

  private Written comparison(String operator, BinaryExpression comparison, Scope scope)
      throws SQLException {
    Written left = raw(comparison.getLeftExpression(), scope);
    Written right = raw(comparison.getRightExpression(), scope);
    return new Written(
        compared(left, asText(right, left, scope)).operand()
            + operator
            + compared(asText(right, left, scope), left).operand(),
        Kind.BOOLEAN,
        false,
        comparison);
  }

  /** A name in double quotes that is none of the columns, and is compared with a text. */
  private static Written asText(Written value, Written other, Scope scope) {
    if (value.source() instanceof Column column
        && column.getTable() == null
        && column.getColumnName().startsWith("\"")
        && value.kind() == Kind.UNKNOWN
        && other.kind() == Kind.TEXT
        && scope.isKnown()
        && !scope.has(Names.bare(column.getColumnName()))) {
      String text = Names.text(Names.bare(column.getColumnName()));
      return call(text, Kind.TEXT, new StringValue(text));
    }
    return value;
  }

  /** The value as it can be compared with the other. */
  Written compared(Written value, Written other) {
    if (value.kind() == Kind.MIDNIGHT && other.kind() == Kind.TIMESTAMP) {
      return call("CAST(" + value.sql() + " AS TIMESTAMP)", Kind.TIMESTAMP, value.source());
    }
    if (value.source() instanceof StringValue literal) {
      String text = text(literal);
      if (other.kind().isDateOrTimestamp()) {
        Written date = Dates.literalOf(text, literal);
        if (date != null && date.kind() == Kind.DATE && other.kind() == Kind.TIMESTAMP) {
          return call("TIMESTAMP '" + text.strip() + " 00:00:00'", Kind.TIMESTAMP, literal);
        }
        return date == null ? value : date;
      } else if (other.kind() == Kind.BOOLEAN) {
        String truth = text.strip().toLowerCase(Locale.ROOT);
        if (truth.matches("t|true|y|yes|on|1")) {
          return call("TRUE", Kind.BOOLEAN, literal);
        } else if (truth.matches("f|false|n|no|off|0")) {
          return call("FALSE", Kind.BOOLEAN, literal);
        }
      } else if (other.kind().isNumber() && text.strip().matches("[-+]?\\d+(?:\\.\\d+)?")) {
        return new Written(text.strip(), Kind.DECIMAL, false, literal);
      }
    } else if (value.source() instanceof LongValue literal && other.kind() == Kind.BOOLEAN) {
      if (literal.getValue() == 1 || literal.getValue() == 0) {
        return call(literal.getValue() == 1 ? "TRUE" : "FALSE", Kind.BOOLEAN, literal);
      }
    } else if (value.source() instanceof LongValue literal
        && other.kind() == Kind.TEXT
        && dialect == Dialect.SQLITE) {
      return call(Names.text(literal.getStringValue()), Kind.TEXT, literal);
    } else if (value.kind() == Kind.TEXT && other.kind().isNumber() && dialect == Dialect.MYSQL) {
      return call("SAFE_CAST(" + value.sql() + " AS DOUBLE)", Kind.DOUBLE, value.source());
    }
    return value;
  }

  private Written in(InExpression in, Scope scope) throws SQLException {
    Written left = raw(in.getLeftExpression(), scope);
    String right;
    if (in.getRightExpression() instanceof ExpressionList<?> list) {
      List<String> members = new ArrayList<>();
      for (Expression member : list) {
        Written written = asText(raw(member, scope), left, scope);
        members.add(compared(written, left).sql());
      }
      if (members.isEmpty()) {
        throw SelectWriter.refused("IN of an empty list");
      }
      right = "(" + String.join(", ", members) + ")";
    } else {
      right = raw(in.getRightExpression(), scope).operand();
    }
    return new Written(
        left.operand() + (in.isNot() ? " NOT IN " : " IN ") + right, Kind.BOOLEAN, false, in);
  }

  private Written choice(CaseExpression choice, Scope scope) throws SQLException {
    Written value =
        choice.getSwitchExpression() == null ? null : raw(choice.getSwitchExpression(), scope);
    StringBuilder sql = new StringBuilder("CASE");
    if (value != null) {
      sql.append(' ').append(value.sql());
    }
    Kind kind = Kind.UNKNOWN;
    for (WhenClause when : choice.getWhenClauses()) {
      sql.append(" WHEN ")
          .append(
              value == null
                  ? condition(when.getWhenExpression(), scope)
                  : compared(raw(when.getWhenExpression(), scope), value).sql());
      Written then = write(when.getThenExpression(), scope);
      kind = kind.or(then.kind());
      sql.append(" THEN ").append(then.sql());
    }
    if (choice.getElseExpression() != null) {
      Written otherwise = write(choice.getElseExpression(), scope);
      kind = kind.or(otherwise.kind());
      sql.append(" ELSE ").append(otherwise.sql());
    }
    return call(sql + " END", kind, choice);
  }

  private Written trim(TrimFunction trim, Scope scope) throws SQLException {
    String which =
        trim.getTrimSpecification() == null ? "BOTH" : trim.getTrimSpecification().name();
    if (trim.getFromExpression() == null) {
      return call(
          "TRIM(" + which + " FROM " + write(trim.getExpression(), scope).sql() + ")",
          Kind.TEXT,
          trim);
    }
    Expression characters =
        trim.isUsingFromKeyword() ? trim.getExpression() : trim.getFromExpression();
    Expression text = trim.isUsingFromKeyword() ? trim.getFromExpression() : trim.getExpression();
    return call(
        "TRIM("
            + which
            + " "
            + (characters == null ? "" : write(characters, scope).sql() + " ")
            + "FROM "
            + write(text, scope).sql()
            + ")",
        Kind.TEXT,
        trim);
  }

  private Written analytic(AnalyticExpression e, Scope scope) throws SQLException {
    if (e.getKeep() != null) {
      throw SelectWriter.refused("KEEP (DENSE_RANK …); write ROW_NUMBER() in a sub-query");
    }
    List<Expression> arguments = new ArrayList<>();
    for (Expression argument :
        new Expression[] {e.getExpression(), e.getOffset(), e.getDefaultValue()}) {
      if (argument != null) {
        arguments.add(argument);
      }
    }
    boolean within =
        e.getType() == AnalyticType.WITHIN_GROUP || e.getType() == AnalyticType.WITHIN_GROUP_OVER;
    String filter =
        e.getFilterExpression() == null
            ? ""
            : " FILTER (WHERE " + filtered(e.getFilterExpression(), scope) + ")";
    List<OrderByElement> order = within ? e.getOrderByElements() : e.getFuncOrderBy();
    Written core;
    boolean over =
        e.getType() == AnalyticType.OVER || e.getType() == AnalyticType.WITHIN_GROUP_OVER;
    if (aggregates.isAggregate(e.getName())) {
      core =
          aggregates.write(
              new Aggregates.Call(
                  e.getName().toUpperCase(Locale.ROOT),
                  e.isDistinct(),
                  e.isAllColumns(),
                  arguments,
                  order,
                  null,
                  filter,
                  over,
                  e),
              scope);
    } else if (over) {
      core =
          call(
              e.getName().toUpperCase(Locale.ROOT)
                  + "("
                  + windowArguments(arguments, scope)
                  + ")"
                  + filter,
              windowKind(e.getName(), arguments, scope),
              e);
    } else {
      throw SelectWriter.refused(e.toString());
    }
    if (!over) {
      return core;
    }
    boolean ignores =
        e.isIgnoreNulls()
            || e.isIgnoreNullsOutside()
            || e.getNullHandling() == Function.NullHandling.IGNORE_NULLS;
    String window =
        e.getWindowName() != null
            ? Names.quoted(Names.bare(e.getWindowName()))
            : "("
                + window(
                    e.getPartitionExpressionList(),
                    within ? null : e.getOrderByElements(),
                    e.getWindowElement(),
                    scope)
                + ")";
    return call(core.sql() + (ignores ? " IGNORE NULLS" : "") + " OVER " + window, core.kind(), e);
  }

  /** The planner takes no whole number as the default of LAG or LEAD over decimals. */
  private String windowArguments(List<Expression> arguments, Scope scope) throws SQLException {
    if (arguments.size() != 3 || !(arguments.get(2) instanceof LongValue otherwise)) {
      return list(arguments, scope);
    }
    Kind kind = write(arguments.get(0), scope).kind();
    String suffix = kind == Kind.DECIMAL ? ".0" : kind == Kind.DOUBLE ? "E0" : "";
    return list(arguments.subList(0, 2), scope) + ", " + otherwise.getStringValue() + suffix;
  }

  private Kind windowKind(String name, List<Expression> arguments, Scope scope)
      throws SQLException {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "ROW_NUMBER", "RANK", "DENSE_RANK", "NTILE" -> Kind.BIGINT;
      case "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE" ->
          arguments.isEmpty() ? Kind.UNKNOWN : write(arguments.get(0), scope).kind();
      case "PERCENT_RANK", "CUME_DIST" -> Kind.DOUBLE;
      default -> Kind.UNKNOWN;
    };
  }

  private String filtered(Expression condition, Scope scope) throws SQLException {
    insideAggregates++;
    try {
      return condition(condition, scope);
    } finally {
      insideAggregates--;
    }
  }

  String window(
      @Nullable ExpressionList<?> partition,
      @Nullable List<OrderByElement> order,
      @Nullable WindowElement frame,
      Scope scope)
      throws SQLException {
    List<String> parts = new ArrayList<>();
    if (partition != null && !partition.isEmpty()) {
      parts.add("PARTITION BY " + list(partition, scope));
    }
    if (order != null && !order.isEmpty()) {
      parts.add("ORDER BY " + order(order, scope));
    }
    if (frame != null) {
      if (frame.getExclusion() != null) {
        throw SelectWriter.refused("EXCLUDE of a window frame");
      }
      String type = String.valueOf(frame.getType());
      parts.add(
          frame.getRange() != null
              ? type
                  + " BETWEEN "
                  + bound(frame.getRange().getStart(), scope)
                  + " AND "
                  + bound(frame.getRange().getEnd(), scope)
              : type + " " + bound(frame.getOffset(), scope));
    }
    return String.join(" ", parts);
  }

  private String bound(WindowOffset offset, Scope scope) throws SQLException {
    if (offset.getType() == WindowOffset.Type.CURRENT) {
      return "CURRENT ROW";
    }
    String type = offset.getType() == WindowOffset.Type.PRECEDING ? " PRECEDING" : " FOLLOWING";
    return offset.getExpression() == null
        ? "UNBOUNDED" + type
        : write(offset.getExpression(), scope).sql() + type;
  }

  String order(List<OrderByElement> order, Scope scope) throws SQLException {
    List<String> keys = new ArrayList<>();
    for (OrderByElement element : order) {
      keys.add(write(element.getExpression(), scope).sql() + selects.direction(element));
    }
    return String.join(", ", keys);
  }
}
