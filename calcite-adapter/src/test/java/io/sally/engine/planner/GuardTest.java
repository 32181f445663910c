package io.sally.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlInternalOperators;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.junit.jupiter.api.Test;

class GuardTest {
  /** A new version of Calcite that brings more fails here until somebody has decided. */
  @Test
  void eachOperatorOfCalciteIsPermittedOrRefused() {
    Set<String> permitted = Guard.read("permitted-operators.txt");
    Set<String> refused = Guard.read("refused-operators.txt");
    Set<String> known =
        Stream.concat(
                SqlStdOperatorTable.instance().getOperatorList().stream(),
                Stream.of(SqlInternalOperators.class, SqlLibraryOperators.class)
                    .flatMap(GuardTest::operators))
            .map(operator -> operator.getName().toUpperCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> undecided = new TreeSet<>(known);
    undecided.removeAll(permitted);
    undecided.removeAll(refused);
    assertThat(undecided).isEmpty();
    assertThat(permitted).doesNotContainAnyElementsOf(refused);
  }

  private static Stream<SqlOperator> operators(Class<?> holder) {
    return Stream.of(holder.getFields())
        .filter(field -> SqlOperator.class.isAssignableFrom(field.getType()))
        .map(
            field -> {
              try {
                return (SqlOperator) field.get(null);
              } catch (IllegalAccessException e) {
                throw new AssertionError(e);
              }
            });
  }
}
