package io.sally.driver.config;

import io.sally.engine.source.SourceSettings;
import java.util.ArrayList;
import java.util.List;

/** What holds in one configuration, as people may see it. */
final class Settings {
  private Settings() {}

  /** Every setting there is, and of each source what is given. */
  static List<Setting> of(GivenValues values) {
    List<Setting> settings = new ArrayList<>();
    for (Property property : Property.values()) {
      settings.add(setting(values.get(property), property.description()));
    }
    for (String source : values.sources()) {
      for (SourceProperty property : SourceProperty.values()) {
        GivenValue value = values.get(source, property);
        if (value.isGiven() || !value.text().isEmpty()) {
          settings.add(setting(value, property.description()));
        }
      }
      for (GivenValue filter : values.rowFilters(source)) {
        settings.add(setting(filter, SourceProperty.ROW_FILTER_DESCRIPTION));
      }
    }
    return settings;
  }

  private static Setting setting(GivenValue value, String description) {
    return new Setting(value.key(), shown(value), value.origin(), description);
  }

  /**
   * The text as it may be shown: a reference to a secret as it is, since it says only where the
   * secret is kept.
   */
  static String shown(GivenValue value) {
    String text = value.text().strip();
    if (KnownKeys.isSecret(value.key())) {
      if (EncryptionKey.isEncrypted(text)) {
        return "ENC(" + Setting.HIDDEN_VALUE + ")";
      }
      return text.isEmpty() || SecretTexts.isReference(text) ? text : Setting.HIDDEN_VALUE;
    }
    return SourceSettings.withoutPassword(text);
  }
}
