/**
 * How the engine does it: parse, validate, guard, plan, generate, run. Internal: nothing outside
 * the engine refers to it.
 */
@NullMarked
package io.sally.engine.planner;

import org.jspecify.annotations.NullMarked;
