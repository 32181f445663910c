package io.sally.ask;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The translations that were proven, up to a number; the one that was not used for longest goes
 * first. Thread-safe.
 */
final class TranslationMemory {
  private final Map<TranslationKey, Translation> byKey;
  private final Map<String, Translation> byId;

  /**
   * @param most how many translations to keep
   */
  TranslationMemory(int most) {
    this.byKey = new Bounded<>(most);
    this.byId = new Bounded<>(most);
  }

  synchronized Optional<Translation> get(TranslationKey key) {
    Translation translation = byKey.get(key);
    if (translation != null) {
      // Keeps it reachable by id as long as it is given out by question.
      byId.put(translation.id(), translation);
    }
    return Optional.ofNullable(translation);
  }

  synchronized Optional<Translation> get(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  synchronized void put(TranslationKey key, Translation translation) {
    byKey.put(key, translation);
    byId.put(translation.id(), translation);
  }

  /** Least recently used first, up to a number. */
  private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    Bounded(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }
}
