package io.sally.ask.offline;

import io.sally.ask.offline.Query.Condition;
import io.sally.engine.catalog.Table;
import java.util.function.Function;

/**
 * A word of the glossary that stands for a condition on the rows of one table.
 *
 * @param term the word as the glossary has it
 * @param meaning the condition as the glossary has it
 * @param at the condition on the row at a place
 */
record Definition(String term, String meaning, Table table, Function<Place, Condition> at) {}
