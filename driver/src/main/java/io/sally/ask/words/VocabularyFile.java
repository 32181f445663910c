package io.sally.ask.words;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines of one vocabulary file: a head, a colon and phrases divided by bars; {@code #} begins a
 * comment. A line without a colon has an empty head.
 */
public final class VocabularyFile {
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern BAR = Pattern.compile("\\|");

  /** One line. */
  public record Line(String head, List<String> phrases) {
    /** The words of the head. */
    public List<String> headWords() {
      return SPACE.splitAsStream(head).toList();
    }
  }

  private VocabularyFile() {}

  /** The lines of the file of this name. */
  public static List<Line> read(String name) {
    List<Line> lines = new ArrayList<>();
    try (InputStream stream = VocabularyFile.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("The vocabulary file " + name + " is not in the jar");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !(line.startsWith("# ") || line.equals("#"))) {
          lines.add(parse(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The vocabulary file " + name + " cannot be read", e);
    }
    return lines;
  }

  private static Line parse(String line) {
    int colon = line.indexOf(" : ");
    String head = colon < 0 ? "" : line.substring(0, colon).strip();
    String body = colon < 0 ? line : line.substring(colon + 3);
    return new Line(head, BAR.splitAsStream(body).map(String::strip).toList());
  }
}
