/**
 * The same driver over HTTP, with Avatica's server and its protocol, for clients that are no JVM.
 */
@NullMarked
package io.sally.driver.remote;

import org.jspecify.annotations.NullMarked;
