"""JSON to models and back without a client, for caches and stored replies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._core.call import Request
from ._core.structure import structure_reply, unstructure
from .errors import InvalidArgument
from .registry import REGISTRY, Endpoint

__all__ = ["structure", "unstructure"]


def structure(endpoint_name: str, body: object, **arguments: object) -> Any:
    """
    Turn the stored body of a reply into what awaiting the call would have returned.

    The result is `Any` because its type depends on the name: annotate it where you call this.

    Args:
        endpoint_name: Name in the registry, such as ``app.illust.detail``.
        body: The JSON as pixiv sent it, envelope included.
        arguments: Arguments of the call that choose the type of the reply, such as ``full=True``
            of ``web.user.detail``; all others may be left out.

    Returns:
        The model of the reply; for endpoints with pages that of the whole page.

    Raises:
        InvalidArgument: No such endpoint.
        DecodeError: The body does not have the declared shape; the error says where.
    """
    endpoint = REGISTRY.get(endpoint_name)
    if endpoint is None:
        msg = f"no endpoint is called {endpoint_name!r}"
        raise InvalidArgument(msg)
    return structure_reply(request_for_reply(endpoint, arguments), body)


def request_for_reply(endpoint: Endpoint, arguments: Mapping[str, object]) -> Request:
    """A request that has just the arguments that matter for structuring a reply to it."""
    filled = tuple(
        arguments.get(param.name, None if param.required else param.default)
        for param in endpoint.params
    )
    return Request(endpoint, filled)
