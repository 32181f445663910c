package io.sally.engine.planner;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Which SQL is taken: what people write for any of the databases, with one exception to leniency:
 * an overflow of integers is an error and not a wrong number. Immutable.
 */
final class SallyConformance extends SqlDelegatingConformance {
  static final SallyConformance INSTANCE = new SallyConformance(true);

  private static final SallyConformance WITHOUT_ALIASES = new SallyConformance(false);
  private static final Set<String> GROUPING_FUNCTIONS =
      Set.of("GROUPING", "GROUPING_ID", "GROUP_ID");

  private final boolean aliasesInGroupBy;

  private SallyConformance(boolean aliasesInGroupBy) {
    super(SqlConformanceEnum.BABEL);
    this.aliasesInGroupBy = aliasesInGroupBy;
  }

  /**
   * What is taken in this statement. One that asks GROUPING can name no alias in GROUP BY, because
   * Calcite's look-up of aliases refuses GROUPING in the select list.
   */
  static SqlConformance of(SqlNode statement) {
    return asksGrouping(statement) ? WITHOUT_ALIASES : INSTANCE;
  }

  private static boolean asksGrouping(SqlNode statement) {
    try {
      statement.accept(
          new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
              if (GROUPING_FUNCTIONS.contains(
                  call.getOperator().getName().toUpperCase(Locale.ROOT))) {
                throw Util.FoundOne.NULL;
              }
              return super.visit(call);
            }
          });
      return false;
    } catch (Util.FoundOne found) {
      return true;
    }
  }

  @Override
  public boolean isGroupByAlias() {
    return aliasesInGroupBy;
  }

  /** With it on, a column that is not grouped silently shows any of its values. */
  @Override
  public boolean isNonStrictGroupBy() {
    return false;
  }

  /** With it on, a misspelt column is reported as one that depends on itself. */
  @Override
  public SelectAliasLookup isSelectAlias() {
    return SelectAliasLookup.UNSUPPORTED;
  }

  @Override
  public boolean checkedArithmetic() {
    return true;
  }

  /** As the writer of a parse tree writes {@code (a, b) IN ((1, 2))}, so that it can be read. */
  @Override
  public boolean allowExplicitRowValueConstructor() {
    return true;
  }
}
