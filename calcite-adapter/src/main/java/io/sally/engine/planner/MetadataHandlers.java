package io.sally.engine.planner;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.CyclicMetadataException;
import org.apache.calcite.rel.metadata.DelegatingMetadataRel;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.NullSentinel;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.jspecify.annotations.Nullable;

/**
 * Answers what a planner asks about plans by calling the methods that know, where Calcite writes
 * and compiles a class for each kind of question first: that takes a fifth of the time of a JVM's
 * first query. Answers are the same, and are remembered in the same way. Thread-safe.
 */
final class MetadataHandlers implements MetadataHandlerProvider {
  private final RelMetadataProvider provider;
  private final Map<Class<?>, Object> handlers = new ConcurrentHashMap<>();

  MetadataHandlers(RelMetadataProvider provider) {
    this.provider = provider;
  }

  @Override
  public <H extends MetadataHandler<?>> H handler(Class<H> kind) {
    return kind.cast(handlers.computeIfAbsent(kind, key -> made(kind)));
  }

  private <H extends MetadataHandler<?>> Object made(Class<H> kind) {
    List<MetadataHandler<?>> knowing = provider.handlers(kind).stream().distinct().toList();
    Map<Method, Question> questions = new ConcurrentHashMap<>();
    for (Method method : kind.getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      if (parameters.length >= 2 && parameters[1] == RelMetadataQuery.class) {
        questions.put(method, new Question(method, knowing));
      }
    }
    return Proxy.newProxyInstance(
        kind.getClassLoader(),
        new Class<?>[] {kind},
        (proxy, method, arguments) -> {
          @Nullable Question question = questions.get(method);
          if (question == null) {
            throw new UnsupportedOperationException(method.toString());
          }
          return question.answer(arguments);
        });
  }

  /** One of those who know, and its method for a class of plan. */
  private record Answering(MetadataHandler<?> handler, Method method) {}

  /** One question of a kind, for any plan. */
  private static final class Question {
    private final Method method;
    private final List<MetadataHandler<?>> knowing;
    private final Map<Class<?>, Answering> byClass = new ConcurrentHashMap<>();

    Question(Method method, List<MetadataHandler<?>> knowing) {
      this.method = method;
      this.knowing = knowing;
    }

    @Nullable Object answer(@Nullable Object[] arguments) throws Throwable {
      RelNode plan = (RelNode) arguments[0];
      while (plan instanceof DelegatingMetadataRel delegating) {
        plan = delegating.getMetadataDelegateRel();
      }
      RelMetadataQuery query = (RelMetadataQuery) arguments[1];
      Object key = this;
      if (arguments.length > 2) {
        @Nullable Object[] asked = arguments.clone();
        asked[0] = this;
        asked[1] = null;
        key = Arrays.asList(asked);
      }
      @Nullable Object known = query.map.get(plan, key);
      if (known == NullSentinel.ACTIVE) {
        throw new CyclicMetadataException();
      } else if (known != null) {
        return known == NullSentinel.INSTANCE ? null : known;
      }
      query.map.put(plan, key, NullSentinel.ACTIVE);
      try {
        Answering answering = byClass.computeIfAbsent(plan.getClass(), this::answering);
        arguments[0] = plan;
        @Nullable Object answer = answering.method().invoke(answering.handler(), arguments);
        query.map.put(plan, key, NullSentinel.mask(answer));
        return answer;
      } catch (InvocationTargetException e) {
        query.map.row(plan).clear();
        throw e.getCause();
      } catch (IllegalAccessException | RuntimeException e) {
        query.map.row(plan).clear();
        throw e;
      }
    }

    private Answering answering(Class<?> plan) {
      for (Class<?> known : classes()) {
        for (MetadataHandler<?> handler : knowing) {
          for (Method candidate : handler.getClass().getMethods()) {
            if (answers(candidate)
                && candidate.getParameterTypes()[0] == known
                && known.isAssignableFrom(plan)) {
              return new Answering(handler, candidate);
            }
          }
        }
      }
      throw new IllegalArgumentException("No answer to " + method + " for " + plan);
    }

    /** All classes that someone knows, each before those that contain it, in Calcite's order. */
    private List<Class<?>> classes() {
      ArrayDeque<Class<?>> left =
          knowing.stream()
              .flatMap(handler -> Arrays.stream(handler.getClass().getMethods()))
              .filter(this::answers)
              .<Class<?>>map(candidate -> candidate.getParameterTypes()[0])
              .distinct()
              .sorted(Comparator.comparing(Class::getName))
              .collect(Collectors.toCollection(ArrayDeque::new));
      List<Class<?>> ordered = new ArrayList<>();
      while (!left.isEmpty()) {
        Class<?> first = left.remove();
        (left.stream().anyMatch(first::isAssignableFrom) ? left : ordered).add(first);
      }
      return ordered;
    }

    private boolean answers(Method candidate) {
      Class<?>[] wanted = method.getParameterTypes();
      Class<?>[] has = candidate.getParameterTypes();
      return candidate.getName().equals(method.getName())
          && !Modifier.isStatic(candidate.getModifiers())
          && has.length == wanted.length
          && RelNode.class.isAssignableFrom(has[0])
          && Arrays.equals(has, 1, has.length, wanted, 1, wanted.length);
    }
  }
}
