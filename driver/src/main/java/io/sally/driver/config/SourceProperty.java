package io.sally.driver.config;

import io.sally.engine.source.SourceSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be set of one source: the one table from which parsing, {@code Driver.getPropertyInfo}
 * and the documentation come. In the file it stands below {@code sources} and the source's name; as
 * a connection property it is {@code sources.<name>.<key>}.
 */
public enum SourceProperty {
  TYPE("type", "The kind of database. Must be given.", ""),
  HOST("host", "The host. Empty for this machine.", ""),
  PORT("port", "The port. Empty for the database's usual one.", ""),
  DATABASE(
      "database",
      "The database; Oracle's service; Trino's catalog, empty for all of them; SQLite's file, a"
          + " relative one being looked for beside the configuration file.",
      ""),
  URL(
      "url",
      "The database's own JDBC URL in place of host, port and database, where it needs more than"
          + " these.",
      ""),
  USER("user", "The user.", ""),
  PASSWORD(
      "password",
      "The password; Trino's goes over TLS alone. ${env:NAME} takes it from the environment, ${file:path} from a file, ENC(...)"
          + " is what the command encrypt made of it.",
      ""),
  SCHEMAS(
      "schemas",
      "The schemas to show, the default one first; as a property separated by commas. Empty for the"
          + " user's default schema, and for all of Trino's, which are catalog.schema where no catalog"
          + " is named.",
      ""),
  CONNECTIONS(
      "connections",
      "The most connections that are open at once.",
      Integer.toString(SourceSettings.DEFAULT_CONNECTIONS)),
  CONNECT_TIMEOUT(
      "connectTimeout",
      "The longest that opening a connection, or waiting for a free one, may take.",
      SourceSettings.DEFAULT_CONNECT_TIMEOUT.toSeconds() + "s"),
  ASK_SCHEMAS("ask.schemas", "The schemas that ASK may read. Empty for all.", ""),
  ASK_TABLES(
      "ask.tables",
      "The tables that ASK may read, as table or schema.table. Empty for all of those schemas.",
      ""),
  ASK_DENY_TABLES("ask.denyTables", "Tables that ASK may not read all the same.", ""),
  ASK_DENY_COLUMNS(
      "ask.denyColumns",
      "Columns that ASK may not read, as table.column or schema.table.column; * stands for all.",
      ""),
  ASK_SAMPLES(
      "ask.samples",
      "none or values: which values of the source's rows the language model may see. Empty for"
          + " what ask.samples says.",
      ""),
  MASK(
      "mask",
      "Columns whose values nobody sees, as table.column or schema.table.column; * stands for all."
          + " They read as null.",
      ""),
  VIEWS(
      "views",
      "The views that are there although columns are masked or rows filtered, as view or"
          + " schema.view: what a view reads, no policy sees.",
      "");

  /** The section of the row filters, each below the name of its table. */
  static final String ROW_FILTERS = "rowFilters";

  /** What each row filter is. */
  static final String ROW_FILTER_DESCRIPTION =
      "The condition in SQL that a row of this table meets to be there; behind table@user that of"
          + " the connections of this user.";

  private static final String PREFIX = "sources.";
  private static final Pattern KEY =
      Pattern.compile("sources\\.(.+?)\\.(ask\\.[^.]+|rowFilters\\..+|[^.]+)");

  private final String key;
  private final String description;
  private final String defaultText;

  SourceProperty(String key, String description, String defaultText) {
    this.key = key;
    this.description = description;
    this.defaultText = defaultText;
  }

  /** The name below that of the source. */
  public String key() {
    return key;
  }

  /** The name of the connection property for the source of this name. */
  public String key(String source) {
    return PREFIX + source + '.' + key;
  }

  /** What it does, in a sentence or two. */
  public String description() {
    return description;
  }

  /** The value that holds where none is given; empty where there is none. */
  public String defaultText() {
    return defaultText;
  }

  /** The values that are allowed; empty where they cannot be listed. */
  public List<String> choices() {
    return switch (this) {
      case TYPE -> names(SourceType.values());
      case ASK_SAMPLES -> names(Samples.values());
      default -> List.of();
    };
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** Whether it decides who may read what. */
  boolean isPolicy() {
    return this == ASK_SAMPLES || isListOfPolicy();
  }

  /** Whether it names what a policy is about. */
  boolean isListOfPolicy() {
    return switch (this) {
      case ASK_SCHEMAS, ASK_TABLES, ASK_DENY_TABLES, ASK_DENY_COLUMNS, MASK, VIEWS -> true;
      default -> false;
    };
  }

  static Optional<SourceProperty> of(String key) {
    return Arrays.stream(values()).filter(p -> p.key.equals(key)).findFirst();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(SourceProperty::key).toList();
  }

  /** The table, with or without user, whose row filter a whole key sets, or nothing. */
  static Optional<String> filteredTable(String wholeKey) {
    Matcher matcher = KEY.matcher(wholeKey);
    return matcher.matches() && matcher.group(2).startsWith(ROW_FILTERS + '.')
        ? Optional.of(matcher.group(2).substring(ROW_FILTERS.length() + 1))
        : Optional.empty();
  }

  /** The name of the source that a whole key is about, or nothing when it is about none. */
  static Optional<String> source(String wholeKey) {
    Matcher matcher = KEY.matcher(wholeKey);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** What a whole key sets of a source, or nothing when it sets nothing of a source. */
  static Optional<SourceProperty> ofWhole(String wholeKey) {
    Matcher matcher = KEY.matcher(wholeKey);
    return matcher.matches() ? of(matcher.group(2)) : Optional.empty();
  }
}
