package io.sally.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Which site needs a shipment on which day: more as time goes by and more sites open, fewer in a
 * quiet half of the year and in a lull of four weeks, most at the sites that enroll most.
 */
final class ShipmentCalendar {
  static final int FIRST_DAY = -548;
  static final int LAST_DAY = 18;
  static final int LULL_START = -262;
  static final int LULL_END = -235;

  /** A site that needs a shipment on a day. */
  record Need(int day, Site site) {}

  private record Day(int day, List<Site> served, double demand) {}

  private final List<Day> days = new ArrayList<>();

  ShipmentCalendar(List<Site> sites) {
    for (int day = FIRST_DAY; day <= LAST_DAY; day++) {
      List<Site> served = new ArrayList<>();
      double appetite = 0;
      for (Site site : sites) {
        if (isServed(site, day)) {
          served.add(site);
          appetite += appetite(site);
        }
      }
      days.add(new Day(day, served, busyness(day) * appetite));
    }
  }

  /** So many needs, in the order of their days. */
  List<Need> needs(int count, Dice dice) {
    Odds<Day> odds = Odds.of(days, Day::demand);
    int[] needsOfDay = new int[days.size()];
    for (int i = 0; i < count; i++) {
      needsOfDay[dice.pick(odds).day() - FIRST_DAY]++;
    }
    List<Need> needs = new ArrayList<>(count);
    for (Day day : days) {
      int ofDay = needsOfDay[day.day() - FIRST_DAY];
      if (ofDay > 0) {
        Odds<Site> sites = Odds.of(day.served(), ShipmentCalendar::appetite);
        for (int i = 0; i < ofDay; i++) {
          needs.add(new Need(day.day(), dice.pick(sites)));
        }
      }
    }
    return needs;
  }

  private static double appetite(Site site) {
    return 2 + site.plannedPatients() * site.pace();
  }

  private static double busyness(int day) {
    double growth = 0.6 + 0.4 * (day - FIRST_DAY) / (double) -FIRST_DAY;
    // StrictMath gives the same digits on every machine.
    double season = 1 + 0.15 * StrictMath.sin(2 * Math.PI * day / 365);
    double lull = day >= LULL_START && day <= LULL_END ? 0.5 : 1;
    // The further ahead, the less is planned yet.
    double known = day <= 0 ? 1 : 0.7 * (LAST_DAY + 1 - day) / LAST_DAY;
    return growth * season * lull * known;
  }

  /** Closed sites and those on hold stop to be served some weeks before. */
  private static boolean isServed(Site site, int day) {
    Integer opened = site.activatedDay();
    if (opened == null || day < opened) {
      return false;
    }
    Integer closed = site.closedDay();
    if (closed != null) {
      return day <= closed - 20;
    }
    return site.status() != Site.Status.ON_HOLD || day <= -25;
  }
}
