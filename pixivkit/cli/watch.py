"""``pixivkit watch``: what is new, as it appears."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import click

from .._core.calls.call import Pages, is_pages
from ..client import Pixiv
from ..errors import InvalidArgument, PixivError
from ..pixiv_url import PixivRef, TagRef
from .behind import list_behind
from .failures import describe, exit_code
from .items import show_item
from .options import Connection, connection_options, output_options
from .output import Output
from .waiting import run
from .what import SHORT_NAMES, what_option

__all__ = ["watch"]

_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def _duration(ctx: click.Context, param: click.Parameter, value: str) -> float:
    """Read a duration such as ``90``, ``5m`` or ``1h``."""
    found = re.fullmatch(r"(\d{1,7})([smhd]?)", value.strip())
    if found is None:
        raise click.BadParameter("must be a number of seconds, or such as 5m, 2h, 1d", ctx, param)
    return int(found[1]) * _SECONDS[found[2]]


@click.command(
    epilog=f"Short names: {SHORT_NAMES}", short_help="Tell what is new in lists, as it appears."
)
@click.argument("what", nargs=-1, required=True, callback=what_option, metavar="ID|URL...")
@click.option(
    "--every",
    default="5m",
    show_default=True,
    callback=_duration,
    metavar="DURATION",
    help="How often each list is asked for.",
)
@click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Remember in this file what was told, also across restarts.",
)
@click.option("--backlog", is_flag=True, help="Tell what is there already, too.")
@click.option("--limit", type=click.IntRange(1), help="End after so many.")
@click.option(
    "--download",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Fetch the files of what is new into this folder.",
)
@output_options
@connection_options
def watch(
    what: tuple[PixivRef, ...],
    every: float,
    state: Path | None,
    backlog: bool,
    limit: int | None,
    folder: Path | None,
    output: Output,
    connection: Connection,
) -> None:
    """
    Tell what is new in lists, until Ctrl-C: each item once, the oldest first.

    \b
    Examples:
      pixivkit watch followed: --state seen.json --download pictures
      pixivkit watch tag:風景 user:11 --every 30m --json
    """
    client = connection.client()
    lists = [_pages(client, ref) for ref in what]

    async def work() -> list[PixivError]:
        failed: list[PixivError] = []
        left = limit
        async with client as px:
            watched = px.watch(lists, every=every, state=state, backlog=backlog)
            async with watched as items:
                async for item in items:
                    show_item(output, item)
                    if folder is not None:
                        try:
                            await px.download(item, folder)
                        except PixivError as exc:
                            failed.append(exc)
                            click.echo(describe(exc), err=True)
                    if left is not None:
                        left -= 1
                        if not left:
                            break
        return failed

    if failed := run(work):
        sys.exit(exit_code(failed[0]))


def _pages(px: Pixiv, ref: PixivRef) -> Pages[Any, Any]:
    if isinstance(ref, TagRef) and "app" in px.logins:
        # Not to its end, which is what a crawl of the tag is for.
        return px.app.search.illust(ref.word)
    found = list_behind(px, ref)
    if is_pages(found):
        return found
    raise InvalidArgument(f"{ref.url} is no list in which new things appear")
