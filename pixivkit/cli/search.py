"""``pixivkit search``: works, novels or users by words."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator, AsyncIterable
from typing import Any, Final, Literal, TypeAlias

import attrs
import click

from ..client import Pixiv
from .items import show_items
from .options import Connection, connection_options, output_options
from .output import Output
from .waiting import run

__all__ = ["first", "search"]

_Kind: TypeAlias = Literal["illust", "novel", "user"]

_DAY: Final = click.DateTime(["%Y-%m-%d"])
_IN_APP: Final[dict[str, Any]] = {
    "partial": "partial_match_for_tags",
    "exact": "exact_match_for_tags",
}
_ON_WEB: Final[dict[str, Any]] = {"partial": "s_tag", "exact": "s_tag_full", "text": "s_tc"}


@attrs.frozen(kw_only=True)
class _Query:
    words: str
    kind: _Kind
    match: str
    since: dt.date | None
    until: dt.date | None
    oldest_first: bool

    def by_app(self, px: Pixiv) -> AsyncIterable[Any]:
        sort: Literal["date_asc", "date_desc"] = "date_asc" if self.oldest_first else "date_desc"
        match self.kind:
            case "user":
                return px.app.search.user(self.words)
            case "novel":
                return px.app.search.novel(
                    self.words, search_target=_IN_APP.get(self.match, "text"),
                    sort=sort, start_date=self.since, end_date=self.until,
                )  # fmt: skip
            case "illust":
                return px.app.search.illust(
                    self.words, search_target=_IN_APP.get(self.match, "title_and_caption"),
                    sort=sort, start_date=self.since, end_date=self.until,
                )  # fmt: skip

    def on_web(self, px: Pixiv) -> AsyncIterable[Any]:
        return px.web.search.artworks(
            self.words, match=_ON_WEB[self.match], order="date" if self.oldest_first else "date_d",
            start_date=self.since, end_date=self.until,
        )  # fmt: skip


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--kind", type=click.Choice(["illust", "novel", "user"]), default="illust", show_default=True
)
@click.option(
    "--match",
    type=click.Choice(["partial", "exact", "text"]),
    default="partial",
    show_default=True,
    help="Parts of tags, whole tags, or title and caption (of novels: the text).",
)
@click.option("--since", type=_DAY, metavar="DAY", help="Posted on this day or later.")
@click.option("--until", type=_DAY, metavar="DAY", help="Posted on this day or earlier.")
@click.option("--oldest-first", is_flag=True, help="The oldest first, and not the newest.")
@click.option("--limit", type=click.IntRange(1), default=30, show_default=True)
@output_options
@connection_options
def search(
    words: tuple[str, ...],
    since: dt.datetime | None,
    until: dt.datetime | None,
    limit: int,
    output: Output,
    connection: Connection,
    **settings: Any,
) -> None:
    """
    Search for works, novels or users.

    With a login for the App API that is asked; without one, works are searched for on the web.

    \b
    Examples:
      pixivkit search 風景 --limit 100
      pixivkit search cat --kind user --json
    """
    client = connection.client()
    query = _Query(
        words=" ".join(words),
        since=since.date() if since else None,
        until=until.date() if until else None,
        **settings,
    )
    on_web = query.kind == "illust" and "app" not in client.logins
    found = query.on_web(client) if on_web else query.by_app(client)

    async def work() -> None:
        async with client:
            if not await show_items(output, first(found, limit)):
                output.note("nothing was found")

    run(work)


async def first(items: AsyncIterable[Any], limit: int | None) -> AsyncGenerator[Any]:
    """Yield the first of *items*: at most *limit*, all for None."""
    left = limit
    async for item in items:
        yield item
        if left is not None:
            left -= 1
            if left <= 0:
                return
