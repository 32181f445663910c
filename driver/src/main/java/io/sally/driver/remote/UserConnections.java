package io.sally.driver.remote;

import io.sally.driver.SallyDriver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.jdbc.JdbcMeta.ConnectionCacheSettings;
import org.apache.calcite.avatica.jdbc.JdbcMeta.StatementCacheSettings;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.remote.Handler.HandlerResponse;
import org.apache.calcite.avatica.remote.JsonHandler;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.remote.ProtobufHandler;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service.RpcMetadataResponse;

/**
 * The connections and statements of one user. Avatica knows statements by small numbers and asks
 * nobody whose they are, so that users would read each other's results if they shared this.
 * Thread-safe.
 */
final class UserConnections {
  private static final String WITHOUT_BOUND = Long.toString(Integer.MAX_VALUE);

  private final SallyMeta meta;
  private final LocalService service;
  private final JsonHandler json;
  private final ProtobufHandler protobuf;

  private UserConnections(SallyMeta meta) {
    this.meta = meta;
    service = new LocalService(meta);
    json =
        new JsonHandler(service, NoopMetricsSystem.getInstance()) {
          @Override
          public HandlerResponse<String> convertToErrorResponse(Exception e) {
            return super.convertToErrorResponse(PlainErrors.plain(e));
          }
        };
    protobuf =
        new ProtobufHandler(
            service,
            new WireNames(new ProtobufTranslationImpl()),
            NoopMetricsSystem.getInstance()) {
          @Override
          public HandlerResponse<byte[]> convertToErrorResponse(Exception e) {
            return super.convertToErrorResponse(PlainErrors.plain(e));
          }
        };
  }

  static UserConnections of(SallyDriver driver, RemoteSettings settings, String user)
      throws SQLException {
    Properties bounds = new Properties();
    String expiry = Long.toString(Math.max(1, settings.expiry().toMillis()));
    bounds.setProperty(ConnectionCacheSettings.EXPIRY_DURATION.key(), expiry);
    bounds.setProperty(ConnectionCacheSettings.EXPIRY_UNIT.key(), TimeUnit.MILLISECONDS.name());
    bounds.setProperty(StatementCacheSettings.EXPIRY_DURATION.key(), expiry);
    bounds.setProperty(StatementCacheSettings.EXPIRY_UNIT.key(), TimeUnit.MILLISECONDS.name());
    // Past a bound Avatica would close what somebody is using.
    bounds.setProperty(ConnectionCacheSettings.MAX_CAPACITY.key(), WITHOUT_BOUND);
    bounds.setProperty(StatementCacheSettings.MAX_CAPACITY.key(), WITHOUT_BOUND);
    return new UserConnections(new SallyMeta(driver, settings, user, bounds));
  }

  void setRpcMetadata(RpcMetadataResponse metadata) {
    service.setRpcMetadata(metadata);
    json.setRpcMetadata(metadata);
    protobuf.setRpcMetadata(metadata);
  }

  HandlerResponse<String> json(String request) {
    return json.apply(request);
  }

  HandlerResponse<byte[]> protobuf(byte[] request) {
    return protobuf.apply(request);
  }

  long open() {
    return meta.open();
  }

  void closeExpired() {
    meta.closeExpired();
  }

  void closeAll() {
    meta.closeAll();
  }
}
