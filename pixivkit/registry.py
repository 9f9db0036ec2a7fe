"""All endpoints that are declared, by name."""

from __future__ import annotations

from ._core.basics.suggest import did_you_mean
from ._core.declaration.endpoint import Endpoint
from ._core.declaration.registry import REGISTRY, Registry
from .app import AppApi
from .errors import InvalidArgument
from .web import WebApi

__all__ = [
    "REGISTRY",
    "AppApi",
    "Endpoint",
    "Registry",
    "WebApi",
    "built_in_endpoints",
    "find_endpoint",
]


def built_in_endpoints() -> list[Endpoint]:
    """Return the endpoints that pixivkit declares, none of users, in the order of the registry."""
    return [e for e in REGISTRY.values() if e.declaration.__module__.startswith("pixivkit.")]


def find_endpoint(name: str) -> Endpoint:
    """
    Return the endpoint of that *name*.

    Raises:
        InvalidArgument: There is none; it says which one may be meant.
    """
    endpoint = REGISTRY.get(name)
    if endpoint is None:
        msg = f"no endpoint is called {name!r}{did_you_mean(name, REGISTRY)}"
        raise InvalidArgument(msg)
    return endpoint
