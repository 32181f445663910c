package io.sally.driver;

import io.sally.engine.SqlErrors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes held in memory: as a BLOB of a result, or made by a connection to be filled and set as a
 * parameter. It outlives its row and its connection; writing to it changes no database. Positions
 * begin at 1. Not thread-safe, as no {@code Blob} is.
 */
final class BytesBlob implements Blob {
  private byte @Nullable [] bytes;

  /** A blob that owns these bytes from here on. */
  BytesBlob(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() throws SQLException {
    return bytes().length;
  }

  /** The bytes from a position on, or as many as there are; none directly behind the end. */
  @Override
  public byte[] getBytes(long position, int length) throws SQLException {
    byte[] all = bytes();
    int from = LargeObjects.offset(position, all.length);
    return Arrays.copyOfRange(all, from, from + LargeObjects.part(length, all.length - from));
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    return new ByteArrayInputStream(bytes().clone());
  }

  @Override
  public InputStream getBinaryStream(long position, long length) throws SQLException {
    LargeObjects.requireInside(position, length, bytes().length);
    return new ByteArrayInputStream(getBytes(position, (int) length));
  }

  @Override
  public long position(byte @Nullable [] pattern, long start) throws SQLException {
    byte[] all = bytes();
    if (pattern == null) {
      throw SqlErrors.invalidParameter("The bytes to look for are null.", null);
    }
    for (int from = LargeObjects.offset(start, all.length);
        from <= all.length - pattern.length;
        from++) {
      if (Arrays.equals(all, from, from + pattern.length, pattern, 0, pattern.length)) {
        return from + 1L;
      }
    }
    return -1;
  }

  @Override
  public long position(@Nullable Blob pattern, long start) throws SQLException {
    return position(pattern == null ? null : pattern.getBytes(1, (int) pattern.length()), start);
  }

  @Override
  public int setBytes(long position, byte @Nullable [] written) throws SQLException {
    return setBytes(position, written, 0, written == null ? 0 : written.length);
  }

  @Override
  public int setBytes(long position, byte @Nullable [] written, int offset, int length)
      throws SQLException {
    byte[] all = bytes();
    if (written == null || offset < 0 || length < 0 || offset > written.length - length) {
      throw SqlErrors.invalidParameter("There is no such part of the bytes to write.", null);
    }
    put(LargeObjects.offset(position, all.length), written, offset, length);
    return length;
  }

  /** What is written takes its place when the stream is closed or flushed. */
  @Override
  public OutputStream setBinaryStream(long position) throws SQLException {
    int from = LargeObjects.offset(position, bytes().length);
    return new ByteArrayOutputStream() {
      @Override
      public void flush() {
        put(from, buf, 0, count);
      }

      @Override
      public void close() {
        flush();
      }
    };
  }

  /** Nothing can be put into bytes that were freed meanwhile, and nobody misses it. */
  private void put(int from, byte[] written, int offset, int length) {
    byte[] all = bytes;
    if (all != null) {
      byte[] changed = Arrays.copyOf(all, Math.max(all.length, from + length));
      System.arraycopy(written, offset, changed, from, length);
      bytes = changed;
    }
  }

  @Override
  public void truncate(long length) throws SQLException {
    byte[] all = bytes();
    LargeObjects.requireInside(1, length, all.length);
    bytes = Arrays.copyOf(all, (int) length);
  }

  @Override
  public void free() {
    bytes = null;
  }

  private byte[] bytes() throws SQLException {
    if (bytes == null) {
      throw SqlErrors.callSequence("The BLOB was freed.");
    }
    return bytes;
  }
}
