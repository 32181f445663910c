package io.sally.ask.offline;

import io.sally.ask.offline.Query.Condition;
import io.sally.ask.offline.Query.Expression;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The places from which a query takes columns, each with those on the way to it, so that they are
 * what has to be joined. Confined to one question.
 */
final class UsedPlaces {
  private final Set<Place> places = new LinkedHashSet<>();

  UsedPlaces(Place first) {
    add(first);
  }

  static Set<Place> of(Query query) {
    UsedPlaces used = new UsedPlaces(Place.root(query.root()));
    query.outputs().forEach(output -> used.add(output.expression()));
    query.orders().forEach(order -> used.add(order.expression()));
    query.where().forEach(used::add);
    query.having().forEach(having -> used.add(having.measure()));
    return used.all();
  }

  Set<Place> all() {
    return Collections.unmodifiableSet(places);
  }

  void add(Expression expression) {
    if (expression instanceof Expression.Plain plain) {
      add(plain.ref().place());
    } else if (expression instanceof Expression.UnitOf unit) {
      add(unit.ref().place());
    } else if (expression instanceof Expression.Of of && of.ref() != null) {
      add(of.ref().place());
    } else if (expression instanceof Expression.Share share) {
      add(share.condition());
    } else if (expression instanceof Expression.OfThose those) {
      add(those.measure());
      those.conditions().forEach(this::add);
    } else if (expression instanceof Expression.Quotient quotient) {
      add(quotient.top());
      add(quotient.bottom());
    }
  }

  void add(Condition condition) {
    if (condition instanceof Condition.Related related) {
      add(related.anchor());
    } else {
      Conditions.refs(condition).forEach(ref -> add(ref.place()));
    }
  }

  private void add(Place place) {
    for (int i = 0; i <= place.hops().size(); i++) {
      places.add(place.first(i));
    }
  }
}
