package io.sally.driver.config;

import io.sally.ask.context.PromptWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connection properties: the one table from which parsing, {@code Driver.getPropertyInfo} and
 * the documentation come. Each can stand in the configuration file, in the URL ({@code
 * jdbc:sally:?key=value&key=value}) or in the {@code Properties} of a connection; the later win,
 * since a person sets them later.
 */
public enum Property {
  MODE(
      "mode",
      "Which data to work on: demo is the bundled trial-supply schema, production the configured"
          + " sources. Empty for production when there are sources, demo otherwise.",
      "",
      Mode.class),
  DEMO_DATE(
      "demoDate",
      "The day that the demo takes for today, as 2026-03-31: its data lie around that day and"
          + " CURRENT_DATE is that day. Empty for the real today.",
      "",
      null),
  TIME_ZONE(
      "timeZone",
      "The time zone in which CURRENT_DATE and CURRENT_TIMESTAMP are read, as Europe/Paris or"
          + " +02:00.",
      "UTC",
      null),
  CATALOG_TTL(
      "catalog.ttl",
      "The age at which what a source holds (its tables, columns, keys) is read again, in the"
          + " background, as 10m or 1h. REFRESH CATALOG reads it at once.",
      "10m",
      null),
  MEMORY_BUDGET(
      "memory.budget",
      "The most that all statements together may hold in memory for sorts, joins and groups, as"
          + " 512MB or 2GB. Empty for a quarter of the heap.",
      "",
      null),
  MEMORY_SPILL(
      "memory.spill",
      "The most that all statements together may put on disk of what does not fit memory.budget, as"
          + " 10GB; off for nothing, so that such a statement ends in an error.",
      "10GB",
      null),
  MEMORY_SPILL_FOLDER(
      "memory.spillFolder",
      "The folder for that, relative to the configuration file. Empty for the system's folder for"
          + " temporary files. What lies there is the rows of results, in files that nobody else"
          + " may open and that are gone when the statement ends.",
      "",
      null),
  LLM_PROVIDER(
      "llm.provider",
      "Who translates questions: gemini is Google's model, openai is OpenAI's or whatever speaks its"
          + " protocol at llm.baseUrl, anthropic is Anthropic's, offline works without model and"
          + " network. Empty for gemini when there is a key, offline otherwise.",
      "",
      null),
  LLM_API_KEY(
      "llm.apiKey",
      "The key of the language model. ${env:NAME} takes it from the environment, ${file:path} from"
          + " a file, ENC(...) is what the command encrypt made of it. Empty for OPENAI_API_KEY with"
          + " openai, ANTHROPIC_API_KEY with anthropic.",
      "${env:GEMINI_API_KEY}",
      null),
  LLM_MODEL(
      "llm.model",
      "The language model's name. Empty for gpt-5-mini with openai, claude-sonnet-4-5 with"
          + " anthropic.",
      "gemini-flash-latest",
      null),
  LLM_BASE_URL(
      "llm.baseUrl",
      "Where the language model is reached, as https://proxy.example.com, or http://localhost:11434/v1"
          + " for Ollama with openai. Empty for its maker's own address.",
      "",
      null),
  LLM_TIMEOUT(
      "llm.timeout",
      "The longest that the language model may take for one translation, its retries included, as"
          + " 30s, 500ms or 2m.",
      "30s",
      null),
  LLM_FALLBACK(
      "llm.fallback",
      "offline has the offline translator answer, labelled so, when the language model fails or its"
          + " budget is used up; none has the failure told.",
      "none",
      AskSettings.Fallback.class),
  LLM_PROMPT_TOKENS(
      "llm.promptTokens",
      "About how many tokens the language model is sent for a question. A small catalog goes whole,"
          + " of a large one the tables that the question needs.",
      Integer.toString(PromptWriter.DEFAULT_TOKENS),
      null),
  ASK_APPROVAL(
      "ask.approval",
      "auto runs a translation at once; required runs only what ASK SQL has shown, by ASK RUN"
          + " <id>.",
      "auto",
      AskSettings.Approval.class),
  ASK_ATTEMPTS(
      "ask.attempts",
      "How many times a question is translated until a translation passes the proof.",
      "3",
      null),
  ASK_MAX_ROWS(
      "ask.maxRows", "The most rows that the answer to a question may have.", "100000", null),
  ASK_TIMEOUT(
      "ask.timeout",
      "The longest that the translation of one question may take, all attempts together.",
      "30s",
      null),
  ASK_MEMORY(
      "ask.memory",
      "The SQLite file in which translations, pins and the log of questions outlive the process, as"
          + " ./sally-memory.db; several processes may share it. Empty for in memory alone.",
      "",
      null),
  ASK_SAMPLES(
      "ask.samples",
      "values lets the language model see the values of text columns that have few of them, and"
          + " the rows that ASK NARRATE tells; none lets no value of any row leave. A source may"
          + " say otherwise for itself.",
      "none",
      Samples.class),
  ASK_QUOTED(
      "ask.quoted",
      "kept has what stands in double quotes in a question stay on this machine: a placeholder"
          + " leaves in the place of each, and the text is put into the query here. sent lets it"
          + " leave with the question.",
      "sent",
      AskSettings.Quoted.class),
  ASK_CANDIDATES(
      "ask.candidates",
      "How many translations of a question to ask for: those that mean the same query vote as one,"
          + " and the share of the winner is shown as confidence. Each costs a request.",
      "1",
      null),
  ASK_MAX_CALLS_PER_DAY(
      "ask.maxCallsPerDay",
      "The most requests to the language model that may leave in a day of UTC, retries and repairs"
          + " included. Empty for no limit.",
      "",
      null),
  ASK_MAX_TOKENS_PER_DAY(
      "ask.maxTokensPerDay",
      "The most tokens that requests and answers of a day of UTC may have together. Empty for no"
          + " limit.",
      "",
      null),
  ASK_MAX_ESTIMATED_ROWS(
      "ask.maxEstimatedRows",
      "The most rows that the planner may expect of the answer to a question; one that is larger"
          + " is not run. Empty for no limit.",
      "",
      null),
  KEY_FILE(
      "keyFile",
      "The file with the key of ENC(...) values. Empty for the key in the environment variable"
          + " SALLY_KEY, or in the file that SALLY_KEY_FILE names.",
      "",
      null);

  private final String key;
  private final String description;
  private final String defaultText;
  private final @Nullable Class<? extends Enum<?>> choices;

  Property(
      String key,
      String description,
      String defaultText,
      @Nullable Class<? extends Enum<?>> choices) {
    this.key = key;
    this.description = description;
    this.defaultText = defaultText;
    this.choices = choices;
  }

  /** The property's name in a URL or in {@code Properties}. */
  public String key() {
    return key;
  }

  /** What the property does, in a sentence or two. */
  public String description() {
    return description;
  }

  /** The value that holds where none is given; empty where there is none. */
  public String defaultText() {
    return defaultText;
  }

  /** The values that are allowed; empty where they cannot be listed. */
  public List<String> choices() {
    if (this == LLM_PROVIDER) {
      return LlmSettings.providers();
    }
    return choices == null
        ? List.of()
        : Arrays.stream(choices.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
  }

  /** The property of this key. */
  static Optional<Property> of(String key) {
    return Arrays.stream(values()).filter(p -> p.key.equals(key)).findFirst();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Property::key).toList();
  }
}
