"""``pixivkit get``: one work, novel, user or tag."""

from __future__ import annotations

import click

from ..pixiv_url import PixivRef
from .behind import call_behind
from .items import show_result
from .options import Connection, connection_options, output_options
from .output import Output
from .waiting import run
from .what import what_option


@click.command()
@click.argument("what", callback=what_option, metavar="ID|URL")
@output_options
@connection_options
def get(what: PixivRef, output: Output, connection: Connection) -> None:
    """
    Show one work, novel, user or tag.

    It is an id of a work, the URL of any of pixiv's pages, or a short name such as user:11,
    novel:5 or tag:WORD.

    \b
    Examples:
      pixivkit get 123
      pixivkit get https://www.pixiv.net/users/11 --json
    """
    client = connection.client()
    made = call_behind(client, what)

    async def work() -> None:
        async with client:
            show_result(output, await made)

    run(work)
