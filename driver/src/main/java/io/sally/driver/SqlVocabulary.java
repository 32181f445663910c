package io.sally.driver;

/** The words of SQL here that JDBC asks for. */
final class SqlVocabulary {
  /** The words that need quotes as a name here, without the reserved words of SQL:2003. */
  static final String KEYWORDS =
      words(
          """
      ASOF CURRENT_CATALOG CURRENT_SCHEMA DATEADD DATEDIFF DATEPART DATETIME DATE_PART DEFINE
      EXPLAIN FRIDAY JSON_SCOPE LIMIT MATCH_CONDITION MATCH_RECOGNIZE MEASURE MINUS MONDAY
      NEXT OFFSET ORDINAL PATTERN QUALIFY SAFE_CAST SAFE_OFFSET SAFE_ORDINAL SATURDAY SKIP
      SNAPSHOT STREAM SUNDAY THURSDAY TRY_CAST TUESDAY UNSIGNED UUID VARIANT VOLATILE
      WEDNESDAY
      """);

  // The functions of the JDBC escape {fn …}, JDBC 4.3, Appendix C.

  static final String NUMERIC_FUNCTIONS =
      words(
          """
      ABS ACOS ASIN ATAN ATAN2 CBRT CEILING COS COT DEGREES EXP FLOOR LOG LOG10 MOD PI POWER RADIANS
      RAND ROUND SIGN SIN SQRT TAN TRUNCATE
      """);

  static final String STRING_FUNCTIONS =
      words(
          """
      ASCII CHAR CHARACTER_LENGTH CHAR_LENGTH CONCAT DIFFERENCE INSERT LCASE LEFT LENGTH LOCATE
      LTRIM OCTET_LENGTH POSITION REPEAT REPLACE RIGHT RTRIM SOUNDEX SPACE SUBSTRING UCASE
      """);

  static final String SYSTEM_FUNCTIONS = words("DATABASE IFNULL USER");

  static final String TIME_DATE_FUNCTIONS =
      words(
          """
      CURDATE CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURTIME DAYNAME DAYOFMONTH DAYOFWEEK
      DAYOFYEAR EXTRACT HOUR MINUTE MONTH MONTHNAME NOW QUARTER SECOND TIMESTAMPADD TIMESTAMPDIFF
      WEEK YEAR
      """);

  private SqlVocabulary() {}

  private static String words(String text) {
    return String.join(",", text.strip().split("\\s+", -1));
  }
}
