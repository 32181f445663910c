package io.sally.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import java.io.InputStream;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Objects;
import net.sf.jasperreports.engine.JRPrintImage;
import net.sf.jasperreports.engine.JasperCompileManager;
import net.sf.jasperreports.engine.JasperExportManager;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.engine.JasperPrint;
import net.sf.jasperreports.engine.JasperReport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A report of JasperReports whose query is a question, with a table and a bar chart, as PDF. */
@Timeout(300)
class JasperReportsIT {
  @BeforeAll
  static void drawWithoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  @ParameterizedTest
  @EnumSource
  void printsTheAnswerAsTableAndChart(Database database) throws Exception {
    JasperReport report;
    try (InputStream in =
        Objects.requireNonNull(JasperReportsIT.class.getResourceAsStream("sites.jrxml"))) {
      report = JasperCompileManager.compileReport(in);
    }
    JasperPrint print;
    try (Connection connection = database.connect()) {
      print = JasperFillManager.fillReport(report, new HashMap<>(), connection);
    }
    assertThat(print.getPages()).hasSize(1);
    assertThat(print.getPages().get(0).getElements())
        .filteredOn(JRPrintImage.class::isInstance)
        .hasSize(1);
    try (PdfReader pdf = new PdfReader(JasperExportManager.exportReportToPdf(print))) {
      assertThat(new PdfTextExtractor(pdf).getTextFromPage(1).replaceAll("\\s+", ""))
          .startsWith("SitesbycountryUnitedStates20Germany13Poland9UnitedKingdom9Brazil8France8")
          .endsWith("Colombia2Singapore2Thailand2");
    }
  }
}
