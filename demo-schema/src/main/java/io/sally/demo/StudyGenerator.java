package io.sally.demo;

import static io.sally.demo.Study.Status.CLOSING;
import static io.sally.demo.Study.Status.COMPLETED;
import static io.sally.demo.Study.Status.ENROLLED;
import static io.sally.demo.Study.Status.ENROLLING;
import static io.sally.demo.Study.Status.ON_HOLD;
import static io.sally.demo.Study.Status.PLANNED;
import static io.sally.demo.TemperatureRange.AMBIENT;
import static io.sally.demo.TemperatureRange.FROZEN;
import static io.sally.demo.TemperatureRange.REFRIGERATED;
import static io.sally.demo.TemperatureRange.ULTRA_COLD;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells of twelve studies of four sponsors. There are too few of them for chance to make them
 * plausible, so they are written by hand; the seed moves their days a little.
 */
final class StudyGenerator {
  static final int COUNT = 12;

  private static final String BRACKWATER = "Brackwater Therapeutics";
  private static final String OSTRELUNE = "Ostrelune Biosciences";
  private static final String QUILLMARK = "Quillmark Pharma";
  private static final String VANTORRE = "Vantorre Biologics";

  private final Dice dice;
  private final List<Study> studies = new ArrayList<>();

  StudyGenerator(long seed) {
    this.dice = new Dice(seed, "studies");
  }

  List<Study> studies() {
    add("BRK-301", "Phase 3", "Oncology", "Non-small cell lung cancer", ENROLLING, BRACKWATER)
        .runs(-610, 420)
        .enrolls(620, 22)
        .blinded("Belovrexin 50 mg against docetaxel in advanced lung cancer")
        .gives(
            product("Belovrexin 50 mg tablets", AMBIENT, 21_400),
            product("Docetaxel 80 mg vials", REFRIGERATED, 9_650));
    add("BRK-204", "Phase 2", "Oncology", "Metastatic melanoma", ENROLLING, BRACKWATER)
        .runs(-380, 510)
        .enrolls(180, 12)
        .open("Belovrexin with a tumour cell vaccine in metastatic melanoma")
        .gives(
            product("Belovrexin 100 mg tablets", AMBIENT, 39_900),
            product("Melavax cell vaccine", ULTRA_COLD, 184_000));
    add("BRK-401", "Phase 4", "Cardiology", "Chronic heart failure", CLOSING, BRACKWATER)
        .runs(-880, 25)
        .enrolls(540, 13)
        .open("Long-term safety of corvasetil in chronic heart failure")
        .gives(product("Corvasetil 10 mg capsules", AMBIENT, 4_250));
    add("OST-310", "Phase 3", "Immunology", "Rheumatoid arthritis", ENROLLED, OSTRELUNE)
        .runs(-720, 240)
        .enrolls(560, 18)
        .blinded("Tavorilumab against placebo in rheumatoid arthritis")
        .gives(
            product("Tavorilumab 150 mg syringes", REFRIGERATED, 62_500),
            product("Tavorilumab placebo syringes", REFRIGERATED, null));
    add("OST-118", "Phase 1", "Immunology", "Systemic lupus erythematosus", ENROLLING, OSTRELUNE)
        .runs(-150, 330)
        .enrolls(48, 6)
        .open("First doses of ostelimod in systemic lupus erythematosus")
        .gives(product("Ostelimod 5 mg vials", FROZEN, 96_000));
    add("OST-222", "Phase 2", "Respiratory", "Severe asthma", ON_HOLD, OSTRELUNE)
        .runs(-430, 380)
        .enrolls(210, 9)
        .blinded("Inhaled respalizine against placebo in severe asthma")
        .gives(
            product("Respalizine 200 mcg inhalers", AMBIENT, 7_800),
            product("Respalizine placebo inhalers", AMBIENT, null));
    add("QLM-305", "Phase 3", "Metabolic", "Type 2 diabetes", ENROLLING, QUILLMARK)
        .runs(-520, 460)
        .enrolls(840, 20)
        .blinded("Weekly glisenatide against insulin glargine in type 2 diabetes")
        .gives(
            product("Glisenatide 2 mg pens", REFRIGERATED, 18_300),
            product("Insulin glargine pens", REFRIGERATED, 3_450));
    add("QLM-212", "Phase 2", "Neurology", "Relapsing multiple sclerosis", ENROLLED, QUILLMARK)
        .runs(-640, 190)
        .enrolls(240, 12)
        .blinded("Neurovaline against placebo in relapsing multiple sclerosis")
        .gives(
            product("Neurovaline 25 mg tablets", AMBIENT, 15_700),
            product("Neurovaline placebo tablets", AMBIENT, null));
    add("QLM-109", "Phase 1", "Neurology", "Early Alzheimer's disease", PLANNED, QUILLMARK)
        .runs(45, 620)
        .enrolls(60, 4)
        .blinded("First doses of amylocept in early Alzheimer's disease")
        .gives(product("Amylocept 10 mg vials", FROZEN, 88_000));
    add(
            "VTR-320",
            "Phase 3",
            "Infectious Disease",
            "Respiratory syncytial virus",
            ENROLLING,
            VANTORRE)
        .runs(-300, 540)
        .enrolls(1_100, 16)
        .blinded("An RSV vaccine against placebo in older adults")
        .gives(
            product("Respivira vaccine vials", FROZEN, 12_900),
            product("Saline placebo vials", AMBIENT, null));
    add("VTR-207", "Phase 2", "Rare Disease", "Duchenne muscular dystrophy", CLOSING, VANTORRE)
        .runs(-760, 40)
        .enrolls(72, 9)
        .open("Dystrogene gene therapy in Duchenne muscular dystrophy")
        .gives(product("Dystrogene vector vials", ULTRA_COLD, 412_000));
    add("VTR-303", "Phase 3", "Cardiology", "Familial hypercholesterolemia", COMPLETED, VANTORRE)
        .runs(-940, -60)
        .enrolls(390, 9)
        .blinded("Lipocerin against placebo in familial hypercholesterolemia")
        .gives(
            product("Lipocerin 300 mg syringes", REFRIGERATED, 27_600),
            product("Lipocerin placebo syringes", REFRIGERATED, null));
    return List.copyOf(studies);
  }

