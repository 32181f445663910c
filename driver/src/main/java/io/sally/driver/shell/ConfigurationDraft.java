package io.sally.driver.shell;

import io.sally.driver.config.Property;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The configuration file that a dialogue makes. Immutable; its text shows no secret.
 *
 * @param model what is set of the language model, the key as a reference
 */
record ConfigurationDraft(List<SourceDraft> sources, Map<Property, String> model) {
  private static final String PREFIX = "llm.";

  ConfigurationDraft {
    sources = List.copyOf(sources);
    model = new LinkedHashMap<>(model);
  }

  /** The text of the file, secrets included. */
  String yaml() {
    return (sources.isEmpty() ? "" : "sources:\n")
        + sources.stream().map(SourceDraft::yaml).collect(Collectors.joining())
        + modelYaml();
  }

  /** The same to show to a person. */
  String shown() {
    return (sources.isEmpty() ? "" : "sources:\n")
        + sources.stream().map(SourceDraft::shown).collect(Collectors.joining())
        + modelYaml();
  }

  private String modelYaml() {
    return model.entrySet().stream()
        .map(
            entry ->
                "  "
                    + entry.getKey().key().substring(PREFIX.length())
                    + ": "
                    + SourceDraft.quoted(entry.getValue())
                    + "\n")
        .collect(Collectors.joining("", model.isEmpty() ? "" : "llm:\n", ""));
  }
}
