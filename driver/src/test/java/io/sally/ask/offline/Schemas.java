package io.sally.ask.offline;

import io.sally.ask.context.GlossaryTerm;
import java.util.List;

/** Hand-made catalogs of different domains. */
final class Schemas {
  private Schemas() {}

  static Asking library() {
    return library(List.of());
  }

  static Asking library(List<GlossaryTerm> glossary) {
    return new Asking(
        glossary,
        List.of("lib"),
        new TableBuilder("lib", "authors")
            .id("id")
            .text("name")
            .text("nationality", "Irish", "French", "Polish"),
        new TableBuilder("lib", "books")
            .id("id")
            .text("title")
            .text("genre", "novel", "poetry", "history")
            .number("pages")
            .money("price")
            .refers("author_id", "authors")
            .date("published_on"),
        new TableBuilder("lib", "branches")
            .id("id")
            .text("name", "Central", "Harbour")
            .text("city", "Cork", "Dublin", "Galway"),
        new TableBuilder("lib", "members")
            .id("id")
            .text("full_name")
            .text("city", "Cork", "Dublin", "Limerick")
            .flag("is_active")
            .date("joined_on"),
        new TableBuilder("lib", "loans")
            .id("id")
            .refers("book_id", "books")
            .refers("member_id", "members")
            .refers("pickup_branch_id", "branches")
            .mayRefer("return_branch_id", "branches")
            .date("loaned_on")
            .date("due_on")
            .maybeDate("returned_on")
            .text("state", "open", "renewed", "lost"),
        new TableBuilder("lib", "copies")
            .id("id")
            .refers("book_id", "books")
            .refers("branch_id", "branches")
            .number("stock")
            .number("minimum_stock"));
  }

  static Asking shop() {
    return new Asking(
        List.of("hr", "shop"),
        new TableBuilder("hr", "departments").id("department_id").text("department_name"),
        new TableBuilder("hr", "employees")
            .id("employee_id")
            .text("first_name")
            .text("last_name")
            .text("job_title", "Clerk", "Engineer", "Sales manager")
            .money("salary")
            .date("hire_date")
            .refersTo("department_id", "departments", "department_id"),
        new TableBuilder("shop", "customers")
            .id("id")
            .text("name")
            .text("country", "Germany", "France", "Italy", "United States")
            .text("segment", "retail", "wholesale"),
        new TableBuilder("shop", "orders")
            .id("id")
            .refers("customer_id", "customers")
            .text("status", "new", "paid", "in_transit", "cancelled")
            .text("channel", "web", "phone")
            .time("ordered_at")
            .money("total_amount"),
        new TableBuilder("shop", "order_items")
            .id("id")
            .refers("order_id", "orders")
            .refers("product_id", "products")
            .number("quantity"),
        new TableBuilder("shop", "products")
            .id("id")
            .text("name")
            .text("category", "garden", "kitchen", "toys")
            .money("unit_price"));
  }

  /** Names as people give them who declare no keys. */
  static Asking keyless() {
    return new Asking(
        List.of("zoo"),
        new TableBuilder("zoo", "keeper").number("kid").text("name").text("town", "Cork", "Oslo"),
        new TableBuilder("zoo", "animal")
            .number("aid")
            .text("name")
            .number("feed_num")
            .number("cage_id")
            .number("tot_wt"),
        new TableBuilder("zoo", "cage").number("cage_id").text("cage_label"),
        new TableBuilder("zoo", "keeper_animal").number("kid").number("aid"));
  }
}
