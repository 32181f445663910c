package io.sally.driver.metadata;

import io.sally.driver.metadata.Header.Row;
import java.util.stream.Stream;

/** What a client may tell of itself with {@code Connection.setClientInfo}. */
public final class ClientInfoListing {
  /** The one property that is kept. */
  public static final String APPLICATION_NAME = "ApplicationName";

  /** The most characters of its value. */
  public static final int MAX_LENGTH = 255;

  private static final Header CLIENT_INFO = Header.of("NAME MAX_LEN:int DEFAULT_VALUE DESCRIPTION");

  private ClientInfoListing() {}

  public static Listing properties() {
    return CLIENT_INFO.of(
        Stream.of(
            Row.of(APPLICATION_NAME, MAX_LENGTH, "", "The name of the program that uses Sally.")));
  }
}
