package io.sally.driver.remote;

import java.io.IOException;
import org.apache.calcite.avatica.proto.Common.WireMessage;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.Service.Request;
import org.apache.calcite.avatica.remote.Service.Response;

/**
 * Messages in Protocol Buffers carry the name of their class, and clients know Avatica's own names:
 * in the one jar, where the classes have moved, each name is changed on its way. Immutable.
 */
final class WireNames implements ProtobufTranslation {
  // Not in one piece, since the jar's build would move that as well.
  private static final String OF_CLIENTS =
      String.join(".", "org", "apache", "calcite", "avatica", "proto", "");

  private static final String OWN = Requests.class.getPackageName() + ".";

  private final ProtobufTranslation translation;

  WireNames(ProtobufTranslation translation) {
    this.translation = translation;
  }

  @Override
  public Request parseRequest(byte[] message) throws IOException {
    return translation.parseRequest(renamed(message, OF_CLIENTS, OWN));
  }

  @Override
  public byte[] serializeResponse(Response response) throws IOException {
    return renamed(translation.serializeResponse(response), OWN, OF_CLIENTS);
  }

  @Override
  public Response parseResponse(byte[] message) throws IOException {
    return translation.parseResponse(renamed(message, OF_CLIENTS, OWN));
  }

  @Override
  public byte[] serializeRequest(Request request) throws IOException {
    return renamed(translation.serializeRequest(request), OWN, OF_CLIENTS);
  }

  private static byte[] renamed(byte[] message, String from, String to) throws IOException {
    if (from.equals(to)) {
      return message;
    }
    WireMessage wire = WireMessage.parseFrom(message);
    return wire.getName().startsWith(from)
        ? wire.toBuilder()
            .setName(to + wire.getName().substring(from.length()))
            .build()
            .toByteArray()
        : message;
  }
}
