"""Accounts of a fake, each of a user of its own, and what the fake saw of each."""

from __future__ import annotations

import asyncio
import itertools
import logging
import math
import secrets
import time
from collections import defaultdict
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import anyio
import attrs

from pixivkit import Hosts, Pace, RefreshToken, TokenStore
from pixivkit.cluster import Account, Cluster, engine
from pixivkit.cluster.answers import HomeSettings, Rest
from pixivkit.cluster.home import Home, home_name
from pixivkit.testing import FakePixiv

FREE = None
"""As fast as it goes."""

LATE = 1.0
"""How many seconds a request may take to the server of this busy machine."""


def accounts_of(
    fake: FakePixiv, count: int, *, pace: Pace | None = FREE, store: TokenStore | None = None
) -> list[Account]:
    """So many accounts, with names that no other test has: homes belong to all of the cluster."""
    run = secrets.token_hex(4)
    users = itertools.islice(itertools.cycle(fake.world.users), count)
    return [
        Account(
            f"{run}-{number}",
            app=RefreshToken(fake.credentials.new_refresh_token(user)),
            pace=pace,
            store=store,
        )
        for number, user in enumerate(users)
    ]


def ids_of(fake: FakePixiv, count: int) -> list[int]:
    """So many works of a fake."""
    return list(fake.world.works)[:count]


@contextmanager
def at_home(accounts: Sequence[Account], hosts: Hosts) -> Generator[None]:
    """Keep homes of *accounts*, as a program would that does nothing: to start one takes time."""
    ray = engine.ray()
    settings = HomeSettings(hosts=hosts)
    homes = [
        engine.actor(Home, home_name(account.name), account, settings) for account in accounts
    ]
    pairs = zip(homes, accounts, strict=True)
    ray.get(
        [
            home.join.remote("keeper", account, settings, logging.CRITICAL, Rest())
            for home, account in pairs
        ]
    )
    yield
    # One that a test killed has forgotten who used it.
    with suppress(ray.exceptions.RayError):
        ray.get([home.part.remote("keeper") for home in homes])


class Hold:
    """Keeps requests from being answered, or their bodies read: add its `middleware` to a fake."""

    def __init__(self) -> None:
        self._path: str | None = None
        self.held = 0

    @contextmanager
    def requests(self, path: str) -> Generator[None]:
        """Hold requests to a *path* until the block ends."""
        self._path, self.held = path, 0
        try:
            yield
        finally:
            self._path = None

    def middleware(self, application: Any) -> Any:
        async def run(scope: Any, receive: Any, send: Any) -> None:
            if self._path and scope["path"].endswith(self._path):
                self.held += 1
            while self._path and scope["path"].endswith(self._path):
                await asyncio.sleep(0.01)
            await application(scope, receive, send)

        return run


@attrs.frozen
class Shared:
    """
    Two accounts whose homes are there, for tests that leave them as they are.

    Attributes:
        fake: Where they are.
        hosts: Where that is.
        accounts: The accounts.
        hold: Holds requests there.
    """

    fake: FakePixiv
    hosts: Hosts
    accounts: list[Account]
    hold: Hold

    def cluster(self, **options: Any) -> Cluster:
        """A session of both."""
        return Cluster(self.accounts, hosts=self.hosts, **options)


async def log_in(px: Cluster, illust_id: int) -> None:
    """Have all accounts log in: whoever dies in the middle of that has to do it again."""
    async with anyio.create_task_group() as tasks:
        for name in px.names:
            tasks.start_soon(px.account(name).app.illust.detail(illust_id).response)


class Watch:
    """Notes when each account asked for something: add its `middleware` to a fake."""

    def __init__(self, fake: FakePixiv) -> None:
        self._fake = fake
        self.seen: dict[int, list[float]] = defaultdict(list)

    def middleware(self, application: Any) -> Any:
        async def run(scope: Any, receive: Any, send: Any) -> None:
            for name, value in scope["headers"]:
                if name == b"authorization":
                    token = value.decode().partition(" ")[2]
                    access = self._fake.credentials.access_tokens.get(token)
                    if access is not None:
                        self.seen[access.user_id].append(time.monotonic())
            await application(scope, receive, send)

        return run

    def worst(self, pace: Pace, late: float) -> float:
        """
        How many requests an account was above its pace, at most, in any span of time.

        Args:
            pace: The pace.
            late: How many seconds a request may be under way before it is noted.
        """
        worst = -math.inf
        for times in self.seen.values():
            # Of all spans that end with a request, the worst begins where this is least.
            least = math.inf
            for number, at in enumerate(times):
                least = min(least, number - pace.rate * at)
                above = (number + 1 - pace.rate * at) - least - pace.burst - pace.rate * late
                worst = max(worst, above)
        return worst
