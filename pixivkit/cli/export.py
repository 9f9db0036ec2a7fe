"""``pixivkit export``: lists into a table, a novel into a book, an ugoira into an animation."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any, Final

import click

from ..client import Pixiv
from ..errors import InvalidArgument, PixivError
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
_ONE_FILE: Final[dict[str, dict[str, Any]]] = {
    ".epub": {"novel": "epub"},
    ".gif": {"ugoira": "gif"},
    ".webp": {"ugoira": "webp"},
    ".apng": {"ugoira": "apng"},
    ".mp4": {"ugoira": "mp4"},
    ".webm": {"ugoira": "webm"},
}
_ENDINGS: Final = ", ".join([*_SINKS, *_ONE_FILE])
_MANY: Final = 100


@click.command(
    epilog=f"Short names: {SHORT_NAMES}",
    short_help="Write lists, books and animations into files.",
)
@click.argument("what", nargs=-1, required=True, callback=what_option, metavar="ID|URL...")
@click.option(
    "--to",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"The file; its ending says the format: {_ENDINGS}.",
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
    Write lists into a table, a novel into a book, or an ugoira into an animation.

    Of a list there is a row for each, with the whole JSON beside the columns. JSON Lines and
    Parquet begin the file anew; of SQLite, rows that are there are replaced.

    \b
    Examples:
      pixivkit export user:11 --to works.jsonl
      pixivkit export tag:風景 bookmarks:11 --to works.parquet --limit 1000
      pixivkit export novel-series:7 --to book.epub
      pixivkit export 123 --to loop.webp
    """
    if made := _ONE_FILE.get(to.suffix.lower()):
        if len(what) != 1 or connection.cluster:
            raise click.UsageError(f"one {to.suffix} is made of one thing, and on this machine")
        [ref] = what
        client = connection.client()
        run(lambda: _make(client, ref, to, made))
        _report(output, {"path": str(to)}, f"{to} is there")
        return
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
    _report(output, {"rows": count, "path": str(to)}, f"{count} rows in {to}")
    if failed:
        sys.exit(exit_code(failed[0]))


def _report(output: Output, data: dict[str, object], words: str) -> None:
    if output.as_json:
        output.json(data)
    else:
        output.note(words)


async def _make(client: Pixiv, ref: PixivRef, to: Path, made: dict[str, Any]) -> None:
    # On the same file system as the file is to be.
    with tempfile.TemporaryDirectory(dir=to.parent) as folder:
        async with client as px:
            files = await px.download(ref, folder, **made)
            suffix = to.suffix.lower().replace(".apng", ".png")
            if len(files) != 1 or files[0].path.suffix != suffix:
                msg = f"{ref.url} is nothing that becomes {to.suffix}"
                raise InvalidArgument(msg)
            files[0].path.replace(to)


def _sink(path: Path) -> Sink:
    kind = _SINKS.get(path.suffix.lower())
    if kind is None:
        msg = f"--to: {path.suffix or 'no ending'} is no format; there are {_ENDINGS}"
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
