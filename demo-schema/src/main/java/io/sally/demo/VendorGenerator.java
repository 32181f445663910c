package io.sally.demo;

import static io.sally.demo.Vendor.Type.COURIER;
import static io.sally.demo.Vendor.Type.DEPOT;
import static io.sally.demo.Vendor.Type.LABORATORY;
import static io.sally.demo.Vendor.Type.MANUFACTURER;
import static io.sally.demo.Vendor.Type.PACKAGER;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells of thirty vendors, by hand like the studies. The couriers are the carriers of the
 * shipments, and their ratings say how well they do. two vendors have lost their contract.
 */
final class VendorGenerator {
  static final int COUNT = 30;

  private final Dice dice;
  private final List<Vendor> vendors = new ArrayList<>(COUNT);

  VendorGenerator(long seed) {
    this.dice = new Dice(seed, "vendors");
  }

  List<Vendor> vendors() {
    add(DEPOT, "Halvorsgate Clinical Depot", "Atlanta", "United States", 46, null);
    add(DEPOT, "Maplecrest Trial Supply", "Toronto", "Canada", 43, 410);
    add(DEPOT, "Rheinfeld Depot Services", "Leipzig", "Germany", 48, null);
    add(DEPOT, "Thornbury Storage", "Bristol", "United Kingdom", 41, 150);
    add(DEPOT, "Wislana Medical Warehousing", "Poznan", "Poland", 44, 620);
    add(DEPOT, "Straitspoint Pharma Depot", "Singapore", "Singapore", 47, null);
    add(DEPOT, "Sierra Roja Depositos", "Guadalajara", "Mexico", 36, 75);
    add(DEPOT, "Tafelwind Clinical Stores", "Durban", "South Africa", 31, -140);
    add(MANUFACTURER, "Corvane Chemistry", "Antwerp", "Belgium", 45, 880);
    add(MANUFACTURER, "Alderway Biologics Works", "San Diego", "United States", 42, 300);
    add(MANUFACTURER, "Nadirath Formulations", "Pune", "India", 37, 210);
    add(MANUFACTURER, "Hakusan Fine Processing", "Osaka", "Japan", 49, null);
    add(MANUFACTURER, "Vialis Steril", "Turin", "Italy", 39, 120);
    add(MANUFACTURER, "Brennmark Vectors", "Uppsala", "Sweden", null, 540);
    add(PACKAGER, "Kitwright Packaging", "Chicago", "United States", 44, null);
    add(PACKAGER, "Etikett & Blister Krause", "Cologne", "Germany", 46, 260);
    add(PACKAGER, "Moravit Labels", "Brno", "Czechia", 40, 30);
    add(PACKAGER, "Seongnae Clinical Packaging", "Busan", "South Korea", 43, 480);
    add(PACKAGER, "Pampero Envases", "Rosario", "Argentina", null, 45);
    add(LABORATORY, "Lumenbridge Central Lab", "Denver", "United States", 45, null);
    add(LABORATORY, "Oudegracht Diagnostics", "Utrecht", "Netherlands", 47, 390);
    add(LABORATORY, "Banyan Reach Laboratories", "Singapore", "Singapore", 42, 200);
    add(LABORATORY, "Laboratorio Ipemar", "Curitiba", "Brazil", 38, 95);
    add(LABORATORY, "Corkscrew Bay Assays", "Perth", "Australia", 34, -230);
    for (Carrier carrier : Carrier.ALL) {
      addCourier(carrier);
    }
    return List.copyOf(vendors);
  }

  private void addCourier(Carrier carrier) {
    Country home = dice.pick(Countries.ALL);
    int rating = (int) Math.round(48 - 42 * carrier.lateRisk() - 3 * carrier.coldRisk());
    add(
        COURIER,
        carrier.name(),
        dice.pick(home.cities()),
        home.name(),
        rating,
        dice.between(60, 700));
  }

  private void add(
      Vendor.Type type,
      String name,
      String city,
      String country,
      @Nullable Integer rating,
      @Nullable Integer contractEnd) {
    vendors.add(
        new Vendor(
            vendors.size() + 1,
            name,
            type,
            city,
            Countries.named(country),
            rating,
            rating == null ? null : Integer.valueOf(-dice.between(20, 700)),
            contractEnd));
  }
}
