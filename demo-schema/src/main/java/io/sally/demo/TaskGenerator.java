package io.sally.demo;

import io.sally.demo.Task.Category;
import io.sally.demo.Task.Priority;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells of 2,000 tasks of a team of sixteen. Three of them have taken on more than they can do, and
 * most of what is overdue is theirs.
 */
final class TaskGenerator {
  static final int COUNT = 2_000;

  private static final int OLDEST_DAY = -330;

  private static final List<String> OVERLOADED =
      List.of("Marta Kowalczyk", "Devon Ashby", "Ines Carvalho");
  private static final List<String> OTHERS =
      List.of(
          "Amara Okafor",
          "Jonas Reuter",
          "Hiroko Sato",
          "Callum Reid",
          "Priya Nair",
          "Elodie Blanc",
          "Samuel Ortiz",
          "Freya Halversen",
          "Tomas Novak",
          "Grace Whitlock",
          "Ravi Malhotra",
          "Leila Haddad",
          "Noah Bergstrom");

  private static final List<Category> BEFORE_OPENING =
      List.of(Category.ACTIVATION, Category.ACTIVATION, Category.TRAINING);
  private static final Odds<Category> USUAL =
      Odds.of(
          Arrays.asList(Category.values()),
          category ->
              switch (category) {
                case RESUPPLY -> 30;
                case EXCURSION -> 16;
                case EXPIRY -> 18;
                case RETURNS -> 14;
                case TRAINING -> 12;
                case CUSTOMS -> 6;
                case ACTIVATION -> 4;
              });
  private static final Odds<Priority> PRIORITIES =
      Odds.of(
          Arrays.asList(Priority.values()),
          priority ->
              switch (priority) {
                case LOW -> 24;
                case MEDIUM -> 44;
                case HIGH -> 24;
                case CRITICAL -> 8;
              });

  private final Dice dice;
  private final Odds<Site> sites;

  TaskGenerator(long seed, List<Site> sites) {
    this.dice = new Dice(seed, "tasks");
    this.sites = Odds.of(sites, site -> 6 + Math.sqrt(site.plannedPatients()));
  }

  List<Task> tasks() {
    List<Task> tasks = new ArrayList<>(COUNT);
    for (int id = 1; id <= COUNT; id++) {
      tasks.add(task(id));
    }
    return tasks;
  }

  private Task task(int id) {
    Site site = dice.pick(sites);
    Category category = category(site);
    Priority priority =
        category == Category.EXCURSION && dice.chance(0.5)
            ? Priority.CRITICAL
            : dice.pick(PRIORITIES);
    int created = createdDay(site);
    int due = created + daysFor(priority);
    String person = dice.chance(0.2) ? dice.pick(OVERLOADED) : dice.pick(OTHERS);
    Integer completed = completedDay(person, created, due);
    boolean unassigned = completed == null && created > -45 && dice.chance(0.2);
    return new Task(
        id,
        site,
        title(category, site),
        category,
        unassigned ? null : person,
        priority,
        status(completed, unassigned, site),
        created,
        due,
        completed);
  }

  private Category category(Site site) {
    if (site.status() == Site.Status.PLANNED) {
      return dice.pick(BEFORE_OPENING);
    }
    return dice.chance(site.country().customsRisk()) ? Category.CUSTOMS : dice.pick(USUAL);
  }

  private String title(Category category, Site site) {
    return dice.pick(titles(category)).replace("%s", dice.pick(site.study().products()).name());
  }

  private static List<String> titles(Category category) {
    return switch (category) {
      case RESUPPLY ->
          List.of("Order resupply of %s", "Confirm forecast for %s", "Raise buffer stock of %s");
      case EXCURSION -> List.of("Assess temperature excursion of %s", "Read out logger for %s");
      case EXPIRY -> List.of("Replace expiring lots of %s", "Relabel %s with new expiry date");
      case RETURNS -> List.of("Reconcile returned kits of %s", "Approve destruction of %s");
      case CUSTOMS -> List.of("Renew import licence for %s", "Send customs documents for %s");
      case TRAINING -> List.of("Train pharmacist on %s", "Update pharmacy manual for %s");
      case ACTIVATION -> List.of("Plan first shipment of %s", "Approve storage room for %s");
    };
  }

  /** More lately than long ago, none long before the study starts or after the site closed. */
  private int createdDay(Site site) {
    int oldest = Math.max(OLDEST_DAY, site.study().startDay() - 120);
    double ago = dice.fraction();
    int day = (int) (oldest * ago * ago);
    return site.closedDay() == null ? day : Math.min(day, site.closedDay() + dice.between(-30, 3));
  }

  private int daysFor(Priority priority) {
    return switch (priority) {
      case LOW -> dice.between(20, 60);
      case MEDIUM -> dice.between(10, 35);
      case HIGH -> dice.between(5, 14);
      case CRITICAL -> dice.between(1, 6);
    };
  }

  /** The day on which the person got it done, or null when that has not come. */
  private @Nullable Integer completedDay(String person, int created, int due) {
    boolean overloaded = OVERLOADED.contains(person);
    int days = due - created;
    int needed = overloaded ? dice.between(days / 2, days * 2 + 10) : dice.between(0, days);
    int late = dice.chance(overloaded ? 0.45 : 0.06) ? dice.between(5, overloaded ? 300 : 60) : 0;
    int day = created + needed + late;
    return day <= 0 ? Integer.valueOf(day) : null;
  }

  private Task.Status status(@Nullable Integer completed, boolean unassigned, Site site) {
    if (completed != null) {
      return Task.Status.DONE;
    }
    if (unassigned) {
      return Task.Status.OPEN;
    }
    if (dice.chance(0.12 + site.country().customsRisk())) {
      return Task.Status.BLOCKED;
    }
    return dice.chance(0.45) ? Task.Status.IN_PROGRESS : Task.Status.OPEN;
  }
}
