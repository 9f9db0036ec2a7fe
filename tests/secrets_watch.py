"""
No secret leaks, in the whole run of the tests.

Every credential that a test makes is remembered. At the end of the run, everything that was logged
(at every level), every event that a client emitted and every exception of pixivkit that was made
is searched for them; one that is found fails the run. Under pytest-xdist each worker searches what
was said in it, and tells the process that started it.
"""

from __future__ import annotations

import functools
import logging
from typing import Any

import pytest

from pixivkit import AccessToken, ApiKey, RefreshToken, SessionCookie, Tokens
from pixivkit._core.basics.events import Event, Listener, emit
from pixivkit._core.sending import executor, login_requests
from pixivkit._core.waiting import long_waits
from pixivkit.errors import PixivError

SHORTEST = 10
"""Shorter values, such as ``token``, are words that stand in texts by right."""

SECRET_FIELDS: dict[type[Any], tuple[str, ...]] = {
    AccessToken: ("token",),
    ApiKey: ("key",),
    RefreshToken: ("token",),
    SessionCookie: ("value",),
    Tokens: ("access_token", "refresh_token"),
}

FOUND = "secrets_watch"
"""Where a worker of pytest-xdist puts its findings."""

secrets: set[str] = set()
said: set[str] = set()
findings: list[str] = []


class _Everything(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        said.add(record.getMessage())
        said.update(str(value) for value in vars(record).values() if isinstance(value, str))


def _remember_secrets(kind: type[Any], names: tuple[str, ...]) -> None:
    make = kind.__init__

    @functools.wraps(make)
    def remembering(self: Any, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        for name in names:
            value = getattr(self, name)
            if isinstance(value, str) and len(value) >= SHORTEST:
                secrets.add(value)
        said.add(repr(self))

    kind.__init__ = remembering


def _remember_errors() -> None:
    make = PixivError.__init__

    @functools.wraps(make)
    def remembering(self: PixivError, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        said.update(map(str, (*args, *kwargs.values())))

    PixivError.__init__ = remembering  # type: ignore[method-assign]


def _emit(event: Event, listener: Listener | None) -> None:
    said.add(repr(event))
    emit(event, listener)


def pytest_configure() -> None:
    """Listen to everything, from the start."""
    logging.getLogger().addHandler(_Everything(logging.DEBUG))
    logging.getLogger("pixivkit").setLevel(logging.DEBUG)
    for kind, names in SECRET_FIELDS.items():
        _remember_secrets(kind, names)
    _remember_errors()
    for module in (executor, login_requests, long_waits):
        module.emit = _emit  # type: ignore[attr-defined]


def _leaks() -> list[str]:
    """What was said with a secret in it, without the secret."""
    everything = "\n".join(said)
    return [
        f"a secret leaked ({secret[:4]}...): {where.replace(secret, '[SECRET]')[:500]}"
        for secret in secrets
        if secret in everything
        for where in [next(text for text in said if secret in text)]
    ]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Search what was said; a worker hands on what it finds, any other process fails the run."""
    findings.extend(_leaks())
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[FOUND] = findings
    elif findings:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take the findings of a worker that has ended."""
    findings.extend(getattr(node, "workeroutput", {}).get(FOUND, ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was found."""
    for finding in findings:
        terminalreporter.write_line(finding, red=True)
