package io.sally.driver;

import java.util.Collections;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link SallyDataSource} of what a naming service keeps of it: a reference with the
 * address {@code url} and one for each connection property. Thread-safe: it has no state.
 */
public final class SallyDataSourceFactory implements ObjectFactory {
  static final String URL = "url";

  /** A factory, as naming services make them. */
  public SallyDataSourceFactory() {}

  /** The data source, or null where the object is a reference to something else. */
  @Override
  @SuppressWarnings("JdkObsolete") // The interface has a Hashtable.
  public @Nullable Object getObjectInstance(
      @Nullable Object kept,
      @Nullable Name name,
      @Nullable Context context,
      @Nullable Hashtable<?, ?> environment) {
    if (!(kept instanceof Reference reference)
        || !SallyDataSource.class.getName().equals(reference.getClassName())) {
      return null;
    }
    SallyDataSource made = new SallyDataSource();
    for (RefAddr address : Collections.list(reference.getAll())) {
      if (!(address.getContent() instanceof String value)) {
        continue;
      }
      if (address.getType().equals(URL)) {
        made.setUrl(value);
      } else {
        made.setProperty(address.getType(), value);
      }
    }
    return made;
  }
}
