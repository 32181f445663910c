package io.sally.driver.remote;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.calcite.avatica.Meta.StatementHandle;

/** The statements that requests are at work on; a request has a handle of its own. Thread-safe. */
final class RunningStatements {
  private final Set<StatementHandle> handles = Collections.newSetFromMap(new IdentityHashMap<>());

  synchronized void add(StatementHandle handle) {
    handles.add(handle);
  }

  synchronized void remove(StatementHandle handle) {
    handles.remove(handle);
  }

  synchronized List<StatementHandle> snapshot() {
    return List.copyOf(handles);
  }
}
