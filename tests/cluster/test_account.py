"""What can be said of a cluster without one."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Any

import anyio
import pytest

from pixivkit import AccessToken, FileTokenStore, MemoryTokenStore, RefreshToken, SessionCookie
from pixivkit.cluster import Account, Cluster
from pixivkit.errors import ClusterError, InvalidArgument

TOKEN = "a-refresh-token-of-tests"
PROXY = "http://user:a-password-of-a-proxy@proxy.example"


def account(name: str = "first") -> Account:
    return Account(name, app=RefreshToken(TOKEN), web=SessionCookie("1_a-session"), proxy=PROXY)


def test_an_account_travels_whole_and_shows_nothing() -> None:
    one = account()
    assert pickle.loads(pickle.dumps(one)) == one
    shown = f"{one!r} {Cluster([one])!r}"
    assert "first" in shown
    assert TOKEN not in shown
    assert "a-session" not in shown
    assert "password" not in shown


@pytest.mark.parametrize("name", ["", "a b", "a/b", "-a", "ä", "a" * 65, TOKEN + "\n"])
def test_names_are_plain_and_errors_do_not_quote_them(name: str) -> None:
    with pytest.raises(InvalidArgument) as caught:
        Account(name)
    assert not name or name not in str(caught.value)


def test_a_store_belongs_to_a_login_that_is_renewed() -> None:
    store = FileTokenStore("tokens.json")
    with pytest.raises(InvalidArgument, match="two stores"):
        Account("first", app=RefreshToken(store=store), store=store)
    with pytest.raises(InvalidArgument, match="RefreshToken"):
        Account("first", app=AccessToken("token"), store=store)
    kept = MemoryTokenStore()
    assert Account("first", store=store).app_login(kept) == RefreshToken(store=store)
    given = Account("first", app=RefreshToken(TOKEN))
    assert given.needs_a_store
    assert given.app_login(kept) == RefreshToken(TOKEN, store=kept)


def test_accounts_have_names_of_their_own() -> None:
    with pytest.raises(InvalidArgument, match="two of the name first"):
        Cluster([account(), account()])
    with pytest.raises(InvalidArgument, match="needs an account"):
        Cluster([])
    with pytest.raises(InvalidArgument, match="takes Account"):
        Cluster([RefreshToken(TOKEN)])  # type: ignore[list-item]
    options: list[dict[str, Any]] = [{"calls_per_home": 0}, {"idle": 0.0}]
    for wrong in options:
        with pytest.raises(InvalidArgument):
            Cluster([account()], **wrong)


def test_on_trio_it_says_that_ray_is_not_for_that() -> None:
    async def enter() -> None:
        async with Cluster([account()]):
            pass

    with pytest.raises(ClusterError, match="asyncio"):
        anyio.run(enter, backend="trio")


def test_without_the_extra_it_says_which() -> None:
    program = (
        "import sys, asyncio\n"
        "sys.modules['ray'] = None\n"
        "from pixivkit.cluster import Account, Cluster\n"
        "async def enter():\n"
        "    async with Cluster([Account('first')]): pass\n"
        "try: asyncio.run(enter())\n"
        "except ImportError as exc: print(type(exc).__name__, exc)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "MissingExtra" in done.stdout
    assert "pip install 'pixivkit-async[ray]'" in done.stdout
