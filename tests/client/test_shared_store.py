"""Several clients and processes on one token store, at a pixiv that replaces refresh tokens."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import anyio
import pytest
from support.clock import FakeClock
from support.script import ScriptedTransport, Seen, illust_reply, json_reply, token_refused

from pixivkit import FileTokenStore, MemoryTokenStore, Pixiv, RefreshToken, Tokens
from pixivkit.errors import RefreshTokenInvalid
from pixivkit.testing import FakePixiv

TOKEN = "oauth.auth.token_refresh"
DETAIL = "app.illust.detail"
CALLER = Path(__file__).parents[1] / "crash" / "endless_caller.py"


class UnlockedStore:
    """A store of somebody's own, without a lock."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens

    async def load(self) -> Tokens | None:
        return self.tokens

    async def save(self, tokens: Tokens) -> None:
        self.tokens = tokens


@pytest.fixture
def fake() -> FakePixiv:
    fake = FakePixiv(works=20)
    fake.rotate_refresh_tokens = True
    return fake


@pytest.mark.anyio
async def test_clients_that_share_a_file_renew_once_for_all_of_them(
    fake: FakePixiv, tmp_path: Path
) -> None:
    path = tmp_path / "tokens.json"
    path.write_text(json.dumps({"refresh_token": fake.refresh_token}))
    illust_id = next(iter(fake.world.works))
    clients = [fake.client(app=RefreshToken(store=FileTokenStore(path))) for _ in range(5)]
    for expiries in range(1, 4):
        for px in clients:
            async with px, anyio.create_task_group() as tasks:
                for _ in range(10):
                    tasks.start_soon(px.app.illust.detail(illust_id).response)
        assert fake.count(TOKEN) == expiries
        fake.expire_tokens()


@pytest.mark.anyio
async def test_clients_that_share_it_at_the_same_time_do_too(
    fake: FakePixiv, tmp_path: Path
) -> None:
    store = tmp_path / "tokens.json"
    await FileTokenStore(store).save(Tokens(fake.refresh_token))
    illust_id = next(iter(fake.world.works))
    async with (
        fake.client(app=RefreshToken(store=FileTokenStore(store))) as one,
        fake.client(app=RefreshToken(store=FileTokenStore(store))) as two,
    ):
        for expiries in range(1, 11):
            async with anyio.create_task_group() as tasks:
                for px in [one, two] * 10:
                    tasks.start_soon(px.app.illust.detail(illust_id).response)
            assert fake.count(TOKEN) == expiries
            fake.expire_tokens()


@pytest.mark.anyio
async def test_a_memory_store_can_be_shared_by_clients(fake: FakePixiv) -> None:
    store = MemoryTokenStore(Tokens(fake.refresh_token))
    illust_id = next(iter(fake.world.works))
    async with (
        fake.client(app=RefreshToken(store=store)) as one,
        fake.client(app=RefreshToken(store=store)) as two,
        anyio.create_task_group() as tasks,
    ):
        for px in [one, two] * 10:
            tasks.start_soon(px.app.illust.detail(illust_id).response)
    assert fake.count(TOKEN) == 1


@pytest.mark.anyio
async def test_without_a_lock_the_store_is_read_again_after_a_refusal(fake: FakePixiv) -> None:
    """Another process replaces the refresh token just before this one offers the old one."""
    fresh = fake.credentials.new_refresh_token(fake.account)
    store = UnlockedStore(Tokens("replaced meanwhile"))
    answer = store.load

    async def load() -> Tokens | None:
        kept = await answer()
        store.tokens = Tokens(fresh)
        return kept

    store.load = load  # type: ignore[method-assign]
    async with fake.client(app=RefreshToken(store=store)) as px:
        await px.app.illust.detail(next(iter(fake.world.works)))
    assert fake.count(TOKEN) == 2
    assert store.tokens.refresh_token not in (fresh, "replaced meanwhile")


@pytest.mark.anyio
async def test_a_refused_token_without_another_in_the_store_is_said_so(fake: FakePixiv) -> None:
    store = UnlockedStore(Tokens("unknown"))
    async with fake.client(app=RefreshToken(store=store)) as px:
        with pytest.raises(RefreshTokenInvalid):
            await px.app.illust.detail(1)
    assert store.tokens == Tokens("unknown")


@pytest.mark.anyio
async def test_the_lock_of_a_file_is_waited_for_and_that_can_be_left(tmp_path: Path) -> None:
    store, other = (FileTokenStore(tmp_path / "tokens.json") for _ in range(2))
    async with store.lock():
        with anyio.move_on_after(0.1) as waiting:
            async with other.lock():
                pytest.fail("two have the lock")
        assert waiting.cancelled_caught
    with anyio.fail_after(3):
        async with other.lock():
            pass


