package io.sally.ask.context;

import io.sally.ask.Samples;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The names, comments and sample values of one set of catalogs, searchable by the words of a
 * question, and how their tables hang together. It lives in memory. Immutable, thread-safe.
 */
final class CatalogIndex {
  private static final String TABLE = "table";
  private static final String COLUMNS = "columns";
  private static final String TABLE_COMMENT = "tableComment";
  private static final String COLUMN_COMMENTS = "columnComments";
  private static final String VALUES = "values";

  /** How much a word says about a table by where it stands. */
  private static final Map<String, Float> WEIGHTS =
      Map.of(TABLE, 3f, TABLE_COMMENT, 2f, COLUMNS, 1.2f, COLUMN_COMMENTS, 0.8f, VALUES, 1f);

  private static final Set<String> NAMES = Set.of(TABLE, COLUMNS);

  private static final float SYNONYM = 0.5f;
  private static final float NEAR = 0.4f;
  private static final float SIDE_BY_SIDE = 2f;
  private static final float TIE = 0.2f;
  private static final int MOST_VARIANTS = 6;
  private static final int MOST_SYNONYMS = 3;

  /** Lucene takes 1,024 clauses in all; a word makes at most 30. */
  private static final int MOST_WORDS = 30;

  private static final int MOST_FOUND = 200;

  /** Copies of tables, which questions mean only when they say so. */
  private static final Set<String> COPY_WORDS =
      Set.of(
          "bak", "backup", "tmp", "temp", "old", "archive", "copy", "test", "stg", "stage", "hist");

  private static final float COPY = 0.6f;

  /** A table with how well it fits. */
  record Found(TableName table, double score) {}

  /** A stem of the question with its weight. */
  record Weighted(String stem, float weight) {}

  private final List<TableName> tables;
  private final List<Set<String>> nameStems;
  private final IndexSearcher searcher;
  private final Set<String> terms = new HashSet<>();
  private final NameStems stems;
  private final JoinPaths paths;

  CatalogIndex(Catalogs catalogs, Samples samples, NameStems stems) {
    List<Table> all = catalogs.tables().toList();
    this.stems = stems;
    this.tables = all.stream().map(Table::name).toList();
    this.nameStems = all.stream().map(t -> Set.copyOf(stems.ofName(t.name().table()))).toList();
    this.paths = new JoinPaths(all, stems);
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    try {
      try (IndexWriter writer =
          new IndexWriter(directory, new IndexWriterConfig(new WhitespaceAnalyzer()))) {
        for (Table table : all) {
          writer.addDocument(document(table, samples));
        }
        writer.forceMerge(1);
      }
      this.searcher = new IndexSearcher(DirectoryReader.open(directory));
    } catch (IOException e) {
      throw new UncheckedIOException("A directory in memory does not fail", e);
    }
  }

  JoinPaths paths() {
    return paths;
  }

  private Document document(Table table, Samples samples) {
    Document document = new Document();
    List<String> name = stems.ofName(table.name().table());
    List<String> columns = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    for (Column column : table.columns()) {
      columns.addAll(stems.ofName(column.name()));
      if (column.comment() != null) {
        comments.addAll(stems.ofPhrase(column.comment()));
      }
    }
    terms.addAll(name);
    terms.addAll(columns);
    add(document, TABLE, name);
    add(document, COLUMNS, columns);
    add(document, COLUMN_COMMENTS, comments);
    add(
        document,
        VALUES,
        samples.of(table.name()).values().stream()
            .flatMap(values -> values.stream().flatMap(value -> stems.ofPhrase(value).stream()))
            .distinct()
            .toList());
    if (table.comment() != null) {
      add(document, TABLE_COMMENT, stems.ofPhrase(table.comment()));
    }
    return document;
  }

  private static void add(Document document, String field, List<String> stems) {
    document.add(new TextField(field, String.join(" ", stems), Field.Store.NO));
  }

