package io.sally.driver;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the methods do that tell of the database. */
final class DatabaseMetaDataCases {
  private static final String CAN =
      """
      allTablesAreSelectable isReadOnly nullPlusNonNullIsNull nullsAreSortedHigh \
      storesMixedCaseIdentifiers storesMixedCaseQuotedIdentifiers supportsANSI92EntryLevelSQL \
      supportsColumnAliasing supportsConvert supportsCoreSQLGrammar supportsCorrelatedSubqueries \
      supportsExpressionsInOrderBy supportsExtendedSQLGrammar supportsFullOuterJoins \
      supportsGroupBy supportsGroupByBeyondSelect supportsGroupByUnrelated \
      supportsLikeEscapeClause supportsLimitedOuterJoins supportsMinimumSQLGrammar \
      supportsNonNullableColumns supportsOpenCursorsAcrossCommit \
      supportsOpenCursorsAcrossRollback supportsOpenStatementsAcrossCommit \
      supportsOpenStatementsAcrossRollback supportsOrderByUnrelated supportsOuterJoins \
      supportsSchemasInDataManipulation supportsSubqueriesInComparisons \
      supportsSubqueriesInExists supportsSubqueriesInIns supportsSubqueriesInQuantifieds \
      supportsTableCorrelationNames supportsUnion supportsUnionAll""";

  private static final String CANNOT =
      """
      allProceduresAreCallable autoCommitFailureClosesAllResultSets \
      dataDefinitionCausesTransactionCommit dataDefinitionIgnoredInTransactions \
      doesMaxRowSizeIncludeBlobs generatedKeyAlwaysReturned isCatalogAtStart \
      locatorsUpdateCopy nullsAreSortedAtEnd nullsAreSortedAtStart nullsAreSortedLow \
      storesLowerCaseIdentifiers storesLowerCaseQuotedIdentifiers storesUpperCaseIdentifiers \
      storesUpperCaseQuotedIdentifiers supportsANSI92FullSQL supportsANSI92IntermediateSQL \
      supportsAlterTableWithAddColumn supportsAlterTableWithDropColumn supportsBatchUpdates \
      supportsCatalogsInDataManipulation supportsCatalogsInIndexDefinitions \
      supportsCatalogsInPrivilegeDefinitions supportsCatalogsInProcedureCalls \
      supportsCatalogsInTableDefinitions \
      supportsDataDefinitionAndDataManipulationTransactions \
      supportsDataManipulationTransactionsOnly supportsDifferentTableCorrelationNames \
      supportsGetGeneratedKeys supportsIntegrityEnhancementFacility \
      supportsMixedCaseIdentifiers supportsMixedCaseQuotedIdentifiers \
      supportsMultipleOpenResults supportsMultipleResultSets supportsMultipleTransactions \
      supportsNamedParameters supportsPositionedDelete supportsPositionedUpdate \
      supportsRefCursors supportsSavepoints supportsSchemasInIndexDefinitions \
      supportsSchemasInPrivilegeDefinitions supportsSchemasInProcedureCalls \
      supportsSchemasInTableDefinitions supportsSelectForUpdate supportsSharding \
      supportsStatementPooling supportsStoredFunctionsUsingCallSyntax \
      supportsStoredProcedures supportsTransactions usesLocalFilePerTable usesLocalFiles""";

  private static final String WITHOUT_LIMIT =
      """
      getMaxBinaryLiteralLength getMaxCatalogNameLength getMaxCharLiteralLength \
      getMaxColumnNameLength getMaxColumnsInGroupBy getMaxColumnsInIndex \
      getMaxColumnsInOrderBy getMaxColumnsInSelect getMaxColumnsInTable getMaxConnections \
      getMaxCursorNameLength getMaxIndexLength getMaxLogicalLobSize \
      getMaxProcedureNameLength getMaxRowSize getMaxSchemaNameLength getMaxStatementLength \
      getMaxStatements getMaxTableNameLength getMaxTablesInSelect getMaxUserNameLength""";

  private static final String NOT_FOR_ANY_TYPE =
      """
      deletesAreDetected insertsAreDetected updatesAreDetected othersDeletesAreVisible \
      othersInsertsAreVisible othersUpdatesAreVisible ownDeletesAreVisible \
      ownInsertsAreVisible ownUpdatesAreVisible""";

  private DatabaseMetaDataCases() {}

