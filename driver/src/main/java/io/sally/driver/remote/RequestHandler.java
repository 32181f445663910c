package io.sally.driver.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.calcite.avatica.remote.Handler.HandlerResponse;
import org.apache.calcite.avatica.remote.Service.RpcMetadataResponse;
import org.apache.calcite.avatica.server.AvaticaHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests in both of Avatica's serialisations at one port. They cannot be mistaken for
 * each other: a request in JSON is an object, and no message of Protocol Buffers that a client
 * sends begins with its brace, since that would be the field 15 of a message that has two.
 */
final class RequestHandler extends AbstractHandler implements AvaticaHandler {
  /** In the place of a user where none is asked for. */
  static final String NOBODY = "";

  /** More than any statement with its parameters needs. */
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final Map<String, UserConnections> connections;

  RequestHandler(Map<String, UserConnections> connections) {
    this.connections = Map.copyOf(connections);
  }

  @Override
  public void setServerRpcMetadata(RpcMetadataResponse metadata) {
    connections.values().forEach(user -> user.setRpcMetadata(metadata));
  }

  @Override
  public void handle(
      String target, Request base, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    base.setHandled(true);
    UserConnections user = connections.get(user(request));
    if (user == null) {
      refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "Name a user and a password.");
    } else if (!request.getMethod().equals("POST")) {
      refuse(
          response,
          HttpServletResponse.SC_METHOD_NOT_ALLOWED,
          "This is Sally's port for clients of Avatica, which POST.");
    } else if (isFromAPage(request)) {
      refuse(response, HttpServletResponse.SC_FORBIDDEN, "Pages of a browser are not served.");
    } else {
      answer(user, request, response);
    }
  }

  private static String user(HttpServletRequest request) {
    String name = request.getRemoteUser();
    return name == null ? NOBODY : name;
  }

  /**
   * A page of any site runs in the browsers of this machine, and reaches the loopback address from
   * there. It names where it comes from, or, when its own name was made to lead here, itself.
   */
  private boolean isFromAPage(HttpServletRequest request) {
    boolean isOpen = connections.containsKey(NOBODY);
    boolean isLocal = request.getRemoteAddr().equals(request.getLocalAddr());
    return request.getHeader("Origin") != null
        || (isOpen
            && isLocal
            && !OWN_NAMES.contains(request.getServerName().toLowerCase(Locale.ROOT))
            && !request.getServerName().equals(request.getLocalAddr()));
  }

  private static void answer(
      UserConnections user, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = body(request);
    if (body == null) {
      refuse(
          response,
          HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
          "A request has at most " + MOST_BYTES + " bytes.");
    } else if (body.length > 0 && body[0] == '{') {
      HandlerResponse<String> answer = user.json(new String(body, StandardCharsets.UTF_8));
      send(
          response,
          answer.getStatusCode(),
          "application/json;charset=utf-8",
          answer.getResponse().getBytes(StandardCharsets.UTF_8));
    } else {
      HandlerResponse<byte[]> answer = user.protobuf(body);
      send(response, answer.getStatusCode(), "application/x-google-protobuf", answer.getResponse());
    }
  }

  /** The request, which old clients send in a header, or null when it is too long. */
  private static byte @Nullable [] body(HttpServletRequest request) throws IOException {
    String header = request.getHeader("request");
    if (header != null) {
      return header.getBytes(StandardCharsets.UTF_8);
    }
    try (InputStream in = request.getInputStream()) {
      byte[] body = in.readNBytes(MOST_BYTES + 1);
      return body.length > MOST_BYTES ? null : body;
    }
  }

  private static void refuse(HttpServletResponse response, int status, String text)
      throws IOException {
    send(
        response,
        status,
        "text/plain;charset=utf-8",
        (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpServletResponse response, int status, String type, byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
