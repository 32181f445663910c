/** Real tools and libraries that use the one jar, over the demo and over a PostgreSQL. */
@NullMarked
package io.sally.clients;

import org.jspecify.annotations.NullMarked;
