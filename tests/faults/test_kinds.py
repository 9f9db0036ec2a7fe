"""Each kind of fault alone: what a caller gets, and how many requests it took."""

from __future__ import annotations

import contextlib
import os
import tracemalloc
from pathlib import Path

import pytest

from faults.site import Site, everybody_sees
from pixivkit import Retry, Timeouts
from pixivkit.errors import (
    BlockedByCloudflare,
    DecodeError,
    IncompleteFile,
    PagingError,
    PixivError,
    RateLimited,
    ReplyTooLarge,
    ServerError,
    TransportError,
    UnexpectedHost,
)
from pixivkit.testing import PASSING_FAULTS, FaultKind, FaultPlan

pytestmark = [
    pytest.mark.anyio,
    # httpx leaves its generators to the garbage collector when a body is not read to its end.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:Async generator.*garbage collected:ResourceWarning"),
]

DETAIL = "app.illust.detail"
MEGABYTE = 1_000_000
SHORT = Timeouts(read=0.1)

FINAL: dict[FaultKind, type[PixivError]] = {
    "block_page": BlockedByCloudflare,
    "redirect": UnexpectedHost,
    "huge_body": ReplyTooLarge,
    "gzip_bomb": ReplyTooLarge,
}


def always(kind: FaultKind, endpoint: str = DETAIL) -> FaultPlan:
    return FaultPlan({endpoint: {kind: 1.0}}, most_in_a_row=None, huge=3 * MEGABYTE)


@pytest.mark.parametrize("kind", PASSING_FAULTS)
async def test_what_passes_is_asked_for_again(site: Site, kind: FaultKind) -> None:
    work = everybody_sees(site.fake)[0]
    timeout = SHORT if kind == "slow" else None
    async with site.client(timeout=timeout, retry=Retry(attempts=6)) as px:
        # A connection that was used before is one that a library may send on again by itself.
        await px.app.illust.detail(work.id)
        plan = site.plan(FaultPlan({DETAIL: {kind: 1.0}}, most_in_a_row=2))
        response = await px.app.illust.detail(work.id).response()
    assert response.value.title == work.title
    faults = 1 if kind == "invalid_grant" else 2
    assert plan.count(kind) == plan.count() == faults
    assert len(site.requests(DETAIL)) == faults + 1
    # What is left of a body that was announced too short spoils the connection for the next.
    spoiled = faults if kind == "length_too_short" else 0
    assert faults + 1 <= response.reply.attempts <= faults + 1 + spoiled
    assert site.fake.count("oauth.auth.token_refresh") == (kind == "invalid_grant")


@pytest.mark.parametrize("kind", FINAL)
async def test_what_will_not_pass_is_raised_at_once(site: Site, kind: FaultKind) -> None:
    work = everybody_sees(site.fake)[0]
    async with site.client(largest_reply=MEGABYTE) as px:
        await px.app.illust.detail(work.id)
        site.plan(always(kind))
        with pytest.raises(FINAL[kind]) as caught:
            await px.app.illust.detail(work.id)
        assert caught.value.endpoint == DETAIL
        assert len(site.requests(DETAIL)) == 1
        # The client is as good as new.
        site.fake.plan = None
        assert (await px.app.illust.detail(work.id)).title == work.title


@pytest.mark.parametrize(
    ("kind", "error", "requests"),
    [
        ("rate_limit_429", RateLimited, 5),
        ("rate_limit_403", RateLimited, 5),
        ("status_503", ServerError, 4),
        ("reset_unhandled", TransportError, 4),
        ("reset_unanswered", TransportError, 4),
        ("reset_midway", TransportError, 4),
        ("length_too_long", TransportError, 4),
    ],
)
async def test_what_does_not_pass_after_all_is_given_up(
    site: Site, kind: FaultKind, error: type[PixivError], requests: int
) -> None:
    site.plan(always(kind))
    async with site.client(patience=1000) as px:
        with pytest.raises(error):
            await px.app.illust.detail(everybody_sees(site.fake)[0].id)
    assert len(site.requests(DETAIL)) == requests


