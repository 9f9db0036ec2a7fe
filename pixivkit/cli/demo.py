"""``pixivkit demo``: the main job from end to end, on the fake pixiv or the real one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from .._core.account.credentials import RefreshToken, SessionCookie
from .client_options import client_options
from .counting import CountingPixiv
from .output import Output
from .picture import gradient
from .waiting import run

_MANY = 300
_FEW = 5


@click.command(short_help="See all of it at work in a few seconds.")
@click.option("--live", is_flag=True, help="Read a little of the real pixiv instead.")
def demo(live: bool) -> None:
    """
    Show what pixivkit does, in a few seconds.

    Without --live it starts a fake pixiv on this machine, so it needs no login and harms nobody:
    it logs in, searches, fetches hundreds of works at once, reads the web API, posts an
    illustration, comments on it and takes all of it back. With --live it only reads, politely,
    with the login of the environment.
    """
    output = Output()
    if live:
        px = CountingPixiv(**client_options())
        run(lambda: _tour(px, output, works=_FEW, writes=False))
        return
    # Loaded here: no other command should wait for a web server.
    from ..testing import FakePixiv

    fake = FakePixiv(now=dt.datetime.now(dt.UTC))
    with fake.serve() as server:
        _print_step(output, "fake pixiv", server.url)
        px = CountingPixiv(
            app=RefreshToken(fake.refresh_token),
            web=SessionCookie(fake.session_cookie),
            hosts=server.hosts,
            pace=None,
        )
        run(lambda: _tour(px, output, works=_MANY, writes=True))


async def _tour(client: CountingPixiv, output: Output, *, works: int, writes: bool) -> None:
    async with client as px:
        word = await _read_web(px, output)
        if px.logged_in:
            found = await _search(px, output, word, works)
            await _fetch_at_once(px, output, found)
        else:
            _print_step(output, "app", "left out: set PIXIV_REFRESH_TOKEN for the App API")
        if writes:
            await _post(px, output)
        _sum_up(px, output)


async def _read_web(px: CountingPixiv, output: Output) -> str:
    """Read a profile and a search of the web API; return a tag with works."""
    ranking = await px.web.ranking().first()
    best = ranking.items[0]
    _print_step(
        output, "ranking", f"{len(ranking.items)} works; first: {best.title} by {best.user_name}"
    )
    author = best.user_id or 0
    user = await px.web.user.detail(author)
    profile = await px.web.user.profile_all(author)
    posted = len(profile.illusts) + len(profile.manga)
    _print_step(output, "profile", f"{user.name} has posted {posted} works")
    word = best.tags[0] if best.tags else best.user_name
    page = await px.web.search.artworks(word).first()
    _print_step(output, "web search", f"{page.body.illust_manga.total} works with the tag {word}")
    px.works += len(ranking.items) + len(page.items)
    return word


async def _search(px: CountingPixiv, output: Output, word: str, works: int) -> list[int]:
    """Log in, search and page through the results; return ids of works to fetch."""
    first = await px.app.search.illust(word).first()
    px.works += len(first.items)
    _print_step(output, "login and search", f"the first page has {len(first.items)} works")
    found = dict.fromkeys(work.id for work in first.items)
    pages = 1
    if first.cursor and works > len(found):
        async for page in px.resume(first.cursor).pages():
            pages += 1
            px.works += len(page.items)
            found.update(dict.fromkeys(work.id for work in page.items))
            if len(found) >= works:
                break
    if len(found) < works:
        async for work in px.web.illust.new(limit=100).take(works):
            px.works += 1
            found[work.id] = None
    _print_step(output, "pages", f"{pages} of the search; {min(len(found), works)} works to fetch")
    return list(found)[:works]


async def _fetch_at_once(px: CountingPixiv, output: Output, ids: Iterable[int]) -> None:
    calls = [px.app.illust.detail(illust_id) for illust_id in ids]
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    failed = 0
    with Progress(*columns, console=output.console, disable=output.plain) as progress:
        task = progress.add_task("bulk", total=len(calls))
        async for outcome in px.bulk(calls, limit=16):
            failed += not outcome.ok
            px.works += outcome.ok
            progress.advance(task)
    _print_step(
        output, "bulk", f"{len(calls) - failed} works fetched, 16 at a time; {failed} failed"
    )


async def _post(px: CountingPixiv, output: Output) -> None:
    upload = px.app.upload.illust("A gradient", [gradient()], tags=["gradient", "test"])
    posted = await px.publish(upload)
    _print_step(output, "publish", f"posted the illustration {posted.illust_id}")
    comment = await px.app.illust.comment_add(posted.illust_id, "What a gradient!")
    reply = await px.app.illust.comment_add(
        posted.illust_id, "Thank you.", parent_comment_id=comment.id
    )
    _print_step(output, "comment", f"commented ({comment.id}) and replied ({reply.id})")
    for one in (reply, comment):
        await px.app.illust.comment_delete(one.id)
    await px.app.illust.delete(posted.illust_id)
    _print_step(output, "delete", "took it all back")


def _print_step(output: Output, step: str, words: str) -> None:
    output.line(step, words, style="cyan", width=16)


def _sum_up(px: CountingPixiv, output: Output) -> None:
    seconds = px.seconds
    requests = px.sent.total()
    output.line("")
    output.table(("endpoint", "requests"), sorted(px.sent.items()))
    output.line("")
    output.line(
        "done",
        f"{requests} requests to {len(px.sent)} endpoints",
        f"{px.works} works structured",
        f"{seconds:.1f} s",
        f"{requests / seconds:.0f} requests a second",
        style="bold green",
    )
