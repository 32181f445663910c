package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/**
 * How names of a statement are compared with those of columns and aliases. In any case, as people
 * write them; and where two columns differ by case alone, so that even a star is ambiguous, by
 * their exact spelling, as tools quote what the metadata told them.
 */
enum Spelling {
  IN_ANY_CASE,
  EXACT;

  SqlNameMatcher matcher() {
    return SqlNameMatchers.withCaseSensitive(this == EXACT);
  }

  /** Functions are found in any case. */
  SqlOperatorTable of(SqlOperatorTable operators) {
    return this == IN_ANY_CASE ? operators : new InAnyCase(operators);
  }

  /** Whether a statement failed for a column whose name is another's but for case. */
  static boolean mattersTo(CalciteContextException failure) {
    Throwable cause = failure.getCause();
    String message = cause == null ? null : cause.getMessage();
    return message != null && message.startsWith("Column ") && message.endsWith(" is ambiguous");
  }

  /**
   * Whether a name without quotes stands for one that has several spellings, so that nobody can
   * tell which of them is meant.
   *
   * @param statement as it was parsed
   * @param columns the names of the columns of its tables
   */
  static boolean leavesOpen(SqlNode statement, Set<String> columns) {
    List<String> unquoted = new ArrayList<>();
    Set<String> spellings = new HashSet<>(columns);
    statement.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier name) {
            int last = name.names.size() - 1;
            // An alias has its quotes in its own position alone.
            if (name.isComponentQuoted(last)
                || (last == 0 && name.getParserPosition().isQuoted())) {
              spellings.add(name.names.get(last));
            } else {
              unquoted.add(name.names.get(last));
            }
            return null;
          }
        });
    Set<String> once = new HashSet<>();
    Set<String> several = new HashSet<>();
    spellings.stream().map(Spelling::fold).filter(name -> !once.add(name)).forEach(several::add);
    return unquoted.stream().map(Spelling::fold).anyMatch(several::contains);
  }

  private static String fold(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private record InAnyCase(SqlOperatorTable operators) implements SqlOperatorTable {
    @Override
    public void lookupOperatorOverloads(
        SqlIdentifier name,
        @Nullable SqlFunctionCategory category,
        SqlSyntax syntax,
        List<SqlOperator> found,
        SqlNameMatcher matcher) {
      operators.lookupOperatorOverloads(name, category, syntax, found, IN_ANY_CASE.matcher());
    }

    @Override
    public List<SqlOperator> getOperatorList() {
      return operators.getOperatorList();
    }
  }
}
