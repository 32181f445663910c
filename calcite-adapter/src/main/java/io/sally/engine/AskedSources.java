package io.sally.engine;

import io.sally.engine.catalog.Catalogs;
import io.sally.engine.planner.SourceSchema;
import io.sally.engine.planner.SourceSchemas;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sources that one planning asks for: each answers the same from then on. Confined to the
 * planning, and read-only afterwards.
 */
final class AskedSources implements SourceSchemas {
  private final SourceCatalogs catalogs;
  private final Execution execution;
  private final Map<String, SourceSchema> asked = new LinkedHashMap<>();

  AskedSources(SourceCatalogs catalogs, Execution execution) {
    this.catalogs = catalogs;
    this.execution = execution;
  }

  @Override
  public List<String> names() {
    return catalogs.names();
  }

  @Override
  public SourceSchema schema(String source) throws SQLException {
    SourceSchema known = asked.get(source);
    if (known == null) {
      known = catalogs.kept(source).get(execution);
      asked.put(source, known);
    }
    return known;
  }

  @Override
  public List<SourceSchema> asked() {
    return List.copyOf(asked.values());
  }

  @Override
  public Catalogs known(Session.Reader reader) {
    return catalogs.known(reader);
  }
}
