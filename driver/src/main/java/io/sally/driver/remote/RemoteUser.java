package io.sally.driver.remote;

import io.sally.driver.config.Secret;

/** Who may connect; the row filters of this name hold for them. Immutable. */
public record RemoteUser(String name, Secret password) {}
