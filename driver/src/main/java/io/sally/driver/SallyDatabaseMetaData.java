package io.sally.driver;

import io.sally.driver.metadata.ClientInfoListing;
import io.sally.driver.metadata.ColumnListings;
import io.sally.driver.metadata.Conversions;
import io.sally.driver.metadata.EmptyListings;
import io.sally.driver.metadata.KeyListings;
import io.sally.driver.metadata.KeyListings.Place;
import io.sally.driver.metadata.Listing;
import io.sally.driver.metadata.NamePattern;
import io.sally.driver.metadata.TableListings;
import io.sally.driver.metadata.TypeListing;
import io.sally.engine.catalog.Catalogs;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What there is: the sources as schemas, their tables, columns and keys, from the catalogs that the
 * engine works with. Immutable and thread-safe; each list is of the moment of its call.
 */
final class SallyDatabaseMetaData extends Abilities {
  private static final String PRODUCT = "Sally";
  private static final int JDBC_MAJOR = 4;
  private static final int JDBC_MINOR = 3;

  private final SallyConnection connection;

  SallyDatabaseMetaData(SallyConnection connection) {
    this.connection = connection;
  }

  private ResultSet listed(Function<Catalogs, Listing> list) throws SQLException {
    connection.requireOpen();
    return Guarded.call(
        () -> SallyResultSet.of(list.apply(connection.backend().engine().catalogs())));
  }

  /** None: a source is a schema. */
  @Override
  public ResultSet getCatalogs() throws SQLException {
    return listed(catalogs -> TableListings.catalogs());
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return listed(catalogs -> TableListings.schemas(catalogs, null, null));
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String schemaPattern)
      throws SQLException {
    return listed(catalogs -> TableListings.schemas(catalogs, catalog, schemaPattern));
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    return listed(catalogs -> TableListings.tableTypes());
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      String @Nullable [] types)
      throws SQLException {
    return listed(
        catalogs -> TableListings.tables(catalogs, catalog, schemaPattern, namePattern, types));
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return listed(
        catalogs ->
            ColumnListings.columns(catalogs, catalog, schemaPattern, tablePattern, columnPattern));
  }

