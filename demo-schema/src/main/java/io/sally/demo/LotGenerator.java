package io.sally.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells of 3,000 lots at the sites that are or were open. The sites that enroll fastest are the
 * ones that run out; a bulk of lots expires within two months, some have expired on the shelf;
 * closed sites have sent back what was left.
 */
final class LotGenerator {
  static final int COUNT = 3_000;

  private static final int OLDEST_DAY = -540;
  private static final double FAST_SHARE = 0.16;

  private final Dice dice;
  private final List<Site> sites;
  private final Set<Integer> fast = new HashSet<>();

  LotGenerator(long seed, List<Site> sites) {
    this.dice = new Dice(seed, "inventory");
    this.sites = sites.stream().filter(site -> site.activatedDay() != null).toList();
    findFastSites();
  }

  List<Lot> lots() {
    Odds<Site> holders = Odds.of(sites, site -> 8 + Math.sqrt(site.plannedPatients()));
    List<Lot> lots = new ArrayList<>(COUNT);
    for (int id = 1; id <= COUNT; id++) {
      // Each site has at least one lot.
      lots.add(lot(id, id <= sites.size() ? sites.get(id - 1) : dice.pick(holders)));
    }
    return lots;
  }

  private void findFastSites() {
    List<Site> open =
        sites.stream()
            .filter(site -> site.status() == Site.Status.ACTIVE)
            .sorted(Comparator.comparingDouble(Site::patientsPerMonth).reversed())
            .toList();
    open.subList(0, (int) (open.size() * FAST_SHARE)).forEach(site -> fast.add(site.id()));
  }

  private Lot lot(int id, Site site) {
    Product product = dice.chance(0.15) ? Product.SAMPLING_KIT : dice.pick(site.study().products());
    int open = site.activatedDay() == null ? OLDEST_DAY : site.activatedDay();
    int lastReceipt = site.closedDay() == null ? -1 : site.closedDay() - 20;
    int firstReceipt = Math.min(lastReceipt, Math.max(OLDEST_DAY, open));
    int expiry = expiryDay(firstReceipt);
    int received = dice.between(firstReceipt, Math.min(lastReceipt, expiry - 30));
    int reorderLevel = reorderLevel(site);
    int quantity = quantity(site, reorderLevel);
    return new Lot(
        id,
        site,
        product,
        lotNumber(id),
        quantity,
        reorderLevel,
        status(site, product, quantity, expiry),
        received,
        expiry,
        countedMinute(received, site.closedDay()));
  }

  /** A few lots have expired, many expire within two months, the others within two years. */
  private int expiryDay(int firstReceipt) {
    double fate = dice.fraction();
    int day;
    if (fate < 0.05) {
      day = -dice.between(1, 90);
    } else if (fate < 0.20) {
      day = dice.between(0, 60);
    } else {
      day = dice.between(61, 720);
    }
    // A lot arrives at least a month before it expires, so a site that opened lately has none that
    // expired long ago.
    return Math.max(day, firstReceipt + 30);
  }

  private static int reorderLevel(Site site) {
    return 5 * (1 + (int) Math.min(7, site.patientsPerMonth() * 1.5));
  }

  private int quantity(Site site, int reorderLevel) {
    if (site.status() == Site.Status.CLOSED) {
      return 0;
    }
    boolean isFast = fast.contains(site.id());
    double fate = dice.fraction();
    double out = isFast ? 0.34 : 0.03;
    double low = isFast ? 0.30 : 0.09;
    if (fate < out) {
      return 0;
    }
    return fate < out + low
        ? dice.between(1, reorderLevel - 1)
        : dice.between(reorderLevel, reorderLevel * 6);
  }

  private Lot.Status status(Site site, Product product, int quantity, int expiry) {
    if (quantity == 0) {
      return site.status() == Site.Status.CLOSED && dice.chance(0.6)
          ? Lot.Status.RETURNED
          : Lot.Status.DEPLETED;
    }
    if (expiry < 0) {
      return Lot.Status.EXPIRED;
    }
    return dice.chance(product.range().quarantineRisk)
        ? Lot.Status.QUARANTINED
        : Lot.Status.AVAILABLE;
  }

  /** The sites count every six weeks, in the hours of work; what just came is not counted yet. */
  private @Nullable Integer countedMinute(int received, @Nullable Integer closed) {
    int last = closed == null ? -1 : closed;
    if (last - received < 14 || dice.chance(0.04)) {
      return null;
    }
    int day = Math.max(received + 1, last - dice.between(0, 42));
    return day * Timeline.MINUTES_A_DAY + dice.between(8 * 60, 18 * 60);
  }

  /** Spreads the numbers, so that they look as if the lots of others lay between. */
  private static String lotNumber(int id) {
    return "LT-" + Integer.toString(10_000_000 + id * 37 + 1_204).substring(1);
  }
}
