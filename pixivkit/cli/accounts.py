"""The accounts of ``--cluster``: from a file, or the one of the environment."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from .._core.account.credentials import RefreshToken, SessionCookie
from .._core.waiting.pace import Pace
from ..errors import PixivError
from ..token_stores import FileTokenStore

if TYPE_CHECKING:
    from ..cluster import Account

__all__ = ["read_accounts", "sole_account"]

_TEXTS: Final = ("refresh_token", "phpsessid", "proxy", "image_proxy", "store")
_SOLE: Final = "default"


def sole_account(settings: Mapping[str, Any]) -> Account:
    """
    Return the account of the environment, whose home is called ``default``.

    Args:
        settings: The arguments of a client for it.
    """
    from ..cluster import Account

    names = ("app", "web", "proxy", "pace")
    return Account(_SOLE, **{name: settings[name] for name in names if name in settings})


def read_accounts(path: Path, *, polite: bool) -> list[Account]:
    """
    Read the accounts of a TOML file: a table for each, named as it is.

    Args:
        path: The file.
        polite: Whether those that name no rate keep the usual one.

    Raises:
        click.UsageError: It cannot be read, or makes no sense; what it holds is not quoted.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except OSError as exc:
        raise click.UsageError(f"--accounts: {path}: {exc.strerror or exc}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise click.UsageError(f"--accounts: {path} is not TOML") from None
    accounts: list[Account] = []
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise click.UsageError(f"--accounts: {path}: {name!r} is no table")
        try:
            accounts.append(_account(name, cast("dict[str, object]", table), polite=polite))
        except (PixivError, ValueError) as exc:
            raise click.UsageError(f"--accounts: {path}: [{name}]: {exc}") from None
    return accounts


def _account(name: str, table: dict[str, object], *, polite: bool) -> Account:
    from ..cluster import Account

    if unknown := table.keys() - {*_TEXTS, "rate"}:
        raise ValueError(f"{min(unknown)!r} is none of {', '.join(_TEXTS)}, rate")
    texts: dict[str, str] = {}
    for key in table.keys() & set(_TEXTS):
        value = table[key]
        if not isinstance(value, str):
            raise ValueError(f"{key} is a text")
        texts[key] = value
    rate = table.get("rate")
    if rate is not None and (isinstance(rate, bool) or not isinstance(rate, int | float)):
        raise ValueError("rate is a number: requests a second")
    store = FileTokenStore(texts["store"]) if "store" in texts else None
    token, session = texts.get("refresh_token"), texts.get("phpsessid")
    pace = Pace() if polite else None
    return Account(
        name,
        app=None if token is None else RefreshToken(token),
        web=None if session is None else SessionCookie(session),
        proxy=texts.get("proxy"),
        image_proxy=texts.get("image_proxy"),
        pace=pace if rate is None else Pace(rate=rate),
        store=store,
    )
