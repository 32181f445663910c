package io.sally.engine;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a connection decides about the meaning of its statements. Immutable.
 *
 * @param schemaPath the schemas in which an unqualified table name is looked for, in this order; a
 *     source is a schema of its own name
 * @param user the user that the connection named, whose row filters hold; null for none
 * @param reader who wrote the statements, or for whom the rows are
 */
public record Session(List<String> schemaPath, @Nullable String user, Reader reader) {
  /** The catalog of all schemas, where SQL asks for one; JDBC's metadata has none. */
  public static final String CATALOG = "sally";

  /** On whose behalf a statement reads. */
  public enum Reader {
    /** A person or program that wrote the SQL. */
    PERSON,
    /** A translator wrote the SQL: it reads only what the policies leave to ASK. */
    TRANSLATOR,
    /** What is read may be shown to each user, and so is only what each of them may see. */
    EVERYONE
  }

  public Session {
    schemaPath = List.copyOf(schemaPath);
    Objects.requireNonNull(reader, "reader");
  }

  /** The session of a person without a name. */
  public Session(List<String> schemaPath) {
    this(schemaPath, null, Reader.PERSON);
  }

  /** The same on behalf of another reader. */
  public Session readBy(Reader other) {
    return new Session(schemaPath, user, other);
  }

  /** The same with other schemas. */
  public Session in(List<String> otherSchemaPath) {
    return new Session(otherSchemaPath, user, reader);
  }

  /** The same of another user, or of none. */
  public Session of(@Nullable String otherUser) {
    return new Session(schemaPath, otherUser, reader);
  }
}
