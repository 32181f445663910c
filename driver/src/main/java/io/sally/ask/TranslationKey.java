package io.sally.ask;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * What makes two questions the same at one moment.
 *
 * @param question with white space collapsed and in lower case, behind the SQL that it builds on
 * @param fingerprint of all catalogs that the question may be about
 * @param translator the translator with its model and settings
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
        question(request),
        request.catalogs().fingerprint(),
        request.schemaPath(),
        request.today(),
        translator);
  }

  /** The question as the memory knows it. */
  static String question(TranslationRequest request) {
    String own =
        request.question().replaceAll("[\\s\\p{Z}]+", " ").strip().toLowerCase(Locale.ROOT);
    // No question holds a line break here, so that none can be taken for a follow-up.
    return request.previous() == null ? own : request.previous().sql() + "\n-- and then\n" + own;
  }

  /** Whether a question as the memory knows it builds on no other. */
  static boolean standsAlone(String question) {
    return question.indexOf('\n') < 0;
  }
}
