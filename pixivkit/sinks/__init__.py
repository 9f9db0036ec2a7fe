"""
Write results to files, one line or row for each: JSON Lines, SQLite, Parquet.

    async with JsonLines("works.jsonl") as sink:
        async for work in px.app.user.illusts(1):
            await sink.write(work, endpoint="app.user.illusts")

A line or row has the columns of `Row`, among them ``json``: the whole model as pixiv's JSON.
"""

from __future__ import annotations

from .json_lines import JsonLines
from .parquet import Parquet
from .row import COLUMNS, Row, row_of
from .sink import Sink
from .sqlite import SQLite

__all__ = ["COLUMNS", "JsonLines", "Parquet", "Row", "SQLite", "Sink", "row_of"]
