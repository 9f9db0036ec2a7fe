"""What all commands have in common."""

from __future__ import annotations

import sys

import pytest
from click.testing import CliRunner

from pixivkit import errors
from pixivkit.cli import main
from pixivkit.cli.client_options import hosts_at, read_hosts
from pixivkit.cli.command import commands
from pixivkit.cli.failures import EXIT_CODES, describe, exit_code
from pixivkit.cli.output import leaves, one_line


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.PixivError("x"), 1),
        (errors.ApiError("x"), 1),
        (errors.OffsetLimit("x"), 1),
        (errors.UploadFailed("x"), 1),
        (errors.InvalidArgument("x"), 2),
        (errors.AuthError("x"), 3),
        (errors.RefreshTokenInvalid("x"), 3),
        (errors.AuthUnavailable("x"), 6),
        (errors.NotFound("x"), 4),
        (errors.EndpointGone("x"), 4),
        (errors.Restricted("x"), 4),
        (errors.PremiumRequired("x"), 4),
        (errors.RateLimited("x"), 5),
        (errors.Timeout("x"), 6),
        (errors.ConnectionFailed("x"), 6),
        (errors.ServerError("x"), 7),
        (errors.BlockedByCloudflare("x"), 7),
        (errors.DecodeError(["$: x"]), 8),
        (errors.PagingError("x"), 8),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_every_error_has_an_exit_code(error: errors.PixivError, code: int) -> None:
    assert exit_code(error) == code
    assert code in EXIT_CODES


def test_help_lists_commands_and_exit_codes() -> None:
    shown = CliRunner().invoke(commands, ["--help"]).stdout
    for name in ("endpoints", "call", "conform", "serve", "demo"):
        assert f"  {name} " in shown
    for code, words in EXIT_CODES.items():
        assert f"  {code:<3}  {words}\n" in shown


def test_errors_are_one_line() -> None:
    said = describe(errors.NotFound("gone\nfor\x1b[31mgood", endpoint="app.illust.detail"))
    assert said == "pixivkit: NotFound: app.illust.detail: gone for\\x1b[31mgood"


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_missing_extra_is_named(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [n for n in sys.modules if n.split(".")[0] == missing]:
        monkeypatch.delitem(sys.modules, name)
    for name in [n for n in sys.modules if n.startswith("pixivkit.cli.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == 1
    assert "pip install 'pixivkit-async[cli]'" in capsys.readouterr().err


def test_hosts() -> None:
    assert hosts_at("http://127.0.0.1:8000/").web == "http://127.0.0.1:8000/web"
    assert read_hosts("http://127.0.0.1:8000").oauth == "http://127.0.0.1:8000/oauth"
    some = read_hosts("app=https://mirror.example, images=https://images.example")
    assert (some.app, some.web) == ("https://mirror.example", "https://www.pixiv.net")
    for wrong in ("apps=https://mirror.example", "nonsense", "http://mirror.example"):
        with pytest.raises(ValueError, match=r"none of|plain http|not an http"):
            read_hosts(wrong)


def test_leaves() -> None:
    value = {"a": 1, "b": {"c": [True, None]}, "d": "", "e": {5: "x"}}
    assert list(leaves(value)) == [("a", 1), ("b.c[0]", True), ("e.5", "x")]


def test_cells_hold_nothing_a_terminal_obeys() -> None:
    assert one_line("a\tb\nc\x1b[0m 猫") == "a b c\\x1b[0m 猫"
    assert one_line(True) == "true"
    assert one_line(None) == ""
