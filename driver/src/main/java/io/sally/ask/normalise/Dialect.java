package io.sally.ask.normalise;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/** In whose manner a text is written. */
enum Dialect {
  /** Nothing in the text tells: it means what it means to Calcite, whose SQL was asked for. */
  STANDARD(""),
  POSTGRESQL(
      "::|\\bDATE_TRUNC\\s*\\(\\s*'|\\bDATE_PART\\s*\\(|\\bTO_TIMESTAMP\\b|\\bINTERVAL\\s*'[^']*[a-z]+\\s*'|!?~\\*?"
          + "|\\bILIKE\\b|\\bDISTINCT\\s+ON\\b|\\bAGE\\s*\\(|\\bSTRING_AGG\\s*\\(|\\bSPLIT_PART\\s*\\(|\\bSTRPOS\\b|\\bgenerate_series\\b"
          + "|\\bNOW\\s*\\(|\\bTO_CHAR\\s*\\(|\\bEXTRACT\\s*\\(\\s*(?:EPOCH|DOW)\\b|\\bBOOL_(?:OR|AND)\\b|\\bE'"),
  SQLITE(
      "\\bstrftime\\b|\\bjulianday\\b|\\b(?:date|datetime)\\s*\\(|\\bGROUP_CONCAT\\b|\\bIFNULL\\b|\\bIIF\\b|\\bINSTR\\b|\\bSUBSTR\\s*\\(|\\bprintf\\b|\\bGLOB\\b"
          + "|\\bTOTAL\\s*\\(|=="
          + "|\\b(?:SUM|AVG)\\s*\\(\\s*[\\w.`\"]+\\s*(?:=|<|>|!=)"),
  MYSQL(
      "`|\\bDATE_FORMAT\\b|\\bCURDATE\\b|\\bSTR_TO_DATE\\b|\\bGROUP_CONCAT\\b|\\bDATE_(?:ADD|SUB)\\b|\\bDATEDIFF\\s*\\(\\s*+[^,()]{1,100}(?:\\(\\))?,[^,]{1,100}\\)"
          + "|\\bRLIKE\\b|\\bREGEXP\\b|\\bLIMIT\\s+\\d+\\s*,|\\bIFNULL\\b|\\bTIMESTAMPDIFF\\b|\\b(?:MONTH|YEAR|DAYNAME|MONTHNAME|LAST_DAY|QUARTER|DAYOFWEEK)\\s*\\("
          + "|\\bINTERVAL\\s+-?\\d+|\\bSIGNED\\b|\\bIF\\s*\\(|\\bLOCATE\\s*\\(|\\bFROM_UNIXTIME\\b|\\bWITH\\s+ROLLUP\\b|\\bDIV\\b|<=>"
          + "|\\bSUBSTRING_INDEX\\b|\\bNOW\\s*\\("
          + "|\\bINSTR\\b|\\bSUBSTR\\s*\\(|\\bSEPARATOR\\s*'|\\bCONVERT\\s*\\([^()]{1,100}\\bSIGNED|\\bADDDATE\\b|\\b(?:UCASE|LCASE)\\b|\\bUNIX_TIMESTAMP\\b"
          + "|\\b(?:SUM|AVG)\\s*\\(\\s*[\\w.`\"]+\\s*(?:=|<|>|!=)"),
  BIGQUERY(
      "`|\\bSAFE_CAST\\b|\\bSAFE_DIVIDE\\b|\\b(?:FORMAT|PARSE)_(?:DATE|TIMESTAMP|DATETIME)\\b|\\b(?:DATE|TIMESTAMP|DATETIME)_(?:DIFF|ADD|SUB|TRUNC)\\b|\\bCOUNTIF\\b|\\b(?:INT64|FLOAT64|STRING|BIGNUMERIC)\\b"
          + "|\\bQUALIFY\\b|\\bEXCEPT\\s*\\(|\\bSTRPOS\\b|\\bAPPROX_|\\bREGEXP_CONTAINS\\b|\\bCURRENT_(?:DATE|TIMESTAMP|DATETIME)\\s*\\(\\s*\\)|\\bDATE_TRUNC\\s*\\([^',]{1,200},\\s*(?:DAY|WEEK|MONTH|QUARTER|YEAR|ISOWEEK)"),
  ORACLE(
      "\\bNVL2?\\b|\\bDECODE\\s*\\(|\\bSYSDATE\\b|\\bROWNUM\\b|\\bDUAL\\b|\\bLISTAGG\\b|\\bADD_MONTHS\\b|\\bMONTHS_BETWEEN\\b|\\bTO_CHAR\\s*\\(|\\bTO_DATE\\s*\\(|\\bMINUS\\b|\\(\\+\\)|\\bTRUNC\\s*\\(|\\bTO_NUMBER\\b|\\bKEEP\\s*\\(|\\bVARCHAR2\\b|\\bINSTR\\b|\\bSUBSTR\\s*\\(|\\bSYSTIMESTAMP\\b"),
  TSQL(
      "\\[[A-Za-z_][^\\]]{0,127}\\]|\\bTOP\\s*\\(?\\s*\\d|\\bGETDATE\\b|\\bDATEADD\\b|\\bDATEDIFF\\s*\\(\\s*[a-z]+\\s*,[^,]{1,200},|\\bDATEPART\\b|\\bISNULL\\s*\\(|\\bLEN\\s*\\(|\\bCHARINDEX\\b|\\bTRY_(?:CAST|CONVERT)\\b|\\bEOMONTH\\b|\\bIIF\\b|\\bCONVERT\\s*\\(\\s*(?:N?VARCHAR|INT|DATE|DECIMAL)|\\b(?:CROSS|OUTER)\\s+APPLY\\b|\\bN'|\\bSTRING_AGG\\b.{1,100}WITHIN|\\bdbo\\.|\\bDATENAME\\b|\\bSYSDATETIME\\b");