  static JdbcCases<DatabaseMetaData> of(Fixture fixture) {
    JdbcCases<DatabaseMetaData> cases =
        new JdbcCases<>(
                DatabaseMetaData.class, () -> fixture.connect("jdbc:sally:?user=ada").getMetaData())
            .are(lines(CAN, "true"))
            .are(lines(CANNOT, "false"))
            .are(lines(WITHOUT_LIMIT, "0"));
    names(cases);
    abilities(cases);
    listings(cases);
    keys(cases);
    return empty(cases);
  }

  private static String lines(String names, String value) {
    return Stream.of(names.split(" ", -1)).map(name -> name + " " + value).collect(joining("\n"));
  }

  private static void names(JdbcCases<DatabaseMetaData> cases) {
    cases
        .are(
            """
            getCatalogSeparator .
            getCatalogTerm catalog
            getDatabaseMajorVersion 0
            getDatabaseMinorVersion 1
            getDatabaseProductName Sally
            getDatabaseProductVersion 0.1.0
            getDefaultTransactionIsolation 0
            getDriverMajorVersion 0
            getDriverMinorVersion 1
            getDriverName Sally JDBC driver
            getDriverVersion 0.1.0
            getExtraNameCharacters $
            getIdentifierQuoteString "
            getJDBCMajorVersion 4
            getJDBCMinorVersion 3
            getProcedureTerm procedure
            getResultSetHoldability 1
            getRowIdLifetime ROWID_UNSUPPORTED
            getSQLStateType 2
            getSchemaTerm schema
            getSearchStringEscape \\
            getURL jdbc:sally:
            getUserName ada
            """)
        .is("getConnection()", m -> m.getConnection().isValid(1), "true")
        .is(
            "getSQLKeywords()",
            m -> words(m.getSQLKeywords(), "QUALIFY", "SELECT"),
            "[true, false]")
        .is(
            "getNumericFunctions()",
            m -> words(m.getNumericFunctions(), "ABS", "NONESUCH"),
            "[true, false]")
        .is(
            "getStringFunctions()",
            m -> words(m.getStringFunctions(), "UCASE", "NONESUCH"),
            "[true, false]")
        .is(
            "getSystemFunctions()",
            m -> words(m.getSystemFunctions(), "USER", "NONESUCH"),
            "[true, false]")
        .is(
            "getTimeDateFunctions()",
            m -> words(m.getTimeDateFunctions(), "CURDATE", "NONESUCH"),
            "[true, false]")
        .is("unwrap(Class)", m -> m.unwrap(DatabaseMetaData.class) == m, "true")
        .is("isWrapperFor(Class)", m -> m.isWrapperFor(Statement.class), "false");
  }

  private static List<Boolean> words(String list, String one, String other) {
    List<String> words = List.of(list.split(",", -1));
    return List.of(words.contains(one), words.contains(other));
  }

  private static void abilities(JdbcCases<DatabaseMetaData> cases) {
    for (String name : NOT_FOR_ANY_TYPE.split(" ", -1)) {
      cases.is(
          name + "(int)",
          m ->
              DatabaseMetaData.class
                  .getMethod(name, int.class)
                  .invoke(m, ResultSet.TYPE_FORWARD_ONLY),
          "false");
    }
    cases
        .is(
            "supportsConvert(int, int)",
            m ->
                List.of(
                    m.supportsConvert(Types.INTEGER, Types.VARCHAR),
                    m.supportsConvert(Types.INTEGER, Types.DATE),
                    m.supportsConvert(Types.INTEGER, 4711)),
            "[true, false, false]")
        .is(
            "supportsResultSetConcurrency(int, int)",
            m ->
                List.of(
                    m.supportsResultSetConcurrency(1003, 1007),
                    m.supportsResultSetConcurrency(1003, 1008)),
            "[true, false]")
        .is(
            "supportsResultSetHoldability(int)",
            m -> List.of(m.supportsResultSetHoldability(1), m.supportsResultSetHoldability(2)),
            "[true, false]")
        .is(
            "supportsResultSetType(int)",
            m -> List.of(m.supportsResultSetType(1003), m.supportsResultSetType(1004)),
            "[true, false]")
        .is(
            "supportsTransactionIsolationLevel(int)",
            m ->
                List.of(
                    m.supportsTransactionIsolationLevel(Connection.TRANSACTION_NONE),
                    m.supportsTransactionIsolationLevel(Connection.TRANSACTION_SERIALIZABLE)),
            "[true, false]");
  }

