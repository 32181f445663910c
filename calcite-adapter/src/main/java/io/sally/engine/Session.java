package io.sally.engine;

import java.util.List;

/**
 * What a connection decides about the meaning of its statements. Immutable.
 *
 * @param schemaPath the schemas in which an unqualified table name is looked for, in this order; a
 *     source is a schema of its own name
 */
public record Session(List<String> schemaPath) {
  public Session {
    schemaPath = List.copyOf(schemaPath);
  }
}
