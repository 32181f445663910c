package io.sally.ask.normalise;

import java.util.Map;

/**
 * A query in Calcite's SQL.
 *
 * @param columns the kinds of its columns by name, in order; empty where they are not known
 */
record Query(String sql, Map<String, Kind> columns) {}
