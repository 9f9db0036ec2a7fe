"""``pixivkit doctor``: check what calls depend on, and say what to do."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
import socket
import ssl
import stat
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import urlsplit

import anyio
import attrs
import click

from .._core.account.hosts import Hosts
from .._version import __version__
from ..client import Pixiv
from ..errors import PixivError
from ..token_stores import FileTokenStore
from .client_options import login_source
from .failures import exit_code
from .options import Connection, connection_options, output_options
from .output import Output
from .waiting import run
from .whoami import Account, account_of_app, account_of_web

__all__ = ["doctor"]

_State: TypeAlias = Literal["ok", "look", "failed"]

_STYLES: Final = {"ok": "green", "look": "yellow", "failed": "bold red"}
_EXTRAS: Final = (
    "anyio", "attrs", "cattrs", "httpx", "httpcore", "aiohttp", "starlette", "pyarrow", "keyring",
    "Pillow", "opentelemetry-api",
)  # fmt: skip
_PROXIES: Final = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
_IMAGES: Final = "https://i.pximg.net"
_LOGINS: Final = ("app", "web")
_SECONDS: Final = 10
_CLOCK: Final = 60


@attrs.frozen
class Finding:
    """
    What one check has found.

    Attributes:
        check: What was looked at.
        state: Whether all is well; ``look`` where it may be.
        found: What there is.
        remedy: What to do about it.
        status: The exit status that it means.
    """

    check: str
    state: _State
    found: str
    remedy: str = ""
    status: int = 0


@click.command(short_help="Check logins, hosts, clock and proxy.")
@output_options
@connection_options
def doctor(output: Output, connection: Connection) -> None:
    """
    Check the versions, the logins, the hosts, the clock and the proxy, and say what to do.

    It sends a few reading requests. The exit status is that of the first check that failed.
    """
    settings = connection.settings()
    findings: list[Finding] = []

    async def work() -> None:
        async for finding in _examine(settings):
            findings.append(finding)
            if not output.as_json:
                words = (finding.state, finding.check, finding.found, finding.remedy)
                output.line(*filter(None, words), style=_STYLES[finding.state], width=6)

    run(work)
    if output.as_json:
        output.json([attrs.asdict(finding) for finding in findings])
    sys.exit(next((one.status for one in findings if one.state == "failed"), 0))


async def _examine(settings: dict[str, Any]) -> AsyncIterator[Finding]:
    yield _versions()
    for finding in (*_logins(settings), *_proxies(settings)):
        yield finding
    hosts: Hosts = settings.get("hosts") or Hosts()
    urls = {"app": hosts.app, "oauth": hosts.oauth, "web": hosts.web}
    urls["images"] = hosts.images or _IMAGES
    if "proxy" in settings:
        urls = {"proxy": settings["proxy"]}
    reached = True
    for name, url in urls.items():
        finding = await _host(name, url)
        reached = reached and finding.state == "ok"
        yield finding
    if not reached:
        return
    settings = settings | {"patience": _SECONDS}
    answer = await _answer({key: one for key, one in settings.items() if key not in _LOGINS})
    yield answer
    if answer.state == "failed":
        return
    if "app" in settings:
        yield await _account("app", lambda: account_of_app(settings))
    if "web" in settings:
        yield await _account("web", lambda: account_of_web(settings))


def _versions() -> Finding:
    found = [f"pixivkit {__version__}", f"Python {platform.python_version()}"]
    for name in _EXTRAS:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return Finding("versions", "ok", ", ".join(found))


def _logins(settings: dict[str, Any]) -> Iterator[Finding]:
    if "app" in settings:
        yield Finding("login app", "ok", f"from {login_source()}")
    else:
        remedy = "run `pixivkit login`, or set PIXIV_REFRESH_TOKEN"
        yield Finding("login app", "look", "none: px.app cannot be used", remedy)
    if "web" in settings:
        yield Finding("login web", "ok", "from PIXIV_PHPSESSID")
    else:
        remedy = "set PIXIV_PHPSESSID to the cookie of a browser's session"
        yield Finding("login web", "look", "none: only what pixiv shows to all", remedy)
    store = getattr(settings.get("app"), "store", None)
    if isinstance(store, FileTokenStore) and os.name == "posix" and store.path.exists():
        mode = stat.S_IMODE(store.path.stat().st_mode)
        if mode & 0o077:
            remedy = f"chmod 600 {store.path}"
            yield Finding("token file", "look", f"others may read it ({mode:o})", remedy)


def _proxies(settings: dict[str, Any]) -> Iterator[Finding]:
    named = [name for name in _PROXIES if os.environ.get(name) or os.environ.get(name.lower())]
    if named and "proxy" not in settings:
        remedy = "give it as --proxy or PIXIVKIT_PROXY if pixiv is to be reached through it"
        yield Finding("proxy", "look", f"{named[0]} is set, and is not used", remedy)


async def _host(name: str, url: str) -> Finding:
    split = urlsplit(url)
    host, tls = split.hostname or "", split.scheme == "https"
    port = split.port or (443 if tls else 80)
    check = f"host {name}"
    began = time.perf_counter()
    try:
        with anyio.fail_after(_SECONDS):
            stream = (
                await anyio.connect_tcp(host, port, tls=True, tls_hostname=host)
                if tls
                else await anyio.connect_tcp(host, port)
            )
            await anyio.aclose_forcefully(stream)
    except socket.gaierror:
        return Finding(check, "failed", f"{host} has no address", "look at the DNS server", 6)
    except ssl.SSLError as exc:
        remedy = "something between here and pixiv answers in its place"
        return Finding(check, "failed", f"{host}: TLS: {exc.reason}", remedy, 6)
    except TimeoutError:
        remedy = "a firewall may block it: try --proxy"
        return Finding(check, "failed", f"{host}:{port} did not answer in {_SECONDS} s", remedy, 6)
    except OSError as exc:
        remedy = "look at the network, or try --proxy"
        return Finding(check, "failed", f"{host}:{port}: {exc.strerror or exc}", remedy, 6)
    milliseconds = (time.perf_counter() - began) * 1000
    return Finding(check, "ok", f"{host}:{port} in {milliseconds:.0f} ms")


async def _answer(settings: dict[str, Any]) -> Finding:
    try:
        async with Pixiv(**settings) as px:
            reply = (await px.app.walkthrough.illusts().first()).reply
    except PixivError as exc:
        return Finding("answer", "failed", f"{type(exc).__name__}: {exc}", "", exit_code(exc))
    now = dt.datetime.now(dt.UTC)
    try:
        ahead = (now - parsedate_to_datetime(reply.headers["date"])).total_seconds()
    except (KeyError, ValueError):
        return Finding("clock", "look", "the server does not tell the time")
    if abs(ahead) > _CLOCK:
        words = f"{abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} pixiv's"
        return Finding("clock", "look", words, "set the clock: tokens and rankings go by it")
    return Finding("clock", "ok", f"within {_CLOCK} s of pixiv's")


async def _account(api: str, asked: Callable[[], Awaitable[Account]]) -> Finding:
    try:
        account = await asked()
    except PixivError as exc:
        return Finding(
            f"account {api}", "failed", f"{type(exc).__name__}: {exc}", "", exit_code(exc)
        )
    whose = f"{account.id} {account.name}" if account.id else "the login is accepted"
    return Finding(f"account {api}", "ok", whose)
