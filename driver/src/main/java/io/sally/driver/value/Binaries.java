package io.sally.driver.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;

/** Values as bytes and as UUIDs. */
public final class Binaries {
  private static final int UUID_BYTES = 16;

  private Binaries() {}

  /** The bytes of a binary (a copy), of a text in UTF-8, or of a UUID in network order. */
  public static byte[] toBytes(Object value) throws SQLException {
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    } else if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    } else if (value instanceof UUID uuid) {
      return ByteBuffer.allocate(UUID_BYTES)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    }
    throw ConversionErrors.noConversion(value, "VARBINARY (byte[])");
  }

  /** The UUID that the value is, spells, or consists of. */
  public static UUID toUuid(Object value) throws SQLException {
    if (value instanceof UUID uuid) {
      return uuid;
    } else if (value instanceof String text) {
      try {
        return UUID.fromString(text.strip());
      } catch (IllegalArgumentException e) {
        throw ConversionErrors.notA(text, "UUID", e);
      }
    } else if (value instanceof byte[] bytes && bytes.length == UUID_BYTES) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new UUID(buffer.getLong(), buffer.getLong());
    }
    throw ConversionErrors.noConversion(value, "UUID");
  }
}
