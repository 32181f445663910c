package io.sally.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells of 150 sites. What a site is follows from its study: no site of a study that has not
 * started is open, a study that closes has mostly closed sites. Some sites enroll far faster than
 * planned; they are the ones that will run out.
 */
final class SiteGenerator {
  static final int COUNT = 150;

  private static final double ENROLLMENT_DAYS = 540;

  private static final List<String> HOUSES =
      List.of(
          "Lindenhof",
          "St. Aurelia",
          "Marlowe",
          "Westerhill",
          "Santa Odila",
          "Harbourgate",
          "Kestrel Park",
          "Ravensbrook",
          "Silverthorn",
          "Nova Vita",
          "Eastmere",
          "St. Corvin",
          "Juniper Hill",
          "Alderwick",
          "Monte Claro",
          "Bellhaven",
          "Three Rivers",
          "Oakendale",
          "St. Ysolde",
          "Fairwater");
  private static final List<String> KINDS =
      List.of("University Hospital", "Clinic", "Medical Center", "Research Institute", "Hospital");

  private final Dice dice;
  private final List<Study> studies;
  private final Set<String> usedNames = new HashSet<>();

  SiteGenerator(long seed, List<Study> studies) {
    this.dice = new Dice(seed, "sites");
    this.studies = studies;
  }

  List<Site> sites() {
    List<Country> places = placesInAnyOrder();
    List<Site> sites = new ArrayList<>(COUNT);
    for (Study study : studies) {
      double[] paces = paces(study.siteCount());
      int[] planned = shareOut(study.targetEnrollment(), paces);
      for (int i = 0; i < study.siteCount(); i++) {
        int id = sites.size() + 1;
        sites.add(site(id, study, i + 1, places.get(id - 1), planned[i], paces[i]));
      }
    }
    return List.copyOf(sites);
  }

  private List<Country> placesInAnyOrder() {
    List<Country> places = new ArrayList<>(COUNT);
    for (Country country : Countries.ALL) {
      for (int i = 0; i < country.siteCount(); i++) {
        places.add(country);
      }
    }
    dice.shuffle(places);
    return places;
  }

  /** Most sites are somewhat slower than planned, few are much faster. */
  private double[] paces(int sites) {
    double[] paces = new double[sites];
    for (int i = 0; i < sites; i++) {
      double luck = dice.fraction();
      paces[i] = 0.3 + 1.7 * luck * luck;
    }
    return paces;
  }

  /** Shares the study's patients among its sites, so that the sum is right to the patient. */
  private int[] shareOut(int patients, double[] paces) {
    double[] sizes = new double[paces.length];
    double all = 0;
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = 0.6 + 0.4 * paces[i] + 0.8 * dice.fraction();
      all += sizes[i];
    }
    int[] shares = new int[sizes.length];
    int shared = 0;
    double reached = 0;
    for (int i = 0; i < sizes.length; i++) {
      reached += sizes[i] / all;
      int until = i == sizes.length - 1 ? patients : (int) Math.round(patients * reached);
      shares[i] = until - shared;
      shared = until;
    }
    return shares;
  }

  private Site site(int id, Study study, int number, Country country, int planned, double pace) {
    Site.Status status = statusIn(study);
    Integer closed = status == Site.Status.CLOSED ? Integer.valueOf(closedDay(study)) : null;
    Integer activated =
        status == Site.Status.PLANNED ? null : Integer.valueOf(activatedDay(study, closed));
    String city = dice.pick(country.cities());
    boolean unstaffed = status == Site.Status.PLANNED && dice.chance(0.5);
    return new Site(
        id,
        study,
        study.protocolNumber() + "-" + Integer.toString(1000 + number).substring(1),
        unusedName(city),
        unstaffed ? null : investigator(country),
        city,
        country,
        status,
        activated,
        closed,
        planned,
        activated == null ? 0 : enrolled(study, activated, closed, planned, pace),
        pace);
  }

  private Site.Status statusIn(Study study) {
    double fate = dice.fraction();
    return switch (study.status()) {
      case PLANNED -> Site.Status.PLANNED;
      case ENROLLING ->
          fate < 0.11
              ? Site.Status.PLANNED
              : fate < 0.16
                  ? Site.Status.ON_HOLD
                  : fate < 0.19 && study.startDay() < -300
                      ? Site.Status.CLOSED
                      : Site.Status.ACTIVE;
      case ENROLLED ->
          fate < 0.05 ? Site.Status.ON_HOLD : fate < 0.12 ? Site.Status.CLOSED : Site.Status.ACTIVE;
      case ON_HOLD -> fate < 0.15 ? Site.Status.PLANNED : Site.Status.ON_HOLD;
      case CLOSING -> fate < 0.68 ? Site.Status.CLOSED : Site.Status.ACTIVE;
      case COMPLETED -> Site.Status.CLOSED;
    };
  }

  private int closedDay(Study study) {
    return study.endDay() == null ? -dice.between(4, 110) : study.endDay() - dice.between(0, 90);
  }

  /** Sites open one after the other over half a year or so, and stay open for months. */
  private int activatedDay(Study study, @Nullable Integer closed) {
    int first = study.startDay() + 14;
    int last = closed == null ? -5 : closed - 120;
    double wait = dice.fraction();
    return Math.min(last, first + (int) (wait * wait * 240));
  }

  private int enrolled(
      Study study, int activated, @Nullable Integer closed, int planned, double pace) {
    int open = (closed == null ? 0 : closed) - activated;
    boolean full =
        switch (study.status()) {
          case ENROLLED, CLOSING, COMPLETED -> true;
          case PLANNED, ENROLLING, ON_HOLD -> false;
        };
    double progress = full ? 0.86 + 0.1 * pace : Math.min(1.05, pace * open / ENROLLMENT_DAYS);
    return (int) Math.round(planned * progress);
  }

  private String investigator(Country country) {
    return "Dr. " + dice.pick(country.givenNames()) + " " + dice.pick(country.familyNames());
  }

  private String unusedName(String city) {
    String name;
    do {
      name = dice.pick(HOUSES) + " " + dice.pick(KINDS) + " " + city;
    } while (!usedNames.add(name));
    return name;
  }
}
