package io.sally.driver.remote;

import io.sally.driver.config.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What is served, where, and to whom. Immutable as long as nobody changes the properties.
 *
 * @param url what every client's connection connects to, {@code jdbc:sally:…}
 * @param properties the properties of these connections; a client adds only harmless ones
 * @param bind the address to listen at
 * @param port the port; 0 for any free one
 * @param users who may connect; empty for everybody who reaches the port
 * @param password how the password travels
 * @param tls the certificate, or null for plain HTTP
 * @param expiry how long a connection or statement that no request touches stays open
 */
public record RemoteSettings(
    String url,
    Properties properties,
    String bind,
    int port,
    List<RemoteUser> users,
    PasswordScheme password,
    @Nullable Tls tls,
    Duration expiry) {

  /** How a client proves that it knows the password. */
  public enum PasswordScheme {
    /** RFC 7617: the password itself travels, so that TLS has to hide it. */
    BASIC,
    /** RFC 7616 with MD5: the password does not travel. */
    DIGEST
  }

  /** The server's key and certificate, in a keystore of type PKCS12 or JKS. */
  public record Tls(Path keystore, Secret password) {}
}
