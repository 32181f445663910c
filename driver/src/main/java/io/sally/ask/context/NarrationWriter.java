package io.sally.ask.context;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sally.ask.NarrationRequest;
import io.sally.ask.context.Prompt.Form;
import io.sally.ask.context.Prompt.Speaker;
import io.sally.ask.context.Prompt.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what a language model is sent to tell an answer in words. Immutable. */
final class NarrationWriter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_ROWS = 50;
  private static final int MOST_COLUMNS = 20;

  private final String instructions;
  private final int mostTokens;

  NarrationWriter(String instructions, int mostTokens) {
    this.instructions = instructions;
    this.mostTokens = mostTokens;
  }

  Prompt write(NarrationRequest request) {
    int columns = Math.min(request.columns().size(), MOST_COLUMNS);
    StringBuilder rows = new StringBuilder();
    int left = mostTokens - Tokens.of(instructions) - Tokens.of(request.question());
    int shown = 0;
    for (List<@Nullable String> row : request.rows()) {
      String line = line(row.subList(0, columns));
      left -= Tokens.of(line);
      if (shown == MOST_ROWS || left < 0) {
        break;
      }
      rows.append(line).append('\n');
      shown++;
    }
    String text =
        """
        The question, as a JSON string:
        <question>
        %s
        </question>

        The answer has %s%d rows%s. Its columns, and below them %s, as JSON arrays:
        <answer>
        %s
        %s</answer>
        """
            .formatted(
                CatalogText.quote(request.question()),
                request.more() ? "more than " : "",
                request.count(),
                columns < request.columns().size()
                    ? " and " + request.columns().size() + " columns"
                    : "",
                shown < request.count() || request.more()
                    ? "the first " + shown + " rows"
                    : "all of its rows",
                line(request.columns().subList(0, columns)),
                rows);
    return new Prompt(instructions, List.of(new Turn(Speaker.PERSON, text)), 0, Form.NARRATION);
  }

  private static String line(List<? extends @Nullable String> values) {
    ArrayNode line = JSON.createArrayNode();
    values.forEach(line::add);
    // So that no value ends the block that it stands in.
    return line.toString().replace("<", "\\u003c");
  }
}
