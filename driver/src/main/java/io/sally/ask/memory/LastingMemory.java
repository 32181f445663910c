package io.sally.ask.memory;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers in a file, and in memory as long as the file cannot be used: a question is worth an
 * answer also when that cannot be remembered. The file is tried again after a while. Thread-safe.
 */
public final class LastingMemory implements AskMemory {
  private static final Logger LOG = LoggerFactory.getLogger(LastingMemory.class);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Path path;
  private final AskMemory meanwhile;

  // Guarded by this.
  private @Nullable AskMemory file;
  private @Nullable String trouble;
  private long pausedUntil = System.nanoTime();

  /**
   * A memory in this file, which is opened at its first use.
   *
   * @param meanwhile serves while the file cannot
   */
  public LastingMemory(Path path, AskMemory meanwhile) {
    this.path = path;
    this.meanwhile = meanwhile;
  }

  private interface Use<T> {
    T of(AskMemory memory) throws SQLException;
  }

  private synchronized <T> T use(Use<T> use) throws SQLException {
    if (trouble == null || System.nanoTime() - pausedUntil >= 0) {
      try {
        AskMemory opened = file;
        if (opened == null) {
          opened = new MemoryFile(path);
          file = opened;
        }
        T used = use.of(opened);
        trouble = null;
        return used;
      } catch (SQLException e) {
        failed(e);
      }
    }
    return use.of(meanwhile);
  }

  private void failed(SQLException e) {
    trouble =
        "The memory of ASK in "
            + path
            + " (ask.memory) cannot be used: "
            + e.getMessage()
            + ". What is translated and pinned now is forgotten with the last connection. Correct"
            + " ask.memory, or move the file away to begin with a new one.";
    LOG.warn(trouble);
    pausedUntil = System.nanoTime() + PAUSE.toNanos();
    AskMemory broken = file;
    file = null;
    if (broken != null) {
      broken.close();
    }
  }

  @Override
  public synchronized Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public List<Remembered> of(String question, List<String> schemaPath) throws SQLException {
    return use(memory -> memory.of(question, schemaPath));
  }

  @Override
  public Optional<Remembered> byId(String id) throws SQLException {
    return use(memory -> memory.byId(id));
  }

  @Override
  public void keep(Remembered translation) throws SQLException {
    use(
        memory -> {
          memory.keep(translation);
          return true;
        });
  }

  @Override
  public boolean pin(String id, boolean pinned) throws SQLException {
    return use(memory -> memory.pin(id, pinned));
  }

  @Override
  public List<Remembered> translations() throws SQLException {
    return use(AskMemory::translations);
  }

  @Override
  public List<Remembered> pinned() throws SQLException {
    return use(AskMemory::pinned);
  }

  @Override
  public void log(AskedQuestion question) throws SQLException {
    use(
        memory -> {
          memory.log(question);
          return true;
        });
  }

  @Override
  public List<AskedQuestion> questions() throws SQLException {
    return use(AskMemory::questions);
  }

  @Override
  public Spent reserve(LocalDate day, long tokens, Budget budget) throws SQLException {
    return use(memory -> memory.reserve(day, tokens, budget));
  }

  @Override
  public void spend(LocalDate day, long tokens) throws SQLException {
    use(
        memory -> {
          memory.spend(day, tokens);
          return true;
        });
  }

  @Override
  public void sent(Departure departure) throws SQLException {
    use(
        memory -> {
          memory.sent(departure);
          return true;
        });
  }

  @Override
  public void answered(String departure, long bytesIn) throws SQLException {
    use(
        memory -> {
          memory.answered(departure, bytesIn);
          return true;
        });
  }

  @Override
  public List<Departure> departures() throws SQLException {
    return use(AskMemory::departures);
  }

  @Override
  public synchronized void close() {
    if (file != null) {
      file.close();
    }
    meanwhile.close();
  }
}
