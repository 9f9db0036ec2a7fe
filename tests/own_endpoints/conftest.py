"""The endpoints of the gallery are declared while its tests run, and for no others."""

from __future__ import annotations

import pytest

from own_endpoints import gallery, orders
from pixivkit import REGISTRY

DECLARED = {
    name: endpoint
    for name, endpoint in REGISTRY.items()
    if endpoint.declaration.__module__ in (gallery.__name__, orders.__name__)
}
for name in DECLARED:
    del REGISTRY[name]


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put them into the registry."""
    for name, endpoint in DECLARED.items():
        monkeypatch.setitem(REGISTRY, name, endpoint)
