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
import javax.sql.rowset.serial.SerialBlob;
import javax.sql.rowset.serial.SerialClob;

/** Values as streams, large objects and addresses. */
final class LargeObjects {
  private LargeObjects() {}

  /** A text as CLOB and NCLOB, which in memory are the same. */
  private static final class TextClob extends SerialClob implements NClob {
    private static final long serialVersionUID = 1L;

    TextClob(String text) throws SQLException {
      super(text.toCharArray());
    }
  }

  static NClob clob(Object value) throws SQLException {
    return new TextClob(Texts.toText(value));
  }

  static Blob blob(Object value) throws SQLException {
    return new SerialBlob(Binaries.toBytes(value));
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
}
