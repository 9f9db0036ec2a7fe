"""The endpoints of the gallery are declared while its tests run, and for no others."""

from __future__ import annotations

import gallery
import orders  # noqa: F401
import pytest

from pixivkit import REGISTRY

DECLARED = {name: one for name, one in REGISTRY.items() if one.base == gallery.GALLERY}
for name in DECLARED:
    del REGISTRY[name]


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put them into the registry."""
    for name, endpoint in DECLARED.items():
        monkeypatch.setitem(REGISTRY, name, endpoint)
