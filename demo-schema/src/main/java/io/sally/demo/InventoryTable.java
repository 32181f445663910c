package io.sally.demo;

import static io.sally.demo.DemoType.decimal;
import static io.sally.demo.DemoType.integer;
import static io.sally.demo.DemoType.varchar;

/** How lots are shown. */
final class InventoryTable {
  private InventoryTable() {}

  static Blueprint<Lot> blueprint() {
    return new Blueprint<Lot>(
            "inventory",
            "Stock at the sites. One row is one lot of a product that a site received, with what is"
                + " left of it.")
        .column("lot_id", integer(), Lot::id, "Identifies the lot at the site.")
        .reference(
            "site_id", lot -> lot.site().id(), "sites", "site_id", "The site that holds the lot.")
        .column(
            "lot_number",
            varchar(12),
            Lot::number,
            "The number printed on the lot, for example LT-0004711. Unique.")
        .unique("lot_number")
        .column(
            "product",
            varchar(60),
            lot -> lot.product().name(),
            "Name of the product with its strength and form.")
        .column(
            "temperature_range",
            varchar(12),
            lot -> lot.product().range().word(),
            "How the product must be stored: " + TemperatureRange.CODES + ".")
        .column(
            "quantity",
            integer(),
            Lot::quantity,
            "Number of kits left. 0 means out of stock; below reorder_level means low stock.")
        .column(
            "reorder_level",
            integer(),
            Lot::reorderLevel,
            "Number of kits below which the site should reorder.")
        .column(
            "status",
            varchar(12),
            lot -> lot.status().word(),
            "available (may be given to patients), quarantined (blocked until quality decides),"
                + " expired (past its expiry date, still on the shelf), depleted (used up, quantity"
                + " 0) or returned (sent back when the site closed, quantity 0).")
        .day("received_on", Lot::receivedDay, "Day on which the site received the lot.")
        .day("expiry_date", Lot::expiryDay, "Last day on which the lot may be used.")
        .optional(
            "unit_cost",
            decimal(10, 2),
            lot -> Money.dollars(lot.product().unitCostCents()),
            "Cost of one kit in US dollars. Null for a product without commercial value, such as a"
                + " placebo.")
        .optionalMinute(
            "last_counted_at",
            Lot::countedMinute,
            "When the site last counted the lot. Null when it has not counted it yet.");
  }
}
