package io.sally.ask;

import java.util.Locale;

/** Where a translation comes from. */
public enum Trust {
  /** A person pinned it. */
  VERIFIED,
  /** A language model wrote it. */
  GENERATED,
  /** The offline translator wrote it. */
  OFFLINE;

  /** The word that users see. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
