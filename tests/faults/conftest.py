"""One fake for all tests of a module, in process and on a socket, over each wire."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support import backends

from faults.site import Site
from pixivkit.testing import FakePixiv, Server


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    with FakePixiv(works=1400, users=12).serve() as server:
        yield server


@pytest.fixture(params=["in process", "socket", "socket over httpx"])
def site(request: pytest.FixtureRequest, served: Server, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The fake in process, with the wire that a user gets (aiohttp on asyncio), and with httpx."""
    fake = served.fake
    fake.plan = None
    fake.log.clear()
    if request.param == "in process":
        return Site(fake, fake.client)
    backends.use("httpx" if request.param == "socket over httpx" else "default", monkeypatch)
    return Site(fake, served.client)
