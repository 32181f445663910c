package io.sally.ask.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The form of the answer that every model is asked for: one JSON object. */
public final class AnswerForm {
  /** What a field holds. */
  public enum Kind {
    TRUTH,
    TEXT,
    TEXTS
  }

  private AnswerForm() {}

  /** The fields, all of them required, in the order in which the model shall write them. */
  public static Map<String, Kind> fields() {
    Map<String, Kind> fields = new LinkedHashMap<>();
    fields.put("answerable", Kind.TRUTH);
    fields.put("sql", Kind.TEXT);
    fields.put("explanation", Kind.TEXT);
    fields.put("assumptions", Kind.TEXTS);
    fields.put("reason", Kind.TEXT);
    fields.put("suggestions", Kind.TEXTS);
    return Collections.unmodifiableMap(fields);
  }
}
