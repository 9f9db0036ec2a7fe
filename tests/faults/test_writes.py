"""Writes over connections that break: one side effect or none, never two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import anyio
import pytest
from support import backends
from support.raw_server import Connection, RawServer

from faults.site import Site, everybody_sees
from pixivkit import AccessToken, Call, Pixiv, Timeouts
from pixivkit.errors import (
    ConnectionFailed,
    OutcomeUnknown,
    PixivError,
    ServerError,
    TransportError,
)
from pixivkit.testing import FaultKind, FaultPlan, evenly
from pixivkit.testing.picture_files import make_picture

pytestmark = [
    pytest.mark.anyio,
    # httpx leaves its generators to the garbage collector when a body is not read to its end.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:Async generator.*garbage collected:ResourceWarning"),
]

# What the caller is told, and how many side effects there are.
LOST: dict[FaultKind, tuple[type[PixivError], int]] = {
    "reset_unhandled": (OutcomeUnknown, 0),
    "reset_unanswered": (OutcomeUnknown, 1),
    "reset_midway": (OutcomeUnknown, 1),
    "length_too_long": (OutcomeUnknown, 1),
    "slow": (OutcomeUnknown, 1),
    "empty_body": (OutcomeUnknown, 1),
    "truncated_body": (OutcomeUnknown, 1),
    "status_502": (ServerError, 0),
    "status_503": (ServerError, 0),
}


def comment(px: Pixiv, site: Site) -> Call[Any]:
    return px.app.illust.comment_add(everybody_sees(site.fake)[0].id, "hello")


def bookmark(px: Pixiv, site: Site) -> Call[Any]:
    return px.web.illust.bookmark_add(everybody_sees(site.fake)[0].id)


def upload(px: Pixiv, site: Site) -> Call[Any]:
    del site
    return px.app.upload.illust("A quiet hill", [make_picture("png", 30, 20, "a")])


WRITES = (comment, bookmark, upload)


def effects(site: Site, write: Callable[..., object]) -> int:
    """How many side effects there have been."""
    world = site.fake.world
    if write is comment:
        return len(world.comments)
    if write is upload:
        return len(world.uploads)
    return sum(len(mine) for mine in world.bookmarks.values())


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("kind", LOST)
async def test_a_write_whose_answer_is_lost_is_sent_once(
    site: Site, kind: FaultKind, write: Callable[[Pixiv, Site], Call[Any]]
) -> None:
    site.fake.world.unbookmark(site.fake.account, everybody_sees(site.fake)[0].id)
    before = effects(site, write)
    error, done = LOST[kind]
    async with site.client(timeout=Timeouts(read=0.1) if kind == "slow" else None) as px:
        # Connections that were used before are ones that a library may send on again by itself.
        await px.app.upload.novel_covers()
        call = write(px, site)
        name = call.endpoint.name
        site.plan(FaultPlan({name: {kind: 1.0}}))
        with pytest.raises(error) as caught:
            await call
    assert not isinstance(caught.value, ConnectionFailed)
    assert caught.value.endpoint == name
    assert len(site.requests(name)) == 1
    assert effects(site, write) == before + done


@pytest.mark.parametrize("write", [comment, upload])
@pytest.mark.parametrize("kind", ["rate_limit_429", "rate_limit_403", "invalid_grant"])
async def test_a_write_that_was_refused_is_sent_again_and_done_once(
    site: Site, kind: FaultKind, write: Callable[[Pixiv, Site], Call[Any]]
) -> None:
    before = effects(site, write)
    async with site.client() as px:
        call = write(px, site)
        plan = site.plan(FaultPlan({call.endpoint.name: {kind: 1.0}}))
        await call
    assert len(site.requests(call.endpoint.name)) == plan.count(kind) + 1
    assert effects(site, write) == before + 1


async def test_many_writes_under_all_that_may_go_wrong(site: Site) -> None:
    name = "app.illust.comment_add"
    kinds: list[FaultKind] = [kind for kind in LOST if kind != "slow"]
    limits: list[FaultKind] = ["rate_limit_429", "rate_limit_403", "invalid_grant"]
    work = everybody_sees(site.fake)[0]
    known = set(site.fake.world.comments)
    plan = site.plan(FaultPlan({name: evenly(0.4, [*kinds, *limits])}, seed=3))
    async with site.client() as px:
        writes = [px.app.illust.comment_add(work.id, f"number {n}") for n in range(300)]
        outcomes = [outcome async for outcome in px.bulk(writes, limit=16)]
    ends = {
        dict(fault.request.fields)["comment"]: fault.kind
        for fault in plan.occurred
        if fault.kind in LOST
    }
    there = Counter(
        made.text for made in site.fake.world.comments.values() if made.id not in known
    )
    assert len(outcomes) == 300
    for outcome in outcomes:
        text = f"number {outcome.index}"
        error, done = LOST[ends[text]] if text in ends else (None, 1)
        assert there[text] == done
        assert outcome.ok if error is None else isinstance(outcome.error, error)
    refused = sum(plan.count(kind) for kind in limits)
    assert min(len(ends), refused) > 20
    assert len(site.requests(name)) == 300 + refused


@pytest.mark.parametrize("over", backends.BACKENDS)
async def test_an_upload_that_is_cut_off_while_it_is_sent_is_sent_once(
    over: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    backends.use(over, monkeypatch)

    async def behave(connection: Connection) -> None:
        await connection.head()
        await connection.reset()

    server = RawServer(behave)
    async with (
        server.serving(),
        Pixiv(app=AccessToken("token"), hosts=server.hosts, pace=None) as px,
    ):
        with anyio.fail_after(10), pytest.raises(TransportError) as caught:
            await px.app.upload.illust("A quiet hill", [b"x" * 5_000_000])
    assert not isinstance(caught.value, ConnectionFailed)
    assert server.opened == 1
