package io.sally.ask.offline;

import io.sally.ask.Outcome;
import io.sally.ask.OutgoingRequest;
import io.sally.ask.TranslationRequest;
import io.sally.ask.Translator;
import io.sally.ask.Trust;
import io.sally.ask.context.GlossaryTerm;
import io.sally.ask.words.Vocabulary;
import io.sally.ask.words.Words;
import io.sally.engine.Execution;
import io.sally.engine.SqlErrors;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Makes SQL of a question with no model and no network, on any catalog. It goes by the catalog's
 * names, types and keys, by the values of columns with few of them, and by a vocabulary of English
 * that knows no schema. A word that finds no place, or two readings that are as good, make it say
 * so: it does not guess. Thread-safe.
 */
public final class OfflineTranslator implements Translator {
  private static final int MAX_QUESTION = 1000;

  /** More tables than this are told by their number. */
  private static final int MAX_NAMED = 5;

  /** What is loaded for the first question, as most sessions never ask one. */
  private record Language(
      Words words, Tokenizer tokenizer, Spelling spelling, Segmenter segmenter, Lexicons lexicons) {

    static Language of(ColumnValues values, List<GlossaryTerm> glossary) {
      Words words = new Words();
      Vocabulary vocabulary = new Vocabulary(words);
      Tokenizer tokenizer = new Tokenizer(words);
      return new Language(
          words,
          tokenizer,
          new Spelling(words, vocabulary),
          new Segmenter(vocabulary, tokenizer),
          new Lexicons(values, glossary, words, vocabulary));
    }
  }

  private final ColumnValues values;
  private final List<GlossaryTerm> glossary;
  private @Nullable Language language;
  private boolean closed;

  /**
   * A translator.
   *
   * @param values knows the values of columns; {@link ColumnValues#NONE} for none
   * @param glossary what words mean in this organisation: names of tables and columns, conditions
   */
  public OfflineTranslator(ColumnValues values, List<GlossaryTerm> glossary) {
    this.values = values;
    this.glossary = List.copyOf(glossary);
  }

  /** A translator without a glossary. */
  public OfflineTranslator(ColumnValues values) {
    this(values, List.of());
  }

  @Override
  public String name() {
    return "offline";
  }

  @Override
  public String identity() {
    return glossary.isEmpty()
        ? name()
        : name()
            + " with glossary "
            + UUID.nameUUIDFromBytes(glossary.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Trust trust() {
    return Trust.OFFLINE;
  }

  @Override
  public Outcome translate(TranslationRequest request, Execution execution) throws SQLException {
    execution.check();
    if (!request.failures().isEmpty()) {
      // The same words would give the same SQL again.
      return new Outcome.NotUnderstood(
          "The only reading of the question did not pass the proof: "
              + request.failures().get(request.failures().size() - 1).error(),
          List.of());
    }
    if (request.question().length() > MAX_QUESTION) {
      return new Outcome.NotUnderstood(
          "The question is longer than " + MAX_QUESTION + " characters.", List.of());
    }
    Language known = language();
    Lexicon lexicon = known.lexicons().of(request.catalogs(), execution);
    execution.check();
    try {
      return read(request.question(), request, known, lexicon);
    } catch (NotUnderstoodException e) {
      return new Outcome.NotUnderstood(
          e.reason(),
          suggestions(request, known, lexicon).of(request.question().strip(), e.alternatives()));
    }
  }

  private synchronized Language language() throws SQLException {
    if (closed) {
      throw SqlErrors.connectionClosed();
    }
    if (language == null) {
      language = Language.of(values, glossary);
    }
    return language;
  }

  private static Outcome.Translated read(
      String question, TranslationRequest request, Language language, Lexicon lexicon)
      throws NotUnderstoodException {
    List<Token> tokens = language.tokenizer().tokens(question);
    Spelling.Mended mended = language.spelling().mend(tokens, lexicon);
    List<Segment> segments =
        language.segmenter().segments(mended.tokens(), lexicon, request.today());
    Resolver.Resolved resolved;
    try {
      resolved = plain(segments, request, language, lexicon);
    } catch (NotUnderstoodException e) {
      resolved =
          new TwoSidedRatio(lexicon, request.schemaPath()).read(segments).orElseThrow(() -> e);
    }
    new OwnKind(lexicon.names()).check(resolved.query());
    SqlNode sql =
        new SqlWriter(request.catalogs(), request.schemaPath(), lexicon.names())
            .query(resolved.query());
    Set<String> assumptions = new LinkedHashSet<>(mended.assumptions());
    assumptions.addAll(resolved.assumptions());
    int unread = lexicon.unread().size();
    if (unread > 0) {
      assumptions.add(
          "The values of "
              + (unread <= MAX_NAMED
                  ? Names.list(lexicon.unread().stream().map(Names::words).toList(), "and")
                  : unread + " tables")
              + " could not be read in time, so none of them was recognised in the question.");
    }
    return new Outcome.Translated(
        SqlText.of(sql),
        new Explanation(lexicon.names()).of(resolved.query()),
        List.copyOf(assumptions));
  }

  private static Resolver.Resolved plain(
      List<Segment> segments, TranslationRequest request, Language language, Lexicon lexicon)
      throws NotUnderstoodException {
    Draft draft = new Reader(segments, request.schemaPath()).read();
    if (!draft.unplaced.isEmpty()) {
      throw unplaced(draft.unplaced, suggestions(request, language, lexicon));
    }
    return new Resolver(lexicon).resolve(draft);
  }

  private static Suggestions suggestions(
      TranslationRequest request, Language language, Lexicon lexicon) {
    return new Suggestions(
        lexicon, language.words(), other -> sql(other, request, language, lexicon));
  }

  private static Optional<String> sql(
      String question, TranslationRequest request, Language language, Lexicon lexicon) {
    try {
      return Optional.of(read(question, request, language, lexicon).sql());
    } catch (NotUnderstoodException e) {
      return Optional.empty();
    }
  }

  private static NotUnderstoodException unplaced(List<String> unplaced, Suggestions suggestions) {
    return new NotUnderstoodException(
        "It is not clear what "
            + Names.list(unplaced.stream().map(w -> "“" + w + "”").toList(), "and")
            + (unplaced.size() == 1 ? " means here." : " mean here."),
        suggestions.spelledAs(unplaced));
  }

  @Override
  public OutgoingRequest preview(TranslationRequest request) {
    return new OutgoingRequest(
        "none", "Nothing leaves the machine: the question is translated here, without a model.");
  }

  /** Ends the reading of values that may be under way. */
  @Override
  public void close() {
    Language known;
    synchronized (this) {
      closed = true;
      known = language;
    }
    if (known != null) {
      known.lexicons().close();
    }
  }
}
