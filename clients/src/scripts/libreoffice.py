#!/usr/bin/env python3
"""LibreOffice's own database layer over Sally, without a screen.

Needs LibreOffice with Base and Java support, and its Python bridge (Debian: libreoffice-base,
libreoffice-java-common, python3-uno). Usage:

    /usr/bin/python3 clients/src/scripts/libreoffice.py driver/target/sally-jdbc.jar

Ends with 0 when everything was as expected, else with an AssertionError.
"""

import pathlib
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sdbc import SQLException


def value(name, content):
    return PropertyValue(name, 0, content, 0)


def office(profile):
    """A LibreOffice of its own, and its component context."""
    pipe = "sally" + str(time.time_ns())
    process = subprocess.Popen([
        "soffice", "--headless", "--norestore", "--nologo", "--nofirststartwizard",
        "-env:UserInstallation=" + pathlib.Path(profile).as_uri(),
        "--accept=pipe,name=" + pipe + ";urp;"])
    resolver = uno.getComponentContext().ServiceManager.createInstance(
        "com.sun.star.bridge.UnoUrlResolver")
    for _ in range(240):
        try:
            return process, resolver.resolve(
                "uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    process.kill()
    raise TimeoutError("LibreOffice does not start")


def rows(result):
    width = result.getMetaData().getColumnCount()
    found = []
    while result.next():
        found.append(tuple(result.getString(i + 1) for i in range(width)))
    return found


def connect(context, jar):
    """As a Base document connects: through a data source."""
    source = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.sdb.DatabaseContext", context).createInstance()
    source.URL = "jdbc:sally:demo"
    source.Settings.JavaDriverClass = "io.sally.driver.SallyDriver"
    source.Settings.JavaDriverClassPath = pathlib.Path(jar).resolve().as_uri()
    return source.getConnection("", "")


def browse(context, connection):
    """What Base's window of a table shows: its own text, a filter and an order put behind."""
    names = connection.getTables().getElementNames()
    print("Base lists:", ", ".join(names))
    table = next(name for name in names if name.split(".")[-1] == "sites")
    columns = connection.getTables().getByName(table).getColumns().getElementNames()
    assert "country" in columns, columns
    row_set = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.sdb.RowSet", context)
    row_set.ActiveConnection = connection
    row_set.CommandType = 0  # com.sun.star.sdb.CommandType.TABLE
    row_set.Command = table
    row_set.Filter = "\"country\" = 'Germany'"
    row_set.ApplyFilter = True
    row_set.Order = "\"site_id\" DESC"
    row_set.execute()
    print("Base asks:", row_set.ActiveCommand)
    row_set.last()
    assert row_set.getRow() == 13, row_set.getRow()
    row_set.first()
    assert row_set.getString(7) == "Germany", row_set.getString(7)
    row_set.dispose()


def run(context, jar):
    connection = connect(context, jar)
    try:
        meta = connection.getMetaData()
        print(meta.getDatabaseProductName(), meta.getDatabaseProductVersion())

        tables = [row[2] for row in rows(meta.getTables(None, "demo", "%", ("TABLE",)))]
        print(len(tables), "tables:", ", ".join(tables[:5]), "...")
        assert "sites" in tables

        columns = [(row[3], row[5]) for row in rows(meta.getColumns(None, "demo", "sites", "%"))]
        print("sites:", columns)
        assert ("site_id", "INTEGER") in columns

        keys = [row[3] for row in rows(meta.getPrimaryKeys(None, "demo", "sites"))]
        assert keys == ["site_id"], keys
        references = [row[2] for row in rows(meta.getImportedKeys(None, "demo", "sites"))]
        print("sites refers to:", references)
        assert references

        browse(context, connection)

        counted = rows(connection.createStatement().executeQuery(
            "SELECT country, COUNT(*) FROM sites GROUP BY country ORDER BY 2 DESC, 1 LIMIT 3"))
        print(counted)
        assert counted[0] == ("United States", "20"), counted

        prepared = connection.prepareStatement(
            "SELECT site_id, activated_on FROM sites WHERE site_id <= ? ORDER BY site_id")
        prepared.setInt(1, 2)
        read = rows(prepared.executeQuery())
        print(read)
        assert [row[0] for row in read] == ["1", "2"], read

        asked = rows(connection.createStatement().executeQuery("ASK 'How many sites by country?'"))
        print("ASK:", asked[:2], "...")
        assert asked[0][0] == "United States", asked[0]

        try:
            connection.createStatement().executeQuery("SELECT * FROM nowhere")
            raise AssertionError("a table that is not there was read")
        except SQLException as error:
            print("Refused:", error.SQLState, error.Message)
            assert error.SQLState == "42P01", error.SQLState
        connection.createStatement().executeQuery("SELECT 1").close()
    finally:
        connection.close()


def main():
    with tempfile.TemporaryDirectory() as profile:
        process, context = office(profile)
        try:
            run(context, sys.argv[1])
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
    print("All as expected.")


if __name__ == "__main__":
    main()
