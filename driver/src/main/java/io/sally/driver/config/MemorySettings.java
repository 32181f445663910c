package io.sally.driver.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What all statements together may hold. Immutable.
 *
 * @param budget the most bytes in memory, or null for a share of the heap
 * @param spill the most bytes on disk past that, or null for none
 * @param spillFolder where on disk, or null for the system's folder for temporary files
 */
public record MemorySettings(
    @Nullable Long budget, @Nullable Long spill, @Nullable Path spillFolder) {}
