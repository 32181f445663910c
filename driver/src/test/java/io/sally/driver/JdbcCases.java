package io.sally.driver;

import static java.util.stream.Collectors.joining;

import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each method of one of JDBC's interfaces does here: a result that is compared, or a refusal;
 * and what it does on a closed object.
 */
final class JdbcCases<T> {
  private static final String NOT_SUPPORTED = "0A000";

  private final Class<T> face;
  private final Maker<T> maker;
  private final Map<String, Case<T>> cases = new TreeMap<>();
  private final Set<String> refused = new HashSet<>();
  private final Map<String, Case<T>> whenClosed = new TreeMap<>();
  private @Nullable String closedState;
  private Call<T> closing = subject -> null;

  /** Makes a fresh object to call one method of. */
  interface Maker<T> {
    T make() throws Exception;
  }

  /** Calls a method, and says what is to be seen of that. */
  interface Call<T> {
    @Nullable Object on(T subject) throws Exception;
  }

  private record Case<T>(Call<T> call, String result) {}

  JdbcCases(Class<T> face, Maker<T> maker) {
    this.face = face;
    this.maker = maker;
  }

  JdbcCases<T> is(String signature, Call<T> call, String result) {
    cases.put(signature, new Case<>(call, result));
    return this;
  }

  /** Getters without arguments, a line each: the name and the value. */
  JdbcCases<T> are(String lines) {
    lines
        .lines()
        .map(line -> line.split(" ", 2))
        .forEach(
            line -> {
              String value = line.length == 1 ? "" : line[1];
              is(line[0] + "()", subject -> face.getMethod(line[0]).invoke(subject), value);
            });
    return this;
  }

  JdbcCases<T> refuses(String... signatures) {
    refused.addAll(List.of(signatures));
    return this;
  }

  JdbcCases<T> refusesAll(Predicate<String> signatures) {
    methods().map(JdbcCases::signature).filter(signatures).forEach(refused::add);
    return this;
  }

  /** Once the object is closed so, all methods fail in this state, but for the exceptions. */
  JdbcCases<T> closedBy(Call<T> call, String state) {
    closing = call;
    closedState = state;
    return this;
  }

  JdbcCases<T> worksWhenClosed(String signature, Call<T> call, String result) {
    whenClosed.put(signature, new Case<>(call, result));
    return this;
  }

  String name() {
    return face.getSimpleName();
  }

  long right() {
    return cases.size();
  }

  long refused() {
    return refused.size();
  }

  /** Everything that is not as the cases say, and every method that has none. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    Set<String> known = new HashSet<>();
    methods()
        .forEach(
            method -> {
              String signature = signature(method);
              known.add(signature);
              String open = openFault(method, signature);
              String closed = closedState == null ? null : closedFault(method, signature);
              Stream.of(new String[] {open}, new String[] {closed})
                  .flatMap(Arrays::stream)
                  .filter(fault -> fault != null)
                  .forEach(fault -> faults.add(name() + "." + signature + ": " + fault));
            });
    Stream.of(cases.keySet(), refused, whenClosed.keySet())
        .flatMap(Set::stream)
        .filter(signature -> !known.contains(signature))
        .forEach(signature -> faults.add(name() + "." + signature + " is no method"));
    return faults;
  }

  private @Nullable String openFault(Method method, String signature) {
    Case<T> known = cases.get(signature);
    if (refused.contains(signature)) {
      return known == null ? refusalFault(method) : "is both right and refused";
    }
    return known == null ? "has no case" : resultFault(known, () -> maker.make());
  }

  private @Nullable String refusalFault(Method method) {
    Throwable thrown = thrownBy(method, maker);
    return thrown instanceof SQLFeatureNotSupportedException refusal
            && NOT_SUPPORTED.equals(refusal.getSQLState())
        ? null
        : "is not refused: " + thrown;
  }

  private @Nullable String closedFault(Method method, String signature) {
    Maker<T> closed =
        () -> {
          T made = maker.make();
          closing.on(made);
          return made;
        };
    Case<T> exception = whenClosed.get(signature);
    if (exception != null) {
      return resultFault(exception, closed);
    }
    Throwable thrown = thrownBy(method, closed);
    return thrown instanceof SQLException e && e.getSQLState().equals(closedState)
        ? null
        : "when closed: " + thrown;
  }

  private static <T> @Nullable String resultFault(Case<T> known, Maker<T> maker) {
    try {
      String result = shown(known.call().on(maker.make()));
      return result.equals(known.result())
          ? null
          : "gives " + result + " and not " + known.result();
    } catch (Exception e) {
      return "fails: " + e;
    }
  }

  private static <T> @Nullable Throwable thrownBy(Method method, Maker<T> maker) {
    try {
      method.invoke(
          maker.make(),
          Arrays.stream(method.getParameterTypes()).map(EveryMethodTest::sensible).toArray());
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    } catch (Exception e) {
      return e;
    }
  }

  /** A row of a table in Markdown for each method. */
  String markdown() {
    StringBuilder table = new StringBuilder("\n## " + name() + "\n\n");
    table.append(
        closedState == null
            ? "| method | here |\n|---|---|\n"
            : "| method | here | when closed |\n|---|---|---|\n");
    methods()
        .map(JdbcCases::signature)
        .forEach(
            signature -> {
              table.append("| `").append(signature).append("` | ");
              table.append(refused.contains(signature) ? "refused: 0A000" : "right").append(" |");
              if (closedState != null) {
                table.append(
                    whenClosed.containsKey(signature) ? " right |" : " " + closedState + " |");
              }
              table.append('\n');
            });
    return table.toString();
  }

  private Stream<Method> methods() {
    Map<String, Method> bySignature = new TreeMap<>();
    Arrays.stream(face.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !method.isBridge())
        .forEach(method -> bySignature.put(signature(method), method));
    return bySignature.values().stream();
  }

  private static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(joining(", ", "(", ")"));
  }

  private static String shown(@Nullable Object value) throws Exception {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (value instanceof Clob clob) {
      return shown(clob.getCharacterStream());
    } else if (value instanceof Blob blob) {
      return shown(blob.getBinaryStream());
    } else if (value instanceof Reader reader) {
      StringWriter text = new StringWriter();
      reader.transferTo(text);
      return text.toString();
    } else if (value instanceof InputStream stream) {
      return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
    } else if (value instanceof Array array) {
      return Arrays.toString((Object[]) array.getArray());
    } else if (value instanceof ResultSet rows) {
      return Fixture.rows(rows).toString();
    } else if (value instanceof Object[] several) {
      return Arrays.toString(several);
    }
    return String.valueOf(value);
  }
}
