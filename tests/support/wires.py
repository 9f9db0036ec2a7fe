"""What carries the requests of clients in tests."""

from __future__ import annotations

import pytest

from pixivkit._core.http import transport

WIRES = ("default", "httpx")


def use(wire: str, monkeypatch: pytest.MonkeyPatch, *, connections: int | None = None) -> None:
    """
    Have clients that are made from now on send over *wire*.

    Args:
        wire: ``httpx``, as where aiohttp is not installed, or ``default``: what a user gets with
            aiohttp.
        monkeypatch: Ends it.
        connections: How many there may be at once, if not as many as usual.
    """
    if wire == "httpx":
        monkeypatch.setattr(transport, "_has_aiohttp", lambda: False)
    if connections is not None:
        monkeypatch.setattr(transport, "CONNECTIONS", connections)
