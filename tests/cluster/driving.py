"""Run the driver as a process of its own, and hear what it says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs

from pixivkit.cluster import Account
from pixivkit.testing import Server

from .nodes import RunningRay, login

DRIVER = Path(__file__).parent / "driver.py"


@attrs.frozen(kw_only=True)
class Work:
    """
    What a driver is to do.

    Attributes:
        ray: Where it does it.
        server: Where the fake is.
        accounts: The accounts, with a refresh token each.
        ids: The works it asks for.
        limit: How many calls it has under way.
        journal: Its journal, if it keeps one.
    """

    ray: RunningRay
    server: Server
    accounts: Sequence[Account]
    ids: Sequence[int]
    limit: int
    journal: Path | None = None

    def written(self) -> str:
        """Return it as the driver reads it."""
        about: dict[str, object] = {
            "address": self.ray.address,
            "url": self.server.url,
            "accounts": [_login(account) for account in self.accounts],
            "limit": self.limit,
            "journal": None if self.journal is None else str(self.journal),
            "ids": list(self.ids),
        }
        return json.dumps(about)


@contextmanager
def driving(work: Work) -> Generator[subprocess.Popen[str]]:
    """A driver that does *work*: its output is a line for each outcome; killed if it goes on."""
    with subprocess.Popen(
        [sys.executable, str(DRIVER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **login(work.ray.token)},
    ) as driver:
        assert driver.stdin is not None
        driver.stdin.write(work.written())
        driver.stdin.close()
        try:
            yield driver
        finally:
            driver.kill()


def drive(work: Work, lines: int | None = None) -> list[list[str]]:
    """Run a driver, kill it after so many *lines* of output (None for not), return them."""
    with driving(work) as driver:
        assert driver.stdout is not None
        said: list[list[str]] = []
        for line in driver.stdout:
            said.append(line.split())
            if len(said) == lines:
                driver.send_signal(signal.SIGKILL)
        driver.wait()
    assert driver.returncode == (0 if lines is None else -signal.SIGKILL)
    return said


def _login(account: Account) -> list[str]:
    assert account.app is not None and account.app.token is not None
    return [account.name, account.app.token]
