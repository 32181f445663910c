package io.sally.driver;

import io.sally.driver.metadata.ClientInfoListing;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What a client has told of itself. Thread-safe. */
final class ClientInfo {
  private @Nullable String applicationName;

  static boolean knows(@Nullable String name) {
    return ClientInfoListing.APPLICATION_NAME.equals(name);
  }

  /** Keeps the name, as much of it as there is room for; null takes it away. */
  synchronized void applicationName(@Nullable String name) {
    applicationName =
        name == null || name.length() <= ClientInfoListing.MAX_LENGTH
            ? name
            : name.substring(0, ClientInfoListing.MAX_LENGTH);
  }

  synchronized @Nullable String applicationName() {
    return applicationName;
  }

  synchronized Properties toProperties() {
    Properties properties = new Properties();
    if (applicationName != null) {
      properties.setProperty(ClientInfoListing.APPLICATION_NAME, applicationName);
    }
    return properties;
  }
}
