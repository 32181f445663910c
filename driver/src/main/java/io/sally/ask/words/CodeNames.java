package io.sally.ask.words;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What people call the countries and states that a column holds as codes of two letters. Countries
 * go by ISO 3166, as the platform knows it. Immutable.
 */
final class CodeNames {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final Map<String, String> states = new HashMap<>();

  CodeNames() {
    for (VocabularyFile.Line line : VocabularyFile.read("states.txt")) {
      line.phrases().forEach(name -> states.put(line.head(), name));
    }
  }

  /** The names of a column's values by the values; none where one of them is no such code. */
  Map<String, String> of(List<String> columnWords, List<String> values) {
    boolean countries = columnWords.contains("country");
    Map<String, String> names = new HashMap<>();
    if (!countries && !columnWords.contains("state")) {
      return names;
    }
    for (String value : values) {
      Optional<String> name = countries ? country(value) : Optional.ofNullable(states.get(value));
      if (name.isEmpty()) {
        return Map.of();
      }
      names.put(value, name.get());
    }
    return names;
  }

  private static Optional<String> country(String code) {
    return COUNTRIES.contains(code)
        ? Optional.of(
            new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH))
        : Optional.empty();
  }
}
