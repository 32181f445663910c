package io.sally.demo;

import static io.sally.demo.DemoType.bool;
import static io.sally.demo.DemoType.integer;
import static io.sally.demo.DemoType.varchar;

/** How studies are shown. */
final class StudiesTable {
  private StudiesTable() {}

  static Blueprint<Study> blueprint() {
    return new Blueprint<Study>(
            "studies",
            "Clinical studies (trials) that are supplied. One row is one study protocol.")
        .column("study_id", integer(), Study::id, "Identifies the study.")
        .column(
            "protocol_number",
            varchar(12),
            Study::protocolNumber,
            "The sponsor's number of the study protocol, for example BRK-301. Unique.")
        .unique("protocol_number")
        .column("title", varchar(120), Study::title, "What the study compares, in one line.")
        .column(
            "phase",
            varchar(10),
            Study::phase,
            "Phase of clinical development: Phase 1, Phase 2, Phase 3 or Phase 4.")
        .column(
            "therapeutic_area",
            varchar(30),
            Study::therapeuticArea,
            "Field of medicine: Oncology, Cardiology, Neurology, Immunology, Respiratory,"
                + " Metabolic, Infectious Disease or Rare Disease.")
        .column("indication", varchar(60), Study::indication, "The disease that is treated.")
        .column(
            "status",
            varchar(10),
            study -> study.status().word(),
            "Where the study stands: planned (not started), enrolling (takes in patients), enrolled"
                + " (all patients are in and are treated), on hold (paused), closing (its sites are"
                + " being closed) or completed (ended).")
        .column(
            "sponsor", varchar(60), Study::sponsor, "The company that pays for and owns the study.")
        .day(
            "start_date",
            Study::startDay,
            "Day on which the study started; in the future for a planned study.")
        .day("planned_end_date", Study::plannedEndDay, "Day on which the study is planned to end.")
        .optionalDay(
            "end_date",
            Study::endDay,
            "Day on which the study really ended. Null while it has not ended.")
        .column(
            "target_enrollment",
            integer(),
            Study::targetEnrollment,
            "Number of patients that the study wants to enroll over all its sites.")
        .column(
            "is_blinded",
            bool(),
            Study::blinded,
            "True when neither patients nor doctors know who gets which product.");
  }
}
