"""Opening the database."""

import sqlite3
from pathlib import Path

from blackkonnect_emulator.file_lock import FileLock

# Tells the emulator's files from others; any number will do.
_APPLICATION = 0x424B534D
_VERSION = 2
# Fewer and larger pages than SQLite's own choice, and fewer checkpoints: measured, a fifth of the work.
_PAGE_BYTES = 8192
_PAGES_TO_CHECKPOINT = 4000

# Messages of a request have numbers without a gap, so that the request finds them without an index.
# Numbers of tenants are never used again, so that what comes late for one that is gone is nobody's.
# `repeat` counts those of one id, where the profile takes an id again.
# Numbers of receipts are never used again, for an attempt may end after its receipt was forgotten.
_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE tenants (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  secret BLOB,
  callback TEXT,
  clock TEXT
);
CREATE TABLE requests (
  id INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL REFERENCES tenants (number),
  operation TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  bulk_id TEXT,
  repeat INTEGER NOT NULL,
  accepted_at INTEGER NOT NULL,
  first_message INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  content BLOB NOT NULL
);
CREATE INDEX requests_by_correlation ON requests (correlation_id);
CREATE UNIQUE INDEX requests_by_bulk ON requests (tenant, bulk_id, repeat) WHERE bulk_id IS NOT NULL;
CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  request INTEGER NOT NULL REFERENCES requests (id),
  tenant INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  repeat INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  destination TEXT NOT NULL,
  source_address TEXT,
  parts INTEGER NOT NULL,
  sent_at INTEGER,
  final_at INTEGER NOT NULL,
  final_status TEXT NOT NULL,
  outcome TEXT
);
CREATE UNIQUE INDEX messages_by_message_id ON messages (tenant, message_id, repeat);
CREATE TABLE receipts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL,
  message INTEGER NOT NULL,
  status TEXT NOT NULL,
  since INTEGER NOT NULL,
  place INTEGER NOT NULL,
  due_at INTEGER,
  copies INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  begun INTEGER NOT NULL,
  state TEXT NOT NULL
);
CREATE INDEX receipts_by_due ON receipts (tenant, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX receipts_by_message ON receipts (message);
CREATE TABLE attempts (
  id INTEGER PRIMARY KEY,
  receipt INTEGER NOT NULL,
  at INTEGER NOT NULL,
  address TEXT NOT NULL,
  outcome TEXT NOT NULL,
  milliseconds INTEGER NOT NULL
);
CREATE INDEX attempts_by_receipt ON attempts (receipt);
"""


class DatabaseError(Exception):
    """The database can't be opened or is not the emulator's."""


def lock(database: str | Path) -> FileLock:
    """Keep other emulators off a file for as long as the lock is held; it is made where it is missing.

    Raises:
        DatabaseError: Another emulator has it, or the file can't be written.
    """
    try:
        if Path(database).is_dir():
            raise DatabaseError(f"{database}: is a folder, not a file")
        return FileLock(database)
    except BlockingIOError:
        raise DatabaseError(
            f"{database}: another emulator uses this file; stop it or choose another file"
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DatabaseError(f"{database}: {reason}") from error


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
    connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_TO_CHECKPOINT}")
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
