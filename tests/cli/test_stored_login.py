"""Commands use what ``pixivkit login`` has stored, at pixiv's own addresses only."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest
from click.testing import CliRunner

import pixivkit.client
from pixivkit import Tokens
from pixivkit._core.http.httpx_backend import HttpxBackend
from pixivkit.cli.client_options import client_options, hosts_at, token_store
from pixivkit.cli.command import commands
from pixivkit.testing import FakePixiv
from pixivkit.token_stores import FileTokenStore, default_token_path


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def call(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(commands, ["call", *arguments])
    return done.exit_code, done.output


def test_without_any_login_the_error_says_so() -> None:
    code, said = call("app.illust.detail", "illust_id=1")

    assert code == 3
    assert "needs a login" in said


def test_a_stored_login_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakePixiv(works=5)
    monkeypatch.setattr(
        pixivkit.client, "DefaultBackend", lambda **_: HttpxBackend(fake.transport)
    )
    store = FileTokenStore(default_token_path())
    anyio.run(store.save, Tokens(fake.refresh_token))

    code, said = call("app.illust.detail", f"illust_id={fake.world.newest()[0].id}", "--json")

    assert code == 0, said
    assert fake.count("app.illust.detail") == 1


def test_a_stored_login_goes_to_no_other_server() -> None:
    store = FileTokenStore(default_token_path())
    anyio.run(store.save, Tokens("a-refresh-token-of-pixiv"))

    assert "app" in client_options()
    assert "app" not in client_options("http://127.0.0.1:9")


def test_a_login_at_a_server_is_used_there_and_nowhere_else() -> None:
    here, there = hosts_at("http://127.0.0.1:9"), hosts_at("http://127.0.0.1:10")
    store = token_store(None, here)
    anyio.run(store.save, Tokens("a-refresh-token-of-the-server"))

    assert "app" in client_options("http://127.0.0.1:9/")
    assert "app" not in client_options("http://127.0.0.1:10")
    assert "app" not in client_options()
    assert repr(store) != repr(token_store(None, there)) != repr(token_store(None, None))
