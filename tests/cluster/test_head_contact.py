"""A home that has lost the head of the cluster sends nothing, and goes on when it is back."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import attrs
import pytest

from pixivkit import AccessToken, Reply, Request, Retry
from pixivkit._core.sending.send_options import SendOptions
from pixivkit.app import AppApi
from pixivkit.app.oauth import AuthApi
from pixivkit.cluster import Account, engine
from pixivkit.cluster.answers import Answer, HomeSettings, Rest
from pixivkit.cluster.head_contact import HeadContact
from pixivkit.cluster.home import Home
from pixivkit.cluster.home_client import HomeClient, client_of
from pixivkit.errors import AuthUnavailable, ClusterError, ConnectionFailed
from pixivkit.events import Event
from pixivkit.testing import FakeClock, FakePixiv

pytestmark = pytest.mark.anyio

SAFE = 12.0
"""Sooner no head takes a node for dead, with Ray's settings."""


@attrs.define
class Head:
    """A head, as a home sees it."""

    clock: FakeClock = attrs.field(factory=FakeClock)
    is_there: bool = True
    has_node: bool = True
    seconds: float = 0.0

    def is_node_alive(self) -> bool:
        self.clock.advance(self.seconds)
        if not self.is_there:
            raise ConnectionError
        return self.has_node


@pytest.fixture
def head() -> Head:
    return Head()


@pytest.fixture
def contact(head: Head) -> HeadContact:
    return HeadContact(head.is_node_alive, head.clock)


def is_good(contact: HeadContact) -> bool:
    try:
        contact.check()
    except ConnectionFailed:
        return False
    return True


def test_there_is_none_before_the_head_was_asked(contact: HeadContact) -> None:
    assert not is_good(contact)
    contact.ask()
    assert is_good(contact)


def test_it_lasts_as_long_as_the_head_answers(head: Head, contact: HeadContact) -> None:
    for _ in range(10):
        contact.ask()
        head.clock.advance(SAFE / 2)
        assert is_good(contact)


def test_it_ends_before_the_head_may_start_another_home(head: Head, contact: HeadContact) -> None:
    contact.ask()
    head.is_there = False
    head.clock.advance(SAFE / 2)
    contact.ask()
    assert is_good(contact)
    head.clock.advance(SAFE / 2)
    assert not is_good(contact)


def test_it_is_back_with_the_head(head: Head, contact: HeadContact) -> None:
    contact.ask()
    head.clock.advance(SAFE)
    contact.ask()
    assert is_good(contact)


def test_it_ends_when_the_head_takes_the_node_for_dead(head: Head, contact: HeadContact) -> None:
    contact.ask()
    head.has_node = False
    contact.ask()
    assert not is_good(contact)
    # For good, as nodes do not come back; an answer from before may be late.
    head.has_node = True
    contact.ask()
    assert not is_good(contact)


def test_an_answer_is_as_old_as_the_question(head: Head, contact: HeadContact) -> None:
    head.seconds = SAFE
    contact.ask()
    assert not is_good(contact)


def test_a_machine_that_slept_asks_before_it_sends() -> None:
    clock = SleepingClock()
    contact = HeadContact(lambda: True, clock)
    contact.ask()
    clock.slept_for = SAFE
    assert not is_good(contact)
    contact.ask()
    assert is_good(contact)


class SleepingClock(FakeClock):
    """One whose seconds stood still while the machine slept."""

    slept_for = 0.0

    def time(self) -> float:
        return super().time() + self.slept_for


@asynccontextmanager
async def home_client(fake: FakePixiv, contact: HeadContact) -> AsyncIterator[HomeClient]:
    """The client of a home, which tries everything once."""
    token = fake.credentials.new_access_token(next(iter(fake.world.users)))
    account = Account("first", app=AccessToken(token), pace=None)
    with fake.serve() as server:
        settings = HomeSettings(hosts=server.hosts)
        async with client_of(account, settings, contact, list[Event]().append) as client:
            yield client


async def test_nothing_is_sent_without_it(head: Head, contact: HeadContact) -> None:
    fake = FakePixiv()
    async with home_client(fake, contact) as client:
        contact.ask()
        work = await client.app.illust.detail(next(iter(fake.world.works)))
        sent = len(fake.log)

        head.clock.advance(SAFE)
        once = client.with_options(retry=Retry(attempts=1))
        with pytest.raises(ConnectionFailed):
            await once.app.illust.detail(work.id)
        # Of a write it is known that pixiv has not seen it.
        with pytest.raises(ConnectionFailed):
            await once.app.illust.comment_add(work.id, "a comment")
        with pytest.raises(ConnectionFailed):
            await once.fetch(work, page=0).bytes(limit=1)
        with pytest.raises(AuthUnavailable):
            await once.exchange_token(AuthApi(client).token_refresh("a token"))
        assert len(fake.log) == sent

        contact.ask()
        await once.app.illust.comment_add(work.id, "a comment")
        assert len(fake.log) == sent + 1


async def test_a_home_says_that_it_is_away_and_rests_for_nobody(
    head: Head, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Programs send the call again then, also one that writes: pixiv has not seen it."""
    monkeypatch.setattr(engine, "node_name", lambda: "a-node")
    monkeypatch.setattr(engine, "is_node_alive", head.is_node_alive)
    fake = FakePixiv()
    illust_id = next(iter(fake.world.works))
    token = AccessToken(fake.credentials.new_access_token(fake.account))
    account = Account("first", app=token, pace=None)
    app = AppApi(fake.client())
    options = SendOptions(retry=Retry(attempts=1))
    with fake.serve() as server:
        settings = HomeSettings(hosts=server.hosts)
        home = Home(account, settings)
        await home.join("a program", account, settings, logging.CRITICAL, Rest())

        async def answer(request: Request) -> Answer[Reply]:
            return await home.send("a program", request, options, False, 1, False)

        assert isinstance((await answer(app.illust.detail(illust_id).request)).result, Reply)
        head.has_node = False
        home._contact.ask()
        for call in (app.illust.detail(illust_id), app.illust.comment_add(illust_id, "hello")):
            away = await answer(call.request)
            assert isinstance(away.result, ClusterError)
            assert not away.rest.pauses
        await home.part("a program")
    assert fake.count("app.illust.detail") == 1
    assert not fake.count("app.illust.comment_add")
