"""``pixivkit export``: lists into a file, as JSON Lines, Parquet or SQLite."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any, Final

import click

from ..errors import PixivError
from ..models.base import Model
from ..pixiv_url import PixivRef
from ..sinks import JsonLines, Parquet, SQLite
from ..sinks.sink import Sink
from .behind import call_behind, list_behind
from .failures import describe, exit_code
from .options import (
    Connected,
    Connection,
    cluster_options,
    connection_options,
    output_options,
)
from .output import Output
from .search import first
from .waiting import run
from .what import SHORT_NAMES, what_option

__all__ = ["export"]

_SINKS: Final[dict[str, type[JsonLines] | type[Parquet] | type[SQLite]]] = {
    ".jsonl": JsonLines, ".ndjson": JsonLines, ".parquet": Parquet,
    ".sqlite": SQLite, ".sqlite3": SQLite, ".db": SQLite,
}  # fmt: skip
_MANY: Final = 100


@click.command(
    epilog=f"Short names: {SHORT_NAMES}",
    short_help="Write lists into JSON Lines, Parquet or SQLite.",
)
@click.argument("what", nargs=-1, required=True, callback=what_option, metavar="ID|URL...")
@click.option(
    "--to",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"The file; its ending says the format: {', '.join(_SINKS)}.",
)
@click.option("--limit", type=click.IntRange(1), help="At most so many of each list.")
@output_options
@connection_options
@cluster_options
def export(
    what: tuple[PixivRef, ...],
    to: Path,
    limit: int | None,
    output: Output,
    connection: Connection,
) -> None:
    """
    Write works, novels or users into a file.

    There is a row for each, with the whole JSON beside the columns. JSON Lines and Parquet begin
    the file anew; of SQLite, rows that are there are replaced.

    \b
    Examples:
      pixivkit export user:11 --to works.jsonl
      pixivkit export tag:風景 bookmarks:11 --to works.parquet --limit 1000
    """
    sink = _sink(to)
    connected = connection.connected()
    px = connection.chosen(connected)
    failed: list[PixivError] = []

    async def work() -> int:
        count = 0
        async with connected, sink:
            for ref in what:
                try:
                    async for some in _batches(first(_items(px, ref), limit)):
                        await sink.write_many(some)
                        count += len(some)
                except PixivError as exc:
                    failed.append(exc)
                    click.echo(describe(exc), err=True)
        return count

    count = run(work)
    if output.as_json:
        output.json({"rows": count, "path": str(to)})
    else:
        output.note(f"{count} rows in {to}")
    if failed:
        sys.exit(exit_code(failed[0]))


def _sink(path: Path) -> Sink:
    kind = _SINKS.get(path.suffix.lower())
    if kind is None:
        msg = f"--to: {path.suffix or 'no ending'} is no format; there are {', '.join(_SINKS)}"
        raise click.UsageError(msg)
    return JsonLines(path, append=False) if kind is JsonLines else kind(path)


async def _items(px: Connected, ref: PixivRef) -> AsyncGenerator[Model]:
    items = list_behind(px, ref)
    if items is None:
        yield await call_behind(px, ref)
        return
    async for item in items:
        yield item


async def _batches(items: AsyncGenerator[Any]) -> AsyncGenerator[list[Any]]:
    batch: list[Any] = []
    async for item in items:
        batch.append(item)
        if len(batch) == _MANY:
            yield batch
            batch = []
    if batch:
        yield batch
