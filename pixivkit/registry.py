"""All endpoints that are declared, by name."""

from __future__ import annotations

from ._core.basics.suggest import did_you_mean
from ._core.declaration.endpoint import Endpoint
from ._core.declaration.registry import REGISTRY, Registry
from .app import AppApi
from .errors import InvalidArgument
from .web import WebApi

__all__ = ["REGISTRY", "AppApi", "Endpoint", "Registry", "WebApi", "find_endpoint"]


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
