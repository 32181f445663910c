package io.sally.ask.offline;

import io.sally.ask.offline.Query.Condition;
import io.sally.ask.offline.Query.Ref;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/**
 * Reads a condition that the glossary gives a word: comparisons of the columns of one table with
 * literals, with each other and with the current date, {@code IN}, {@code BETWEEN}, {@code IS NULL}
 * and what {@code AND}, {@code OR} and {@code NOT} make of them. Confined to one term.
 */
final class DefinitionReader {
  private static final SqlParser.Config PARSER =
      SqlParser.config().withUnquotedCasing(Casing.UNCHANGED).withCaseSensitive(false);

  /** What of a condition this does not know. */
  private static final class Unknown extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final Catalogs catalogs;
  private final String term;
  private final String meaning;

  DefinitionReader(Catalogs catalogs, String term, String meaning) {
    this.catalogs = catalogs;
    this.term = term;
    this.meaning = meaning;
  }

  /** The condition, or nothing when the text is none that this reads. */
  Optional<Definition> read() {
    SqlNode parsed;
    try {
      parsed = SqlParser.create(meaning, PARSER).parseExpression();
    } catch (SqlParseException e) {
      return Optional.empty();
    }
    List<String> columns = new ArrayList<>();
    parsed.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            if (!isToday(id)) {
              columns.add(name(id));
            }
            return null;
          }
        });
    List<Table> tables =
        catalogs
            .tables()
            .filter(table -> table.kind() != Table.Kind.SYSTEM_TABLE)
            .filter(table -> columns.stream().allMatch(c -> column(table, c).isPresent()))
            .toList();
    if (columns.isEmpty() || tables.size() != 1) {
      return Optional.empty();
    }
    Table table = tables.get(0);
    try {
      return Optional.of(new Definition(term, meaning, table, condition(parsed, table)));
    } catch (Unknown e) {
      return Optional.empty();
    }
  }

  private static String name(SqlIdentifier id) {
    return String.join(".", id.names).toLowerCase(Locale.ROOT);
  }

  private static Optional<Column> column(Table table, String name) {
    return table.columns().stream()
        .filter(column -> GlossaryReader.names(table, column).anyMatch(name::equals))
        .findFirst();
  }

  private static Function<Place, Condition> condition(SqlNode node, Table table) throws Unknown {
    if (node instanceof SqlIdentifier id) {
      Column flag = column(id, table);
      if (!Names.isBoolean(flag)) {
        throw new Unknown();
      }
      return place -> new Condition.Flag(new Ref(place, flag), true);
    }
    if (!(node instanceof SqlBasicCall call)) {
      throw new Unknown();
    }
    return switch (call.getKind()) {
      case AND -> {
        List<Function<Place, Condition>> parts = parts(call, table);
        yield place -> new Condition.All(parts.stream().map(p -> p.apply(place)).toList());
      }
      case OR -> {
        List<Function<Place, Condition>> parts = parts(call, table);
        yield place -> new Condition.Either(parts.stream().map(p -> p.apply(place)).toList());
      }
      case NOT -> {
        Function<Place, Condition> part = condition(call.operand(0), table);
        yield place -> new Condition.Not(part.apply(place));
      }
      case IS_NULL, IS_NOT_NULL -> {
        Column column = column(call.operand(0), table);
        boolean present = call.getKind() == SqlKind.IS_NOT_NULL;
        yield place -> new Condition.Missing(new Ref(place, column), present);
      }
      case IS_TRUE -> condition(call.operand(0), table);
      case IN, NOT_IN -> in(call, table);
      case BETWEEN -> between(call, table);
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          comparison(call, table);
      default -> throw new Unknown();
    };
  }

  private static List<Function<Place, Condition>> parts(SqlBasicCall call, Table table)
      throws Unknown {
    List<Function<Place, Condition>> parts = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      parts.add(condition(operand, table));
    }
    return parts;
  }

  private static Column column(SqlNode node, Table table) throws Unknown {
    if (node instanceof SqlIdentifier id) {
      return column(table, name(id)).orElseThrow(Unknown::new);
    }
    throw new Unknown();
  }

  private static Function<Place, Condition> in(SqlBasicCall call, Table table) throws Unknown {
    Column column = column(call.operand(0), table);
    if (!(call.operand(1) instanceof SqlNodeList list) || !Names.isText(column)) {
      throw new Unknown();
    }
    List<String> values = new ArrayList<>();
    for (SqlNode value : list) {
      if (!(literal(value) instanceof String text)) {
        throw new Unknown();
      }
      values.add(text);
    }
    boolean negated = call.getKind() == SqlKind.NOT_IN;
    return place -> new Condition.OneOf(new Ref(place, column), values, negated);
  }

  private static Function<Place, Condition> between(SqlBasicCall call, Table table) throws Unknown {
    Column column = column(call.operand(0), table);
    if (!call.getOperator().equals(SqlStdOperatorTable.BETWEEN)
        || !(literal(call.operand(1)) instanceof BigDecimal low)
        || !(literal(call.operand(2)) instanceof BigDecimal high)
        || !Names.isNumber(column)) {
      throw new Unknown();
    }
    return place -> new Condition.Range(new Ref(place, column), low, high, false);
  }

  private static Function<Place, Condition> comparison(SqlBasicCall call, Table table)
      throws Unknown {
    if (!(call.operand(0) instanceof SqlIdentifier)) {
      throw new Unknown();
    }
    Column column = column(call.operand(0), table);
    Comparison comparison = comparison(call.getKind());
    SqlNode right = call.operand(1);
    if (Names.isTime(column)) {
      return during(column, comparison, right, table);
    }
    if (right instanceof SqlIdentifier) {
      Column other = column(right, table);
      if (Names.isNumber(column) != Names.isNumber(other) || Names.isTime(other)) {
        throw new Unknown();
      }
      return place ->
          new Condition.Compare(new Ref(place, column), comparison, new Ref(place, other));
    }
    Object literal = literal(right);
    boolean equality = comparison == Comparison.EQUAL || comparison == Comparison.NOT_EQUAL;
    boolean denied = comparison == Comparison.NOT_EQUAL;
    if (literal instanceof Boolean value && Names.isBoolean(column) && equality) {
      return place -> new Condition.Flag(new Ref(place, column), value != denied);
    } else if (literal instanceof String text && Names.isText(column) && equality) {
      return place -> new Condition.OneOf(new Ref(place, column), List.of(text), denied);
    } else if (literal instanceof BigDecimal number && Names.isNumber(column)) {
      return place -> new Condition.Compare(new Ref(place, column), comparison, number);
    }
    throw new Unknown();
  }

  private static Comparison comparison(SqlKind kind) throws Unknown {
    return switch (kind) {
      case EQUALS -> Comparison.EQUAL;
      case NOT_EQUALS -> Comparison.NOT_EQUAL;
      case LESS_THAN -> Comparison.LESS;
      case LESS_THAN_OR_EQUAL -> Comparison.AT_MOST;
      case GREATER_THAN -> Comparison.GREATER;
      case GREATER_THAN_OR_EQUAL -> Comparison.AT_LEAST;
      default -> throw new Unknown();
    };
  }

  /** Days are compared as days; a time within the last day is not after it. */
  private static Function<Place, Condition> during(
      Column column, Comparison comparison, SqlNode right, Table table) throws Unknown {
    if (right instanceof SqlIdentifier id && column(table, name(id)).isPresent()) {
      Column other = column(id, table);
      if (!Names.isTime(other)) {
        throw new Unknown();
      }
      return place ->
          new Condition.Compare(new Ref(place, column), comparison, new Ref(place, other));
    }
    Moment day = day(right);
    if (!Names.isDay(column)) {
      throw new Unknown();
    }
    String text = comparison.words() + " " + (day.fixed() == null ? "today" : day.fixed());
    Period period =
        switch (comparison) {
          case LESS -> Period.halfOpen(null, day, text);
          case AT_MOST -> Period.halfOpen(null, day.nextDay(), text);
          case GREATER -> Period.halfOpen(day.nextDay(), null, text);
          case AT_LEAST -> Period.halfOpen(day, null, text);
          case EQUAL -> Period.closed(day, day, text);
          case NOT_EQUAL -> throw new Unknown();
        };
    return place -> new Condition.During(new Ref(place, column), period, false);
  }

  private static Moment day(SqlNode node) throws Unknown {
    if (isToday(node)) {
      return Moment.TODAY;
    }
    if (node instanceof SqlLiteral literal && literal.getTypeName().getName().equals("UNKNOWN")) {
      // The parser leaves DATE '…' for the validator to make out.
      String text = literal.getValueAs(String.class);
      try {
        return Moment.on(LocalDate.parse(text == null ? "" : text));
      } catch (DateTimeParseException e) {
        throw new Unknown();
      }
    }
    throw new Unknown();
  }

  private static boolean isToday(SqlNode node) {
    return (node instanceof SqlIdentifier id && name(id).equals("current_date"))
        || (node instanceof SqlBasicCall call
            && call.getOperator().getName().equalsIgnoreCase("CURRENT_DATE"));
  }

  /** The number, text or truth of a literal. */
  private static Object literal(SqlNode node) throws Unknown {
    if (node instanceof SqlNumericLiteral number) {
      return number.bigDecimalValue();
    }
    if (node instanceof SqlBasicCall call && call.getKind() == SqlKind.MINUS_PREFIX) {
      if (literal(call.operand(0)) instanceof BigDecimal number) {
        return number.negate();
      }
      throw new Unknown();
    }
    if (node instanceof SqlLiteral literal) {
      Object value = literal.getValue();
      if (value instanceof NlsString text) {
        return text.getValue();
      } else if (value instanceof Boolean truth) {
        return truth;
      }
    }
    throw new Unknown();
  }
}
