package io.sally.driver.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.security.ServerAuthException;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.security.authentication.DigestAuthenticator;
import org.eclipse.jetty.server.Authentication;
import org.eclipse.jetty.server.UserIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's ways of asking for a password, which answer 429 (RFC 6585) to who guesses: whether the
 * password was right this time is not even looked at. Thread-safe.
 */
final class GuardedLogin {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Pattern DIGEST_USER =
      Pattern.compile("(?i)\\busername\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final PasswordAttempts attempts;

  GuardedLogin(PasswordAttempts attempts) {
    this.attempts = attempts;
  }

  BasicAuthenticator basic() {
    return new BasicAuthenticator() {
      @Override
      public Authentication validateRequest(
          ServletRequest request, ServletResponse response, boolean mandatory)
          throws ServerAuthException {
        return isRefused(request, response)
            ? Authentication.SEND_FAILURE
            : super.validateRequest(request, response, mandatory);
      }

      @Override
      public @Nullable UserIdentity login(String user, Object password, ServletRequest request) {
        return counted(user, request, super.login(user, password, request));
      }
    };
  }

  DigestAuthenticator digest() {
    return new DigestAuthenticator() {
      @Override
      public Authentication validateRequest(
          ServletRequest request, ServletResponse response, boolean mandatory)
          throws ServerAuthException {
        return isRefused(request, response)
            ? Authentication.SEND_FAILURE
            : super.validateRequest(request, response, mandatory);
      }

      @Override
      public @Nullable UserIdentity login(String user, Object password, ServletRequest request) {
        return counted(user, request, super.login(user, password, request));
      }
    };
  }

  private @Nullable UserIdentity counted(
      String user, ServletRequest request, @Nullable UserIdentity identity) {
    if (identity == null) {
      attempts.failed(request.getRemoteAddr(), user);
    } else {
      attempts.succeeded(request.getRemoteAddr(), user);
    }
    return identity;
  }

  private boolean isRefused(ServletRequest request, ServletResponse response)
      throws ServerAuthException {
    Duration wait =
        user(((HttpServletRequest) request).getHeader("Authorization"))
            .map(user -> attempts.wait(request.getRemoteAddr(), user))
            .orElse(Duration.ZERO);
    if (wait.isZero()) {
      return false;
    }
    try {
      HttpServletResponse answer = (HttpServletResponse) response;
      answer.setStatus(TOO_MANY_REQUESTS);
      answer.setHeader("Retry-After", String.valueOf(wait.toSeconds() + 1));
      answer.setContentType("text/plain;charset=utf-8");
      answer
          .getOutputStream()
          .write("Wait: too many wrong passwords.\n".getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (IOException e) {
      throw new ServerAuthException(e);
    }
  }

  /** Whom the header names, as Jetty reads it. */
  private static Optional<String> user(@Nullable String authorization) {
    if (authorization == null) {
      return Optional.empty();
    }
    if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      try {
        String pair =
            new String(
                Base64.getDecoder().decode(authorization.substring(6).strip()),
                StandardCharsets.ISO_8859_1);
        int colon = pair.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(pair.substring(0, colon));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    Matcher user = DIGEST_USER.matcher(authorization);
    return user.find() ? Optional.of(user.group(1).replaceAll("\\\\(.)", "$1")) : Optional.empty();
  }
}
