package io.sally.driver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ProgressLineTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream terminal = new PrintStream(written, true, StandardCharsets.UTF_8);

  @Test
  void saysWhatTakesLongAndTakesItAway() throws InterruptedException {
    ProgressLine line = ProgressLine.of(terminal, "Connecting");
    await("\r\u001b[KConnecting … ");
    line.doing("Reading, 7 rows");
    await("\r\u001b[KReading, 7 rows … ");
    line.end();
    assertThat(text()).endsWith(" s\r\u001b[K");
  }

  @Test
  void saysNothingOfWhatIsQuick() {
    ProgressLine.of(terminal, "Connecting").end();
    assertThat(text()).isEmpty();
  }

  @Test
  void saysNothingWithoutATerminal() {
    ProgressLine line = ProgressLine.of(null, "Connecting");
    line.doing("Running");
    line.end();
    assertThat(text()).isEmpty();
  }

  private void await(String part) throws InterruptedException {
    while (!text().contains(part)) {
      Thread.sleep(20);
    }
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
