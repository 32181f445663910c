package io.sally.driver;

import io.sally.ask.AskBounds;
import io.sally.ask.ProvingAsker;
import io.sally.ask.SampleValues;
import io.sally.ask.Translator;
import io.sally.ask.context.GlossaryTerm;
import io.sally.ask.context.PromptWriter;
import io.sally.ask.memory.AskMemory;
import io.sally.ask.memory.LastingMemory;
import io.sally.ask.memory.ProcessMemory;
import io.sally.ask.model.ModelSettings;
import io.sally.ask.model.TranslatorFactory;
import io.sally.ask.model.Vendor;
import io.sally.ask.offline.EngineColumnValues;
import io.sally.ask.offline.OfflineTranslator;
import io.sally.ask.prepared.PreparedValues;
import io.sally.ask.samples.KeptSamples;
import io.sally.ask.withheld.WithholdingTranslator;
import io.sally.demo.DemoSchema;
import io.sally.driver.config.AskSettings;
import io.sally.driver.config.AskSettings.Fallback;
import io.sally.driver.config.AskSettings.Quoted;
import io.sally.driver.config.Configuration;
import io.sally.driver.config.LlmSettings;
import io.sally.driver.config.MemorySettings;
import io.sally.driver.config.Mode;
import io.sally.driver.config.Property;
import io.sally.driver.config.Samples;
import io.sally.driver.config.SourceConfiguration;
import io.sally.engine.Engine;
import io.sally.engine.EngineSettings;
import io.sally.engine.MemoryBudget;
import io.sally.engine.Session;
import io.sally.engine.SpillSpace;
import io.sally.engine.SqlErrors;
import io.sally.engine.policy.SourcePolicy;
import io.sally.engine.source.Source;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts are put together: which sources the engine has, and who translates. All else
 * knows the parts by their interfaces.
 */
final class Wiring implements BackendFactory {
  private static final int KEPT_TRANSLATIONS = 1_000;

  @Override
  public Backend open(Configuration configuration) throws SQLException {
    AtomicReference<Engine> made = new AtomicReference<>();
    AskSettings ask = configuration.ask();
    AskMemory memory = memory(ask);
    Engine engine =
        Engine.over(
            sources(configuration, made, memory),
            new EngineSettings(configuration.catalogTtl(), policies(configuration)),
            budget(configuration.memory()));
    made.set(engine);
    try {
      return new Backend(
          engine,
          new ProvingAsker(
              engine,
              translator(configuration, engine),
              fallback(configuration, engine),
              new AskBounds(ask.timeout(), ask.attempts(), ask.candidates(), ask.budget()),
              memory,
              samples(configuration, engine),
              new PreparedValues(
                  engine, configuration.glossary().stream().map(term -> term.term()).toList())),
          sessions(configuration));
    } catch (SQLException | RuntimeException e) {
      try (engine) {
        throw e;
      }
    }
  }

  /** The demo's rows are made up, and yet nothing leaves unless somebody says so. */
  private static SampleValues samples(Configuration configuration, Engine engine) {
    Samples usual = configuration.ask().samples();
    Set<String> allowed =
        configuration.sources().stream()
            .filter(s -> Objects.requireNonNullElse(s.samples(), usual) == Samples.VALUES)
            .map(SourceConfiguration::name)
            .collect(Collectors.toCollection(HashSet::new));
    if (usual == Samples.VALUES) {
      allowed.add(DemoSource.NAME);
    }
    return allowed.isEmpty()
        ? SampleValues.NONE
        : new KeptSamples(new EngineColumnValues(engine), allowed::contains);
  }

  private static AskMemory memory(AskSettings ask) {
    AskMemory inProcess = new ProcessMemory(KEPT_TRANSLATIONS);
    Path file = ask.memory();
    return file == null ? inProcess : new LastingMemory(file, inProcess);
  }