  private static void listings(JdbcCases<DatabaseMetaData> cases) {
    cases
        .is("getCatalogs()", DatabaseMetaData::getCatalogs, "[]")
        .is("getSchemas()", DatabaseMetaData::getSchemas, "[[shop, null]]")
        .is("getSchemas(String, String)", m -> m.getSchemas(null, "s%"), "[[shop, null]]")
        .is("getTableTypes()", DatabaseMetaData::getTableTypes, "[[SYSTEM TABLE], [TABLE], [VIEW]]")
        .is(
            "getTables(String, String, String, String[])",
            m -> columns(m.getTables(null, "shop", "order%", null), 2, 3, 4, 5),
            "[shop orders TABLE null, shop order_log VIEW null]")
        .is(
            "getColumns(String, String, String, String)",
            m -> columns(m.getColumns(null, "shop", "customers", "i%"), 3, 4, 5, 6, 7, 11, 17),
            "[customers id 4 INTEGER 10 0 1]")
        .is("getTypeInfo()", m -> columns(m.getTypeInfo(), 1, 2).get(0), "TINYINT -6")
        .is(
            "getClientInfoProperties()",
            m -> columns(m.getClientInfoProperties(), 1),
            "[ApplicationName]");
  }

  private static void keys(JdbcCases<DatabaseMetaData> cases) {
    String key = "[customers id orders customer_id 1 orders_customer customers_pk]";
    cases
        .is(
            "getPrimaryKeys(String, String, String)",
            m -> m.getPrimaryKeys(null, "shop", "orders"),
            "[[null, shop, orders, id, 1, orders_pk]]")
        .is(
            "getImportedKeys(String, String, String)",
            m -> columns(m.getImportedKeys(null, "shop", "orders"), 3, 4, 7, 8, 9, 12, 13),
            key)
        .is(
            "getExportedKeys(String, String, String)",
            m -> columns(m.getExportedKeys(null, "shop", "customers"), 3, 4, 7, 8, 9, 12, 13),
            key)
        .is(
            "getCrossReference(String, String, String, String, String, String)",
            m ->
                columns(
                    m.getCrossReference(null, "shop", "customers", null, "shop", "orders"),
                    3,
                    4,
                    7,
                    8,
                    9,
                    12,
                    13),
            key)
        .is(
            "getIndexInfo(String, String, String, boolean, boolean)",
            m -> columns(m.getIndexInfo(null, "shop", "orders", true, false), 4, 6, 7, 8, 9),
            "[false orders_pk 3 1 id]")
        .is(
            "getBestRowIdentifier(String, String, String, int, boolean)",
            m ->
                columns(
                    m.getBestRowIdentifier(
                        null, "shop", "orders", DatabaseMetaData.bestRowSession, false),
                    2,
                    4),
            "[id BIGINT]");
  }

  /** Lists of what there is none of. */
  private static JdbcCases<DatabaseMetaData> empty(JdbcCases<DatabaseMetaData> cases) {
    String none = "[]";
    return cases
        .is(
            "getVersionColumns(String, String, String)",
            m -> m.getVersionColumns(null, "shop", "orders"),
            none)
        .is("getProcedures(String, String, String)", m -> m.getProcedures(null, null, "%"), none)
        .is(
            "getProcedureColumns(String, String, String, String)",
            m -> m.getProcedureColumns(null, null, "%", "%"),
            none)
        .is("getFunctions(String, String, String)", m -> m.getFunctions(null, null, "%"), none)
        .is(
            "getFunctionColumns(String, String, String, String)",
            m -> m.getFunctionColumns(null, null, "%", "%"),
            none)
        .is(
            "getColumnPrivileges(String, String, String, String)",
            m -> m.getColumnPrivileges(null, "shop", "orders", "%"),
            none)
        .is(
            "getTablePrivileges(String, String, String)",
            m -> m.getTablePrivileges(null, "shop", "%"),
            none)
        .is("getUDTs(String, String, String, int[])", m -> m.getUDTs(null, null, "%", null), none)
        .is("getSuperTypes(String, String, String)", m -> m.getSuperTypes(null, null, "%"), none)
        .is("getSuperTables(String, String, String)", m -> m.getSuperTables(null, null, "%"), none)
        .is(
            "getAttributes(String, String, String, String)",
            m -> m.getAttributes(null, null, "%", "%"),
            none)
        .is(
            "getPseudoColumns(String, String, String, String)",
            m -> m.getPseudoColumns(null, null, "%", "%"),
            none);
  }

  /** Some columns of each row. */
  private static List<String> columns(ResultSet rows, int... indexes) throws SQLException {
    List<String> all = new ArrayList<>();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int index : indexes) {
        row.add(String.valueOf(rows.getString(index)));
      }
      all.add(String.join(" ", row));
    }
    return all;
  }
}
