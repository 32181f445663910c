#!/usr/bin/env python3
"""Asks Sally over HTTP with nothing but Python's own library.

    java -jar sally.jar serve &
    python3 docs/remote.py "ASK 'How many shipments are delayed by country?'"

Another server: SALLY_URL; with a user: SALLY_USER and SALLY_PASSWORD.
"""
import datetime
import decimal
import json
import os
import sys
import urllib.error
import urllib.request
import uuid

URL = os.environ.get("SALLY_URL", "http://localhost:8765/")
EPOCH = datetime.date(1970, 1, 1)


def opener():
    """Sends the password as the server asks for it, by digest or, with TLS, as it is."""
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    if "SALLY_USER" in os.environ:
        passwords.add_password(None, URL, os.environ["SALLY_USER"], os.environ["SALLY_PASSWORD"])
    return urllib.request.build_opener(
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPDigestAuthHandler(passwords),
        urllib.request.HTTPBasicAuthHandler(passwords),
    )


class Connection:
    def __init__(self):
        self.http = opener()
        self.id = str(uuid.uuid4())
        self.call("openConnection", info={})

    def call(self, request, **fields):
        body = json.dumps({"request": request, "connectionId": self.id, **fields}).encode()
        headers = {"Content-Type": "application/json"}
        try:
            with self.http.open(urllib.request.Request(URL, body, headers)) as answer:
                # A decimal keeps its digits; a float would not.
                return json.load(answer, parse_float=decimal.Decimal)
        except urllib.error.HTTPError as e:
            if e.code != 500:
                raise
            error = json.load(e)
            sys.exit(f"Error {error['sqlState']}: {error['errorMessage']}")

    def rows(self, sql):
        """The names of the columns, then the rows, a page at a time."""
        statement = self.call("createStatement")["statementId"]
        try:
            result = self.call(
                "prepareAndExecute", statementId=statement, sql=sql, maxRowCount=-1
            )["results"][0]
            columns = result["signature"]["columns"]
            yield [column["label"] for column in columns]
            frame = result["firstFrame"]
            offset = 0
            while True:
                for row in frame["rows"]:
                    yield [value(v, c["type"]["name"]) for v, c in zip(row, columns)]
                offset += len(frame["rows"])
                if frame["done"]:
                    return
                frame = self.call(
                    "fetch", statementId=statement, offset=offset, fetchMaxRowCount=1000
                )["frame"]
        finally:
            self.call("closeStatement", statementId=statement)

    def close(self):
        self.call("closeConnection")


def value(sent, type_name):
    """Days and milliseconds since 1970 are sent for dates and times, Base64 for bytes."""
    if sent is None:
        return None
    if type_name == "DATE":
        return EPOCH + datetime.timedelta(days=sent)
    if type_name == "TIMESTAMP":
        return datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=sent)
    if type_name == "TIME":
        return (datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=sent)).time()
    return sent


def main():
    connection = Connection()
    try:
        for row in connection.rows(sys.argv[1]):
            print("\t".join("" if v is None else str(v) for v in row))
    finally:
        connection.close()


if __name__ == "__main__":
    main()
