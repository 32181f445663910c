package io.sally.driver.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Vega-Lite's own JSON schema, as its release 6.4.3 publishes it. */
final class VegaLiteSchema {
  private static final String FILE = "vega-lite-6.4.3-schema.json.gz";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchema SCHEMA = load();

  private VegaLiteSchema() {}

  private static JsonSchema load() {
    try (InputStream packed =
            Objects.requireNonNull(VegaLiteSchema.class.getResourceAsStream(FILE), FILE);
        InputStream text = new GZIPInputStream(packed)) {
      // The schema refers to itself so often that following all its references ahead has no end.
      return JsonSchemaFactory.getInstance(VersionFlag.V7)
          .getSchema(
              JSON.readTree(text),
              SchemaValidatorsConfig.builder().preloadJsonSchema(false).cacheRefs(false).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode parse(String spec) {
    try {
      return JSON.readTree(spec);
    } catch (JsonProcessingException e) {
      throw new AssertionError("No JSON: " + spec, e);
    }
  }

  /**
   * What the schema finds wrong with a specification; empty when it is valid. Of the data it sees
   * the first few: it takes any object there, and tries each in dozens of ways.
   */
  static List<String> faults(String spec) {
    JsonNode shortened = parse(spec);
    ArrayNode values = (ArrayNode) shortened.at("/data/values");
    while (values.size() > 3) {
      values.remove(values.size() - 1);
    }
    return SCHEMA.validate(shortened).stream().map(ValidationMessage::getMessage).toList();
  }
}
