"""Endpoints of our own are declared while its tests run, and for no others."""

from __future__ import annotations

import pytest

from own_endpoints import frames, gallery, orders
from pixivkit import REGISTRY

DECLARED = {
    name: endpoint
    for name, endpoint in REGISTRY.items()
    if endpoint.declaration.__module__ in (frames.__name__, gallery.__name__, orders.__name__)
}
for name in DECLARED:
    del REGISTRY[name]


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put them into the registry."""
    for name, endpoint in DECLARED.items():
        monkeypatch.setitem(REGISTRY, name, endpoint)
