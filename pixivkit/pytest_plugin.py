"""
The pytest plugin: a fake pixiv for every test, and no connection to the real one.

Fixtures: ``fake_pixiv`` is a `FakePixiv`; ``pixiv`` makes clients of it, for ``async with pixiv()
as px:`` on asyncio and on trio. Names of pixiv's hosts, and those of bases of your own, do not
resolve in tests, except in those marked ``@pytest.mark.pixiv_network``.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from .client import Pixiv
    from .testing import FakePixiv

__all__ = ["fake_pixiv", "pixiv"]

_DOMAINS = ("pixiv.net", "pximg.net")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line(
        "markers", "pixiv_network: the test may reach the real hosts of pixiv (pixivkit)"
    )


@pytest.fixture(autouse=True)
def _no_real_pixiv(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    node: Any = request.node
    if node.get_closest_marker("pixiv_network") is not None:
        return
    resolve = socket.getaddrinfo

    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
        name = name.rstrip(".").lower()
        if _is_real(name):
            msg = f"a test tried to reach {name}; mark it pixiv_network if that is meant"
            raise RuntimeError(msg)
        return resolve(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", guarded)


def _is_real(name: str) -> bool:
    """Whether *name* is a host of pixiv, or of any base with endpoints that is not local."""
    from ._core.account.hosts import is_loopback
    from .registry import REGISTRY

    if any(name == domain or name.endswith("." + domain) for domain in _DOMAINS):
        return True
    hosts = {urlsplit(endpoint.base.url).hostname for endpoint in REGISTRY.values()}
    return name in hosts and not is_loopback(name)


@pytest.fixture
def fake_pixiv() -> FakePixiv:
    """A fake pixiv of the test's own."""
    from .testing import FakePixiv

    return FakePixiv()


@pytest.fixture
def pixiv(fake_pixiv: FakePixiv) -> Callable[..., Pixiv]:
    """Makes clients of the test's fake pixiv; takes the options of `Pixiv`."""
    return fake_pixiv.client
