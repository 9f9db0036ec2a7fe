"""``pixivkit login``."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path

import anyio
import httpx
import pytest
from click.testing import CliRunner, Result
from support.script import ScriptedTransport, in_turn, json_reply, token_reply

from pixivkit import Tokens
from pixivkit import login as logins
from pixivkit.cli.client_options import token_store
from pixivkit.cli.login import login
from pixivkit.errors import LoginCodeInvalid, TokenStoreError
from pixivkit.token_stores import FileTokenStore

CODE = "Zx81-_fakeCodeOfALogin0123456789"
SECRETS = ("access-secret", "refresh-secret")

Run = Callable[..., Result]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was started with."""
    addresses: list[str] = []

    def launch(url: str) -> int:
        addresses.append(url)
        return 0

    monkeypatch.setattr("click.launch", launch)
    return addresses


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[httpx.Response], ScriptedTransport]:
    """Sets what the token endpoint says."""

    def set_answer(answer: httpx.Response) -> ScriptedTransport:
        pixiv = ScriptedTransport(in_turn(answer))
        finish = functools.partial(logins.finish, transport=pixiv)
        monkeypatch.setattr("pixivkit.login.finish", finish)
        return pixiv

    return set_answer


@pytest.fixture
def run(
    answers: Callable[[httpx.Response], ScriptedTransport],
    opened: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Runs the command where nobody has logged in yet, and pixiv takes any code."""
    del opened
    for name in ("PIXIVKIT_HOSTS", "PIXIVKIT_STORE", "PIXIV_REFRESH_TOKEN", "PIXIV_ACCESS_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    answers(token_reply("access-secret", refresh="refresh-secret"))

    def invoke(
        *args: str, pasted: str = f"pixiv://account/login?code={CODE}&via=login\n"
    ) -> Result:
        return CliRunner().invoke(login, args, input=pasted)

    return invoke


def kept_in(path: Path) -> Tokens | None:
    return anyio.run(FileTokenStore(path).load)


def test_a_login_says_where_to_go_and_where_the_tokens_are(
    run: Run, tmp_path: Path, opened: list[str]
) -> None:
    result = run()
    assert result.exit_code == 0, result.output
    path = tmp_path / "settings" / "pixivkit" / "tokens.json"
    [address] = opened
    assert address.startswith("https://app-api.pixiv.net/web/v1/login?code_challenge=")
    assert address in result.stderr
    assert f"Logged in as user 90000010; the tokens are kept in {path}." in result.stderr
    tokens = kept_in(path)
    assert tokens is not None
    assert tokens.refresh_token == "refresh-secret"


def test_nothing_but_show_prints_a_token(run: Run) -> None:
    result = run()
    assert result.stdout == ""
    assert not any(secret in result.output for secret in SECRETS)


def test_no_browser_is_started_on_request(run: Run, opened: list[str]) -> None:
    result = run("--no-browser")
    assert result.exit_code == 0
    assert opened == []
    assert "https://app-api.pixiv.net/web/v1/login?code_challenge=" in result.stderr


def test_the_store_may_be_another_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("--store", str(tmp_path / "mine.json")).exit_code == 0
    assert kept_in(tmp_path / "mine.json") is not None
    monkeypatch.setenv("PIXIVKIT_STORE", str(tmp_path / "named.json"))
    assert run().exit_code == 0
    assert kept_in(tmp_path / "named.json") is not None
    assert not (tmp_path / "settings").exists()


def test_what_is_no_code_is_asked_for_again(run: Run) -> None:
    result = run(pasted=f"what is this\n{CODE}\n")
    assert result.exit_code == 0
    assert "this is no login code" in result.stderr


def test_without_an_answer_nothing_is_kept(run: Run, tmp_path: Path) -> None:
    assert run(pasted="").exit_code == 1
    assert not (tmp_path / "settings").exists()


def test_an_expired_code_is_said_to_be_one(
    run: Run, answers: Callable[[httpx.Response], ScriptedTransport], tmp_path: Path
) -> None:
    system = {"message": "The authorization code has expired", "code": 1508}
    body = {"has_error": True, "errors": {"system": system}, "error": "invalid_grant"}
    answers(json_reply(body, status=400))
    result = run()
    assert isinstance(result.exception, LoginCodeInvalid)
    assert "about 30 seconds: start the login again" in str(result.exception)
    assert not (tmp_path / "settings").exists()


def test_show_prints_the_refresh_token_that_is_kept_and_nothing_else(
    run: Run, answers: Callable[[httpx.Response], ScriptedTransport], opened: list[str]
) -> None:
    run()
    opened.clear()
    pixiv = answers(json_reply({}, status=500))
    result = run("--show", pasted="")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "refresh-secret\n", "")
    assert opened == []
    assert pixiv.seen == []


def test_show_logs_in_where_nobody_has(run: Run) -> None:
    result = run("--show")
    assert result.exit_code == 0
    assert result.stdout == "refresh-secret\n"
    assert not any(secret in result.stderr for secret in SECRETS)


def test_a_keyring_that_is_not_there_is_said_before_the_login(
    run: Run, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    result = run("--store", "keyring")
    assert isinstance(result.exception, TokenStoreError)
    assert opened == []


def test_a_path_is_a_file_store(tmp_path: Path) -> None:
    store = token_store(str(tmp_path / "keyring.json"), None)
    assert isinstance(store, FileTokenStore)
    assert store.path == tmp_path / "keyring.json"
