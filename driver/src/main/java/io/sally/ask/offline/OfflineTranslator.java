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
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.calcite.sql.SqlNode;

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

  private final Words words = new Words();
  private final Vocabulary vocabulary = new Vocabulary(words);
  private final Tokenizer tokenizer = new Tokenizer(words);
  private final Spelling spelling = new Spelling(words, vocabulary);
  private final Segmenter segmenter = new Segmenter(vocabulary, tokenizer);
  private final List<GlossaryTerm> glossary;
  private final Lexicons lexicons;

  /**
   * A translator.
   *
   * @param values knows the values of columns; {@link ColumnValues#NONE} for none
   * @param glossary what words mean in this organisation: names of tables and columns, conditions
   */
  public OfflineTranslator(ColumnValues values, List<GlossaryTerm> glossary) {
    this.glossary = List.copyOf(glossary);
    this.lexicons = new Lexicons(values, glossary, words, vocabulary);
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
    Lexicon lexicon = lexicons.of(request.catalogs(), execution);
    execution.check();
    try {
      return read(request.question(), request, lexicon);
    } catch (NotUnderstoodException e) {
      return new Outcome.NotUnderstood(
          e.reason(),
          suggestions(request, lexicon).of(request.question().strip(), e.alternatives()));
    }
  }

  private Outcome.Translated read(String question, TranslationRequest request, Lexicon lexicon)
      throws NotUnderstoodException {
    List<Token> tokens = tokenizer.tokens(question);
    Spelling.Mended mended = spelling.mend(tokens, lexicon);
    List<Segment> segments = segmenter.segments(mended.tokens(), lexicon, request.today());
    Resolver.Resolved resolved;
    try {
      resolved = plain(segments, request, lexicon);
    } catch (NotUnderstoodException e) {
      resolved =
          new TwoSidedRatio(lexicon, request.schemaPath()).read(segments).orElseThrow(() -> e);
    }
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

  private Resolver.Resolved plain(
      List<Segment> segments, TranslationRequest request, Lexicon lexicon)
      throws NotUnderstoodException {
    Draft draft = new Reader(segments, request.schemaPath()).read();
    if (!draft.unplaced.isEmpty()) {
      throw unplaced(draft.unplaced, suggestions(request, lexicon));
    }
    return new Resolver(lexicon).resolve(draft);
  }

  private Suggestions suggestions(TranslationRequest request, Lexicon lexicon) {
    return new Suggestions(lexicon, words, other -> sql(other, request, lexicon));
  }

  private Optional<String> sql(String question, TranslationRequest request, Lexicon lexicon) {
    try {
      return Optional.of(read(question, request, lexicon).sql());
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
    lexicons.close();
  }
}
