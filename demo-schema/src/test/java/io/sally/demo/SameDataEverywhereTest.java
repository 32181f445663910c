package io.sally.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class SameDataEverywhereTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 14);

  /** Fails when any value changes, on any machine: a change of the data should be meant. */
  @Test
  void aDayAndASeedGiveTheSameDataForEver() throws Exception {
    assertThat(fingerprint(DemoSchema.around(TODAY, 7)))
        .isEqualTo("05a79c599108d5e959b077238a5a8a92da4177425b4c73aba7819927f755abdd");
  }

  @Test
  void neitherLocaleNorTimeZoneMatter() throws Exception {
    String here = fingerprint(DemoSchema.around(TODAY));
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      assertThat(fingerprint(DemoSchema.around(TODAY))).isEqualTo(here);
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(fingerprint(DemoSchema.around(TODAY))).isEqualTo(here);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void theOrderInWhichTablesAreReadDoesNotMatter() throws Exception {
    DemoSchema backwards = DemoSchema.around(TODAY);
    for (int i = backwards.tables().size() - 1; i >= 0; i--) {
      assertThat(backwards.tables().get(i).rows().any()).isTrue();
    }
    assertThat(fingerprint(backwards)).isEqualTo(fingerprint(DemoSchema.around(TODAY)));
  }

  @Test
  void anotherDayMovesAllDatesByWholeDaysAndNothingElse() {
    DemoSchema before = DemoSchema.around(TODAY);
    // Across a leap day.
    DemoSchema after = DemoSchema.around(TODAY.plusDays(731));
    for (DemoTable table : before.tables()) {
      List<Object[]> expected = table.rows().select(row -> moved(row, 731)).toList();
      assertThat(after.table(table.name()).rows().toList())
          .zipSatisfy(expected, (row, wanted) -> assertThat(row).isEqualTo(wanted));
    }
  }

  private static Object[] moved(Object[] row, int days) {
    return Arrays.stream(row)
        .map(
            value ->
                value instanceof LocalDate day
                    ? day.plusDays(days)
                    : value instanceof LocalDateTime time ? time.plusDays(days) : value)
        .toArray();
  }

  @Test
  void anotherSeedTellsAnotherStory() throws Exception {
    assertThat(fingerprint(DemoSchema.around(TODAY, 1)))
        .isNotEqualTo(fingerprint(DemoSchema.around(TODAY, 2)));
  }

  private static String fingerprint(DemoSchema schema) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (DemoTable table : schema.tables()) {
      digest.update(table.name().getBytes(StandardCharsets.UTF_8));
      for (Object[] row : table.rows().toList()) {
        digest.update(Arrays.toString(row).getBytes(StandardCharsets.UTF_8));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