async def test_a_body_longer_than_it_says_spoils_nothing_else(site: Site) -> None:
    first, second = everybody_sees(site.fake)[:2]
    site.plan(FaultPlan({DETAIL: {"length_too_short": 1.0}}, most_in_a_row=1))
    async with site.client() as px:
        # One library sees half an object, the other that the connection went wrong.
        with contextlib.suppress(DecodeError):
            assert (await px.app.illust.detail(first.id)).id == first.id
        site.fake.plan = None
        for work in (second, first, second):
            assert (await px.app.illust.detail(work.id)).id == work.id


async def test_a_list_does_not_leave_pixiv(site: Site) -> None:
    site.plan(always("foreign_next_url", "app.user.illusts"))
    async with site.client() as px:
        seen: list[int] = []
        with pytest.raises(UnexpectedHost):
            async for work in px.app.user.illusts(site.fake.account):
                seen.append(work.id)
    assert len(seen) == 30
    assert len(site.fake.log) <= 2


async def test_a_list_does_not_go_round_in_circles(site: Site) -> None:
    site.plan(always("looping_next_url", "app.user.illusts"))
    async with site.client() as px:
        with pytest.raises(PagingError):
            async for _ in px.app.user.illusts(site.fake.account):
                pass
    assert len(site.requests("app.user.illusts")) <= 2


@pytest.mark.parametrize(
    ("kind", "requests"),
    [
        ("half_picture", 3),
        ("wrong_range", 3),
        ("reset_unhandled", 3),
        ("reset_unanswered", 3),
        ("reset_midway", 3),
        ("length_too_long", 3),
        ("empty_body", 3),
        ("status_502", 3),
        ("rate_limit_429", 3),
    ],
)
async def test_a_file_arrives_in_the_end(
    site: Site, kind: FaultKind, requests: int, tmp_path: Path
) -> None:
    work = next(w for w in everybody_sees(site.fake) if w.kind == "illust")
    plan = site.plan(FaultPlan({"images": {kind: 1.0}}, most_in_a_row=2))
    async with site.client() as px:
        (file, *_) = await px.download(px.app.illust.detail(work.id), tmp_path)
        original = file.url.partition("/img-original")[2]
    whole = site.fake.images.find("/img-original" + original)
    assert whole is not None
    assert file.path.read_bytes() == whole.content
    assert plan.count(kind) > 0
    asked = [one for one in site.requests("images") if one.url.endswith(original)]
    assert len(asked) <= requests


@pytest.mark.parametrize("kind", ["half_picture", "wrong_range"])
async def test_half_a_file_is_never_taken_for_one(
    site: Site, kind: FaultKind, tmp_path: Path
) -> None:
    work = next(w for w in everybody_sees(site.fake) if w.kind == "illust")
    site.plan(always(kind, "images"))
    async with site.client() as px:
        with pytest.raises(IncompleteFile):
            await px.download(px.app.illust.detail(work.id), tmp_path)
    names = [name for _, _, names in os.walk(tmp_path) for name in names]
    assert all(name.endswith((".part", ".part.json")) for name in names)


async def test_a_body_of_100_megabytes_is_not_kept(site: Site) -> None:
    site.plan(FaultPlan({DETAIL: {"huge_body": 1.0}}))
    async with site.client(largest_reply=MEGABYTE) as px:
        await px.app.upload.novel_covers()
        tracemalloc.start()
        try:
            with pytest.raises(ReplyTooLarge):
                await px.app.illust.detail(1)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 20 * MEGABYTE


async def test_a_gzip_bomb_is_refused(site: Site) -> None:
    site.plan(FaultPlan({DETAIL: {"gzip_bomb": 1.0}}))
    async with site.client() as px:
        with pytest.raises(ReplyTooLarge):
            await px.app.illust.detail(1)
    assert len(site.requests(DETAIL)) == 1
