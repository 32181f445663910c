package io.sally.engine.planner;

import io.sally.engine.Execution;
import io.sally.engine.RowCursor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.calcite.DataContext;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan: what it has open at its sources, holds in memory, and measures. It starts the
 * threads that read from sources and has ended them all when it is closed. Confined to one thread
 * at a time, as the cursor that owns it, but for what says otherwise.
 */
final class SourceRun implements AutoCloseable {
  /** The name under which generated code finds it. */
  static final String KEY = "sallySources";

  /** How many queries start before they are asked for. */
  private static final int STARTED_AT_ONCE = 8;

  private final List<? extends @Nullable Object> parameters;
  private final Execution execution;
  private final RunProfile profile;
  private final RunMemory memory;
  private final Map<String, Connections> connections = new HashMap<>();
  private final Map<SourceScan, ReadAhead> started = new HashMap<>();
  private final Map<Integer, RunMemory.Held> held = new HashMap<>();
  private final Map<Integer, Long> openings = new HashMap<>();
  private final Map<Passage, KeptRows<?>> kept = new HashMap<>();
  private final Map<SourceKeys, GivenKeys<?>> given = new HashMap<>();
  private final List<RowStream> open = new ArrayList<>();
  private final Set<RowFile<?>> files = new HashSet<>();
  private boolean sideBySide;
  private @Nullable Supplier<DataContext> contextMaker;
  private @Nullable DataContext context;
  private volatile @Nullable ReadAhead awaited;
  private volatile @Nullable StrayValue stray;

  /** Why a run waits for a query of its. */
  enum Wait {
    NOTHING,
    A_FREE_CONNECTION,
    OWN_CONNECTION
  }

  /**
   * @param parameters the values of the statement's {@code ?}, in the Java types of {@link
   *     RowCursor}
   */
  SourceRun(List<? extends @Nullable Object> parameters, Execution execution, RunProfile profile) {
    this.parameters = parameters;
    this.execution = execution;
    this.profile = profile;
    this.memory = new RunMemory(execution.memory());
  }

  static SourceRun of(DataContext context) {
    return (SourceRun) Objects.requireNonNull(context.get(KEY), KEY);
  }

  /** Says how its context is made, where something asks for one. */
  void context(Supplier<DataContext> maker) {
    contextMaker = maker;
  }

  /** What generated code may ask of the run, the same each time. */
  DataContext context() {
    DataContext known = context;
    if (known == null) {
      known = Objects.requireNonNull(contextMaker, "contextMaker").get();
      context = known;
    }
    return known;
  }

  List<? extends @Nullable Object> parameters() {
    return parameters;
  }

  Execution execution() {
    return execution;
  }

  RunProfile profile() {
    return profile;
  }

  RunMemory memory() {
    return memory;
  }

  // Memory

  /** What this operator holds. */
  RunMemory.Held held(Operator operator) {
    return held.computeIfAbsent(operator.number(), key -> memory.held(operator.title()));
  }

  /** Says that the operator begins to give its rows, for the first time or once more. */
  void opens(Operator operator) {
    openings.merge(operator.number(), 1L, Long::sum);
  }

  /** How many times the operator has begun to give its rows. */
  long openings(Operator operator) {
    return openings.getOrDefault(operator.number(), 0L);
  }

  /** The rows that were kept of a part of the plan that is read again and again, or null. */
  @Nullable KeptRows<?> kept(Passage passage) {
    return kept.get(passage);
  }

  void keep(Passage passage, KeptRows<?> rows) {
    kept.put(passage, rows);
  }

  // Disk

  /** A new file for rows that do not fit in memory; it ends with the run if not before. */
  <T> RowFile<T> spillFile() {
    try {
      RowFile<T> file = new RowFile<>(this, memory.held("what is kept beside the rows on disk"));
      files.add(file);
      return file;
    } catch (SQLException e) {
      throw new RunFailure(e);
    }
  }

  void close(RowFile<?> file) {
    files.remove(file);
    try {
      file.close();
    } catch (SQLException e) {
      throw new RunFailure(e);
    }
  }

  // Sources

  /**
   * Has the queries of a plan begin, where there are more than one: their sources work side by
   * side.
   *
   * @param scans in the order in which the plan needs their rows
   */
  void start(List<SourceScan> scans) {
    sideBySide = scans.size() > 1;
    if (sideBySide) {
      scans.stream()
          // The others wait for the keys that tell them which rows are wanted.
          .filter(scan -> scan.text().filters().isEmpty())
          .limit(STARTED_AT_ONCE)
          .forEach(scan -> started.put(scan, startReading(scan, List.of())));
    }
  }

