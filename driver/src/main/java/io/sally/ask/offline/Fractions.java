package io.sally.ask.offline;

import io.sally.ask.offline.Draft.Fraction;
import io.sally.ask.offline.Draft.Measure;
import io.sally.ask.offline.Query.Condition;
import io.sally.ask.offline.Query.Expression;
import io.sally.ask.offline.Query.Ref;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import java.util.List;
import java.util.Set;

/** Makes shares and ratios, and refuses where it is not clear what is divided by what. */
final class Fractions {
  private final Draft draft;
  private final Table root;
  private final Names names;

  Fractions(Draft draft, Table root, Names names) {
    this.draft = draft;
    this.root = root;
    this.names = names;
  }

  boolean isShare() {
    return draft.fraction == Fraction.SHARE || draft.fraction == Fraction.PERCENTAGE;
  }

  /** Whether what the question names can be divided at all. */
  void check(List<Measure> measures) throws NotUnderstoodException {
    boolean named = !draft.projections.isEmpty() || !draft.measures.isEmpty();
    if (isShare() && (named || draft.ranking != null)) {
      throw new NotUnderstoodException("It is not clear of what a share is asked.", List.of());
    }
    boolean two =
        draft.projections.isEmpty()
            ? measures.size() == 2
            : draft.projections.size() == 2 && measures.isEmpty();
    if (draft.fraction == Fraction.RATIO && !two) {
      throw new NotUnderstoodException(
          "It is not clear of which two numbers the ratio is asked.", List.of());
    }
  }

  /** The ratio of two columns of one row. */
  Expression ofColumns(List<Ref> columns) throws NotUnderstoodException {
    for (Ref ref : columns) {
      if (!Names.isAmount(ref.place().table(), ref.column())) {
        throw new NotUnderstoodException(
            "“" + names.words(ref.column()) + "” is not a number.", List.of());
      }
    }
    return quotient(new Expression.Plain(columns.get(0)), new Expression.Plain(columns.get(1)));
  }

  Expression quotient(Expression top, Expression bottom) throws NotUnderstoodException {
    if (top.equals(bottom)) {
      throw new NotUnderstoodException(
          "The two numbers of the ratio are of different rows: ask for them one by one.",
          List.of());
    }
    return new Expression.Quotient(top, bottom);
  }

  /** A ratio in each row is one for each group only where a row is a group. */
  void refuseOtherGroups(Set<Ref> groups) throws NotUnderstoodException {
    for (Ref ref : groups) {
      Column column = ref.column();
      boolean ofRow =
          ref.place().hops().isEmpty()
              && (Names.isKey(root, column) || names.label(root).filter(column::equals).isPresent())
              && root.foreignKeys().stream().noneMatch(k -> k.columns().contains(column.name()));
      if (!ofRow) {
        throw new NotUnderstoodException(
            "It is not clear how the ratio of many "
                + names.plural(root)
                + " is made for each "
                + names.words(column)
                + ".",
            List.of());
      }
    }
  }

  /** The share of rows that fulfil the one condition of the question. */
  Expression share(List<Condition> conditions) throws NotUnderstoodException {
    if (conditions.size() != 1 || conditions.get(0) instanceof Condition.Related) {
      throw new NotUnderstoodException(
          "A share is of the rows that fulfil one condition; here it is not clear which.",
          List.of());
    }
    return new Expression.Share(conditions.get(0), draft.fraction == Fraction.PERCENTAGE);
  }
}
