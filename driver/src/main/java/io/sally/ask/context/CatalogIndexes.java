package io.sally.ask.context;

import io.sally.ask.Samples;
import io.sally.engine.catalog.Catalog;
import io.sally.engine.catalog.Catalogs;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of the last few sets of catalogs, each made once for its fingerprint. The catalogs
 * are compared by identity first: the engine gives the same ones until it has read them again, and
 * a fingerprint costs more than a search. Thread-safe.
 */
final class CatalogIndexes {
  private static final int MOST = 4;

  private record Entry(Set<Catalog> same, String fingerprint, Samples samples, CatalogIndex index) {
    static Entry of(Catalogs catalogs, String fingerprint, Samples samples, CatalogIndex index) {
      Set<Catalog> same = Collections.newSetFromMap(new IdentityHashMap<>());
      same.addAll(catalogs.catalogs());
      return new Entry(same, fingerprint, samples, index);
    }

    boolean isOf(List<Catalog> catalogs, Samples others) {
      return samples.isSame(others) && catalogs.size() == same.size() && same.containsAll(catalogs);
    }
  }

  private final NameStems stems;
  private final Deque<Entry> entries = new ArrayDeque<>();

  CatalogIndexes(NameStems stems) {
    this.stems = stems;
  }

  /** The index of these catalogs; whoever wants it while it is made waits for it. */
  synchronized CatalogIndex of(Catalogs catalogs, Samples samples) {
    for (Entry entry : entries) {
      if (entry.isOf(catalogs.catalogs(), samples)) {
        return entry.index();
      }
    }
    String fingerprint = catalogs.fingerprint();
    CatalogIndex index = taken(fingerprint, samples);
    if (index == null) {
      index = new CatalogIndex(catalogs, samples, stems);
    }
    entries.addFirst(Entry.of(catalogs, fingerprint, samples, index));
    if (entries.size() > MOST) {
      entries.removeLast();
    }
    return index;
  }

  private @Nullable CatalogIndex taken(String fingerprint, Samples samples) {
    for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      if (entry.fingerprint().equals(fingerprint) && entry.samples().isSame(samples)) {
        all.remove();
        return entry.index();
      }
    }
    return null;
  }
}
