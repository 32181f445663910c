package io.sally.driver.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of each kind from their texts. What cannot be read is a problem, and something of
 * the kind is given in its place, so that the reading goes on and finds the other problems. A
 * message shows the text as it was written, references to secrets not followed. Confined to one
 * reading.
 */
final class ValueReader {
  private static final Pattern SIZE =
      Pattern.compile("([1-9]\\d{0,5})\\s*([KMG]B)", Pattern.CASE_INSENSITIVE);

  private final SecretTexts secrets;
  private final Problems problems;

  ValueReader(SecretTexts secrets, Problems problems) {
    this.secrets = secrets;
    this.problems = problems;
  }

  /** The text, or an empty one where nothing is given. */
  String text(GivenValue value) {
    return secrets.resolve(value).orElse("").strip();
  }

  @Nullable String textOrNull(GivenValue value) {
    String text = text(value);
    return text.isEmpty() ? null : text;
  }

  /** The secret, to the last blank as it is kept, or nothing where there is none. */
  Optional<Secret> secret(GivenValue value) {
    return secrets.resolve(value).filter(text -> !text.isBlank()).map(Secret::new);
  }

  List<String> list(GivenValue value) {
    return Arrays.stream(text(value).split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  <E extends Enum<E>> E choice(GivenValue value, E[] constants, List<String> choices) {
    String text = text(value);
    for (E constant : constants) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    notAmong(value, choices);
    return constants[0];
  }

  /** One of these texts, whatever its case; the last of them where it is none. */
  String choice(GivenValue value, List<String> choices) {
    String text = text(value);
    return choices.stream()
        .filter(text::equalsIgnoreCase)
        .findFirst()
        .orElseGet(
            () -> {
              notAmong(value, choices);
              return choices.get(choices.size() - 1);
            });
  }

  private void notAmong(GivenValue value, List<String> choices) {
    wrong(
        value,
        NearestName.find(text(value), choices).map(near -> "Did you mean " + near + "? ").orElse("")
            + "Choose one of "
            + String.join(", ", choices)
            + ".");
  }

  int count(GivenValue value, int max) {
    String text = text(value);
    if (text.matches("\\d{1,10}")) {
      long count = Long.parseLong(text);
      if (count >= 1 && count <= max) {
        return (int) count;
      }
    }
    wrong(value, "Write a whole number from 1 to " + max + ".");
    return 1;
  }

  /** A whole number above zero, or null where none is given. */
  @Nullable Long amountOrNull(GivenValue value) {
    String text = text(value);
    if (text.isEmpty()) {
      return null;
    }
    if (text.matches("[1-9]\\d{0,14}")) {
      return Long.valueOf(text);
    }
    wrong(value, "Write a whole number above zero, or nothing for no limit.");
    return null;
  }

  /** A number of bytes, or null where none is given. */
  @Nullable Long bytesOrNull(GivenValue value) {
    String text = text(value);
    if (text.isEmpty()) {
      return null;
    }
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      wrong(value, "Write a size as 512MB or 2GB.");
      return null;
    }
    long unit =
        switch (size.group(2).toUpperCase(Locale.ROOT)) {
          case "KB" -> 1L << 10;
          case "MB" -> 1L << 20;
          default -> 1L << 30;
        };
    return Long.parseLong(size.group(1)) * unit;
  }

  /** A size, or null where it is {@code off}. */
  @Nullable Long bytesUnlessOff(GivenValue value) {
    return text(value).equalsIgnoreCase("off") ? null : bytesOrNull(value);
  }

  /** A file, relative to the folder, or null where none is given. */
  @Nullable Path pathOrNull(GivenValue value, Path folder) {
    String text = text(value);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return folder.resolve(ConfigurationPath.withHome(text)).normalize();
    } catch (InvalidPathException e) {
      wrong(value, "Write a path as ./sally-memory.db.");
      return null;
    }
  }

  Duration duration(GivenValue value) {
    Optional<Duration> read =
        DurationText.parse(text(value).toLowerCase(Locale.ROOT)).filter(d -> !d.isZero());
    if (read.isEmpty()) {
      wrong(value, "Write a time above zero as 500ms, 30s or 2m.");
    }
    return read.orElse(Duration.ofSeconds(1));
  }

  @Nullable LocalDate day(GivenValue value) {
    String text = text(value);
    try {
      return text.isEmpty() ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      wrong(value, "Write a day as 2026-03-31.");
      return null;
    }
  }

  ZoneId zone(GivenValue value) {
    try {
      return ZoneId.of(text(value));
    } catch (DateTimeException e) {
      wrong(value, "Write a zone as UTC, Europe/Paris or +02:00.");
      return ZoneId.of("UTC");
    }
  }

  @Nullable URI webAddress(GivenValue value) {
    String text = text(value);
    if (text.isEmpty()) {
      return null;
    }
    try {
      URI uri = new URI(text);
      boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isWeb && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Its message repeats the text; the problem below does not.
    }
    // Nor is the text itself repeated: it may hold a password.
    problems.add(
        value,
        "Property "
            + value.key()
            + " has a value that cannot be used. Write an http or https address without user name,"
            + " as https://proxy.example.com.");
    return null;
  }

  /** The value is not one that the setting can have. */
  void wrong(GivenValue value, String hint) {
    problems.add(
        value, "Property " + value.key() + " cannot be \"" + value.text().strip() + "\". " + hint);
  }
}
