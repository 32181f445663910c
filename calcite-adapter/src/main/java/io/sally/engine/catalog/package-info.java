/** What a source holds, as immutable data: tables, columns, types, keys, comments, row counts. */
@NullMarked
package io.sally.engine.catalog;

import org.jspecify.annotations.NullMarked;
