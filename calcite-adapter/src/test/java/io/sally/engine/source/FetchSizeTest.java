package io.sally.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.engine.catalog.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FetchSizeTest {
  private static final long SMALL_HEAP = 128L << 20;
  private static final List<ColumnType> WITH_TEXT =
      List.of(ColumnType.integer(), ColumnType.varchar());

  /** The fetches in which rows come whose texts have these lengths. */
  private static List<Integer> fetches(List<ColumnType> columns, long heap, int... lengths) {
    return fetches(columns, 1_000, heap, lengths);
  }

  private static List<Integer> fetches(
      List<ColumnType> columns, int most, long heap, int... lengths) {
    FetchSize fetch = new FetchSize(columns, most, heap);
    List<Integer> sizes = new ArrayList<>(List.of(fetch.size()));
    for (int length : lengths) {
      if (fetch.changedBy(new Object[] {1, "x".repeat(length)})) {
        sizes.add(fetch.size());
      }
    }
    return sizes;
  }

  private static int[] rows(int number, int length) {
    int[] lengths = new int[number];
    Arrays.fill(lengths, length);
    return lengths;
  }

  @Test
  void narrowTypesComeInFullFetches() {
    assertThat(
            fetches(
                List.of(ColumnType.integer(), ColumnType.varchar(20)), SMALL_HEAP, rows(3000, 20)))
        .containsExactly(1_000);
  }

  @Test
  void theFirstFetchIsSmallSoThatTheFirstRowComesSoon() {
    assertThat(
            fetches(
                List.of(ColumnType.integer(), ColumnType.varchar(20)),
                5_000,
                SMALL_HEAP,
                rows(9000, 20)))
        .containsExactly(1_000, 5_000);
  }

  @Test
  void fetchesOfManyColumnsStaySmall() {
    assertThat(
            fetches(
                Collections.nCopies(100, ColumnType.varchar(500)),
                5_000,
                SMALL_HEAP,
                rows(9000, 20)))
        .containsExactly(1_000);
  }

  @Test
  void textsWithoutBoundBeginWithFewRowsAndGrowToFullFetches() {
    assertThat(fetches(WITH_TEXT, SMALL_HEAP, rows(3000, 20))).containsExactly(8, 64, 512, 1_000);
    assertThat(fetches(WITH_TEXT, 8L << 30, rows(3000, 20))).containsExactly(16, 128, 1_000);
  }

  @Test
  void wideRowsAreFetchedByTheirBytes() {
    assertThat(fetches(WITH_TEXT, SMALL_HEAP, rows(300, 1 << 20))).containsExactly(8, 3);
    assertThat(fetches(WITH_TEXT, SMALL_HEAP, rows(20, 10 << 20))).containsExactly(8, 1);
  }

  @Test
  void oneWideRowMakesTheNextFetchesSmaller() {
    int[] lengths = rows(584, 20);
    lengths[500] = 1 << 20;
    assertThat(fetches(WITH_TEXT, SMALL_HEAP, lengths)).containsExactly(8, 64, 512, 3);
  }
}