  private Sketch add(
      String protocol, String phase, String area, String disease, Study.Status status, String by) {
    return new Sketch(protocol, phase, area, disease, status, by);
  }

  private static Product product(String name, TemperatureRange range, @Nullable Integer cents) {
    return new Product(name, range, cents);
  }

  /** A study that is complete, and one of the studies, with what it gives. */
  private final class Sketch {
    private final String protocol;
    private final String phase;
    private final String area;
    private final String disease;
    private final Study.Status status;
    private final String sponsor;
    private int startDay;
    private int plannedEndDay;
    private @Nullable Integer endDay;
    private int patients;
    private int sites;
    private boolean blinded;
    private String title = "";

    Sketch(
        String protocol,
        String phase,
        String area,
        String disease,
        Study.Status status,
        String by) {
      this.protocol = protocol;
      this.phase = phase;
      this.area = area;
      this.disease = disease;
      this.status = status;
      this.sponsor = by;
    }

    Sketch runs(int start, int plannedEnd) {
      startDay = start + dice.between(-6, 6);
      plannedEndDay = plannedEnd + dice.between(-6, 6);
      // The completed study took a little longer than planned, as studies do.
      endDay = status == COMPLETED ? Integer.valueOf(plannedEndDay + dice.between(8, 20)) : null;
      return this;
    }

    Sketch enrolls(int targetPatients, int atSites) {
      patients = targetPatients;
      sites = atSites;
      return this;
    }

    Sketch blinded(String what) {
      blinded = true;
      return open(what);
    }

    Sketch open(String what) {
      title = what;
      return this;
    }

    void gives(Product... products) {
      studies.add(
          new Study(
              studies.size() + 1,
              protocol,
              title,
              phase,
              area,
              disease,
              status,
              sponsor,
              startDay,
              plannedEndDay,
              endDay,
              patients,
              blinded,
              sites,
              List.of(products)));
    }
  }
}
