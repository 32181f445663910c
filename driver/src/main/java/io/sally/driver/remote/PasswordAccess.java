package io.sally.driver.remote;

import io.sally.driver.remote.RemoteSettings.PasswordScheme;
import java.util.concurrent.Callable;
import org.apache.calcite.avatica.remote.AuthenticationType;
import org.apache.calcite.avatica.server.AvaticaServerConfiguration;
import org.apache.calcite.avatica.server.RemoteUserExtractor;
import org.jspecify.annotations.Nullable;

/** Tells Avatica's server that a request needs a user and a password. Immutable. */
record PasswordAccess(PasswordScheme scheme) implements AvaticaServerConfiguration {
  private static final String ROLE = "user";

  @Override
  public AuthenticationType getAuthenticationType() {
    return switch (scheme) {
      case BASIC -> AuthenticationType.BASIC;
      case DIGEST -> AuthenticationType.DIGEST;
    };
  }

  @Override
  public String[] getAllowedRoles() {
    return new String[] {ROLE};
  }

  /** The realm that clients of Avatica expect: phoenixdb's digest and Avatica's own. */
  @Override
  public String getHashLoginServiceRealm() {
    return "Avatica";
  }

  /** None: the users are in memory. */
  @Override
  public @Nullable String getHashLoginServiceProperties() {
    return null;
  }

  @Override
  public boolean supportsImpersonation() {
    return false;
  }

  @Override
  public <T> T doAsRemoteUser(String user, String address, Callable<T> action) throws Exception {
    return action.call();
  }

  @Override
  public @Nullable RemoteUserExtractor getRemoteUserExtractor() {
    return null;
  }

  @Override
  public @Nullable String getKerberosRealm() {
    return null;
  }

  @Override
  public @Nullable String getKerberosServiceName() {
    return null;
  }

  @Override
  public @Nullable String getKerberosHostName() {
    return null;
  }

  @Override
  public @Nullable String getKerberosPrincipal() {
    return null;
  }
}
