package io.sally.driver.remote;

import io.sally.driver.remote.RemoteSettings.Tls;
import org.apache.calcite.avatica.server.AvaticaHandler;
import org.apache.calcite.avatica.server.AvaticaServerConfiguration;
import org.apache.calcite.avatica.server.HttpServer;
import org.eclipse.jetty.security.Authenticator;
import org.eclipse.jetty.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.security.Constraint;
import org.eclipse.jetty.util.security.Password;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Avatica's server at one address, with users that are in memory: Avatica by itself listens at all
 * addresses and reads its users from a file of passwords.
 */
final class BoundServer extends HttpServer {
  private final RemoteSettings settings;
  private final GuardedLogin login = new GuardedLogin(new PasswordAttempts(System::nanoTime));

  BoundServer(RemoteSettings settings, AvaticaHandler handler) {
    super(settings.port(), handler, access(settings), null, tls(settings.tls()));
    this.settings = settings;
  }

  private static @Nullable AvaticaServerConfiguration access(RemoteSettings settings) {
    return settings.users().isEmpty() ? null : new PasswordAccess(settings.password());
  }

  private static SslContextFactory.@Nullable Server tls(@Nullable Tls tls) {
    if (tls == null) {
      return null;
    }
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setKeyStorePath(tls.keystore().toAbsolutePath().toString());
    factory.setKeyStorePassword(tls.password().reveal());
    return factory;
  }

  @Override
  protected ServerConnector getServerConnector() {
    ServerConnector connector = super.getServerConnector();
    connector.setHost(settings.bind());
    return connector;
  }

  @Override
  protected ConstraintSecurityHandler configureBasicAuthentication(
      Server server, AvaticaServerConfiguration config) {
    return secured(server, config, Constraint.__BASIC_AUTH, login.basic());
  }

  @Override
  protected ConstraintSecurityHandler configureDigestAuthentication(
      Server server, AvaticaServerConfiguration config) {
    return secured(server, config, Constraint.__DIGEST_AUTH, login.digest());
  }

  private ConstraintSecurityHandler secured(
      Server server,
      AvaticaServerConfiguration config,
      String scheme,
      Authenticator authenticator) {
    UserStore users = new UserStore();
    for (RemoteUser user : settings.users()) {
      users.addUser(user.name(), new Password(user.password().reveal()), config.getAllowedRoles());
    }
    HashLoginService logins = new HashLoginService(config.getHashLoginServiceRealm());
    logins.setUserStore(users);
    server.addBean(logins);
    return configureCommonAuthentication(
        scheme, config.getAllowedRoles(), authenticator, config.getHashLoginServiceRealm(), logins);
  }
}
