package io.sally.ask.literals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Finds the numbers of a proven query that bound something: those with which anything is compared,
 * and how many rows the whole query gives. Of a query that Calcite's standard parser does not read
 * it finds none. Confined to one query.
 */
public final class ComparedNumbers {
  private static final Set<SqlKind> BOUNDS =
      Set.of(
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL);
  private static final Set<SqlKind> COMPARISONS =
      Set.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.IN,
          SqlKind.NOT_IN,
          SqlKind.BETWEEN,
          SqlKind.LIKE);

  private static final Set<String> AGGREGATES = Set.of("COUNT", "SUM", "AVG", "MIN", "MAX");

  /** What a number does. */
  public enum Use {
    /** It bounds an expression, or is what an aggregate must be. */
    BOUND,
    /** It is compared with something else. */
    COMPARED,
    /** It is how many rows the query gives. */
    ROWS
  }

  /**
   * A number of a query.
   *
   * @param text as it is written
   * @param start where it begins in the query's text
   * @param end where it ends, exclusive
   */
  public record Place(Use use, String text, int start, int end) {}

  private final String sql;
  private final List<Place> found = new ArrayList<>();

  private ComparedNumbers(String sql) {
    this.sql = sql;
  }

  /**
   * The numbers, in no order.
   *
   * @param sql the query as proven
   */
  public static List<Place> in(String sql) {
    SqlNode query;
    try {
      query = SqlParser.create(sql, ComparedLiterals.PARSER).parseQuery();
    } catch (SqlParseException notRead) {
      return List.of();
    }
    ComparedNumbers numbers = new ComparedNumbers(sql);
    if (query instanceof SqlOrderBy whole
        && whole.fetch instanceof SqlNumericLiteral rows
        && whole.offset == null) {
      numbers.add(Use.ROWS, rows);
    }
    query.accept(numbers.new Visitor());
    return List.copyOf(numbers.found);
  }

  private final class Visitor extends SqlBasicVisitor<@Nullable Void> {
    @Override
    public @Nullable Void visit(SqlCall call) {
      SqlKind kind = call.getKind();
      if (BOUNDS.contains(kind) || COMPARISONS.contains(kind)) {
        List<SqlNode> operands = call.getOperandList();
        for (SqlNode operand : operands) {
          boolean bounds =
              operands.size() == 2
                  && (BOUNDS.contains(kind)
                      || (kind == SqlKind.EQUALS && operands.stream().anyMatch(this::isAggregate)));
          add(bounds ? Use.BOUND : Use.COMPARED, operand);
        }
      }
      return super.visit(call);
    }

    private boolean isAggregate(@Nullable SqlNode node) {
      return node instanceof SqlCall call
          && AGGREGATES.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
    }
  }

  private void add(Use use, @Nullable SqlNode node) {
    if (node instanceof Iterable<?> several) {
      several.forEach(one -> add(use, one instanceof SqlNode inner ? inner : null));
    } else if (node instanceof SqlNumericLiteral && node instanceof SqlLiteral literal) {
      SqlParserPos at = literal.getParserPosition();
      if (at.getLineNum() > 0) {
        int start = SqlParserUtil.lineColToIndex(sql, at.getLineNum(), at.getColumnNum());
        int end = SqlParserUtil.lineColToIndex(sql, at.getEndLineNum(), at.getEndColumnNum()) + 1;
        found.add(new Place(use, sql.substring(start, end), start, end));
      }
    }
  }
}