  private ReadAhead startReading(SourceScan scan, List<Optional<List<Object>>> keys) {
    Connections permits =
        connections.computeIfAbsent(
            scan.text().source().name(),
            name -> new Connections(scan.text().source().connections()));
    ReadAhead rows = new ReadAhead(scan, keys, this, permits);
    open.add(rows);
    rows.start();
    return rows;
  }

  /** The rows of a query; when they are asked for once more, it runs once more. */
  RowStream open(SourceScan scan) throws SQLException {
    execution.check();
    List<Optional<List<Object>>> keys = keys(scan);
    if (keys.stream().anyMatch(known -> known.isPresent() && known.get().isEmpty())) {
      return NoRows.INSTANCE;
    }
    if (sideBySide) {
      ReadAhead rows = started.remove(scan);
      return rows == null ? startReading(scan, keys) : rows;
    }
    RunProfile.SourceFigures figures = profile.source(scan.operator().number());
    figures.opened();
    RowStream rows =
        new DirectRows(
            scan.text().open(this, execution, keys),
            scan.readers(),
            this,
            figures,
            profile.isMeasuring());
    open.add(rows);
    return rows;
  }

  /** Says where the keys come from. */
  void gives(SourceKeys keys, GivenKeys<?> rows) {
    given.put(keys, rows);
  }

  private List<Optional<List<Object>>> keys(SourceScan scan) {
    List<Optional<List<Object>>> keys = new ArrayList<>();
    for (KeyFilter filter : scan.text().filters()) {
      GivenKeys<?> rows = given.get(filter.keys());
      keys.add(rows == null ? Optional.empty() : rows.keys().flatMap(filter::jdbcKeys));
    }
    return keys;
  }

  /** The rows of a plan that is one query. */
  RowCursor open(SourceText text, long maxRows, boolean oneAtMost) throws SQLException {
    execution.check();
    return text.open(this, execution, maxRows, oneAtMost);
  }

  /** Says that a source gave this value. Safe from any thread. */
  void met(StrayValue value) {
    stray = value;
  }

  /** The last value that a source gave although its column's type has none such, or null. */
  @Nullable StrayValue stray() {
    return stray;
  }

  void close(RowStream rows) throws SQLException {
    open.remove(rows);
    rows.close();
  }

  /** Says which rows the run waits for, or that it waits no more. */
  void awaits(@Nullable ReadAhead rows) {
    awaited = rows;
  }

  /** Why the run waits for another query than {@code asking}. Safe from any thread. */
  Wait waitsFor(ReadAhead asking) {
    ReadAhead other = awaited;
    if (other == null || other == asking) {
      return Wait.NOTHING;
    } else if (other.awaitsPermit()) {
      return Wait.OWN_CONNECTION;
    }
    return other.awaitsConnection() ? Wait.A_FREE_CONNECTION : Wait.NOTHING;
  }

  /** Closes what is still open, last opened first; all of it, also when one fails. */
  @Override
  public void close() throws SQLException {
    endReaders();
    @Nullable SQLException failure = null;
    while (!open.isEmpty()) {
      try {
        open.remove(open.size() - 1).close();
      } catch (SQLException e) {
        failure = joined(failure, e);
      }
    }
    for (RowFile<?> file : files) {
      try {
        file.close();
      } catch (SQLException e) {
        failure = joined(failure, e);
      }
    }
    files.clear();
    kept.clear();
    memory.close();
    if (failure != null) {
      throw failure;
    }
  }

  private static SQLException joined(@Nullable SQLException first, SQLException next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }

  /** All at once: each may have to finish the row that it is reading, or its cancel may take. */
  private void endReaders() {
    List<ReadAhead> readers = new ArrayList<>();
    for (RowStream rows : open) {
      if (rows instanceof ReadAhead reader) {
        readers.add(reader);
      }
    }
    readers.forEach(ReadAhead::leave);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ReadAhead.POLITE_MILLIS);
    for (ReadAhead reader : readers) {
      reader.awaitEnd(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    }
    readers.forEach(ReadAhead::stop);
  }

  /** How many connections of one source a run may have at a time. Thread-safe. */
  static final class Connections {
    private final Semaphore permits;

    Connections(int number) {
      this.permits = new Semaphore(number, true);
    }

    boolean tryTake() {
      return permits.tryAcquire();
    }

    void take() throws InterruptedException {
      permits.acquire();
    }

    void giveBack() {
      permits.release();
    }
  }
}
