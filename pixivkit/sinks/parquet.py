"""Write Parquet: columns for analysis."""

from __future__ import annotations

import contextlib
import importlib
import os
import secrets
from collections.abc import Generator
from typing import Any

import attrs

from .._core.basics.json_text import dump_json
from ..errors import InvalidArgument, SinkError
from .row import COLUMNS, Row
from .sink import FileSink

__all__ = ["Parquet", "arrow_schema", "column_values"]


class Parquet(FileSink):
    """
    A Parquet file with a row for each result; needs the extra ``parquet``.

    The columns are those of `Row`: numbers are int64 (None for an id that is no such number),
    ``created`` and ``fetched_at`` timestamps in UTC, ``tags`` a list of strings, ``json`` a JSON
    object as text. The file appears when the sink is closed, complete, in place of what was there
    before. If an exception ends the ``async with`` block, the results are dropped and the file
    stays what it was. A killed process leaves a file beside it that ends in ``.part``, which you
    may delete.

    Args:
        path: The file.
        rows_per_group: How many rows are collected in memory before they are written together;
            readers get along best with many.

    Raises:
        ImportError: When entered: the extra is not installed.
        SinkError: When entered: the file cannot be made.
    """

    def __init__(self, path: str | os.PathLike[str], rows_per_group: int = 10_000) -> None:
        super().__init__(path)
        if rows_per_group < 1:
            msg = f"rows_per_group must be at least 1, not {rows_per_group}"
            raise InvalidArgument(msg)
        self._rows_per_group = rows_per_group
        self._rows: list[dict[str, object]] = []
        # pyarrow has no types: it is Any, here and nowhere else.
        self._arrow: Any = None
        self._schema: Any = None
        self._writer: Any = None
        self._part = self._path

    def _open(self) -> None:
        self._arrow, parquet = _pyarrow()
        self._schema = arrow_schema(self._arrow)
        # In the same folder, since only there it can take the other's place.
        self._part = self._path.with_name(f".{self._path.name}.{secrets.token_hex(4)}.part")
        with self._reported():
            if self._path.is_dir():
                raise IsADirectoryError(f"{self._path} is a folder")
            self._writer = parquet.ParquetWriter(self._part, self._schema, compression="zstd")

    def _write(self, rows: list[Row]) -> None:
        self._rows += [column_values(row) for row in rows]
        while len(self._rows) >= self._rows_per_group:
            self._write_group(self._rows[: self._rows_per_group])
            del self._rows[: self._rows_per_group]

    def _write_group(self, rows: list[dict[str, object]]) -> None:
        with self._reported():
            table = self._arrow.Table.from_pylist(rows, schema=self._schema)
            self._writer.write_table(table, row_group_size=self._rows_per_group)

    def _close(self, *, complete: bool) -> None:
        rows, self._rows = self._rows, []
        try:
            try:
                if complete and rows:
                    self._write_group(rows)
            finally:
                with self._reported():
                    self._writer.close()
            if complete:
                with self._reported():
                    _to_disk(self._part)
                    os.replace(self._part, self._path)
        finally:
            self._part.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _reported(self) -> Generator[None]:
        try:
            yield
        except (OSError, ValueError, self._arrow.ArrowException) as exc:
            msg = f"{self._path}: {exc}"
            raise SinkError(msg) from exc


def _pyarrow() -> tuple[Any, Any]:
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as exc:
        msg = "Parquet needs pyarrow: pip install 'pixivkit-async[parquet]'"
        raise ImportError(msg, name="pyarrow") from exc


def arrow_schema(arrow: Any) -> Any:
    """Return the types of the columns, for *arrow*, which is pyarrow."""
    number, moment = arrow.int64(), arrow.timestamp("us", tz="UTC")
    special = {
        "id": number,
        "user_id": number,
        "created": moment,
        "page_count": number,
        "x_restrict": number,
        "ai_type": number,
        "bookmarks": number,
        "views": number,
        "tags": arrow.list_(arrow.string()),
        "fetched_at": moment,
    }
    return arrow.schema([(name, special.get(name, arrow.string())) for name in COLUMNS])


def column_values(row: Row) -> dict[str, object]:
    """Return the values of the columns of a row."""
    columns = attrs.asdict(row, recurse=False)
    columns["json"] = dump_json(row.json).decode()
    if isinstance(row.id, str):
        columns["id"] = None
    return {name: _value(value) for name, value in columns.items()}


def _value(value: object) -> object:
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return None
    return value


def _to_disk(path: os.PathLike[str]) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
