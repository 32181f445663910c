package io.sally.ask.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sally.ask.Outcome;
import io.sally.ask.model.Answer.Unusable;
import io.sally.ask.model.Answer.Usable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerReaderTest {
  private static final String NONE = "Gemini gave no explanation.";

  static Stream<Arguments> sql() {
    return Stream.of(
        arguments("{\"sql\": \"SELECT 1\"}", "SELECT 1"),
        arguments("{\"answerable\": \"true\", \"sql\": \"SELECT 1;\\n ; \"}", "SELECT 1"),
        arguments("```json\n{\"sql\": \"SELECT 1\"}\n```\nThere you are!", "SELECT 1"),
        arguments("Sure {as asked}: {\"sql\": \"SELECT 1\"} Anything else?", "SELECT 1"),
        arguments("{\"sql\": \"```sql\\nSELECT 1;\\n```\"}", "SELECT 1"),
        arguments("{\"sql\": \"Here it is:\\n\\nSELECT 1\\nFROM t\"}", "SELECT 1\nFROM t"),
        arguments(
            "{\"sql\": \"WITH t AS (\\nSELECT 1)\\nSELECT 2\"}",
            "WITH t AS (\nSELECT 1)\nSELECT 2"),
        arguments("{\"sql\": \"SELECT 1; DELETE FROM t\"}", "SELECT 1; DELETE FROM t"),
        arguments("{\"sql\": \"DELETE FROM t;\"}", "DELETE FROM t"),
        arguments("{\"sql\": \"SELECT 'a;'\"}", "SELECT 'a;'"),
        arguments("The query:\n```sql\nSELECT 1;\n```\nIt gives one.", "SELECT 1"));
  }

  @ParameterizedTest
  @MethodSource("sql")
  void findsTheSql(String text, String expected) {
    assertThat(new AnswerReader("Gemini").read(text))
        .isEqualTo(new Usable(new Outcome.Translated(expected, NONE, List.of())));
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        arguments("{", "is not the JSON that was asked for"),
        arguments("{\"query\": \"SELECT 1\"}", "is not the JSON that was asked for"),
        arguments("SELECT 1", "is not the JSON that was asked for"),
        arguments(
            "```sql\nSELECT 1\n```\nor\n```sql\nSELECT 2\n```",
            "is not the JSON that was asked for"),
        arguments("{\"answerable\": true}", "claims to answer and holds no SQL"),
        arguments("{\"answerable\": true, \"sql\": null}", "claims to answer and holds no SQL"),
        arguments(
            "{\"sql\": \"SELECT '" + "a".repeat(100_000) + "'\"}",
            "holds SQL of 100009 characters"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void refusesWhatIsNoAnswer(String text, String reason) {
    assertThat(new AnswerReader("Gemini").read(text)).isEqualTo(new Unusable(reason, true));
  }

  @Test
  void believesTheModelThatTheDataCannotAnswer() {
    assertThat(
            new AnswerReader("Gemini")
                .read(
                    "{\"answerable\": false, \"sql\": \"SELECT 'no'\", \"suggestions\": [\"a\", \"\"]}"))
        .isEqualTo(
            new Usable(
                new Outcome.Unanswerable(
                    "Gemini sees no data for it and gives no reason.", List.of("a"))));
  }

  @Test
  void takesControlCharactersOutOfWhatPeopleRead() {
    assertThat(
            new AnswerReader("Gemini")
                .read(
                    "{\"sql\": \"SELECT 1\", \"explanation\": \"red \\u001b[31m\\n text\","
                        + " \"assumptions\": [\"x\\u0007y\"]}"))
        .isEqualTo(new Usable(new Outcome.Translated("SELECT 1", "red [31m text", List.of("x y"))));
  }
}
