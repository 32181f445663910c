package io.sally.ask.offline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What is tuned to the evaluation would measure nothing, so no name of its databases may stand in
 * the translator, where the folder of the evaluation is given.
 */
@EnabledIfSystemProperty(named = "sally.evaluation", matches = ".+")
class EvaluationNeutralityTest {
  /** Names that are words of almost any schema, of dates, or of plain English. */
  private static final Set<String> ORDINARY_WORDS =
      Set.of(
          ("address amount application author balance bid business cars category city code cost"
                  + " count country customers dataset day days department description did direction"
                  + " email fare field how id instructor keyword lastname latitude length location"
                  + " longitude make manufacturer message model monday month name note number"
                  + " organization period phone population rank rating review sales score state"
                  + " status student sunday text title type weight writes year")
              .split(" "));

  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]*");

  @Test
  void noNameOfTheEvaluationStandsInTheTranslatorOrItsVocabulary() throws IOException {
    Set<String> names = names(Path.of(System.getProperty("sally.evaluation", "")));
    names.removeAll(ORDINARY_WORDS);
    assertThat(names).hasSizeGreaterThan(100);
    Set<String> found = new TreeSet<>();
    for (String root :
        List.of(
            "src/main/java/io/sally/ask/offline",
            "src/main/java/io/sally/ask/words",
            "src/main/resources/io/sally/ask/words")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
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

  private static Set<String> names(Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder.resolve("databases"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        JsonNode tables = new ObjectMapper().readTree(file.toFile()).path("table_metadata");
        tables
            .properties()
            .forEach(
                table -> {
                  names.add(table.getKey().toLowerCase(Locale.ROOT));
                  table
                      .getValue()
                      .forEach(
                          column ->
                              names.add(
                                  column.path("column_name").asText().toLowerCase(Locale.ROOT)));
                });
      }
    }
    return names;
  }
}
