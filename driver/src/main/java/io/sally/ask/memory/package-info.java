/**
 * What ASK remembers: translations, what was asked, and what left the machine; in memory or in one
 * SQLite file.
 */
@NullMarked
package io.sally.ask.memory;

import org.jspecify.annotations.NullMarked;
