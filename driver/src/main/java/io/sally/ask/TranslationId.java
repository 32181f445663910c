package io.sally.ask;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Names a translation by what it is: the same SQL for the same question over the same tables has
 * the same id in every process, and another SQL has another. An id is a plain SQL word of eleven
 * characters, without those that are mistaken for others; its 50 bits are of SHA-256.
 */
final class TranslationId {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int CHARACTERS = 10;

  private TranslationId() {}

  /**
   * The id of a translation.
   *
   * @param question in its compared form
   * @param fingerprint of the tables that the SQL reads
   */
  static String of(String question, String fingerprint, List<String> schemaPath, String sql) {
    MessageDigest hash = sha256();
    put(hash, question);
    put(hash, fingerprint);
    put(hash, String.join("\n", schemaPath));
    put(hash, sql);
    long bits = ByteBuffer.wrap(hash.digest()).getLong();
    StringBuilder id = new StringBuilder("q");
    for (int i = 0; i < CHARACTERS; i++) {
      id.append(ALPHABET.charAt((int) (bits & 31)));
      bits >>>= 5;
    }
    return id.toString();
  }

  private static void put(MessageDigest hash, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    hash.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
