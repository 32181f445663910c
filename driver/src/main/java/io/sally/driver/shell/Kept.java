package io.sally.driver.shell;

import io.sally.driver.config.EncryptionKey;
import io.sally.driver.config.Secret;
import java.util.regex.Pattern;

/** Where a password shall stand, and so what the file says of it. */
sealed interface Kept {
  /** There is none. */
  record Nowhere() implements Kept {}

  /** In an environment variable. */
  record InVariable(String name) implements Kept {}

  /** In a file of its own. */
  record InFile(String path) implements Kept {}

  /** In the configuration file, encrypted. */
  record Encrypted(Secret secret, EncryptionKey key) implements Kept {}

  /** In the configuration file, for all to read who may read it. */
  record Plain(Secret secret) implements Kept {}

  /** What looks like a reference to a secret is a plain text behind another dollar sign. */
  Pattern REFERENCE = Pattern.compile("\\$\\{[A-Za-z]+:[^}]*}");

  /** What the file says; empty where it says nothing. */
  default String text(String setting) {
    if (this instanceof InVariable variable) {
      return "${env:" + variable.name() + "}";
    } else if (this instanceof InFile file) {
      return "${file:" + file.path() + "}";
    } else if (this instanceof Encrypted encrypted) {
      return encrypted.key().encrypt(encrypted.secret(), setting);
    } else if (this instanceof Plain plain) {
      return REFERENCE.matcher(plain.secret().reveal()).replaceAll("\\$$0");
    }
    return "";
  }
}
