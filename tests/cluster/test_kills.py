"""
Homes are killed again and again, and the driver: nothing is lost, done twice, or too fast.

``nox -s cluster_full`` makes it 20,000 calls and 10 kills.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import pytest

from pixivkit import Call, Outcome, Pace
from pixivkit.cluster import Cluster
from pixivkit.errors import OutcomeUnknown
from pixivkit.models.app import Illust
from pixivkit.testing import FakePixiv

from .accounts import LATE, Watch, accounts_of, log_in
from .driving import Work, drive
from .killing import kill_a_home, until
from .nodes import RunningRay
from .scale import either

pytestmark = pytest.mark.anyio

CALLS = either(500, 20_000)
KILLS = either(2, 10)
EXPIRIES = either(1, 4)
WRITES = either(30, 600)
DRIVER_KILLS = either(1, 2)
PACE = Pace(rate=40.0, burst=40)
AT_ONCE = 40
"""How many calls are under way."""

DRIVEN_AT_ONCE = 8
"""How many the driver that is killed has under way."""


async def test_every_call_has_one_outcome_whatever_is_killed(running_ray: RunningRay) -> None:
    del running_ray
    chance = random.Random(13)
    fake = FakePixiv(works=300, log_size=10)
    fake.rotate_refresh_tokens = True
    watch = Watch(fake)
    fake.middleware.append(watch.middleware)
    accounts = accounts_of(fake, 4, pace=PACE)
    ids = [chance.choice(list(fake.world.works)) for _ in range(CALLS)]
    texts = [f"comment {number}" for number in range(WRITES)]
    writer = accounts[0].name
    posted: list[OutcomeUnknown | str] = []
    outcomes: list[Outcome[Illust]] = []
    troubles = KILLS + EXPIRIES
    moments = [CALLS * number // (troubles + 1) for number in range(1, troubles + 1)]
    expiries = chance.sample(moments, EXPIRIES)

    async def calls(px: Cluster) -> AsyncIterator[Call[Illust]]:
        for number, illust_id in enumerate(ids):
            if number in expiries:
                fake.expire_tokens()
                await log_in(px, ids[0])
            elif number in moments:
                await kill_a_home(px, chance)
            yield px.app.illust.detail(illust_id)

    async def write(px: Cluster) -> None:
        mine = px.account(writer)
        calls = [mine.app.illust.comment_add(ids[0], text) for text in texts]
        async for outcome in mine.bulk(calls, limit=2, ordered=True):
            if isinstance(outcome.error, OutcomeUnknown):
                posted.append(outcome.error)
            else:
                posted.append(outcome.unwrap().comment)

    with fake.serve() as server:
        async with Cluster(accounts, hosts=server.hosts) as px:
            await log_in(px, ids[0])
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(write, px)
                async for outcome in px.bulk(calls(px), limit=AT_ONCE):
                    outcomes.append(outcome)

    assert sorted(outcome.index for outcome in outcomes) == list(range(CALLS))
    wrong = [one for one in outcomes if one.error or one.unwrap().id != ids[one.index]]
    assert not [one.error for one in wrong]
    assert watch.worst(PACE, LATE) <= 0
    assert _renewals(fake) == len(accounts) * (1 + EXPIRIES)
    _check_writes(fake, texts, posted)


async def test_a_home_that_died_has_used_up_its_burst(running_ray: RunningRay) -> None:
    del running_ray
    pace = Pace(rate=2.0, burst=40)
    fake = FakePixiv(works=80)
    watch = Watch(fake)
    fake.middleware.append(watch.middleware)
    ids = list(fake.world.works)

    def seen() -> int:
        return sum(map(len, watch.seen.values()))

    async def call(px: Cluster) -> None:
        """Have a burst of calls under way until the first of them came, and what comes with it."""
        before = seen()
        async with anyio.create_task_group() as tasks:
            for illust_id in ids[: pace.burst]:
                tasks.start_soon(px.app.illust.detail(illust_id).response)
            await until(lambda: seen() > before)
            await anyio.sleep(1.0 / pace.rate / 2)
            tasks.cancel_scope.cancel()

    with fake.serve() as server:
        async with Cluster(accounts_of(fake, 1, pace=pace), hosts=server.hosts) as px:
            await call(px)
            await kill_a_home(px, random.Random(0))
            await call(px)
    assert seen() >= 2
    assert watch.worst(pace, LATE) <= 0


def _renewals(fake: FakePixiv) -> int:
    return fake.count("oauth.auth.token_refresh")


def _check_writes(fake: FakePixiv, texts: list[str], posted: list[OutcomeUnknown | str]) -> None:
    there = Counter(comment.text for comment in fake.world.comments.values())
    assert len(posted) == len(texts)
    assert sum(isinstance(one, OutcomeUnknown) for one in posted) <= KILLS * 2
    for text, said in zip(texts, posted, strict=True):
        if isinstance(said, OutcomeUnknown):
            assert there[text] <= 1, text
        else:
            assert (said, there[text]) == (text, 1)


def test_a_run_whose_driver_is_killed_is_resumed_by_its_journal(
    running_ray: RunningRay, tmp_path: Path
) -> None:
    calls = either(300, 5_000)
    fake = FakePixiv(works=calls, log_size=10)
    accounts = accounts_of(fake, 2)
    with fake.serve() as server:
        work = Work(
            ray=running_ray,
            server=server,
            accounts=accounts,
            ids=list(fake.world.works),
            limit=DRIVEN_AT_ONCE,
            journal=tmp_path / "journal.db",
        )
        handed_out: set[str] = set()
        for kill in range(1, DRIVER_KILLS + 1):
            said = drive(work, calls * kill // 4)
            handed_out.update(index for index, _ in said)
        sent = fake.count("app.illust.detail")
        last = drive(work)
        sent_at_last = fake.count("app.illust.detail") - sent

    assert sorted(int(index) for index, _ in last) == list(range(calls))
    recorded = {index for index, is_recorded in last if is_recorded == "True"}
    # What was handed out was recorded before, and is not sent again.
    assert handed_out <= recorded
    # The homes finish what the driver had sent when it was killed.
    assert calls - len(recorded) <= sent_at_last <= calls - len(recorded) + DRIVEN_AT_ONCE
    assert fake.count("oauth.auth.token_refresh") == len(accounts)
