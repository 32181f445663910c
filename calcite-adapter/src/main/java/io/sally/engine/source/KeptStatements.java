package io.sally.engine.source;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statements that stay prepared on one connection, the last used ones: statement pooling as in
 * JDBC 4.3, section 11.6, for a driver that has none. The connection closes them with itself.
 * Confined to whoever has the connection.
 */
final class KeptStatements {
  private static final int MOST = 32;

  /** Longer ones are the lists of keys of one run, which no other run has. */
  private static final int LONGEST = 4_000;

  /** The one that was given back first comes first. */
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();

  /** A statement of this text that nobody uses, who takes it has it alone; or null. */
  @Nullable PreparedStatement take(String sql) {
    return statements.remove(sql);
  }

  /** Takes a statement back, or closes it where there is one of this text. */
  void keep(String sql, PreparedStatement statement) throws SQLException {
    if (sql.length() > LONGEST || statements.putIfAbsent(sql, statement) != null) {
      statement.close();
    } else if (statements.size() > MOST) {
      Iterator<PreparedStatement> oldest = statements.values().iterator();
      PreparedStatement unused = oldest.next();
      oldest.remove();
      unused.close();
    }
  }
}
