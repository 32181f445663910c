package io.sally.driver.config;

/** What a word means in the organisation whose data it is. Immutable. */
public record GlossaryTerm(String term, String meaning) {}
