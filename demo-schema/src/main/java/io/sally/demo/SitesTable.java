package io.sally.demo;

import static io.sally.demo.DemoType.integer;
import static io.sally.demo.DemoType.varchar;

/** How sites are shown. */
final class SitesTable {
  private SitesTable() {}

  static Blueprint<Site> blueprint() {
    return new Blueprint<Site>(
            "sites",
            "Clinical sites: hospitals and practices that treat the patients of a study. A place"
                + " that takes part in two studies is two sites.")
        .column("site_id", integer(), Site::id, "Identifies the site.")
        .reference(
            "study_id",
            site -> site.study().id(),
            "studies",
            "study_id",
            "The study in which the site takes part.")
        .column(
            "site_number",
            varchar(16),
            Site::number,
            "The site's number: protocol number and running number, for example BRK-301-004."
                + " Unique.")
        .unique("site_number")
        .column("name", varchar(80), Site::name, "Name of the hospital or practice.")
        .optional(
            "investigator",
            varchar(60),
            Site::investigator,
            "The doctor in charge at the site. Null while none is appointed.")
        .column("city", varchar(40), Site::city, "City in which the site lies.")
        .column(
            "country",
            varchar(40),
            site -> site.country().name(),
            "Country in which the site lies, by its English name, for example Germany or United"
                + " States.")
        .column(
            "region",
            varchar(30),
            site -> site.country().region().label,
            "Part of the world: North America, Latin America, Europe, Middle East and Africa or"
                + " Asia Pacific.")
        .column(
            "status",
            varchar(10),
            site -> site.status().word(),
            "planned (not open yet), active (treats patients), on hold (paused) or closed.")
        .optionalDay(
            "activated_on",
            Site::activatedDay,
            "Day on which the site could first treat patients. Null while it is planned.")
        .optionalDay(
            "closed_on",
            Site::closedDay,
            "Day on which the site was closed. Null while it is not closed.")
        .column(
            "planned_patients",
            integer(),
            Site::plannedPatients,
            "Number of patients that the site is to enroll.")
        .column(
            "enrolled_patients",
            integer(),
            Site::enrolledPatients,
            "Number of patients that the site has enrolled so far.");
  }
}
