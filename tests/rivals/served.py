"""``pixivkit serve`` in a process of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

import attrs

from pixivkit import Hosts


@attrs.frozen
class Served:
    """
    A fake pixiv that is served.

    Attributes:
        url: Where it is, without a slash at the end.
        refresh_token: A login for its App API.
        session_cookie: One for its web API.
    """

    url: str
    refresh_token: str
    session_cookie: str

    @property
    def hosts(self) -> Hosts:
        """Where its parts are."""
        app, oauth, web, images = (
            f"{self.url}/{part}" for part in ("app", "oauth", "web", "images")
        )
        return Hosts(app=app, oauth=oauth, web=web, images=images)


@contextlib.contextmanager
def serving(*options: str) -> Iterator[Served]:
    """Serve a fake pixiv while the block runs."""
    command = [sys.executable, "-m", "pixivkit", "serve", *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            told: dict[str, str] = {}
            while "try" not in told:
                line = process.stdout.readline()
                if not line:
                    raise SystemExit("pixivkit serve did not start")
                name, _, value = line.rstrip("\n").partition("\t")
                told[name] = value
            yield Served(told["url"], told["refresh token"], told["session cookie"])
        finally:
            process.terminate()
