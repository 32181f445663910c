package io.sally.ask.gemini;

import com.google.genai.types.BlockedReason;
import com.google.genai.types.Candidate;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponsePromptFeedback;
import com.google.genai.types.Part;
import io.sally.ask.context.Prompt.Form;
import io.sally.ask.model.Answer;
import io.sally.ask.model.Answer.Unusable;
import io.sally.ask.model.AnswerReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes the model's answer out of the service's response. Immutable. */
final class GeminiAnswers {
  /** Ends that the same request will most likely meet again. */
  private static final Set<FinishReason.Known> FINAL =
      Set.of(
          FinishReason.Known.SAFETY,
          FinishReason.Known.BLOCKLIST,
          FinishReason.Known.PROHIBITED_CONTENT,
          FinishReason.Known.SPII);

  private final AnswerReader reader;

  GeminiAnswers(AnswerReader reader) {
    this.reader = reader;
  }

  Answer read(GenerateContentResponse response, Form form) {
    Optional<BlockedReason> blocked =
        response.promptFeedback().flatMap(GenerateContentResponsePromptFeedback::blockReason);
    if (blocked.isPresent()) {
      return new Unusable(
          "was withheld, because the service blocks the question or the catalog ("
              + blocked.get()
              + ")",
          false);
    }
    Optional<Candidate> candidate = response.candidates().flatMap(all -> all.stream().findFirst());
    if (candidate.isEmpty()) {
      return new Unusable("is empty", true);
    }
    FinishReason end =
        candidate.get().finishReason().orElse(new FinishReason(FinishReason.Known.STOP));
    if (end.knownEnum() == FinishReason.Known.MAX_TOKENS) {
      return new Unusable("was cut off at its greatest length (MAX_TOKENS)", true);
    }
    if (end.knownEnum() != FinishReason.Known.STOP
        && end.knownEnum() != FinishReason.Known.FINISH_REASON_UNSPECIFIED) {
      return new Unusable(
          "was ended by the service (" + end + ")", !FINAL.contains(end.knownEnum()));
    }
    String text = text(candidate.get());
    return text.isBlank() ? new Unusable("is empty", true) : reader.read(text, form);
  }

  /** Without the model's thoughts; the SDK's own method warns and throws where this goes on. */
  private static String text(Candidate candidate) {
    StringBuilder text = new StringBuilder();
    for (Part part : candidate.content().flatMap(Content::parts).orElse(List.of())) {
      if (!part.thought().orElse(false)) {
        text.append(part.text().orElse(""));
      }
    }
    return text.toString();
  }
}
