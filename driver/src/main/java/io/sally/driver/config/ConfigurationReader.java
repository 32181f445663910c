package io.sally.driver.config;

import io.sally.driver.config.AskSettings.Approval;
import io.sally.engine.SqlErrors;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link Configuration} from a URL and {@code Properties}. Immutable and thread-safe.
 *
 * <p>Every failure is an SQLException that names the property, what is wrong with its value, and
 * what would be right; a secret's value is never in it.
 */
public final class ConfigurationReader {
  // A target with other characters may be a property in the wrong place, and that one a secret.
  private static final Pattern SHOWABLE_TARGET = Pattern.compile("[^;&=@]*");

  private static final int MAX_ATTEMPTS = 10;

  private final SecretReference secrets;

  /**
   * A reader.
   *
   * @param environment gives the value of an environment variable, null where there is none
   */
  public ConfigurationReader(UnaryOperator<@Nullable String> environment) {
    secrets = new SecretReference(environment);
  }

  /**
   * The configuration that URL and properties describe; of a property that both give, {@code info}
   * has the word.
   *
   * @throws SQLException with SQLState 22023 when a property is unknown or wrong, 08001 when the
   *     URL names something that cannot be connected to
   */
  public Configuration read(String url, Properties info) throws SQLException {
    ConnectionUrl parsed = ConnectionUrl.parse(url);
    requireKnownTarget(parsed.target());
    PropertyValues values = PropertyValues.of(parsed, info);
    return new Configuration(
        choice(values, Property.MODE, Mode.values()),
        demoDate(values),
        timeZone(values),
        llm(values),
        ask(values));
  }

  private static void requireKnownTarget(String target) throws SQLException {
    if (!target.isEmpty() && !target.equals("demo")) {
      throw SqlErrors.cannotConnect(
          "Cannot connect to "
              + (SHOWABLE_TARGET.matcher(target).matches()
                  ? '"' + ConnectionUrl.PREFIX + target + '"'
                  : "what this URL names")
              + ": this version reads no configuration file. Connect to jdbc:sally: or"
              + " jdbc:sally:demo for the demo schema; properties follow a question mark, as in"
              + " jdbc:sally:demo?timeZone=UTC.",
          null);
    }
  }

  private static @Nullable LocalDate demoDate(PropertyValues values) throws SQLException {
    String text = values.text(Property.DEMO_DATE);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw wrong(Property.DEMO_DATE, text, "Write a day as 2026-03-31.", e);
    }
  }

  private static ZoneId timeZone(PropertyValues values) throws SQLException {
    String text = values.text(Property.TIME_ZONE);
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw wrong(Property.TIME_ZONE, text, "Write a zone as UTC, Europe/Paris or +02:00.", e);
    }
  }

  private LlmSettings llm(PropertyValues values) throws SQLException {
    Optional<Secret> key = secrets.resolve(Property.LLM_API_KEY, values.text(Property.LLM_API_KEY));
    if (key.isEmpty() && values.isGiven(Property.LLM_API_KEY)) {
      throw SqlErrors.invalidParameter(
          "Property llm.apiKey refers to a key that is not there. Set the environment variable or"
              + " write the file that it names, or leave the property out to work offline.",
          null);
    }
    return new LlmSettings(
        provider(values, key.isPresent()),
        key.orElse(null),
        values.text(Property.LLM_MODEL),
        baseUrl(values),
        duration(values, Property.LLM_TIMEOUT));
  }

  private static LlmSettings.Provider provider(PropertyValues values, boolean hasKey)
      throws SQLException {
    if (!values.isGiven(Property.LLM_PROVIDER)) {
      return hasKey ? LlmSettings.Provider.GEMINI : LlmSettings.Provider.OFFLINE;
    }
    LlmSettings.Provider provider =
        choice(values, Property.LLM_PROVIDER, LlmSettings.Provider.values());
    if (provider == LlmSettings.Provider.GEMINI && !hasKey) {
      throw SqlErrors.invalidParameter(
          "Property llm.provider is gemini, and there is no key for it. Set the environment"
              + " variable GEMINI_API_KEY or the property llm.apiKey, or choose"
              + " llm.provider=offline.",
          null);
    }
    return provider;
  }

  private static @Nullable URI baseUrl(PropertyValues values) throws SQLException {
    String text = values.text(Property.LLM_BASE_URL);
    if (text.isEmpty()) {
      return null;
    }
    String hint = "Write an http or https address without user name, as https://proxy.example.com.";
    try {
      URI uri = new URI(text);
      boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!isWeb || uri.getHost() == null || uri.getUserInfo() != null) {
        throw wrong(Property.LLM_BASE_URL, hint);
      }
      return uri;
    } catch (URISyntaxException e) {
      // Neither the text nor its parser's message is repeated: it may hold a password.
      throw wrong(Property.LLM_BASE_URL, hint);
    }
  }

  private static AskSettings ask(PropertyValues values) throws SQLException {
    return new AskSettings(
        choice(values, Property.ASK_APPROVAL, Approval.values()),
        Math.toIntExact(count(values, Property.ASK_ATTEMPTS, MAX_ATTEMPTS)),
        count(values, Property.ASK_MAX_ROWS, Integer.MAX_VALUE),
        duration(values, Property.ASK_TIMEOUT));
  }

  private static <E extends Enum<E>> E choice(
      PropertyValues values, Property property, E[] constants) throws SQLException {
    String text = values.text(property);
    List<E> chosen = Arrays.stream(constants).filter(c -> c.name().equalsIgnoreCase(text)).toList();
    if (chosen.isEmpty()) {
      throw wrong(
          property, text, "Choose one of " + String.join(", ", property.choices()) + ".", null);
    }
    return chosen.get(0);
  }

  private static long count(PropertyValues values, Property property, long max)
      throws SQLException {
    String text = values.text(property);
    if (text.matches("\\d{1,10}")) {
      long count = Long.parseLong(text);
      if (count >= 1 && count <= max) {
        return count;
      }
    }
    throw wrong(property, text, "Write a whole number from 1 to " + max + ".", null);
  }

  private static Duration duration(PropertyValues values, Property property) throws SQLException {
    String text = values.text(property);
    return DurationText.parse(text.toLowerCase(Locale.ROOT))
        .filter(d -> !d.isZero())
        .orElseThrow(
            () -> wrong(property, text, "Write a time above zero as 500ms, 30s or 2m.", null));
  }

  private static SQLException wrong(
      Property property, String text, String hint, @Nullable Throwable cause) {
    return SqlErrors.invalidParameter(
        "Property " + property.key() + " cannot be \"" + text + "\". " + hint, cause);
  }

  private static SQLException wrong(Property property, String hint) {
    return SqlErrors.invalidParameter(
        "Property " + property.key() + " has a value that cannot be used. " + hint, null);
  }
}
