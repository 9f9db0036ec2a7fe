"""What carries the requests of clients in tests."""

from __future__ import annotations

import pytest

from pixivkit._core.http import default_backend

BACKENDS = ("default", "httpx")


def use(backend: str, monkeypatch: pytest.MonkeyPatch, *, connections: int | None = None) -> None:
    """
    Have clients that are made from now on send over *backend*.

    Args:
        backend: ``httpx``, as where aiohttp is not installed, or ``default``: what users get with
            aiohttp.
        monkeypatch: Ends it.
        connections: How many there may be at once, if not as many as usual.
    """
    if backend == "httpx":
        monkeypatch.setattr(default_backend, "_has_aiohttp", lambda: False)
    if connections is not None:
        monkeypatch.setattr(default_backend, "CONNECTIONS", connections)
