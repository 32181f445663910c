package io.sally.engine.source;

import java.sql.Driver;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one kind of database makes of its settings to open connections.
 *
 * @param properties the driver's properties, without user and password
 * @param loginBounds the driver's properties that end a login to which nobody answers; what they
 *     bound is unbounded again once the session stands, unless the URL has them
 * @param setUp the statements that make a new session Sally's: UTC, read-only, exact
 * @param autoCommit whether each query is a transaction of its own; a driver that streams only
 *     inside a transaction needs false
 * @param connectionGone the error codes of the database that say that a connection is of no use any
 *     more, where its SQLState does not say so
 * @param states the SQLStates of those error codes to which the driver gives a wrong one or none
 */
record ConnectionRecipe(
    Driver driver,
    String url,
    Map<String, String> properties,
    Map<String, String> loginBounds,
    List<String> setUp,
    boolean autoCommit,
    Set<Integer> connectionGone,
    Map<Integer, String> states) {
  ConnectionRecipe {
    properties = Map.copyOf(properties);
    loginBounds = Map.copyOf(loginBounds);
    setUp = List.copyOf(setUp);
    connectionGone = Set.copyOf(connectionGone);
    states = Map.copyOf(states);
  }
}
