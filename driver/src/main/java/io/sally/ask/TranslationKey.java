package io.sally.ask;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * What makes two questions the same.
 *
 * @param question with white space collapsed and in lower case
 * @param today is a part, since a translation may hold a date that was derived from it
 */
record TranslationKey(
    String question,
    String fingerprint,
    List<String> schemaPath,
    LocalDate today,
    String translator) {
  TranslationKey {
    schemaPath = List.copyOf(schemaPath);
  }

  static TranslationKey of(TranslationRequest request, String translator) {
    return new TranslationKey(
        normalise(request.question()),
        request.catalogs().fingerprint(),
        request.schemaPath(),
        request.today(),
        translator);
  }

  private static String normalise(String question) {
    return question.replaceAll("[\\s\\p{Z}]+", " ").strip().toLowerCase(Locale.ROOT);
  }
}
