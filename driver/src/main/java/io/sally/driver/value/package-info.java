/**
 * From a value of a row to the Java type that a caller wants, by the conversion tables of JDBC 4.3,
 * Appendix B. One class a family of types; none depends on the JVM's time zone except where the
 * legacy {@code java.sql} date types themselves do.
 */
@NullMarked
package io.sally.driver.value;

import org.jspecify.annotations.NullMarked;
