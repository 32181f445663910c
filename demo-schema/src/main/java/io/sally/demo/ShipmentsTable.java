package io.sally.demo;

import static io.sally.demo.DemoType.bool;
import static io.sally.demo.DemoType.decimal;
import static io.sally.demo.DemoType.integer;
import static io.sally.demo.DemoType.varchar;

import org.jspecify.annotations.Nullable;

/** How shipments are shown. */
final class ShipmentsTable {
  private ShipmentsTable() {}

  static Blueprint<Shipment> blueprint() {
    return new Blueprint<Shipment>(
            "shipments",
            "Shipments of products from a vendor to a site, of the past year and a half and those"
                + " planned for the next weeks.")
        .column("shipment_id", integer(), Shipment::id, "Identifies the shipment.")
        .column(
            "tracking_number",
            varchar(12),
            Shipment::trackingNumber,
            "The carrier's number of the shipment, for example TR-41870255. Unique.")
        .unique("tracking_number")
        .reference(
            "origin_vendor_id",
            shipment -> shipment.origin().id(),
            "vendors",
            "vendor_id",
            "The vendor that sends the shipment: a depot, laboratory, packager or manufacturer.")
        .reference(
            "destination_site_id",
            shipment -> shipment.destination().id(),
            "sites",
            "site_id",
            "The site to which the shipment goes; its country and study are those of the shipment.")
        .column(
            "product",
            varchar(60),
            shipment -> shipment.product().name(),
            "Name of the product with its strength and form.")
        .column(
            "temperature_range",
            varchar(12),
            shipment -> shipment.product().range().word(),
            "How the product must be kept on the way: " + TemperatureRange.CODES + ".")
        .column("quantity", integer(), Shipment::quantity, "Number of kits in the shipment.")
        .column(
            "status",
            varchar(12),
            shipment -> shipment.status().word(),
            "planned (not sent yet), in transit (on its way, not due yet), delayed (on its way, past"
                + " its due date), delivered (arrived, in time or late), returned (sent back) or"
                + " cancelled (never sent).")
        .column(
            "carrier",
            varchar(60),
            shipment -> shipment.carrier().name(),
            "Name of the courier that carries the shipment.")
        .minute("requested_at", Shipment::requestedMinute, "When the site asked for the shipment.")
        .optionalDay(
            "shipped_on",
            Shipment::shippedDay,
            "Day on which the shipment left. Null when it is planned or was cancelled.")
        .day("due_on", Shipment::dueDay, "Day on which the shipment should arrive.")
        .optionalDay(
            "delivered_on",
            Shipment::deliveredDay,
            "Day on which the shipment arrived; after due_on when it was late. Null when it has not"
                + " arrived.")
        .optional(
            "delay_reason",
            varchar(20),
            ShipmentsTable::reason,
            "Why the shipment is or was late: customs, missing documents, carrier capacity or"
                + " weather. Null when it is not late.")
        .optional(
            "temperature_excursion",
            bool(),
            Shipment::excursion,
            "True when the shipment left its temperature range on the way. Null until it is"
                + " delivered and its logger is read.")
        .optional(
            "shipping_cost",
            decimal(10, 2),
            shipment -> Money.dollars(shipment.costCents()),
            "What the carrier asks for the transport, in US dollars. Null until the shipment has"
                + " left.");
  }

  private static @Nullable String reason(Shipment shipment) {
    Shipment.DelayReason reason = shipment.delayReason();
    return reason == null ? null : reason.word();
  }
}
