"""Opening the database."""

import sqlite3
from pathlib import Path

# Tells the emulator's files from others; any number will do.
_APPLICATION = 0x424B534D
_VERSION = 1

_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE requests (
  id INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  operation TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  bulk_id TEXT,
  accepted_at INTEGER NOT NULL,
  content BLOB NOT NULL
);
CREATE INDEX requests_by_correlation ON requests (tenant, correlation_id);
CREATE INDEX requests_by_bulk ON requests (tenant, bulk_id) WHERE bulk_id IS NOT NULL;
CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  request INTEGER NOT NULL REFERENCES requests (id),
  tenant TEXT NOT NULL,
  message_id TEXT NOT NULL,
  uuid TEXT NOT NULL,
  entry INTEGER NOT NULL,
  destination TEXT NOT NULL,
  source_address TEXT,
  parts INTEGER NOT NULL,
  queued_at INTEGER NOT NULL,
  sent_at INTEGER,
  final_at INTEGER NOT NULL,
  final_status TEXT NOT NULL
);
CREATE INDEX messages_by_message_id ON messages (tenant, message_id);
CREATE INDEX messages_by_request ON messages (request, id);
"""


class DatabaseError(Exception):
    """The database can't be opened or is not the emulator's."""


def connect(database: str | Path) -> sqlite3.Connection:
    """Open a database, and make its tables where it is new.

    Args:
        database: A file or `:memory:`. A file survives a crash of the machine: every commit is on the
            disk before it is answered (WAL with synchronous FULL).
    """
    try:
        connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    except (sqlite3.Error, ValueError) as error:
        raise DatabaseError(f"{database}: {error}") from error
    try:
        _prepare(connection, str(database))
    except sqlite3.Error as error:
        connection.close()
        raise DatabaseError(f"{database}: {error}") from error
    except DatabaseError:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, database: str) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and application != _APPLICATION:
        raise DatabaseError(f"{database}: is a database of another program")
    if tables and version != _VERSION:
        raise DatabaseError(
            f"{database}: is of version {version}, and this emulator knows version {_VERSION} alone"
        )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    if not tables:
        connection.executescript(
            f"BEGIN IMMEDIATE; {_TABLES} PRAGMA application_id = {_APPLICATION};"
            f"PRAGMA user_version = {_VERSION}; COMMIT;"
        )


def connect_reader(database: str | Path) -> sqlite3.Connection:
    """Open a second connection to a file that `connect` opened, for reading."""
    connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA query_only = ON")
    return connection
