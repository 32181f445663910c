package io.sally.demo;

import static io.sally.demo.DemoType.integer;
import static io.sally.demo.DemoType.varchar;

/** How tasks are shown. */
final class TasksTable {
  private TasksTable() {}

  static Blueprint<Task> blueprint() {
    return new Blueprint<Task>(
            "tasks",
            "Work of the supply team for the sites. A task is overdue when due_on is in the past and"
                + " its status is not done.")
        .column("task_id", integer(), Task::id, "Identifies the task.")
        .reference(
            "site_id",
            task -> task.site().id(),
            "sites",
            "site_id",
            "The site for which the work is done.")
        .column("title", varchar(100), Task::title, "What is to be done.")
        .column(
            "category",
            varchar(12),
            task -> task.category().word(),
            "Kind of work: resupply, excursion (of temperature), expiry, returns, customs, training"
                + " or activation (of a new site).")
        .optional(
            "assignee",
            varchar(40),
            Task::assignee,
            "Name of the person who does it. Null while nobody is assigned.")
        .column(
            "priority",
            varchar(10),
            task -> task.priority().word(),
            "How urgent it is: low, medium, high or critical.")
        .column(
            "status",
            varchar(12),
            task -> task.status().word(),
            "open (not begun), in progress, blocked (waits for others) or done.")
        .day("created_on", Task::createdDay, "Day on which the task was created.")
        .day("due_on", Task::dueDay, "Day by which the task should be done.")
        .optionalDay(
            "completed_on",
            Task::completedDay,
            "Day on which the task was done; after due_on when it was late. Null while it is not"
                + " done.");
  }
}
