"""Read the options of clients from the environment: logins and hosts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import anyio
import click

from .._core.account.credentials import AccessToken, RefreshToken, SessionCookie, TokenStore
from .._core.account.hosts import Hosts
from .._core.declaration.endpoint import OAUTH
from ..token_stores import FileTokenStore, KeyringTokenStore, default_token_path

T = TypeVar("T")

_NAMES = ("app", "oauth", "web", "images")


def client_options(server: str | None = None) -> dict[str, Any]:
    """
    Return the options of a client: the logins and hosts of the environment.

    Args:
        server: URL of a running ``pixivkit serve``, which goes before PIXIVKIT_HOSTS.

    Raises:
        click.UsageError: The environment or the URL makes no sense.
    """
    options: dict[str, Any] = {}
    if refresh_token := os.environ.get("PIXIV_REFRESH_TOKEN"):
        options["app"] = _made("PIXIV_REFRESH_TOKEN", lambda: RefreshToken(refresh_token))
    elif access_token := os.environ.get("PIXIV_ACCESS_TOKEN"):
        options["app"] = _made("PIXIV_ACCESS_TOKEN", lambda: AccessToken(access_token))
    if session := os.environ.get("PIXIV_PHPSESSID"):
        options["web"] = _made("PIXIV_PHPSESSID", lambda: SessionCookie(session))
    hosts = hosts_of(server)
    if hosts is not None:
        # Being polite is for pixiv's own servers.
        options |= {"hosts": hosts, "pace": None}
    if "app" not in options and (store := _stored_login(hosts)):
        options["app"] = RefreshToken(store=store)
    return options


def hosts_of(server: str | None) -> Hosts | None:
    """
    Return the hosts to ask in place of pixiv's: those of *server*, else of PIXIVKIT_HOSTS.

    Raises:
        click.UsageError: They make no sense.
    """
    if server:
        return _made("--server", lambda: hosts_at(server))
    if text := os.environ.get("PIXIVKIT_HOSTS"):
        return _made("PIXIVKIT_HOSTS", lambda: read_hosts(text))
    return None


def login_source() -> str:
    """Return where the login for the App API comes from: a variable, or a store."""
    for name in ("PIXIV_REFRESH_TOKEN", "PIXIV_ACCESS_TOKEN"):
        if os.environ.get(name):
            return name
    return "`pixivkit login`"


def token_store(where: str | None, hosts: Hosts | None) -> TokenStore:
    """
    Return the store that an option ``--store`` names.

    Args:
        where: A path, or ``keyring``; None for the usual file.
        hosts: Where the login is good; None for pixiv. A login goes to the server that gave it
            and to no other, so each has a store of its own.

    Raises:
        TokenStoreError: The keyring is asked for, and its extra is not installed.
    """
    oauth = (hosts or Hosts()).oauth
    server = "" if oauth == OAUTH.url else re.sub(r"\W+", "-", oauth.partition("://")[2])
    if where == "keyring":
        return KeyringTokenStore(account=server) if server else KeyringTokenStore()
    path = Path(where or default_token_path())
    return FileTokenStore(path.with_stem(f"{path.stem}-{server}") if server else path)


def _stored_login(hosts: Hosts | None) -> TokenStore | None:
    """Return the store of ``pixivkit login``, where it holds a login."""
    store = token_store(os.environ.get("PIXIVKIT_STORE"), hosts)
    return None if anyio.run(store.load) is None else store


def hosts_at(url: str) -> Hosts:
    """Return the hosts below the *url* of a running ``pixivkit serve``."""
    base = url.rstrip("/")
    return Hosts(f"{base}/app", f"{base}/oauth", f"{base}/web", f"{base}/images")


def read_hosts(text: str) -> Hosts:
    """
    Parse hosts in the format of PIXIVKIT_HOSTS.

    Args:
        text: One URL, of a running ``pixivkit serve``, or ``app=URL,oauth=URL,web=URL`` and
            ``images=URL`` with any of them left out.

    Raises:
        ValueError: It is neither.
    """
    if text.startswith(("http://", "https://")):
        return hosts_at(text)
    pairs = [pair.partition("=") for pair in text.split(",")]
    found: dict[str, Any] = {name.strip(): url.strip() for name, _, url in pairs}
    if unknown := found.keys() - set(_NAMES):
        msg = f"{min(unknown)!r} is none of {', '.join(_NAMES)}"
        raise ValueError(msg)
    return Hosts(**found)


def _made(name: str, make: Callable[[], T]) -> T:
    try:
        return make()
    except ValueError as exc:
        # The messages of these never quote the value.
        raise click.UsageError(f"{name}: {exc}") from None
