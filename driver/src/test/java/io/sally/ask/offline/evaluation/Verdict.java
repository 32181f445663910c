package io.sally.ask.offline.evaluation;

/** What became of a question. */
enum Verdict {
  RIGHT,
  WRONG,
  ABSTAINED
}
