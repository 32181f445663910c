package io.sally.engine;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.sally.engine.planner.LiteralText;
import io.sally.engine.planner.QueryPlanner;
import io.sally.engine.planner.SharedPlan;
import io.sally.engine.planner.SourceSchema;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The plans of an engine: the same text in the same session is planned once, and so are texts that
 * differ in literals alone, as those of a dashboard do. Of these the first is planned as it is
 * written. With the second, a plan is made for all that follow; it is kept where it does the same
 * work in the same places. Thread-safe.
 */
final class KeptPlans {
  private static final int KEPT = 500;

  private final Engine engine;
  private final SourceCatalogs catalogs;
  private final Cache<TextKey, KeptPlan> plans = cache();
  private final Cache<KindKey, Kind> kinds = cache();
  private final Cache<String, BitSet> liftable = cache();
  private volatile @Nullable QueryPlanner planner;

  private record TextKey(String sql, Session session, boolean inUtc) {
    TextKey(String sql, Session session, Execution execution) {
      this(sql, session, execution.isInUtc());
    }
  }

  /** The same text means the same plan as long as its sources hold the same things. */
  private record KeptPlan(RenewingPlan plan, List<SourceSchema> schemas) {}

  /**
   * What texts have in common that may share a plan.
   *
   * @param fixed the literals that a plan has to know
   */
  private record KindKey(String shape, List<String> fixed, Session session, boolean inUtc) {}

  /**
   * What is known of such texts.
   *
   * @param first the plan of the first one, until it was tried to make one for all
   * @param shared the plan for all; with neither, each is planned as it is written
   */
  private record Kind(
      @Nullable Plan first, @Nullable SharedPlan shared, List<SourceSchema> schemas) {}

  KeptPlans(Engine engine, SourceCatalogs catalogs) {
    this.engine = engine;
    this.catalogs = catalogs;
  }

  private static <K, V> Cache<K, V> cache() {
    return CacheBuilder.newBuilder().maximumSize(KEPT).build();
  }

  /**
   * Made at the first statement: its parser and functions are most of a second of class loading.
   */
  private QueryPlanner planner() {
    QueryPlanner current = planner;
    if (current == null) {
      synchronized (this) {
        current = planner;
        if (current == null) {
          current = new QueryPlanner();
          planner = current;
        }
      }
    }
    return current;
  }

  /** Plans from catalogs that were read anew are no longer right and need not be held. */
  void forget(SourceSchema old) {
    plans.asMap().values().removeIf(kept -> kept.schemas().contains(old));
    kinds.asMap().values().removeIf(kind -> kind.schemas().contains(old));
  }

  void forgetAll() {
    plans.invalidateAll();
    kinds.invalidateAll();
  }

  /** The plan of a text, which it may share with others. */
  Plan plan(String sql, Session session, Execution execution) throws SQLException {
    KeptPlan known = plans.getIfPresent(new TextKey(sql, session, execution));
    if (known != null && catalogs.areCurrent(known.schemas())) {
      return known.plan();
    }
    // What a translator wrote is looked at as it is written.
    Optional<LiteralText> text =
        session.reader() == Session.Reader.PERSON ? LiteralText.of(sql) : Optional.empty();
    return text.isPresent()
        ? shared(sql, text.get(), session, execution)
        : alone(sql, session, execution).plan();
  }

  private Plan shared(String sql, LiteralText text, Session session, Execution execution)
      throws SQLException {
    BitSet lifted = liftable.getIfPresent(text.shape());
    if (lifted == null) {
      KeptPlan alone = alone(sql, session, execution);
      lifted = planner().liftable(sql, text);
      liftable.put(text.shape(), lifted);
      met(key(text, lifted, session, execution), alone);
      return alone.plan();
    } else if (lifted.isEmpty()) {
      return alone(sql, session, execution).plan();
    }
    KindKey key = key(text, lifted, session, execution);
    Kind kind = kinds.getIfPresent(key);
    if (kind == null || !catalogs.areCurrent(kind.schemas())) {
      KeptPlan alone = alone(sql, session, execution);
      met(key, alone);
      return alone.plan();
    }
    Plan first = kind.first();
    if (first != null) {
      kind = shareable(sql, text, session, first, execution);
      keep(key, kind);
    }
    SharedPlan shared = kind.shared();
    Optional<Plan> bound = shared == null ? Optional.empty() : shared.bind(sql, text);
    return bound.isPresent()
        ? new RenewingPlan(engine, bound.get(), sql, session)
        : alone(sql, session, execution).plan();
  }

  private static KindKey key(
      LiteralText text, BitSet lifted, Session session, Execution execution) {
    return new KindKey(text.shape(), text.writtenBut(lifted), session, execution.isInUtc());
  }

  private void met(KindKey key, KeptPlan first) {
    keep(key, new Kind(first.plan().once(), null, first.schemas()));
  }

  private void keep(KindKey key, Kind kind) {
    kinds.put(key, kind);
    if (!catalogs.areCurrent(kind.schemas())) {
      // A catalog was read anew in between: its old plans were forgotten before this one was kept.
      kinds.invalidate(key);
    }
  }

  private Kind shareable(
      String sql, LiteralText text, Session session, Plan first, Execution execution)
      throws SQLException {
    AskedSources asked = catalogs.asking(execution);
    @Nullable SharedPlan shared = null;
    try {
      shared = planner().share(sql, text, first, asked, session, execution).orElse(null);
    } catch (SQLException e) {
      // What is wrong with the text is told when it is planned as it is written.
      execution.check();
    }
    return new Kind(null, shared, asked.asked());
  }

  /** The plan of a text as it is written. */
  Plan planAlone(String sql, Session session, Execution execution) throws SQLException {
    return alone(sql, session, execution).plan();
  }

  private KeptPlan alone(String sql, Session session, Execution execution) throws SQLException {
    TextKey key = new TextKey(sql, session, execution);
    KeptPlan known = plans.getIfPresent(key);
    if (known != null && catalogs.areCurrent(known.schemas())) {
      return known;
    }
    AskedSources asked = catalogs.asking(execution);
    Plan plan;
    try {
      plan = planner().plan(sql, asked, session, execution);
    } catch (SQLException e) {
      if (!SourceChange.namesWhatIsMissing(e) || !catalogs.readAgain(asked, execution)) {
        throw e;
      }
      asked = catalogs.asking(execution);
      plan = planner().plan(sql, asked, session, execution);
    }
    KeptPlan kept = new KeptPlan(new RenewingPlan(engine, plan, sql, session), asked.asked());
    plans.put(key, kept);
    if (!catalogs.areCurrent(kept.schemas())) {
      // A catalog was read anew in between: its old plans were forgotten before this one was kept.
      plans.invalidate(key);
    }
    return kept;
  }

  /** The plan of a text as it is written, which fails where it fails. */
  Plan once(String sql, Session session, Execution execution) throws SQLException {
    return alone(sql, session, execution).plan().once();
  }
}
