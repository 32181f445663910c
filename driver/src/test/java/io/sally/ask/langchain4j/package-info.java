@NullMarked
package io.sally.ask.langchain4j;

import org.jspecify.annotations.NullMarked;
