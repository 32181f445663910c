package io.sally.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where statements put on disk what does not fit their {@link MemoryBudget}, and how many bytes all
 * of them together may put there. A file has no name for longer than it takes to open it where the
 * file system allows that (as POSIX does), and is its owner's alone: nothing stays behind, however
 * the process ends. Thread-safe.
 */
public final class SpillSpace {
  /** No space at all. */
  public static final SpillSpace NONE = new SpillSpace(null, 0);

  private static final Set<OpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);

  private final @Nullable Path folder;
  private final long bytes;
  private final AtomicLong used = new AtomicLong();

  private SpillSpace(@Nullable Path folder, long bytes) {
    this.folder = folder;
    this.bytes = bytes;
  }

  /**
   * So many bytes in a folder.
   *
   * @param folder where files may be made; it is looked at when the first one is
   * @param bytes at least 1
   */
  public static SpillSpace in(Path folder, long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("A space needs at least one byte");
    }
    return new SpillSpace(folder, bytes);
  }

  /** So many bytes, at least 1, in the system's folder for temporary files. */
  public static SpillSpace inTemporaryFolder(long bytes) {
    return in(Path.of(System.getProperty("java.io.tmpdir", ".")), bytes);
  }

  /** Whether there is any. */
  public boolean exists() {
    return folder != null;
  }

  /** What is used of it now. */
  public long used() {
    return used.get();
  }

  /**
   * A new empty file, which is gone when it is closed.
   *
   * @throws SQLException with SQLState 58030 when it cannot be made
   */
  public FileChannel open() throws SQLException {
    Path in = folder;
    if (in == null) {
      throw new IllegalStateException("There is no space to spill to");
    }
    Path file = in.resolve("sally-" + UUID.randomUUID() + ".rows");
    try {
      Files.createDirectories(in);
      return FileChannel.open(file, OPTIONS, OwnerOnly.attributes(file));
    } catch (IOException e) {
      throw SqlErrors.file(
          "The statement holds more than its memory budget, and no file for the rest can be made in "
              + in
              + " (memory.spillFolder): "
              + e,
          e);
    }
  }

  /**
   * Takes a part of the space; it is to be given back.
   *
   * @throws SQLException with SQLState 53100 when that much is not left
   */
  public void take(long part) throws SQLException {
    if (used.addAndGet(part) > bytes) {
      used.addAndGet(-part);
      throw SqlErrors.spillSpace(bytes);
    }
  }

  /** Gives back what was taken. */
  public void giveBack(long part) {
    used.addAndGet(-part);
  }
}