  @Override
  public ResultSet getPrimaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return listed(catalogs -> KeyListings.primaryKeys(catalogs, new Place(catalog, schema, table)));
  }

  @Override
  public ResultSet getImportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return listed(
        catalogs -> KeyListings.importedKeys(catalogs, new Place(catalog, schema, table)));
  }

  @Override
  public ResultSet getExportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return listed(
        catalogs ->
            KeyListings.exportedKeys(catalogs, new Place(catalog, schema, table), Place.ANY));
  }

  @Override
  public ResultSet getCrossReference(
      @Nullable String targetCatalog,
      @Nullable String targetSchema,
      @Nullable String targetTable,
      @Nullable String holderCatalog,
      @Nullable String holderSchema,
      @Nullable String holderTable)
      throws SQLException {
    return listed(
        catalogs ->
            KeyListings.exportedKeys(
                catalogs,
                new Place(targetCatalog, targetSchema, targetTable),
                new Place(holderCatalog, holderSchema, holderTable)));
  }

  /** The unique keys: what else a source has indexed is not known. */
  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean unique,
      boolean approximate)
      throws SQLException {
    return listed(catalogs -> KeyListings.indexes(catalogs, new Place(catalog, schema, table)));
  }

  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      int scope,
      boolean nullable)
      throws SQLException {
    return listed(
        catalogs -> ColumnListings.rowIdentifier(catalogs, catalog, schema, table, nullable));
  }

  @Override
  public ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return listed(catalogs -> ColumnListings.noVersionColumns());
  }

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    return listed(catalogs -> TypeListing.types());
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    return listed(catalogs -> ClientInfoListing.properties());
  }

  @Override
  public ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return listed(catalogs -> EmptyListings.procedures());
  }

  @Override
  public ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return listed(catalogs -> EmptyListings.procedureColumns());
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return listed(catalogs -> EmptyListings.functions());
  }

  @Override
  public ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return listed(catalogs -> EmptyListings.functionColumns());
  }

  @Override
  public ResultSet getColumnPrivileges(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String columnPattern)
      throws SQLException {
    return listed(catalogs -> EmptyListings.columnPrivileges());
  }

  @Override
  public ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tablePattern)
      throws SQLException {
    return listed(catalogs -> EmptyListings.tablePrivileges());
  }

  @Override
  public ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String typePattern,
      int @Nullable [] types)
      throws SQLException {
    return listed(catalogs -> EmptyListings.types());
  }

  @Override
  public ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String typePattern)
      throws SQLException {
    return listed(catalogs -> EmptyListings.superTypes());
  }

  @Override
  public ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tablePattern)
      throws SQLException {
    return listed(catalogs -> EmptyListings.superTables());
  }

  @Override
  public ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String typePattern,
      @Nullable String attributePattern)
      throws SQLException {
    return listed(catalogs -> EmptyListings.attributes());
  }

  @Override
  public ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return listed(catalogs -> EmptyListings.pseudoColumns());
  }

  @Override
  public boolean supportsConvert() {
    return true;
  }

  @Override
  public boolean supportsConvert(int fromType, int toType) {
    return Conversions.isPossible(fromType, toType);
  }

  @Override
  public String getDatabaseProductName() {
    return PRODUCT;
  }

  @Override
  public String getDatabaseProductVersion() {
    return ProductVersion.CURRENT.text();
  }

  @Override
  public int getDatabaseMajorVersion() {
    return ProductVersion.CURRENT.major();
  }

  @Override
  public int getDatabaseMinorVersion() {
    return ProductVersion.CURRENT.minor();
  }

  @Override
  public String getDriverName() {
    return PRODUCT + " JDBC driver";
  }

  @Override
  public String getDriverVersion() {
    return ProductVersion.CURRENT.text();
  }

  @Override
  public int getDriverMajorVersion() {
    return ProductVersion.CURRENT.major();
  }

  @Override
  public int getDriverMinorVersion() {
    return ProductVersion.CURRENT.minor();
  }

  @Override
  public int getJDBCMajorVersion() {
    return JDBC_MAJOR;
  }

  @Override
  public int getJDBCMinorVersion() {
    return JDBC_MINOR;
  }

  /** The URL without its parameters, since one of them may be a secret. */
  @Override
  public String getURL() {
    return connection.url();
  }

  /** As the connection named it, and empty where it named none: Sally has no users of its own. */
  @Override
  public String getUserName() {
    return connection.user();
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  public String getIdentifierQuoteString() {
    return "\"";
  }

  @Override
  public String getExtraNameCharacters() {
    return "$";
  }

  @Override
  public String getSearchStringEscape() {
    return NamePattern.ESCAPE;
  }

  @Override
  public String getSchemaTerm() {
    return "schema";
  }

  @Override
  public String getCatalogTerm() {
    return "catalog";
  }

  @Override
  public String getProcedureTerm() {
    return "procedure";
  }

  @Override
  public String getCatalogSeparator() {
    return ".";
  }

  @Override
  public String getSQLKeywords() {
    return SqlVocabulary.KEYWORDS;
  }

  @Override
  public String getNumericFunctions() {
    return SqlVocabulary.NUMERIC_FUNCTIONS;
  }

  @Override
  public String getStringFunctions() {
    return SqlVocabulary.STRING_FUNCTIONS;
  }

  @Override
  public String getSystemFunctions() {
    return SqlVocabulary.SYSTEM_FUNCTIONS;
  }

  @Override
  public String getTimeDateFunctions() {
    return SqlVocabulary.TIME_DATE_FUNCTIONS;
  }

  @Override
  public int getDefaultTransactionIsolation() {
    return Connection.TRANSACTION_NONE;
  }

  @Override
  public int getResultSetHoldability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public int getSQLStateType() {
    return sqlStateSQL;
  }

  @Override
  public RowIdLifetime getRowIdLifetime() {
    return RowIdLifetime.ROWID_UNSUPPORTED;
  }
}
