package io.sally.driver.narrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.driver.answer.AnswerRows;
import io.sally.engine.ResultColumn;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.ColumnType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToldByModelTest {
  private static AnswerRows rows() throws SQLException {
    return AnswerRows.read(
        List.of(
            ResultColumn.computed("site", ColumnType.varchar(), true),
            ResultColumn.computed("day", ColumnType.date(), true),
            ResultColumn.computed("amount", ColumnType.decimal(12, 2), true)),
        RowCursor.over(
            List.of(
                Arrays.asList(
                    "Six Rivers 12", LocalDate.of(2026, 3, 31), new BigDecimal("1234.50")),
                Arrays.asList("Ohio", null, new BigDecimal("-7.00")),
                Arrays.asList("Lima", null, new BigDecimal("1500000")))),
        100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3 sites are late.",
        "Three sites are late; Six Rivers 12 leads.",
        "The amount is 1234.50, on March 31, 2026.",
        "The amount is 1,234.5 and 1,500,000.",
        "Der Betrag ist 1.234,50 und 1’500’000 am 31.3.2026, bei drei Orten.",
        "Il y en a 1\u202f500\u202f000.",
        "Ohio is the 3rd of 3.",
        "It was 2026-03-31 and the amount -7.",
        "The amount is −7 (١٢٣٤.5).",
        "One of the sites is Ohio.",
      })
  void numbersOfTheAnswerMayBeTold(String sentences) throws SQLException {
    assertThat(ToldByModel.objection(sentences, rows())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "There are 4 sites.;4",
        "3 sites are more than 30 days late.;30",
        "There are two sites.;two",
        "Es sind vier Orte.;vier",
        "The amount is 7.;7",
        "The amount is 1234.5, or 1235.;1235",
        "The amount is 1234.5 %.;1234.5 %",
        "It is 7, or 1234.5k.;7",
        "The amount is 1234.5k.;1234.5k",
        "Zero sites are late.;zero",
        "The amount is 1,2,34.5.;1,2,34.5",
        "It is about 1.5 million.;1.5",
        "More than a million.;million",
        "Half of the sites are late.;half",
        "½ of the sites are late.;½",
        "It is 12345 in all.;12345",
        "٤ sites.;4",
        "On 2027-03-31.;2027",
        "On 01.04.2026.;01.04.2026",
        "At 10:45.;10:45",
        "1e3 of them.;1",
        "3e3 of them.;3e",
        "3M of them.;3M",
      })
  void otherNumbersMayNot(String sentences, String number) throws SQLException {
    assertThat(ToldByModel.objection(sentences, rows()))
        .hasValue("name the number " + number + ", which the answer does not hold");
  }

  @Test
  void linksMarkupAndTalesMayNot() throws SQLException {
    assertThat(ToldByModel.objection("See https://x.example.", rows()))
        .hasValue("hold a link or markup");
    assertThat(ToldByModel.objection("<b>Ohio</b>", rows())).isPresent();
    assertThat(ToldByModel.objection("a".repeat(601), rows()))
        .hasValue("are longer than 600 characters");
  }
}
