/** The statements that Sally takes: their lexer, their parser, and the forms they can have. */
@NullMarked
package io.sally.driver.statement;

import org.jspecify.annotations.NullMarked;
