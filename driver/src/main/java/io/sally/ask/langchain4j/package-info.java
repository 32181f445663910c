/**
 * The translators that ask OpenAI, whoever speaks its protocol, and Anthropic, through LangChain4j:
 * the makers' own SDKs would double the size of the jar.
 */
@NullMarked
package io.sally.ask.langchain4j;

import org.jspecify.annotations.NullMarked;
