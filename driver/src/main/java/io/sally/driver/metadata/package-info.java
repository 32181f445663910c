/**
 * The lists that {@code DatabaseMetaData} gives, made of catalogs: which rows, which columns, in
 * which order, as its Javadoc says method by method.
 */
@NullMarked
package io.sally.driver.metadata;

import org.jspecify.annotations.NullMarked;