  /** The tables that fit these words, the best first. */
  List<Found> search(List<Weighted> question) {
    List<Weighted> words = telling(question);
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (Weighted word : words) {
      query.add(new BoostQuery(anywhere(word.stem()), word.weight()), BooleanClause.Occur.SHOULD);
    }
    for (int i = 0; i + 1 < words.size(); i++) {
      query.add(
          new BoostQuery(
              new PhraseQuery(TABLE, words.get(i).stem(), words.get(i + 1).stem()),
              SIDE_BY_SIDE * words.get(i + 1).weight()),
          BooleanClause.Occur.SHOULD);
    }
    Set<String> said = words.stream().map(Weighted::stem).collect(Collectors.toSet());
    try {
      List<Found> found = new ArrayList<>();
      for (ScoreDoc hit : searcher.search(query.build(), MOST_FOUND).scoreDocs) {
        found.add(new Found(tables.get(hit.doc), hit.score * weight(hit.doc, said)));
      }
      found.sort(
          (a, b) -> {
            int byScore = Double.compare(b.score(), a.score());
            return byScore != 0 ? byScore : a.table().compareTo(b.table());
          });
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("A directory in memory does not fail", e);
    }
  }

  /** Of a long question the words that the catalog knows, and then the others. */
  private List<Weighted> telling(List<Weighted> words) {
    if (words.size() <= MOST_WORDS) {
      return words;
    }
    Stream<Weighted> known = words.stream().filter(w -> terms.contains(w.stem()));
    Stream<Weighted> others = words.stream().filter(w -> !terms.contains(w.stem()));
    return Stream.concat(known, others).limit(MOST_WORDS).toList();
  }

  private double weight(int document, Set<String> said) {
    boolean copy =
        nameStems.get(document).stream().anyMatch(w -> COPY_WORDS.contains(w) && !said.contains(w));
    return copy ? COPY : 1;
  }

  /** The word in any field, itself or what is like it; the best of them counts. */
  private Query anywhere(String stem) {
    List<Query> queries = new ArrayList<>();
    add(queries, stem, 1f, WEIGHTS.keySet());
    stems.synonyms(stem).stream()
        .limit(MOST_SYNONYMS)
        .forEach(synonym -> add(queries, synonym, SYNONYM, WEIGHTS.keySet()));
    near(stem).forEach(like -> add(queries, like, NEAR, NAMES));
    return new DisjunctionMaxQuery(queries, TIE);
  }

  private static void add(List<Query> queries, String stem, float weight, Set<String> fields) {
    for (String field : fields) {
      float boost = weight * WEIGHTS.getOrDefault(field, 1f);
      queries.add(new BoostQuery(new TermQuery(new Term(field, stem)), boost));
    }
  }

  /** The words of names that may be short for this one, hold it or are mistyped. */
  private List<String> near(String stem) {
    List<String> found =
        terms.stream()
            .filter(term -> !term.equals(stem) && (isShort(term, stem) || holds(term, stem)))
            .sorted()
            .limit(MOST_VARIANTS)
            .toList();
    return found.isEmpty() && !terms.contains(stem)
        ? stems.near(stem, terms).stream().sorted().limit(MOST_VARIANTS).toList()
        : found;
  }

  private static boolean holds(String term, String stem) {
    return stem.length() >= 4
        && term.length() >= stem.length() + 2
        && (term.startsWith(stem) || term.endsWith(stem));
  }

  /** "cust" and "cstmr" for customer: its beginning, or its consonants in their order. */
  private static boolean isShort(String term, String stem) {
    if (stem.length() < 5
        || term.length() < 3
        || term.length() >= stem.length()
        || term.charAt(0) != stem.charAt(0)) {
      return false;
    }
    return stem.startsWith(term) || (!term.substring(1).matches(".*[aeiou].*") && isIn(term, stem));
  }

  private static boolean isIn(String letters, String stem) {
    int at = 0;
    for (int i = 0; i < stem.length() && at < letters.length(); i++) {
      if (stem.charAt(i) == letters.charAt(at)) {
        at++;
      }
    }
    return at == letters.length();
  }
}
