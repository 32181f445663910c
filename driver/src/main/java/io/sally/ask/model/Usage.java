package io.sally.ask.model;

/** Takes what a service says that a call has cost. */
@FunctionalInterface
public interface Usage {
  /**
   * Takes the numbers of tokens.
   *
   * @param read those that the model was sent
   * @param written those that it wrote, its thoughts included
   */
  void tokens(long read, long written);
}
