package io.sally.ask.context;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sally.ask.NarrationRequest;
import io.sally.ask.Samples;
import io.sally.ask.TranslationRequest;
import io.sally.ask.TranslationRequest.Answered;
import io.sally.ask.TranslationRequest.FailedAttempt;
import io.sally.ask.context.CatalogIndex.Weighted;
import io.sally.ask.context.Prompt.Form;
import io.sally.ask.context.Prompt.Speaker;
import io.sally.ask.context.Prompt.Turn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a language model is sent: the instructions, the part of the catalog that the question
 * needs, the glossary, the question, and the queries that failed before. What does not change from
 * question to question stands first, so that a service can cache it. Of the rows it holds the
 * values that the request says may leave, and no other.
 *
 * <p>The same request gives the same prompt. Thread-safe; what is searched is made once for each
 * set of catalogs and kept for the last few.
 */
public final class PromptWriter {
  /** The most tokens of a prompt when none are configured. */
  public static final int DEFAULT_TOKENS = 8_000;

  private static final String INSTRUCTIONS = resource("instructions.txt");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a catalog gets even where the failures of earlier attempts fill the prompt. */
  private static final int LEAST_CATALOG_TOKENS = 500;

  /** Candidates beyond the first are there to differ where the question leaves room. */
  private static final double VARIED = 0.8;

  private static final float OF_GLOSSARY = 0.7f;
  private static final float OF_FAILURE = 0.3f;

  private final NameStems stems = new NameStems();
  private final CatalogIndexes indexes = new CatalogIndexes(stems);
  private final Glossary glossary;
  private final int mostTokens;
  private final NarrationWriter narrations;

  /** A writer without glossary and with the usual bound. */
  public PromptWriter() {
    this(List.of(), DEFAULT_TOKENS);
  }

  /**
   * A writer.
   *
   * @param glossary what words mean in this organisation
   * @param mostTokens about how many tokens a prompt may have; a smaller catalog goes whole, of a
   *     larger one what the question needs
   */
  public PromptWriter(List<GlossaryTerm> glossary, int mostTokens) {
    this.glossary = new Glossary(glossary, stems);
    this.mostTokens = mostTokens;
    this.narrations = new NarrationWriter(resource("narration.txt"), mostTokens);
  }

  /** The prompt for this request. */
  public Prompt write(TranslationRequest request) {
    List<String> said = stems.ofPhrase(request.question());
    String words = glossary.text(request.question(), said);
    int fixed =
        Tokens.of(INSTRUCTIONS)
            + Tokens.of(person(request, new CatalogPart("", List.of(), false), words))
            + request.failures().stream().mapToInt(f -> 60 + Tokens.of(f.sql() + f.error())).sum();
    CatalogPart part = part(request, said, Math.max(LEAST_CATALOG_TOKENS, mostTokens - fixed));
    List<Turn> turns = new ArrayList<>();
    turns.add(new Turn(Speaker.PERSON, person(request, part, words)));
    for (FailedAttempt failure : request.failures()) {
      turns.add(new Turn(Speaker.MODEL, answer(failure.sql())));
      turns.add(new Turn(Speaker.PERSON, refusal(request, failure, part)));
    }
    return new Prompt(INSTRUCTIONS, turns, request.candidate() == 0 ? 0 : VARIED, Form.QUERY);
  }

  /** The prompt that has an answer told in words. */
  public Prompt write(NarrationRequest request) {
    return narrations.write(request);
  }

  private CatalogPart part(TranslationRequest request, List<String> said, int tokens) {
    if (CatalogPart.mayFit(request.catalogs(), tokens)) {
      for (SampleText samples :
          List.of(
              new SampleText(request.samples(), stems, said, false),
              new SampleText(request.samples(), stems, said, true),
              new SampleText(Samples.NONE, stems, said, true))) {
        CatalogPart whole = CatalogPart.whole(request.catalogs(), samples);
        if (Tokens.of(whole.text()) <= tokens) {
          return whole;
        }
      }
    }
    Map<String, Weighted> words = new LinkedHashMap<>();
    said.forEach(stem -> words.put(stem, new Weighted(stem, 1f)));
    for (GlossaryTerm term : glossary.spokenOf(request.question(), said)) {
      add(words, term.meaning(), OF_GLOSSARY);
    }
    // The names that a refused query looked for say what it missed.
    request.failures().forEach(failure -> add(words, failure.sql(), OF_FAILURE));
    CatalogIndex index = indexes.of(request.catalogs(), request.samples());
    return CatalogPart.of(
        request,
        index.search(List.copyOf(words.values())),
        index.paths(),
        new SampleText(request.samples(), stems, words.keySet(), true),
        tokens);
  }

  private void add(Map<String, Weighted> words, String text, float weight) {
    stems.ofPhrase(text).forEach(stem -> words.putIfAbsent(stem, new Weighted(stem, weight)));
  }

  private static String person(TranslationRequest request, CatalogPart part, String glossary) {
    StringBuilder text = new StringBuilder();
    if (part.whole()) {
      text.append("The catalog of tables:\n");
    } else {
      text.append("The part of a catalog of ")
          .append(request.catalogs().tables().count())
          .append(" tables that the question seems to be about:\n");
    }
    text.append("<catalog>\n").append(part.text()).append("</catalog>\n\n");
    if (!glossary.isEmpty()) {
      text.append("What words mean here, as JSON strings:\n<glossary>\n")
          .append(glossary)
          .append("</glossary>\n\n");
    }
    return text.append(
            """
            Tables of these schemas are meant first, in this order: %s
            Today is %s, %s.
            %s
            The question, as a JSON string:
            <question>
            %s
            </question>
            """
                .formatted(
                    String.join(
                        ", ", request.schemaPath().stream().map(CatalogText::name).toList()),
                    request.today().getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                    request.today(),
                    examples(request.examples()) + previous(request.previous()),
                    CatalogText.quote(request.question())))
        .toString();
  }

  /** Questions are people's texts, and their queries hold such: both are quoted like the rest. */
  private static String examples(List<Answered> examples) {
    if (examples.isEmpty()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            "\nEarlier questions with queries that a person has verified, as JSON strings. Where one"
                + " is near,\ntake its tables, joins and conditions over:\n<examples>\n");
    for (Answered example : examples) {
      text.append(CatalogText.quote(example.question()))
          .append(" -> ")
          .append(CatalogText.quote(example.sql()))
          .append('\n');
    }
    return text.append("</examples>\n").toString();
  }

  private static String previous(@Nullable Answered previous) {
    return previous == null
        ? ""
        : """

        The question builds on an earlier one. That question and its query, as JSON strings:
        <previous>
        %s -> %s
        </previous>
        Keep all of it that the question below does not change.
        """
            .formatted(CatalogText.quote(previous.question()), CatalogText.quote(previous.sql()));
  }

  private static String answer(String sql) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("answerable", true);
    answer.put("sql", sql);
    return answer.toString();
  }

  private String refusal(TranslationRequest request, FailedAttempt failure, CatalogPart part) {
    String near =
        NearNames.text(
            failure.sql(),
            failure.error(),
            part.tables(),
            request.catalogs().tables().toList(),
            stems);
    return "That query was refused. The reason, as a JSON string:\n<error>\n"
        + CatalogText.quote(failure.error())
        + "\n</error>\n"
        + (near.isEmpty() ? "" : "What the catalog has:\n<catalog>\n" + near + "\n</catalog>\n")
        + "Give a corrected query for the same question.\n";
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(PromptWriter.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
