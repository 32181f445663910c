package io.sally.driver.metadata;

/** What a read-only product without routines, privileges and object types has none of. */
public final class EmptyListings {
  private static final Header PROCEDURES =
      Header.of(
          """
          PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME RESERVED1 RESERVED2 RESERVED3 REMARKS
          PROCEDURE_TYPE:short SPECIFIC_NAME
          """);
  private static final Header PROCEDURE_COLUMNS =
      Header.of(
          """
          PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME COLUMN_NAME COLUMN_TYPE:short DATA_TYPE:int
          TYPE_NAME PRECISION:int LENGTH:int SCALE:short RADIX:short NULLABLE:short REMARKS
          COLUMN_DEF SQL_DATA_TYPE:int SQL_DATETIME_SUB:int CHAR_OCTET_LENGTH:int
          ORDINAL_POSITION:int IS_NULLABLE SPECIFIC_NAME
          """);
  private static final Header FUNCTIONS =
      Header.of(
          """
          FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE:short SPECIFIC_NAME
          """);
  private static final Header FUNCTION_COLUMNS =
      Header.of(
          """
          FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME COLUMN_NAME COLUMN_TYPE:short DATA_TYPE:int
          TYPE_NAME PRECISION:int LENGTH:int SCALE:short RADIX:short NULLABLE:short REMARKS
          CHAR_OCTET_LENGTH:int ORDINAL_POSITION:int IS_NULLABLE SPECIFIC_NAME
          """);
  private static final Header COLUMN_PRIVILEGES =
      Header.of(
          "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE");
  private static final Header TABLE_PRIVILEGES =
      Header.of("TABLE_CAT TABLE_SCHEM TABLE_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE");
  private static final Header TYPES =
      Header.of("TYPE_CAT TYPE_SCHEM TYPE_NAME CLASS_NAME DATA_TYPE:int REMARKS BASE_TYPE:short");
  private static final Header SUPER_TYPES =
      Header.of("TYPE_CAT TYPE_SCHEM TYPE_NAME SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME");
  private static final Header SUPER_TABLES =
      Header.of("TABLE_CAT TABLE_SCHEM TABLE_NAME SUPERTABLE_NAME");
  private static final Header ATTRIBUTES =
      Header.of(
          """
          TYPE_CAT TYPE_SCHEM TYPE_NAME ATTR_NAME DATA_TYPE:int ATTR_TYPE_NAME ATTR_SIZE:int
          DECIMAL_DIGITS:int NUM_PREC_RADIX:int NULLABLE:int REMARKS ATTR_DEF SQL_DATA_TYPE:int
          SQL_DATETIME_SUB:int CHAR_OCTET_LENGTH:int ORDINAL_POSITION:int IS_NULLABLE SCOPE_CATALOG
          SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE:short
          """);
  private static final Header PSEUDO_COLUMNS =
      Header.of(
          """
          TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:int COLUMN_SIZE:int
          DECIMAL_DIGITS:int NUM_PREC_RADIX:int COLUMN_USAGE REMARKS CHAR_OCTET_LENGTH:int
          IS_NULLABLE
          """);

  private EmptyListings() {}

  public static Listing procedures() {
    return PROCEDURES.empty();
  }

  public static Listing procedureColumns() {
    return PROCEDURE_COLUMNS.empty();
  }

  public static Listing functions() {
    return FUNCTIONS.empty();
  }

  public static Listing functionColumns() {
    return FUNCTION_COLUMNS.empty();
  }

  public static Listing columnPrivileges() {
    return COLUMN_PRIVILEGES.empty();
  }

  public static Listing tablePrivileges() {
    return TABLE_PRIVILEGES.empty();
  }

  public static Listing types() {
    return TYPES.empty();
  }

  public static Listing superTypes() {
    return SUPER_TYPES.empty();
  }

  public static Listing superTables() {
    return SUPER_TABLES.empty();
  }

  public static Listing attributes() {
    return ATTRIBUTES.empty();
  }

  public static Listing pseudoColumns() {
    return PSEUDO_COLUMNS.empty();
  }
}
