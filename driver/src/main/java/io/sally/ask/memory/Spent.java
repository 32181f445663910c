package io.sally.ask.memory;

/**
 * What a day has cost, and whether one more call was admitted.
 *
 * @param calls before that call
 * @param tokens before that call
 */
public record Spent(boolean admitted, long calls, long tokens) {}
