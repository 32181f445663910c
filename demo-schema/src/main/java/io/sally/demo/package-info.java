/**
 * The demo data: what an organisation that supplies clinical trials keeps about its studies, sites,
 * vendors, inventory, shipments and tasks.
 *
 * <p>{@link io.sally.demo.DemoSchema} is the face. The data is invented, the same for the same day
 * and seed on every machine, and moves with the day around which it lies. It is told in three
 * steps: a generator a table tells what happened, in days before and after today; a blueprint a
 * table says which columns show it; the tables hold it as rows.
 */
@NullMarked
package io.sally.demo;

import org.jspecify.annotations.NullMarked;
