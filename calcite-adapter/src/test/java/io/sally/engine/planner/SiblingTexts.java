package io.sally.engine.planner;

import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Texts that differ from a statement in literals alone that a shared plan need not know. */
final class SiblingTexts {
  private static final QueryPlanner PLANNER = new QueryPlanner();

  private SiblingTexts() {}

  /** One with other values of the same types; empty where there is none. */
  static Optional<String> of(String sql) throws SQLException {
    Optional<LiteralText> text = LiteralText.of(sql);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    BitSet liftable = PLANNER.liftable(sql, text.get());
    List<LiteralText.Literal> literals = text.get().literals();
    StringBuilder sibling = new StringBuilder();
    int at = 0;
    for (int i = 0; i < literals.size(); i++) {
      String written = literals.get(i).written();
      int start = sql.indexOf(written, at);
      sibling.append(sql, at, start).append(liftable.get(i) ? other(written) : written);
      at = start + written.length();
    }
    String other = sibling.append(sql, at, sql.length()).toString();
    boolean same =
        LiteralText.of(other).filter(o -> o.shape().equals(text.get().shape())).isPresent();
    return same && !other.equals(sql) ? Optional.of(other) : Optional.empty();
  }

  private static String other(String written) {
    if (written.matches("'\\d{4}-\\d\\d-\\d\\d.*'")) {
      return written.replace("2026", "2025").replace("-01-", "-02-");
    } else if (written.startsWith("'")) {
      return written.replaceAll("[b-y]", "a").replaceAll("[B-Y]", "A");
    }
    return written.replace('2', '3').replace('1', '2').replace('5', '4').replace('0', '1');
  }
}
