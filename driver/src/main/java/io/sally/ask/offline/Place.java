package io.sally.ask.offline;

import io.sally.engine.catalog.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table as it is reached from the root of a query. The same table can be reached twice. */
record Place(Table root, List<Hop> hops) {
  Place {
    hops = List.copyOf(hops);
  }

  static Place root(Table table) {
    return new Place(table, List.of());
  }

  Table table() {
    return hops.isEmpty() ? root : hops.get(hops.size() - 1).to();
  }

  Place then(Hop hop) {
    List<Hop> longer = new ArrayList<>(hops);
    longer.add(hop);
    return new Place(root, longer);
  }

  /** The place after the first {@code count} hops. */
  Place first(int count) {
    return new Place(root, hops.subList(0, count));
  }

  /** The same place as seen from where the first {@code count} hops lead. */
  Place after(int count) {
    return new Place(first(count).table(), hops.subList(count, hops.size()));
  }

  /** The index of the first hop that may meet many rows, or -1. */
  int firstToMany() {
    for (int i = 0; i < hops.size(); i++) {
      if (!hops.get(i).forward()) {
        return i;
      }
    }
    return -1;
  }

  private String id() {
    return root.name() + hops.stream().map(Hop::id).collect(Collectors.joining());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Place place && place.id().equals(id());
  }

  @Override
  public int hashCode() {
    return id().hashCode();
  }
}
