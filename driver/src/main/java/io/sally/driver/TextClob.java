package io.sally.driver;

import io.sally.engine.SqlErrors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A text held in memory: as a CLOB of a result, or made by a connection to be filled and set as a
 * parameter. It outlives its row and its connection; writing to it changes no database. Positions
 * begin at 1. Not thread-safe, as no {@code Clob} is.
 */
final class TextClob implements NClob {
  private @Nullable StringBuilder text;

  TextClob(String text) {
    this.text = new StringBuilder(text);
  }

  @Override
  public long length() throws SQLException {
    return text().length();
  }

  /** The text from a position on, or as much of it as there is; "" directly behind the end. */
  @Override
  public String getSubString(long position, int length) throws SQLException {
    StringBuilder all = text();
    int from = LargeObjects.offset(position, all.length());
    return all.substring(from, from + LargeObjects.part(length, all.length() - from));
  }

  @Override
  public Reader getCharacterStream() throws SQLException {
    return new StringReader(text().toString());
  }

  @Override
  public Reader getCharacterStream(long position, long length) throws SQLException {
    LargeObjects.requireInside(position, length, text().length());
    return new StringReader(getSubString(position, (int) length));
  }

  /** The text as ASCII; what it cannot spell becomes a question mark. */
  @Override
  public InputStream getAsciiStream() throws SQLException {
    return new ByteArrayInputStream(text().toString().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public long position(@Nullable String searched, long start) throws SQLException {
    StringBuilder all = text();
    if (searched == null) {
      throw SqlErrors.invalidParameter("The text to look for is null.", null);
    }
    int found = all.indexOf(searched, LargeObjects.offset(start, all.length()));
    return found < 0 ? -1 : found + 1;
  }

  @Override
  public long position(@Nullable Clob searched, long start) throws SQLException {
    return position(
        searched == null ? null : searched.getSubString(1, (int) searched.length()), start);
  }

  @Override
  public int setString(long position, @Nullable String written) throws SQLException {
    return setString(position, written, 0, written == null ? 0 : written.length());
  }

  @Override
  public int setString(long position, @Nullable String written, int offset, int length)
      throws SQLException {
    StringBuilder all = text();
    if (written == null || offset < 0 || length < 0 || offset > written.length() - length) {
      throw SqlErrors.invalidParameter("There is no such part of the text to write.", null);
    }
    int from = LargeObjects.offset(position, all.length());
    all.replace(
        from, Math.min(all.length(), from + length), written.substring(offset, offset + length));
    return length;
  }

  /** What is written takes its place when the writer is closed or flushed. */
  @Override
  public Writer setCharacterStream(long position) throws SQLException {
    LargeObjects.offset(position, text().length());
    return new StringWriter() {
      @Override
      public void flush() {
        put(position, toString());
      }

      @Override
      public void close() {
        flush();
      }
    };
  }

  /** What is written takes its place when the stream is closed or flushed. */
  @Override
  public OutputStream setAsciiStream(long position) throws SQLException {
    LargeObjects.offset(position, text().length());
    return new ByteArrayOutputStream() {
      @Override
      public void flush() {
        put(position, toString(StandardCharsets.US_ASCII));
      }

      @Override
      public void close() {
        flush();
      }
    };
  }

  /** Nothing can be put into a text that was freed meanwhile, and nobody misses it. */
  private void put(long position, String written) {
    StringBuilder all = text;
    if (all != null) {
      int from = (int) Math.min(position - 1, all.length());
      all.replace(from, Math.min(all.length(), from + written.length()), written);
    }
  }

  @Override
  public void truncate(long length) throws SQLException {
    StringBuilder all = text();
    LargeObjects.requireInside(1, length, all.length());
    all.setLength((int) length);
  }

  @Override
  public void free() {
    text = null;
  }

  private StringBuilder text() throws SQLException {
    if (text == null) {
      throw SqlErrors.callSequence("The CLOB was freed.");
    }
    return text;
  }
}
