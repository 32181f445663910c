package io.sally.driver.shell;

import io.sally.driver.config.Setting;
import io.sally.driver.config.SourceProperty;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a person said of one source so far. Immutable; its text shows no secret. */
record SourceDraft(
    String name,
    String type,
    String host,
    String port,
    String database,
    String user,
    Kept password) {
  static final SourceDraft EMPTY =
      new SourceDraft("", "postgresql", "", "", "", "", new Kept.Nowhere());

  /** The section of the file, the secret included. */
  String yaml() {
    return yaml(password.text(SourceProperty.PASSWORD.key(name)));
  }

  /** The same to show to a person. */
  String shown() {
    if (password instanceof Kept.Plain) {
      return yaml(Setting.HIDDEN_VALUE);
    }
    return password instanceof Kept.Encrypted ? yaml("ENC(...)") : yaml();
  }

  private String yaml(String passwordText) {
    Map<SourceProperty, String> values = new LinkedHashMap<>();
    values.put(SourceProperty.TYPE, type);
    values.put(SourceProperty.HOST, host);
    values.put(SourceProperty.PORT, port);
    values.put(SourceProperty.DATABASE, database);
    values.put(SourceProperty.USER, user);
    values.put(SourceProperty.PASSWORD, passwordText);
    return values.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(entry -> "    " + entry.getKey().key() + ": " + quoted(entry.getValue()) + "\n")
        .collect(Collectors.joining("", "  " + quoted(name) + ":\n", ""));
  }

  /** A text of YAML that nothing in it can end (YAML 1.2 §7.3.2), save the words that need none. */
  static String quoted(String text) {
    return text.matches("[A-Za-z][A-Za-z0-9_]*|[1-9][0-9]*") && !text.equalsIgnoreCase("null")
        ? text
        : "'" + text.replace("'", "''") + "'";
  }
}
