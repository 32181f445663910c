package io.sally.ask.context;

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

  private record Entry(Set<Catalog> same, String fingerprint, CatalogIndex index) {
    static Entry of(Catalogs catalogs, String fingerprint, CatalogIndex index) {
      Set<Catalog> same = Collections.newSetFromMap(new IdentityHashMap<>());
      same.addAll(catalogs.catalogs());
      return new Entry(same, fingerprint, index);
    }

    boolean isOf(List<Catalog> catalogs) {
      return catalogs.size() == same.size() && same.containsAll(catalogs);
    }
  }

  private final NameStems stems;
  private final Deque<Entry> entries = new ArrayDeque<>();

  CatalogIndexes(NameStems stems) {
    this.stems = stems;
  }

  /** The index of these catalogs; whoever wants it while it is made waits for it. */
  synchronized CatalogIndex of(Catalogs catalogs) {
    for (Entry entry : entries) {
      if (entry.isOf(catalogs.catalogs())) {
        return entry.index();
      }
    }
    String fingerprint = catalogs.fingerprint();
    CatalogIndex index = taken(fingerprint);
    if (index == null) {
      index = new CatalogIndex(catalogs, stems);
    }
    entries.addFirst(Entry.of(catalogs, fingerprint, index));
    if (entries.size() > MOST) {
      entries.removeLast();
    }
    return index;
  }

  private @Nullable CatalogIndex taken(String fingerprint) {
    for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      if (entry.fingerprint().equals(fingerprint)) {
        all.remove();
        return entry.index();
      }
    }
    return null;
  }
}
