package io.sally.ask.model;

import io.sally.ask.context.Prompt.Form;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The forms of the answer that every model is asked for: one JSON object. */
public final class AnswerForm {
  /** What a field holds. */
  public enum Kind {
    TRUTH,
    TEXT,
    TEXTS
  }

  private AnswerForm() {}

  /** The fields, all of them required, in the order in which the model shall write them. */
  public static Map<String, Kind> fields(Form form) {
    Map<String, Kind> fields = new LinkedHashMap<>();
    if (form == Form.NARRATION) {
      fields.put("narration", Kind.TEXT);
      return Collections.unmodifiableMap(fields);
    }
    fields.put("answerable", Kind.TRUTH);
    fields.put("sql", Kind.TEXT);
    fields.put("explanation", Kind.TEXT);
    fields.put("assumptions", Kind.TEXTS);
    fields.put("reason", Kind.TEXT);
    fields.put("suggestions", Kind.TEXTS);
    return Collections.unmodifiableMap(fields);
  }
}
