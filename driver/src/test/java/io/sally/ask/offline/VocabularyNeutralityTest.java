package io.sally.ask.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.demo.DemoColumn;
import io.sally.demo.DemoSchema;
import io.sally.demo.DemoTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is tuned to one schema is worth nothing on the next, so no name of the demo may stand in.
 */
class VocabularyNeutralityTest {
  /**
   * Names of the demo that are words of almost any schema, and of any English vocabulary: what a
   * row is called, in what state, of what kind, where, how much.
   */
  private static final Set<String> ORDINARY_WORDS =
      Set.of("name", "title", "status", "category", "country", "city", "quantity", "product");

  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]*");

  @Test
  void noNameOfTheDemoStandsInTheTranslatorOrItsVocabulary() throws IOException {
    Set<String> names = demoNames();
    Set<String> found = new TreeSet<>();
    for (Path root :
        new Path[] {
          Path.of("src/main/java/io/sally/ask/offline"),
          Path.of("src/main/java/io/sally/ask/words"),
          Path.of("src/main/resources/io/sally/ask/words"),
          Path.of("src/main/java/io/sally/ask/context")
        }) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Matcher words = WORD.matcher(Files.readString(file).toLowerCase(Locale.ROOT));
          while (words.find()) {
            if (names.contains(words.group())) {
              found.add(file.getFileName() + ": " + words.group());
            }
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static Set<String> demoNames() {
    Set<String> names = new TreeSet<>();
    for (DemoTable table : DemoSchema.around(LocalDate.of(2026, 11, 18)).tables()) {
      names.add(table.name());
      names.add(table.name().replaceFirst("ies$", "y").replaceFirst("s$", ""));
      names.addAll(table.columns().stream().map(DemoColumn::name).collect(Collectors.toSet()));
    }
    names.removeAll(ORDINARY_WORDS);
    assertThat(names).contains("shipments", "site", "carrier", "reorder_level");
    return names;
  }
}