def _reply(**changes: Any) -> dict[str, Any]:
    grant: dict[str, Any] = {
        "access_token": "access-1",
        "expires_in": 3600,
        "token_type": "bearer",
        "scope": "",
        "refresh_token": "refresh-2",
        "user": {"id": "90000010", "name": "Rowan Field", "profile_image_urls": {}},
    }
    return {**grant, **changes}


ODD_VALUES: list[Any] = [None, [], {}, "x", -1, 1e300, True, [1], {"id": []}]

ODD_REPLIES = {
    f"{key}: {value!r}": _reply(**{key: value})
    for key in ("expires_in", "token_type", "scope", "refresh_token", "user", "device_token")
    for value in ODD_VALUES
    if not (key == "refresh_token" and value == "x")
} | {
    "under response": {"response": _reply()},
    "in both, one of them broken": {"access_token": None, "response": _reply()},
    "user without an id": _reply(user={"name": 5}),
    "unknown keys": _reply(future=[{}]),
}


@pytest.mark.anyio
@pytest.mark.parametrize("reply", ODD_REPLIES.values(), ids=ODD_REPLIES)
async def test_what_nobody_needs_of_a_token_reply_never_blocks_a_login(
    reply: dict[str, Any],
) -> None:
    def answer(seen: Seen) -> Any:
        return json_reply(reply) if seen.path == "/auth/token" else illust_reply(seen)

    transport, clock = ScriptedTransport(answer), FakeClock()
    store = MemoryTokenStore(Tokens("refresh-1"))
    async with Pixiv(app=RefreshToken(store=store), transport=transport, clock=clock) as px:
        assert (await px.app.illust.detail(1)).id == 1
    assert store.tokens is not None
    assert store.tokens.refresh_token in ("refresh-1", "refresh-2")
    assert clock.time() < store.tokens.expires_at < clock.time() + 3600


@pytest.mark.anyio
async def test_a_refusal_says_so_whatever_is_in_the_store() -> None:
    transport = ScriptedTransport(lambda _: token_refused())
    store = MemoryTokenStore(Tokens("one"))
    async with Pixiv(app=RefreshToken("two", store=store), transport=transport) as px:
        with pytest.raises(RefreshTokenInvalid):
            await px.app.illust.detail(1)
    assert [seen.form["refresh_token"] for seen in transport.seen] == ["one", "two"]


class Callers:
    """Processes that call without end, each a work of its own."""

    def __init__(self, fake: FakePixiv, url: str, tokens: Path, count: int) -> None:
        self._fake = fake
        works = list(fake.world.works)[:count]
        self.living = {
            work: subprocess.Popen(
                [sys.executable, str(CALLER), url, str(tokens), str(work), backend],
                stderr=subprocess.PIPE,
                text=True,
            )
            for work, backend in zip(works, ["asyncio", "trio"] * count, strict=False)
        }

    def __enter__(self) -> Callers:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.living.values():
            process.kill()
            process.communicate()

    def wait_until_all_got_through(self) -> None:
        """Wait until each has made a call with a token that is good now, and twice."""
        seen, calls = len(self._fake.log), Counter[int]()
        # So long that it says nothing of how busy the machine is.
        deadline = time.monotonic() + 300
        while any(calls[work] < 2 for work in self.living):
            for process in self.living.values():
                if process.poll() is not None:
                    pytest.fail(process.communicate()[1])
            assert time.monotonic() < deadline, "a process hangs"
            time.sleep(0.01)
            arrived = self._fake.log[seen:]
            seen += len(arrived)
            good = {f"Bearer {token}" for token in self._fake.credentials.access_tokens}
            calls.update(
                int(dict(one.query)["illust_id"])
                for one in arrived
                if one.endpoint == DETAIL and one.headers.get("authorization") in good
            )

    def kill_one(self) -> None:
        _, process = self.living.popitem()
        process.kill()
        process.communicate()


@pytest.fixture
def callers(fake: FakePixiv, tmp_path: Path) -> Iterator[Callers]:
    path = tmp_path / "tokens.json"
    path.write_text(json.dumps({"refresh_token": fake.refresh_token}))
    with ExitStack() as stack:
        server = stack.enter_context(fake.serve())
        yield stack.enter_context(Callers(fake, server.url, path, 10))


def test_ten_processes_a_hundred_expiries_and_some_of_them_killed(
    fake: FakePixiv, callers: Callers
) -> None:
    """No call of one that lives fails, and each expiry takes one renewal."""
    callers.wait_until_all_got_through()
    for expiry in range(100):
        fake.expire_tokens()
        callers.wait_until_all_got_through()
        assert fake.count(TOKEN) == expiry + 2
        if expiry % 20 == 10:
            # Between renewals: one killed in the middle may take the only token with it.
            callers.kill_one()
    assert len(callers.living) == 5
