package io.sally.driver.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The keys of a configuration: those of {@link Property}, {@code sources.<name>.} with those of
 * {@link SourceProperty}, and {@code glossary.<term>}.
 */
final class KnownKeys {
  static final String SOURCES = "sources";
  static final String GLOSSARY = "glossary";

  /** What else could be a piece of a secret that slipped into the place of a key. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,60}");

  private static final Pattern SOURCE_SECTION =
      Pattern.compile("sources\\.[^.]*(\\.(ask|rowFilters))?");

  private static final Set<String> SECRETS =
      Set.of(Property.LLM_API_KEY.key(), SourceProperty.PASSWORD.key());

  private KnownKeys() {}

  /** Whether the whole key can have a value. */
  static boolean isKnown(String key) {
    return Property.of(key).isPresent()
        || SourceProperty.ofWhole(key).isPresent()
        || SourceProperty.filteredTable(key).isPresent()
        || key.startsWith(GLOSSARY + '.');
  }

  /** Whether further keys stand below this one. */
  static boolean isSection(String key) {
    return key.equals(SOURCES)
        || key.equals(GLOSSARY)
        || SOURCE_SECTION.matcher(key).matches()
        || Property.keys().stream().anyMatch(property -> property.startsWith(key + '.'));
  }

  /** Whether the value of this key is a secret as a whole. */
  static boolean isSecret(String key) {
    return SECRETS.contains(key)
        || SourceProperty.ofWhole(key).filter(p -> p == SourceProperty.PASSWORD).isPresent();
  }

  /** Whether the key takes more than one text. */
  static boolean isList(String key) {
    return SourceProperty.ofWhole(key)
        .filter(p -> p == SourceProperty.SCHEMAS || p.isListOfPolicy())
        .isPresent();
  }

  /** Whether the key decides who may read what. */
  static boolean isPolicy(String key) {
    return key.equals(Property.ASK_SAMPLES.key())
        || SourceProperty.filteredTable(key).isPresent()
        || SourceProperty.ofWhole(key).filter(SourceProperty::isPolicy).isPresent();
  }

  /** The keys that may stand below {@code prefix}, which is empty or ends with a dot. */
  static List<String> below(String prefix) {
    if (prefix.equals(SOURCES + '.')) {
      return List.of("<name of the source>");
    } else if (prefix.startsWith(SOURCES + '.')) {
      return belowSource(prefix);
    } else if (prefix.startsWith(GLOSSARY)) {
      return List.of("<term>");
    }
    Stream<String> own =
        Property.keys().stream()
            .filter(key -> key.startsWith(prefix))
            .map(key -> key.substring(prefix.length()).split("\\.", 2)[0]);
    return (prefix.isEmpty() ? Stream.concat(own, Stream.of(SOURCES, GLOSSARY)) : own)
        .distinct()
        .toList();
  }

  private static List<String> belowSource(String prefix) {
    if (prefix.endsWith('.' + SourceProperty.ROW_FILTERS + '.')) {
      return List.of("<table>", "<table>@<user>");
    }
    String section = prefix.endsWith(".ask.") ? "ask." : "";
    Stream<String> own =
        SourceProperty.keys().stream()
            .filter(key -> key.startsWith(section))
            .map(key -> key.substring(section.length()).split("\\.", 2)[0]);
    return (section.isEmpty() ? Stream.concat(own, Stream.of(SourceProperty.ROW_FILTERS)) : own)
        .distinct()
        .toList();
  }

  /** What is said of a key of the file that is none. */
  static String unknown(String prefix, String name, boolean showable) {
    List<String> allowed = below(prefix);
    boolean shown = showable && NAME.matcher(name).matches();
    String place = prefix.isEmpty() ? "" : " below " + prefix.substring(0, prefix.length() - 1);
    return (shown ? "There is no key " + name + place + "." : "Here stands no key with its value.")
        + (shown ? didYouMean(name, allowed) : "")
        + " The keys"
        + place
        + " are "
        + String.join(", ", allowed)
        + (shown ? "." : ", each with a colon and a space behind it.");
  }

  /** What is said of a connection property that is none. */
  static String unknownProperty(String key) {
    List<String> candidates = new ArrayList<>(Property.keys());
    SourceProperty.source(key)
        .ifPresent(
            source ->
                Arrays.stream(SourceProperty.values())
                    .map(property -> property.key(source))
                    .forEach(candidates::add));
    return "There is no connection property "
        + key
        + "."
        + didYouMean(key, candidates)
        + " The properties are "
        + String.join(", ", Property.keys())
        + ", sources.<name>. with "
        + String.join(", ", SourceProperty.keys())
        + " or rowFilters.<table>, and glossary.<term>.";
  }

  private static String didYouMean(String name, List<String> candidates) {
    return NearestName.find(name, candidates).map(near -> " Did you mean " + near + "?").orElse("");
  }
}
