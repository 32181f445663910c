package io.sally.driver.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of the {@code ENC(…)} values of a configuration: 256 random bits, AES in GCM mode (NIST
 * SP 800-38D) with a random nonce of 96 bits and a tag of 128 bits.
 *
 * <p>A value is bound to the setting that it was made for, as associated data. Else whoever may
 * write the file, and has no key, could move a password to where its text is shown or sent, such as
 * the glossary. Immutable; its text shows no key.
 */
public final class EncryptionKey {
  private static final Pattern FORM = Pattern.compile("ENC\\(v1:([A-Za-z0-9_-]+)\\)");
  private static final Pattern ANY_VERSION = Pattern.compile("ENC\\(.*\\)", Pattern.DOTALL);

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;

  private EncryptionKey(byte[] bytes) {
    key = new SecretKeySpec(bytes, "AES");
  }

  /** The text of a new key. */
  public static String generate() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The key of a text that {@link #generate} made.
   *
   * @throws IllegalArgumentException when it is none; the message does not repeat it
   */
  public static EncryptionKey of(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "The key for ENC(…) is not 32 bytes in Base64. Make one with the command generate-key.");
    }
    return new EncryptionKey(bytes);
  }

  static boolean isEncrypted(String text) {
    return ANY_VERSION.matcher(text).matches();
  }

  /**
   * The text to write into the configuration.
   *
   * @param setting the whole key of the setting that the secret is for
   */
  public String encrypt(Secret secret, String setting) {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, setting)
              .doFinal(secret.reveal().getBytes(StandardCharsets.UTF_8));
      byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
      return "ENC(v1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(whole) + ")";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES/GCM is in every JDK", e);
    }
  }

  /**
   * The secret that {@link #encrypt} hid.
   *
   * @throws IllegalArgumentException when it was made with another key or for another setting, or
   *     was changed; the message repeats nothing of it
   */
  String decrypt(String text, String setting) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is no ENC(v1:…) that the command encrypt makes");
    }
    try {
      byte[] whole = Base64.getUrlDecoder().decode(matcher.group(1));
      if (whole.length <= NONCE_BYTES) {
        throw new IllegalArgumentException("is cut off");
      }
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(whole, NONCE_BYTES), setting)
              .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
      return new String(plain, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "was made with another key or for another setting, or was changed since", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String setting) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(("sally v1 " + setting).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
