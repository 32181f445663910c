package io.sally.driver.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes charts as web pages that need nothing but a browser: Vega, Vega-Lite and Vega-Embed stand
 * in them. A page asks the network for nothing, and its content security policy forbids it to.
 * Confined to one thread.
 */
final class ChartPage {
  /** In the order in which each needs the one before it. */
  private static final List<String> SCRIPTS =
      List.of("vega.min.js", "vega-lite.min.js", "vega-embed.min.js");

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:">
      <meta name="viewport" content="width=device-width">
      <title>%s</title>
      <style>body { font-family: sans-serif; margin: 2rem; }</style>
      """;
  private static final String BODY =
      """
      </head>
      <body>
      <div id="chart"></div>
      <script type="application/json" id="spec">%s</script>
      <script>
      const chart = document.getElementById('chart');
      const spec = JSON.parse(document.getElementById('spec').textContent);
      const actions = { export: true, source: false, compiled: false, editor: false };
      vegaEmbed(chart, spec, { renderer: 'svg', actions: actions })
        .catch(error => { chart.textContent = String(error); });
      </script>
      </body>
      </html>
      """;

  private final Path first;
  private int written;

  /**
   * @param first where the first chart goes; the next ones have a number before their ending
   */
  ChartPage(Path first) {
    this.first = first;
  }

  /**
   * Writes the next page, over a file of that name.
   *
   * @param spec a Vega-Lite specification as JSON
   * @return where it is
   */
  Path write(String title, String spec) throws IOException {
    written++;
    Path file = written == 1 ? first : numbered();
    return Files.writeString(file, page(title, spec));
  }

  private Path numbered() {
    String name = String.valueOf(first.getFileName());
    int dot = name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    return first.resolveSibling(name.substring(0, end) + "-" + written + name.substring(end));
  }

  static String page(String title, String spec) throws IOException {
    StringBuilder page = new StringBuilder(HEAD.formatted(escaped(title)));
    for (String script : SCRIPTS) {
      page.append("<script>").append(resource(script)).append("</script>\n");
    }
    return page.append(BODY.formatted(embedded(spec))).toString();
  }

  private static String resource(String name) throws IOException {
    try (InputStream script = ChartPage.class.getResourceAsStream("vega/" + name)) {
      if (script == null) {
        throw new IOException("The jar lacks " + name + ", which draws the chart");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** JSON without a character that could end the script element or begin another. */
  private static String embedded(String json) {
    return json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
  }
}
