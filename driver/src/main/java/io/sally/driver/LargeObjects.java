package io.sally.driver;

import io.sally.driver.value.Binaries;
import io.sally.driver.value.Texts;
import io.sally.engine.SqlErrors;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.NClob;
import java.sql.SQLException;

/** Values as streams, large objects and addresses. */
final class LargeObjects {
  private LargeObjects() {}

  static NClob clob(Object value) {
    return new TextClob(Texts.toText(value));
  }

  static Blob blob(Object value) throws SQLException {
    return new BytesBlob(Binaries.toBytes(value));
  }

  static Reader reader(Object value) {
    return new StringReader(Texts.toText(value));
  }

  static InputStream asciiStream(Object value) {
    return new ByteArrayInputStream(Texts.toText(value).getBytes(StandardCharsets.US_ASCII));
  }

  static InputStream binaryStream(Object value) throws SQLException {
    return new ByteArrayInputStream(Binaries.toBytes(value));
  }

  static URL url(Object value) throws SQLException {
    try {
      return new URL(Texts.toText(value));
    } catch (MalformedURLException e) {
      throw SqlErrors.data("The value cannot be read as a URL: " + e.getMessage(), "22018", e);
    }
  }

  // The positions of large objects begin at 1, and one behind the end is where writing appends.

  /** The zero-based place of a position, which may be directly behind the end. */
  static int offset(long position, int length) throws SQLException {
    if (position < 1 || position > length + 1L) {
      throw SqlErrors.data(
          "There is no position " + position + ": the first is 1, the last " + length + ".",
          "22003",
          null);
    }
    return (int) (position - 1);
  }

  /** As much of {@code wanted} as there is. */
  static int part(int wanted, int there) throws SQLException {
    if (wanted < 0) {
      throw SqlErrors.invalidParameter("The length cannot be " + wanted + ".", null);
    }
    return Math.min(wanted, there);
  }

  /** Fails unless the part is there in full. */
  static void requireInside(long position, long part, int length) throws SQLException {
    if (part < 0 || part > length - offset(position, length)) {
      throw SqlErrors.data(
          "From position " + position + " on there are no " + part + " of " + length + ".",
          "22003",
          null);
    }
  }
}
