"""A session on a cluster is one as any other; an account has one home, which programs share."""

from __future__ import annotations

import functools
import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import attrs
import pytest

from pixivkit import FileTokenStore, Hosts, Pace, RefreshToken
from pixivkit.cluster import Account, Cluster, engine, tokens
from pixivkit.cluster.home import home_name
from pixivkit.errors import (
    AuthError,
    InvalidArgument,
    NotFound,
    PixivError,
    RateLimited,
)
from pixivkit.testing import FakePixiv, Server

from .accounts import Shared, accounts_of, ids_of
from .killing import until
from .nodes import RunningRay

OVERLAPPING = Path(__file__).parent / "overlapping.py"

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("running_ray")]


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=120)


@pytest.fixture
def server(fake: FakePixiv) -> Any:
    with fake.serve() as served:
        yield served


async def busy(px: Cluster, calls: int) -> None:
    """Wait until the home of the first account is busy with so many calls."""
    with anyio.fail_after(30):
        while (await px.accounts())[0].under_way != calls:
            await anyio.sleep(0.05)


@asynccontextmanager
async def entered(server: Server, count: int = 1, **options: Any) -> AsyncIterator[Cluster]:
    accounts = accounts_of(server.fake, count)
    async with Cluster(accounts, hosts=server.hosts, **options) as px:
        yield px


async def test_what_works_on_a_client_works_on_it(shared: Shared, tmp_path: Path) -> None:
    fake = shared.fake
    ids = ids_of(fake, 40)
    author = fake.world.works[ids[0]].user_id
    async with shared.cluster() as px:
        work = await px.app.illust.detail(ids[0])
        listed = [one.id async for one in px.app.user.illusts(author)]
        crawled = [one.id async for one in px.crawl.user_works(author)]
        gathered = await px.gather([px.app.illust.detail(one) for one in ids])
        calls = [px.app.illust.detail(one) for one in ids]
        seen = fake.count("app.illust.detail")
        first = [one async for one in px.bulk(calls, journal=tmp_path / "journal")]
        again = [one async for one in px.bulk(calls, journal=tmp_path / "journal")]
        reports = await px.accounts()

    assert work.id == ids[0]
    assert set(listed) <= set(crawled)
    assert [one.id for one in gathered] == ids
    assert sorted(one.unwrap().id for one in first) == sorted(ids)
    assert all(one.recorded for one in again)
    assert fake.count("app.illust.detail") == seen + len(ids)
    assert [report.name for report in reports] == [one.name for one in shared.accounts]
    assert len({report.process for report in reports}) == 2
    assert os.getpid() not in {report.process for report in reports}
    assert fake.count("oauth.auth.token_refresh") == 2


async def test_errors_arrive_as_they_are(shared: Shared) -> None:
    async with shared.cluster() as px:
        with pytest.raises(NotFound) as caught:
            await px.app.illust.detail(1)
    assert caught.value.endpoint == "app.illust.detail"
    assert caught.value.status == 404


async def test_writes_want_to_know_as_whom(shared: Shared) -> None:
    illust_id = ids_of(shared.fake, 1)[0]
    async with shared.cluster() as px:
        with pytest.raises(InvalidArgument, match=r"px\.account"):
            await px.app.illust.comment_add(illust_id, "hello")
        with pytest.raises(InvalidArgument, match="there is no account"):
            px.account("nobody")
        assert shared.fake.count("app.illust.comment_add") == 0
        comments = [
            await px.account(name).app.illust.comment_add(illust_id, "hello") for name in px.names
        ]
    assert shared.fake.count("app.illust.comment_add") == 2
    assert len({comment.user.id for comment in comments if comment.user}) == 2


