package io.sally.driver.config;

import io.sally.ask.memory.Budget;
import io.sally.ask.model.TranslatorFactory;
import io.sally.ask.model.Vendor;
import io.sally.driver.config.AskSettings.Approval;
import io.sally.driver.config.AskSettings.Fallback;
import io.sally.driver.config.AskSettings.Quoted;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link Configuration} from the file that a URL names, the URL's parameters and {@code
 * Properties}; the later win. Immutable and thread-safe.
 *
 * <p>Every failure is an SQLException that names all that is wrong: each with its file and line or
 * its property, and with what would be right. A secret's value is never in it.
 */
public final class ConfigurationReader {
  private static final int MAX_ATTEMPTS = 10;
  private static final int MAX_CANDIDATES = 9;
  private static final int MAX_PROMPT_TOKENS = 1_000_000;

  private final UnaryOperator<@Nullable String> environment;

  /**
   * A reader.
   *
   * @param environment gives the value of an environment variable, null where there is none
   */
  public ConfigurationReader(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  /**
   * The configuration that URL and properties describe.
   *
   * @throws SQLException with SQLState 22023 when the configuration is wrong, 08001 when the URL
   *     names a file that cannot be read
   */
  public Configuration read(String url, Properties info) throws SQLException {
    ConnectionUrl parsed = ConnectionUrl.parse(url);
    Optional<Path> file = ConfigurationPath.of(parsed.target());
    Problems problems = new Problems();
    GivenValues values = GivenValues.of(file, parsed, info, problems);
    return configuration(parsed.target(), values, folder(file), problems);
  }

  /**
   * The configuration that the file would describe if it held this text.
   *
   * @param file an absolute path, which need not exist
   * @throws SQLException with SQLState 22023 when the text is wrong
   */
  public Configuration read(Path file, String text) throws SQLException {
    Problems problems = new Problems();
    GivenValues values = GivenValues.ofText(file, text, problems);
    return configuration(file.toString(), values, folder(Optional.of(file)), problems);
  }

  private Configuration configuration(
      String target, GivenValues values, Path folder, Problems problems) throws SQLException {
    SecretTexts secrets =
        new SecretTexts(environment, folder, values.get(Property.KEY_FILE).text(), problems);
    ValueReader reader = new ValueReader(secrets, problems);
    List<SourceConfiguration> sources = new SourceReader(values, reader, folder, problems).read();
    Configuration configuration =
        new Configuration(
            mode(target, values, reader, sources),
            reader.day(values.get(Property.DEMO_DATE)),
            reader.zone(values.get(Property.TIME_ZONE)),
            reader.duration(values.get(Property.CATALOG_TTL)),
            memory(values, reader, folder),
            llm(values, reader, problems),
            ask(values, reader, folder),
            sources,
            glossary(values, reader),
            Settings.of(values));
    problems.throwIfAny();
    return configuration;
  }

  private static MemorySettings memory(GivenValues values, ValueReader reader, Path folder) {
    return new MemorySettings(
        reader.bytesOrNull(values.get(Property.MEMORY_BUDGET)),
        reader.bytesUnlessOff(values.get(Property.MEMORY_SPILL)),
        reader.pathOrNull(values.get(Property.MEMORY_SPILL_FOLDER), folder));
  }

  /** Where relative paths begin: beside the file, which may be used from anywhere. */
  private static Path folder(Optional<Path> file) {
    return file.map(Path::getParent).orElseGet(() -> Path.of("").toAbsolutePath());
  }

  /** Who configures sources wants to work on them; {@code jdbc:sally:demo} says what it wants. */
  private static Mode mode(
      String target, GivenValues values, ValueReader reader, List<SourceConfiguration> sources) {
    GivenValue value = values.get(Property.MODE);
    if (value.isGiven()) {
      return reader.choice(value, Mode.values(), Property.MODE.choices());
    }
    return sources.isEmpty() || target.equals("demo") ? Mode.DEMO : Mode.PRODUCTION;
  }

  private static LlmSettings llm(GivenValues values, ValueReader reader, Problems problems) {
    String provider = provider(values, reader);
    Optional<Vendor> vendor = TranslatorFactory.of(provider).map(TranslatorFactory::vendor);
    Optional<Secret> key = reader.secret(key(values, vendor));
    if (vendor.isPresent() && vendor.get().needsKey() && key.isEmpty()) {
      problems.add(
          values.get(Property.LLM_PROVIDER),
          "Property llm.provider is "
              + provider
              + ", and there is no key for it. Set the environment variable "
              + vendor.get().keyVariable()
              + " or the property llm.apiKey, or choose llm.provider=offline.");
      provider = LlmSettings.OFFLINE;
    }
    GivenValue model = values.get(Property.LLM_MODEL);
    return new LlmSettings(
        provider,
        key.orElse(null),
        model.isGiven() ? reader.text(model) : vendor.map(Vendor::model).orElse(model.text()),
        reader.webAddress(values.get(Property.LLM_BASE_URL)),
        reader.duration(values.get(Property.LLM_TIMEOUT)),
        reader.count(values.get(Property.LLM_PROMPT_TOKENS), MAX_PROMPT_TOKENS));
  }

  /** A key that was meant for one service never goes to another. */
  private static GivenValue key(GivenValues values, Optional<Vendor> vendor) {
    GivenValue value = values.get(Property.LLM_API_KEY);
    return value.isGiven() || vendor.isEmpty()
        ? value
        : GivenValue.ofDefault(value.key(), "${env:" + vendor.get().keyVariable() + "}");
  }

  private static String provider(GivenValues values, ValueReader reader) {
    GivenValue value = values.get(Property.LLM_PROVIDER);
    if (value.isGiven()) {
      return reader.choice(value, Property.LLM_PROVIDER.choices());
    }
    return reader.secret(values.get(Property.LLM_API_KEY)).isPresent()
        ? LlmSettings.GEMINI
        : LlmSettings.OFFLINE;
  }

  private static AskSettings ask(GivenValues values, ValueReader reader, Path folder) {
    return new AskSettings(
        reader.choice(
            values.get(Property.ASK_APPROVAL), Approval.values(), Property.ASK_APPROVAL.choices()),
        reader.count(values.get(Property.ASK_ATTEMPTS), MAX_ATTEMPTS),
        reader.count(values.get(Property.ASK_MAX_ROWS), Integer.MAX_VALUE),
        reader.duration(values.get(Property.ASK_TIMEOUT)),
        reader.pathOrNull(values.get(Property.ASK_MEMORY), folder),
        new Budget(
            reader.amountOrNull(values.get(Property.ASK_MAX_CALLS_PER_DAY)),
            reader.amountOrNull(values.get(Property.ASK_MAX_TOKENS_PER_DAY))),
        reader.amountOrNull(values.get(Property.ASK_MAX_ESTIMATED_ROWS)),
        reader.count(values.get(Property.ASK_CANDIDATES), MAX_CANDIDATES),
        reader.choice(
            values.get(Property.LLM_FALLBACK), Fallback.values(), Property.LLM_FALLBACK.choices()),
        reader.choice(
            values.get(Property.ASK_SAMPLES), Samples.values(), Property.ASK_SAMPLES.choices()),
        reader.choice(
            values.get(Property.ASK_QUOTED), Quoted.values(), Property.ASK_QUOTED.choices()));
  }

  private static List<GlossaryTerm> glossary(GivenValues values, ValueReader reader) {
    List<GlossaryTerm> terms = new ArrayList<>();
    for (GivenValue value : values.glossary()) {
      terms.add(
          new GlossaryTerm(
              value.key().substring(KnownKeys.GLOSSARY.length() + 1), reader.text(value)));
    }
    return terms;
  }
}
