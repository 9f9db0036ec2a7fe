"""A fake pixiv on a socket, and the command, logged in to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support.command import Command

from pixivkit.cli.command import commands
from pixivkit.testing import FakePixiv, Server

_VARIABLES = (
    "PIXIV_REFRESH_TOKEN", "PIXIV_ACCESS_TOKEN", "PIXIV_PHPSESSID", "PIXIVKIT_HOSTS",
    "PIXIVKIT_STORE", "PIXIVKIT_PROXY",
)  # fmt: skip


@pytest.fixture(scope="session")
def shared_server() -> Iterator[Server]:
    with FakePixiv(works=120, users=8).serve() as running:
        yield running


@pytest.fixture
def anonymous(shared_server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Runs `pixivkit` against the fake, without any login or settings."""
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("PIXIVKIT_HOSTS", shared_server.url)

    def run(*arguments: object, stdin: str | None = None) -> Result:
        return CliRunner().invoke(commands, [str(one) for one in arguments], input=stdin)

    return run


@pytest.fixture
def command(shared_server: Server, anonymous: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `pixivkit` against the fake, logged in to both APIs."""
    monkeypatch.setenv("PIXIV_REFRESH_TOKEN", shared_server.fake.refresh_token)
    monkeypatch.setenv("PIXIV_PHPSESSID", shared_server.fake.session_cookie)
    return anonymous