async def test_files_are_read_where_the_program_is(shared: Shared, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    async with shared.cluster() as px:
        mine = px.account(px.names[0])
        started = await mine.app.upload.illust("a title", [picture])
        assert started.convert_key
        with pytest.raises(InvalidArgument, match="cannot be read"):
            await mine.app.upload.illust("a title", [tmp_path / "none.png"])
    sent = next(one for one in shared.fake.log if one.endpoint == "app.upload.illust")
    assert b"picture.png" in sent.body


async def test_it_has_to_be_entered(shared: Shared) -> None:
    px = shared.cluster()
    with pytest.raises(PixivError, match="async with"):
        await px.app.illust.detail(1)
    async with px:
        pass
    with pytest.raises(PixivError, match="was left"):
        await px.app.illust.detail(1)


async def test_who_enters_it_twice_is_told(shared: Shared) -> None:
    illust_id = ids_of(shared.fake, 1)[0]
    async with shared.cluster() as px:
        with pytest.raises(PixivError, match="entered already"):
            async with px:
                pass
        assert await px.app.illust.detail(illust_id)


def test_sessions_of_a_program_share_its_connection(
    shared: Shared, running_ray: RunningRay
) -> None:
    """The first one made it, and leaves before the second."""
    about = {
        "address": running_ray.address,
        "hosts": pickle.dumps(shared.hosts).hex(),
        "accounts": pickle.dumps(shared.accounts).hex(),
        "illust": ids_of(shared.fake, 1)[0],
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(OVERLAPPING), json.dumps(about)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.split() == [str(about["illust"]), "False"], done.stderr


async def test_a_home_is_for_the_hosts_it_was_made_for(shared: Shared) -> None:
    with pytest.raises(InvalidArgument, match="other hosts"):
        async with Cluster(shared.accounts, hosts=Hosts(app="https://elsewhere.example")):
            pass


async def test_a_second_program_finds_the_same_home(fake: FakePixiv, server: Server) -> None:
    accounts = accounts_of(fake, 1)
    illust_id = ids_of(fake, 1)[0]
    async with Cluster(accounts, hosts=server.hosts) as px:
        await px.app.illust.detail(illust_id)
        async with Cluster(accounts, hosts=server.hosts) as other:
            await other.app.illust.detail(illust_id)
            mine, theirs = (await px.accounts())[0], (await other.accounts())[0]
        # It leaves with the last program, not with the first.
        await px.app.illust.detail(illust_id)
        still = (await px.accounts())[0]

    assert mine.process == theirs.process == still.process
    assert theirs.users == 2
    assert fake.count("oauth.auth.token_refresh") == 1


async def test_an_account_that_is_refused_rests_for_all_programs(
    fake: FakePixiv, server: Server
) -> None:
    good = accounts_of(fake, 1)
    bad = Account(f"{good[0].name}-bad", app=RefreshToken("not-a-token-of-it"), pace=None)
    ids = ids_of(fake, 20)
    async with (
        Cluster([bad, *good], hosts=server.hosts) as px,
        Cluster([bad, *good], hosts=server.hosts) as other,
    ):
        outcomes = [one async for one in px.bulk(px.app.illust.detail(i) for i in ids)]
        paused = {report.name: report.paused for report in await other.accounts()}
        refused = fake.count("oauth.auth.token_refresh")
        assert [one.id for one in await other.gather(other.app.illust.detail(i) for i in ids)]
        assert fake.count("oauth.auth.token_refresh") == refused
    assert all(outcome.ok for outcome in outcomes)
    assert isinstance(paused[bad.name]["app"].error, AuthError)
    assert paused[bad.name]["app"].seconds is None
    assert not paused[good[0].name]


async def test_a_login_that_was_mended_is_used_by_the_next_program(
    fake: FakePixiv, server: Server
) -> None:
    good = accounts_of(fake, 1)[0]
    bad = Account(good.name, app=RefreshToken("not-a-token-of-it"), pace=None)
    async with Cluster([bad], hosts=server.hosts) as px:
        with pytest.raises(AuthError):
            await px.app.illust.detail(ids_of(fake, 1)[0])
        async with Cluster([good], hosts=server.hosts) as other:
            assert await other.app.illust.detail(ids_of(fake, 1)[0])


async def test_a_limited_account_rests_while_others_go_on(fake: FakePixiv, server: Server) -> None:
    fake.fail_next(
        "app.illust.detail",
        status=429,
        body={"error": {"message": "Rate Limit"}},
        headers={"retry-after": "3000"},
    )
    async with entered(server, 2) as px:
        works = await px.gather((px.app.illust.detail(i) for i in ids_of(fake, 20)), limit=4)
        limited = [report for report in await px.accounts() if report.paused]
        # Alone it says for how long.
        with pytest.raises(RateLimited) as caught:
            await px.account(limited[0].name).with_options(patience=1).app.illust.detail(1)
    assert len(works) == 20
    assert len(limited) == 1
    assert 2000 < (limited[0].paused["app"].seconds or 0) <= 3000
    assert 2000 < (caught.value.retry_after or 0) <= 3000


@pytest.mark.parametrize("ends", ["the home", "the program"])
async def test_a_limit_outlives_who_met_with_it(
    ends: str, fake: FakePixiv, server: Server
) -> None:
    illust_id = ids_of(fake, 1)[0]
    accounts = accounts_of(fake, 1)

    async def refused(px: Cluster) -> float:
        with pytest.raises(RateLimited) as caught:
            await px.app.illust.detail(illust_id)
        return caught.value.retry_after or 0.0

    async def check(px: Cluster) -> None:
        for impatient in (px, px.account(px.names[0])):
            assert 2000 < await refused(impatient) <= 3000
        assert fake.count("app.illust.detail") == 1

    fake.fail_next(
        "app.illust.detail",
        status=429,
        body={"error": {"message": "Rate Limit"}},
        headers={"retry-after": "3000"},
    )
    async with Cluster(accounts, hosts=server.hosts, patience=5) as px:
        await refused(px)
        if ends == "the home":
            os.kill((await px.accounts())[0].process, signal.SIGKILL)
            await check(px)
    async with Cluster(accounts, hosts=server.hosts, patience=5) as px:
        await check(px)


async def test_homes_leave_with_the_last_program_and_when_nobody_calls(
    server: Server,
) -> None:
    async def leaves(name: str) -> None:
        def is_away() -> bool:
            return engine.find(home_name(name)) is None

        with anyio.fail_after(60):
            await until(is_away)

    accounts = accounts_of(server.fake, 2)
    async with Cluster(accounts[:1], hosts=server.hosts):
        pass
    await leaves(accounts[0].name)
    async with Cluster(accounts[1:], hosts=server.hosts, idle=0.5) as px:
        # That it listens from now on is no use of the home.
        await px.accounts()
        await leaves(accounts[1].name)
        # Whoever calls again has a new one.
        assert await px.app.illust.detail(ids_of(server.fake, 1)[0])


async def test_what_a_program_cancels_ends_at_the_home(fake: FakePixiv, server: Server) -> None:
    accounts = accounts_of(fake, 1, pace=Pace(rate=0.001, burst=1))
    async with Cluster(accounts, hosts=server.hosts) as px:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(px.app.illust.detail(1).response)
            await busy(px, 1)
            tasks.cancel_scope.cancel()
        await busy(px, 0)
    assert fake.count("app.illust.detail") == 0


@pytest.mark.parametrize("kept", ["in the cluster", "in a file"])
async def test_a_home_that_dies_is_there_again(
    kept: str, fake: FakePixiv, server: Server, tmp_path: Path
) -> None:
    """What pixiv replaced outlives it: there is one login, and one renewal for an expiry."""
    fake.rotate_refresh_tokens = True
    store = FileTokenStore(tmp_path / "tokens.json") if kept == "in a file" else None
    illust_id = ids_of(fake, 1)[0]
    async with Cluster(accounts_of(fake, 1, store=store), hosts=server.hosts) as px:
        await px.app.illust.detail(illust_id)
        fake.expire_tokens()
        await px.app.illust.detail(illust_id)
        before = (await px.accounts())[0].process
        os.kill(before, signal.SIGKILL)
        await px.app.illust.detail(illust_id)
        assert (await px.accounts())[0].process != before
        fake.expire_tokens()
        await px.app.illust.detail(illust_id)
    assert fake.count("oauth.auth.token_refresh") == 3


async def test_a_home_knows_its_tokens_when_their_keeper_dies(
    fake: FakePixiv, server: Server
) -> None:
    fake.rotate_refresh_tokens = True
    illust_id = ids_of(fake, 1)[0]
    async with entered(server) as px:
        await px.app.illust.detail(illust_id)
        kill = functools.partial(engine.ray().kill, tokens.keeper(), no_restart=False)
        await anyio.to_thread.run_sync(kill)
        fake.expire_tokens()
        await px.app.illust.detail(illust_id)
        os.kill((await px.accounts())[0].process, signal.SIGKILL)
        await px.app.illust.detail(illust_id)
    assert fake.count("oauth.auth.token_refresh") == 2


async def test_an_account_that_makes_no_sense_is_told_and_holds_nobody_up(
    fake: FakePixiv, server: Server
) -> None:
    bad = attrs.evolve(accounts_of(fake, 1)[0], proxy="nonsense://proxy.example")
    async with Cluster([bad], hosts=server.hosts) as px:
        with pytest.raises(PixivError):
            await px.app.illust.detail(ids_of(fake, 1)[0])


async def test_nothing_secret_is_said(
    running_ray: RunningRay, fake: FakePixiv, server: Server
) -> None:
    """Neither in Ray's logs, nor in the names of its actors and tasks."""
    fake.rotate_refresh_tokens = True
    accounts = accounts_of(fake, 2)
    async with Cluster(accounts, hosts=server.hosts) as px:
        await px.gather(px.app.illust.detail(i) for i in ids_of(fake, 10))
        with pytest.raises(NotFound):
            await px.app.illust.detail(1)
        os.kill((await px.accounts())[0].process, signal.SIGKILL)
        await px.gather(px.app.illust.detail(i) for i in ids_of(fake, 10))
    secrets = [account.app.token for account in accounts if account.app and account.app.token]
    secrets += [*fake.credentials.refresh_tokens, *fake.credentials.access_tokens]
    logs = [path for path in running_ray.folder.glob("logs/**/*") if path.is_file()]
    said = "\n".join(path.read_text("utf-8", "replace") for path in logs)
    assert accounts[0].name in said
    assert not [secret[:12] for secret in secrets if secret in said]


async def test_a_watch_works_as_it_is(shared: Shared, tmp_path: Path) -> None:
    user = shared.fake.world.newest()[0].user_id
    works = sorted(work.id for work in shared.fake.world.works_of(user))
    async with shared.cluster() as px:
        watch = px.watch(
            px.app.user.illusts(user), every=60, state=tmp_path / "seen.json", backlog=True
        )
        seen: list[int] = []
        async for work in watch:
            seen.append(work.id)
            if len(seen) == len(works):
                break
    assert sorted(seen) == works
