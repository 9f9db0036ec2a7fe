"""Store the rows of a journal in an SQLite file; everything here blocks."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import attrs

from ...errors import JournalError
from ..basics.file_lock import FileLock
from .journal_record import Row

_APPLICATION = 0x70786A6C
_VERSION = 2
_LARGE = 1024

_SCHEMA = """
CREATE TABLE IF NOT EXISTS outcomes (
    number INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    request TEXT NOT NULL,
    occurrence INTEGER NOT NULL DEFAULT 1,
    recorded_at REAL NOT NULL,
    status INTEGER NOT NULL,
    host TEXT NOT NULL,
    error TEXT,
    body BLOB NOT NULL,
    compressed INTEGER NOT NULL
)
"""
_COLUMNS = "key, request, occurrence, recorded_at, status, host, error, body, compressed"
_INSERT = f"""
INSERT INTO outcomes ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET
    request = excluded.request, occurrence = excluded.occurrence,
    recorded_at = excluded.recorded_at, status = excluded.status, host = excluded.host,
    error = excluded.error, body = excluded.body, compressed = excluded.compressed
"""


class JournalFile:
    """
    A journal's file, which no other process uses meanwhile.

    Raises:
        JournalError: It cannot be opened, is no journal, or is in use.
    """

    def __init__(self, path: Path) -> None:
        # Absolute, so that SQLite reads no special meaning into a name.
        self._path = path.absolute()
        with self._reported():
            self._lock = FileLock(self._path.with_name(f"{self._path.name}-lock"))
        try:
            with self._reported():
                self._database = self._connect()
        except BaseException:
            self._lock.release()
            raise
        try:
            with self._reported():
                self._prepare()
        except BaseException:
            self.close()
            raise

    def _connect(self) -> sqlite3.Connection:
        # What an account may see is its own business. A file that is there is not opened, since
        # closing it again would take away the locks that SQLite has on it.
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        return sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)

    def _prepare(self) -> None:
        execute = self._database.execute
        application, version, tables = (
            execute(question).fetchone()[0]
            for question in (
                "PRAGMA application_id",
                "PRAGMA user_version",
                "SELECT count(*) FROM sqlite_master",
            )
        )
        if application != _APPLICATION and (application or version or tables):
            msg = f"{self._path} is the database of another program; it was left as it is"
            raise JournalError(msg)
        if not 0 <= version <= _VERSION:
            msg = f"{self._path} was written by a newer pixivkit; it was left as it is"
            raise JournalError(msg)
        execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = FULL")
        if version == _VERSION:
            return
        with self._transaction():
            execute(_SCHEMA)
            if version == 1:
                # The first version did not tell equal writes apart.
                execute("ALTER TABLE outcomes ADD COLUMN occurrence INTEGER NOT NULL DEFAULT 1")
            execute(f"PRAGMA application_id = {_APPLICATION}")
            execute(f"PRAGMA user_version = {_VERSION}")

    def write(self, rows: Sequence[Row]) -> None:
        """Record all *rows* or none, in one transaction; later ones replace earlier ones."""
        values = [_pack(row) for row in rows]
        with self._reported(), self._transaction():
            self._database.executemany(_INSERT, values)

    def find(self, key: bytes) -> Row | None:
        """Return the row with that *key*."""
        with self._reported():
            question = f"SELECT {_COLUMNS} FROM outcomes WHERE key = ?"
            found = self._database.execute(question, (key,)).fetchone()
            return None if found is None else _unpack(found)

    def after(self, number: int, most: int) -> list[tuple[int, Row]]:
        """Return up to *most* rows after the one with that *number*, with their own."""
        with self._reported():
            question = (
                f"SELECT number, {_COLUMNS} FROM outcomes WHERE number > ? ORDER BY number LIMIT ?"
            )
            found = self._database.execute(question, (number, most)).fetchall()
            return [(at, _unpack(values)) for at, *values in found]

    def count(self) -> int:
        """Return how many rows there are."""
        with self._reported():
            question = "SELECT count(*) FROM outcomes"
            return int(self._database.execute(question).fetchone()[0])

    def remove(self, key: bytes) -> bool:
        """Delete the row with that *key*; return whether there was one."""
        with self._reported(), self._transaction():
            statement = "DELETE FROM outcomes WHERE key = ?"
            return self._database.execute(statement, (key,)).rowcount > 0

    def close(self) -> None:
        """Close the file."""
        try:
            with self._reported():
                self._database.close()
        finally:
            self._lock.release()

    @contextlib.contextmanager
    def _transaction(self) -> Generator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._database.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise

    @contextlib.contextmanager
    def _reported(self) -> Generator[None]:
        try:
            yield
        except BlockingIOError as exc:
            msg = f"{self._path} is in use by another process or another Journal"
            raise JournalError(msg) from exc
        except (sqlite3.Error, OSError, ValueError) as exc:
            msg = f"{self._path}: {exc}"
            raise JournalError(msg) from exc


def _pack(row: Row) -> tuple[object, ...]:
    *others, body = attrs.astuple(row)
    # JSON of pages shrinks to a fifth; a low level is fast enough for a page each millisecond.
    large = len(body) > _LARGE
    return (*others, zlib.compress(body, 3) if large else body, large)


def _unpack(values: Sequence[Any]) -> Row:
    key, request, occurrence, recorded_at, status, host, error, body, compressed = values
    try:
        plain = zlib.decompress(body) if compressed else body
        return Row(key, request, occurrence, recorded_at, status, host, error, plain)
    except (zlib.error, TypeError) as exc:
        msg = f"a record of the journal is damaged: {exc}"
        raise JournalError(msg) from exc
