package io.sally.driver.evaluation;

/** What became of a question. */
enum Verdict {
  RIGHT("right"),
  FEWER_COLUMNS("wrong: columns are missing"),
  MORE_ROWS("wrong: too many rows"),
  FEWER_ROWS("wrong: too few rows"),
  OTHER_VALUES("wrong: other values"),
  ANSWERED("wrong: answered what has no answer"),
  REFUSED("abstained: said to have no answer (SA001)"),
  NOT_UNDERSTOOD("abstained: not understood (SA002)"),
  UNPROVEN("failed: no query passed the proof (SA003)"),
  MODEL_FAILED("failed: the model (SA004, SA005, SA006, time)"),
  RUN_FAILED("failed: the query while it ran");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** By the rows that came and those that should have come. */
  static Verdict of(ResultRows rows, ResultRows gold, boolean ordered) {
    if (rows.answers(gold, ordered)) {
      return RIGHT;
    } else if (rows.columns() < gold.columns()) {
      return FEWER_COLUMNS;
    } else if (rows.rows().size() != gold.rows().size()) {
      return rows.rows().size() > gold.rows().size() ? MORE_ROWS : FEWER_ROWS;
    }
    return OTHER_VALUES;
  }

  /** By the state of the error that came in place of rows. */
  static Verdict of(String sqlState) {
    return switch (sqlState) {
      case "SA001" -> REFUSED;
      case "SA002" -> NOT_UNDERSTOOD;
      case "SA003" -> UNPROVEN;
      case "SA004", "SA005", "SA006", "HYT00", "28000" -> MODEL_FAILED;
      default -> RUN_FAILED;
    };
  }
}
