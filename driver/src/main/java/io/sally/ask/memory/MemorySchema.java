package io.sally.ask.memory;

import io.sally.engine.OwnerOnly;
import io.sally.engine.SqlErrors;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Opens memory files and makes their tables. {@code application_id} and {@code user_version} of the
 * file's header (SQLite's file format, §1.3) say that it is one, and of which version.
 */
final class MemorySchema {
  /** "Sall" in ASCII. */
  private static final int APPLICATION = 0x53616c6c;

  private static final int VERSION = 1;
  private static final int BUSY_MILLIS = 2_000;
  private static final int PAUSE_MILLIS = 10;

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE translation (
            id TEXT NOT NULL PRIMARY KEY,
            asked TEXT NOT NULL,
            schema_path TEXT NOT NULL,
            translated_by TEXT NOT NULL,
            day TEXT,
            fingerprint TEXT NOT NULL,
            pinned INTEGER NOT NULL,
            question TEXT NOT NULL,
            sql TEXT NOT NULL,
            explanation TEXT NOT NULL,
            assumptions TEXT NOT NULL,
            trust TEXT NOT NULL,
            translator TEXT NOT NULL,
            tables TEXT NOT NULL,
            estimated_rows REAL NOT NULL,
            agreeing INTEGER NOT NULL,
            candidates INTEGER NOT NULL,
            proven_at INTEGER NOT NULL,
            used_at INTEGER NOT NULL)""",
          "CREATE INDEX translation_asked ON translation (asked, schema_path)",
          "CREATE INDEX translation_used ON translation (used_at)",
          """
          CREATE TABLE question (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL,
            at INTEGER NOT NULL,
            question TEXT NOT NULL,
            sql TEXT,
            translator TEXT,
            model TEXT,
            attempts INTEGER NOT NULL,
            tokens_in INTEGER NOT NULL,
            tokens_out INTEGER NOT NULL,
            millis INTEGER NOT NULL,
            row_count INTEGER,
            outcome TEXT NOT NULL,
            error TEXT)""",
          """
          CREATE TABLE departure (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            at INTEGER NOT NULL,
            destination TEXT NOT NULL,
            purpose TEXT NOT NULL,
            bytes_out INTEGER NOT NULL,
            bytes_in INTEGER NOT NULL,
            question_id TEXT NOT NULL)""",
          """
          CREATE TABLE spent (
            day TEXT NOT NULL PRIMARY KEY,
            calls INTEGER NOT NULL,
            tokens INTEGER NOT NULL)""");

  private MemorySchema() {}

  /**
   * A connection to the file.
   *
   * @throws SQLException when it cannot be a memory file
   */
  static Connection open(Path file) throws SQLException {
    create(file);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BUSY_MILLIS);
    while (true) {
      try {
        return prepared(file);
      } catch (SQLiteException busy) {
        // SQLite itself does not wait where a file's journal mode changes (sqlite3_busy_handler).
        if (!isBusy(busy) || System.nanoTime() > deadline) {
          throw busy;
        }
        pause();
      }
    }
  }

  private static boolean isBusy(SQLiteException e) {
    // The low byte is the code itself, what stands above it says more.
    return (e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SqlErrors.cancelled();
    }
  }

  private static Connection prepared(Path file) throws SQLException {
    Connection connection = source(file).getConnection();
    try {
      prepare(connection, file);
      return connection;
    } catch (SQLException | RuntimeException e) {
      try (connection) {
        throw e;
      }
    }
  }

  /** Questions are nobody else's business: a new file is its owner's alone. */
  private static void create(Path file) throws SQLException {
    try {
      Files.createFile(file, OwnerOnly.attributes(file));
    } catch (FileAlreadyExistsException exists) {
      // The usual case.
    } catch (IOException e) {
      throw SqlErrors.cannotConnect("it cannot be made: " + e, e);
    }
  }

  private static SQLiteDataSource source(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    // A crash of the machine may lose the last entries, but never the file.
    config.setSynchronous(SynchronousMode.NORMAL);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static void prepare(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Before anything is written: it may be the file of somebody else.
      requireOwn(statement, file);
      statement.execute("PRAGMA journal_mode = WAL");
      // At once, so that of two processes that begin with a new file one makes the tables.
      statement.execute("BEGIN IMMEDIATE");
      if (isNew(statement)) {
        for (String table : TABLES) {
          statement.execute(table);
        }
        statement.execute("PRAGMA application_id = " + APPLICATION);
        statement.execute("PRAGMA user_version = " + VERSION);
      }
      statement.execute("COMMIT");
      requireOwn(statement, file);
    }
  }

  private static boolean isNew(Statement statement) throws SQLException {
    return number(statement, "SELECT COUNT(*) FROM sqlite_schema") == 0;
  }

  private static void requireOwn(Statement statement, Path file) throws SQLException {
    // In one transaction, as another process may be making the tables between two questions.
    statement.execute("BEGIN");
    boolean isNew = isNew(statement);
    int version = number(statement, "PRAGMA user_version");
    int application = number(statement, "PRAGMA application_id");
    statement.execute("COMMIT");
    if (isNew) {
      return;
    }
    if (application != APPLICATION) {
      throw SqlErrors.cannotConnect("it is the database of another program", null);
    }
    if (version != VERSION) {
      throw SqlErrors.cannotConnect(
          "it has version "
              + version
              + ", and this Sally knows version "
              + VERSION
              + "; name another file, or use the Sally that wrote "
              + file.getFileName(),
          null);
    }
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getInt(1);
    }
  }
}