  private static List<Source> sources(
      Configuration configuration, AtomicReference<Engine> engine, AskMemory memory) {
    List<Source> sources = new ArrayList<>();
    sources.add(DemoSource.of(DemoSchema.around(today(configuration))));
    sources.add(SystemSource.of(configuration, engine, memory));
    sources.add(InformationSchema.of(engine));
    configuration.sources().stream().map(ConfiguredSource::of).forEach(sources::add);
    return sources;
  }

  private static MemoryBudget budget(MemorySettings memory) {
    MemoryBudget budget =
        memory.budget() == null
            ? MemoryBudget.quarterOfHeap()
            : MemoryBudget.ofBytes(memory.budget());
    if (memory.spill() == null) {
      return budget.spillingTo(SpillSpace.NONE);
    }
    return budget.spillingTo(
        memory.spillFolder() == null
            ? SpillSpace.inTemporaryFolder(memory.spill())
            : SpillSpace.in(memory.spillFolder(), memory.spill()));
  }

  private static Map<String, SourcePolicy> policies(Configuration configuration) {
    Map<String, SourcePolicy> policies = new HashMap<>();
    policies.put(InformationSchema.NAME, InformationSchema.POLICY);
    configuration.sources().forEach(source -> policies.put(source.name(), source.policy()));
    return policies;
  }

  /**
   * In production an unqualified name is looked for in the sources by their order in the
   * configuration, and the first that has it is meant, as with a search path.
   */
  private static Map<Mode, Session> sessions(Configuration configuration) {
    Map<Mode, Session> sessions = new EnumMap<>(Mode.class);
    sessions.put(Mode.DEMO, new Session(List.of(DemoSource.NAME)));
    if (!configuration.sources().isEmpty()) {
      sessions.put(
          Mode.PRODUCTION,
          new Session(configuration.sources().stream().map(SourceConfiguration::name).toList()));
    }
    return sessions;
  }

  private static LocalDate today(Configuration configuration) {
    return LocalDate.now(configuration.statementClock());
  }

  private static Translator translator(Configuration configuration, Engine engine)
      throws SQLException {
    LlmSettings llm = configuration.llm();
    Optional<TranslatorFactory> factory = TranslatorFactory.of(llm.provider());
    if (factory.isEmpty()) {
      return new OfflineTranslator(new EngineColumnValues(engine), glossary(configuration));
    }
    Translator model = model(factory.get(), configuration);
    return configuration.ask().quoted() == Quoted.KEPT ? new WithholdingTranslator(model) : model;
  }

  private static @Nullable Translator fallback(Configuration configuration, Engine engine) {
    boolean isWanted =
        configuration.ask().fallback() == Fallback.OFFLINE
            && !configuration.llm().provider().equals(LlmSettings.OFFLINE);
    return isWanted
        ? new OfflineTranslator(new EngineColumnValues(engine), glossary(configuration))
        : null;
  }

  private static Translator model(TranslatorFactory factory, Configuration configuration)
      throws SQLException {
    LlmSettings llm = configuration.llm();
    Vendor vendor = factory.vendor();
    try {
      return factory.open(
          new ModelSettings(
              vendor,
              llm.apiKey() == null ? "" : llm.apiKey().reveal(),
              llm.model(),
              llm.baseUrl() == null ? vendor.baseUrl() : llm.baseUrl(),
              llm.timeout()),
          new PromptWriter(glossary(configuration), llm.promptTokens()));
    } catch (IllegalArgumentException e) {
      throw SqlErrors.invalidParameter(
          "The language model cannot be set up: "
              + e.getMessage()
              + ". Look at "
              + Property.LLM_API_KEY.key()
              + ", "
              + Property.LLM_MODEL.key()
              + " and "
              + Property.LLM_BASE_URL.key()
              + ".",
          e);
    }
  }

  private static List<GlossaryTerm> glossary(Configuration configuration) {
    return configuration.glossary().stream()
        .map(term -> new GlossaryTerm(term.term(), term.meaning()))
        .toList();
  }
}
