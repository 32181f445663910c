package io.sally.ask;

/**
 * A request as it would leave the machine.
 *
 * @param destination where it would go, for example {@code POST https://…}, without any credential;
 *     {@code none} when nothing would leave
 * @param body the body, or what would happen instead
 */
public record OutgoingRequest(String destination, String body) {}
