package io.sally.demo;

import org.jspecify.annotations.Nullable;

/**
 * A piece of work that a site needs. Days are relative to today.
 *
 * @param assignee who does it, or null while nobody does
 * @param completedDay when it was done, or null while it is not
 */
record Task(
    int id,
    Site site,
    String title,
    Category category,
    @Nullable String assignee,
    Priority priority,
    Status status,
    int createdDay,
    int dueDay,
    @Nullable Integer completedDay) {
  enum Category implements Code {
    RESUPPLY,
    EXCURSION,
    EXPIRY,
    RETURNS,
    CUSTOMS,
    TRAINING,
    ACTIVATION
  }

  enum Priority implements Code {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
  }

  enum Status implements Code {
    OPEN,
    IN_PROGRESS,
    BLOCKED,
    DONE
  }
}
