package io.sally.demo;

import static io.sally.demo.DemoType.bool;
import static io.sally.demo.DemoType.decimal;
import static io.sally.demo.DemoType.integer;
import static io.sally.demo.DemoType.varchar;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How vendors are shown. */
final class VendorsTable {
  private VendorsTable() {}

  static Blueprint<Vendor> blueprint() {
    return new Blueprint<Vendor>(
            "vendors", "Companies that make, pack, store, test or carry what the sites need.")
        .column("vendor_id", integer(), Vendor::id, "Identifies the vendor.")
        .column("name", varchar(60), Vendor::name, "Name of the company. Unique.")
        .unique("name")
        .column(
            "vendor_type",
            varchar(12),
            vendor -> vendor.type().word(),
            "What the vendor does: depot (stores and sends), manufacturer (makes products), packager"
                + " (packs and labels), laboratory (tests, sends sampling kits) or courier (carries"
                + " shipments).")
        .column("city", varchar(40), Vendor::city, "City in which the vendor sits.")
        .column(
            "country",
            varchar(40),
            vendor -> vendor.country().name(),
            "Country in which the vendor sits, by its English name.")
        .optional(
            "quality_rating",
            decimal(2, 1),
            VendorsTable::rating,
            "Result of the last quality audit, from 1.0 (poor) to 5.0 (excellent). Null before the"
                + " first audit.")
        .optionalDay(
            "last_audit_on",
            Vendor::lastAuditDay,
            "Day of the last quality audit. Null before the first audit.")
        .column(
            "is_active",
            bool(),
            vendor -> vendor.worksOn(0),
            "True while the vendor is under contract.")
        .optionalDay(
            "contract_end",
            Vendor::contractEndDay,
            "Last day of the vendor's contract; in the past for a vendor that is no longer active."
                + " Null for a contract without an end.");
  }

  private static @Nullable BigDecimal rating(Vendor vendor) {
    Integer tenths = vendor.ratingTenths();
    return tenths == null ? null : BigDecimal.valueOf(tenths, 1);
  }
}
