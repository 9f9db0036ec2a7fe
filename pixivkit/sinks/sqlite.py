"""SQLite: a row for each work."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from collections.abc import Generator

import attrs

from .._core.basics.json_text import dump_json
from ..errors import InvalidArgument, SinkError
from .row import COLUMNS, Row
from .sink import FileSink

__all__ = ["SQLite"]

_NUMBERS = {
    "user_id", "page_count", "x_restrict", "ai_type", "bookmarks", "views",
}  # fmt: skip


class SQLite(FileSink):
    """
    A table with a row for each result.

    The columns are those of `Row`. ``created`` and ``fetched_at`` are ISO 8601 with the offset
    they came with, ``tags`` is a JSON array, ``json`` a JSON object, both as text. A number
    beyond 64 bits is in ``json`` only; such an id is text. A result replaces an earlier one of
    the same ``kind`` and ``id``, so that another run leaves no doubles; results without an id are
    all kept. Each call is a transaction, and others may read meanwhile.

    Args:
        path: The database; it is made where there is none, and may have other tables.
        table: The table; it is made where there is none.

    Raises:
        SinkError: When entered: the database cannot be opened or is none, or the table has other
            columns.
    """

    def __init__(self, path: str | os.PathLike[str], table: str = "works") -> None:
        super().__init__(path)
        self._table = _quoted(table)
        self._database: sqlite3.Connection | None = None

    def _open(self) -> None:
        with self._reported():
            database = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            try:
                self._prepare(database)
            except BaseException:
                database.close()
                raise
            self._database = database

    def _prepare(self, database: sqlite3.Connection) -> None:
        with contextlib.suppress(sqlite3.OperationalError):
            # Somebody may be using the database; then it stays as it is.
            database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        columns = ", ".join(
            f'"{name}" INTEGER' if name in _NUMBERS
            # Ids are numbers or text, and stay what they are.
            else '"id"' if name == "id"
            else f'"{name}" TEXT'
            for name in COLUMNS
        )  # fmt: skip
        database.execute(
            f"CREATE TABLE IF NOT EXISTS {self._table} ({columns}, UNIQUE (kind, id))"
        )
        information = database.execute(f"PRAGMA table_info({self._table})").fetchall()
        if missing := {*COLUMNS} - {column[1] for column in information}:
            msg = f"{self._path}: the table {self._table} has no {', '.join(sorted(missing))}"
            raise SinkError(msg)

    def _write(self, rows: list[Row]) -> None:
        names = ", ".join(f'"{name}"' for name in COLUMNS)
        places = ", ".join("?" for _ in COLUMNS)
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in COLUMNS)
        statement = (
            f"INSERT INTO {self._table} ({names}) VALUES ({places}) "
            f"ON CONFLICT (kind, id) DO UPDATE SET {changes}"
        )
        values = [_values(row) for row in rows]
        database = self._database
        assert database is not None
        with self._reported():
            database.execute("BEGIN IMMEDIATE")
            try:
                database.executemany(statement, values)
                database.execute("COMMIT")
            except BaseException:
                if database.in_transaction:
                    database.execute("ROLLBACK")
                raise

    def _close(self, *, complete: bool) -> None:
        del complete  # rows are whole either way
        database, self._database = self._database, None
        assert database is not None
        with self._reported():
            database.close()

    @contextlib.contextmanager
    def _reported(self) -> Generator[None]:
        try:
            yield
        except (sqlite3.Error, ValueError) as exc:
            msg = f"{self._path}: {exc}"
            raise SinkError(msg) from exc


def _quoted(name: str) -> str:
    if not name or "\0" in name:
        msg = f"{name!r} is no name of a table"
        raise InvalidArgument(msg)
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def _values(row: Row) -> list[object]:
    columns = attrs.asdict(row, recurse=False)
    columns["json"] = dump_json(row.json).decode()
    columns["tags"] = None if row.tags is None else dump_json(row.tags).decode()
    if _too_large(row.id):
        columns["id"] = str(row.id)
    return [_value(columns[name]) for name in COLUMNS]


def _value(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return None if _too_large(value) else value


def _too_large(value: object) -> bool:
    return isinstance(value, int) and not -(2**63) <= value < 2**63
