package io.sally.engine.planner;

import io.sally.engine.SpillSpace;
import io.sally.engine.SqlErrors;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.sql.SQLException;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Rows on disk: first all are written, then they are read in that order, as often as wanted.
 * Confined to the thread of its run.
 */
final class RowFile<T> extends AbstractEnumerable<T> implements AutoCloseable {
  private static final int BUFFER = 32 * 1024;

  private final SpillSpace space;
  private final SourceRun run;
  private final RowFormat format;
  private final FileChannel channel;
  private final DataOutputStream out;
  private long length;
  private long rows;
  private boolean closed;

  /**
   * @param aside counts the values that stay in memory
   */
  RowFile(SourceRun run, RunMemory.Held aside) throws SQLException {
    this.run = run;
    this.space = run.memory().spill();
    this.format = new RowFormat(aside);
    this.channel = space.open();
    this.out = new DataOutputStream(new BufferedOutputStream(new Appending(), BUFFER));
  }

  boolean isEmpty() {
    return rows == 0;
  }

  void add(T row) {
    try {
      format.write(row, out);
      rows++;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public Enumerator<T> enumerator() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failure(e);
    }
    return new Reading();
  }

  /** Gives the space back; what has begun to read ends with an error. */
  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    space.giveBack(length);
    try {
      channel.close();
    } catch (IOException e) {
      throw SqlErrors.file("A file of spilled rows cannot be closed: " + e.getMessage(), e);
    }
  }

  private static RuntimeException failure(IOException e) {
    if (e.getCause() instanceof SQLException refusal) {
      return new RunFailure(refusal);
    } else if (e instanceof ClosedByInterruptException) {
      return new RunFailure(SqlErrors.cancelled());
    }
    return new RunFailure(
        SqlErrors.file(
            "What does not fit the memory budget cannot be written to disk or read again"
                + " (memory.spillFolder): "
                + e.getMessage(),
            e));
  }

  private final class Appending extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      try {
        space.take(count);
      } catch (SQLException e) {
        throw new IOException(e);
      }
      run.profile().spilled(count);
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
      long at = length;
      length += count;
      while (buffer.hasRemaining()) {
        at += channel.write(buffer, at);
      }
    }
  }

  /** Reads from a place of its own, since several may read at the same time. */
  private final class Positioned extends InputStream {
    private long at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      int number = channel.read(ByteBuffer.wrap(bytes, offset, count), at);
      at += Math.max(0, number);
      return number;
    }
  }

  private final class Reading implements Enumerator<T> {
    private final DataInputStream in =
        new DataInputStream(new BufferedInputStream(new Positioned(), BUFFER));
    private long left = rows;
    private @Nullable T row;

    @Override
    @SuppressWarnings("unchecked") // It was written as a T.
    public boolean moveNext() {
      if (run.execution().isStopped()) {
        throw new PassingRows.Stopped();
      } else if (left == 0) {
        row = null;
        return false;
      }
      left--;
      try {
        row = (T) format.read(in);
      } catch (IOException e) {
        throw failure(e);
      }
      return true;
    }

    @Override
    @SuppressWarnings("NullAway") // A row of one column is its value, and that may be null.
    public T current() {
      return row;
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("rows are read once");
    }

    @Override
    public void close() {
      left = 0;
      row = null;
    }
  }
}
