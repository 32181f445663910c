package io.sally.driver.config;

import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;

/** What {@code Driver.getPropertyInfo} tells of each property, from the table of properties. */
public final class PropertyDescriptions {
  private PropertyDescriptions() {}

  /**
   * Describes every property, with the value that holds now. A key that was given as such is not
   * repeated; a reference to where it is kept is.
   *
   * @throws SQLException when the URL has a parameter that is none
   */
  public static DriverPropertyInfo[] describe(String url, Properties info) throws SQLException {
    PropertyValues values = PropertyValues.of(ConnectionUrl.parse(url), info);
    return Arrays.stream(Property.values())
        .map(property -> describe(property, values.text(property)))
        .toArray(DriverPropertyInfo[]::new);
  }

  private static DriverPropertyInfo describe(Property property, String text) {
    boolean hidden = property == Property.LLM_API_KEY && !SecretReference.isReference(text);
    DriverPropertyInfo description =
        new DriverPropertyInfo(property.key(), hidden || text.isEmpty() ? null : text);
    description.description = property.description();
    description.choices =
        property.choices().isEmpty() ? null : property.choices().toArray(String[]::new);
    return description;
  }
}
