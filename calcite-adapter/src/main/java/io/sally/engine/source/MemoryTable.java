package io.sally.engine.source;

import io.sally.engine.catalog.Table;
import java.util.function.Supplier;
import org.apache.calcite.linq4j.Enumerable;

/**
 * A table of rows held or computed in memory.
 *
 * @param definition what the catalog says of it
 * @param rows gives the rows, each with one value a column, in the Java types that {@link
 *     io.sally.engine.RowCursor} documents; called once a scan, by any thread
 */
public record MemoryTable(Table definition, Supplier<Enumerable<Object[]>> rows) {}