  private static final Pattern TEXTS = Pattern.compile("'[^']*+'");

  private final Pattern signs;

  Dialect(String signs) {
    this.signs = Pattern.compile(signs, Pattern.CASE_INSENSITIVE);
  }

  /**
   * The dialect whose signs the text bears most of. Where two tie, the one that stands first here,
   * since it is the nearer to Calcite; {@link #STANDARD} where there is no sign of any.
   */
  static Dialect of(String sql) {
    // What a text literal holds is no sign, but that one stands there may be.
    String bare = TEXTS.matcher(sql).replaceAll(text -> kept(text.group()));
    Map<Dialect, Long> score = new EnumMap<>(Dialect.class);
    for (Dialect dialect : values()) {
      if (dialect != STANDARD) {
        score.put(dialect, dialect.signs.matcher(bare).results().count());
      }
    }
    Dialect best = STANDARD;
    long most = 0;
    for (Map.Entry<Dialect, Long> entry : score.entrySet()) {
      if (entry.getValue() > most) {
        best = entry.getKey();
        most = entry.getValue();
      }
    }
    return best;
  }

  /** An interval's text says whose it is: '30 days' is PostgreSQL's. */
  private static String kept(String text) {
    return text.matches("'\\s*[-+]?\\d+\\s*[A-Za-z]+\\s*'") ? text : "''";
  }

  /** Where a null sorts before all else: everywhere but in PostgreSQL and Oracle. */
  boolean nullsAreLow() {
    return this == MYSQL || this == SQLITE || this == BIGQUERY || this == TSQL;
  }

  /** Where {@code 7 / 2} is 3.5. */
  boolean dividesWithFraction() {
    return this == MYSQL || this == BIGQUERY || this == ORACLE;
  }

  /** Where a division by zero is null. */
  boolean dividesByZeroToNull() {
    return this == MYSQL || this == SQLITE;
  }

  /** Where {@code \'} in a text is a quote. */
  boolean escapesByBackslash() {
    return this == MYSQL || this == BIGQUERY;
  }

  /** Where {@code "…"} is a text, unless it stands where only a name can. */
  boolean doubleQuotesAreTexts() {
    return this == MYSQL || this == BIGQUERY;
  }
}
