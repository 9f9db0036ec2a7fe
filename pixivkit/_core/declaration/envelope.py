"""What is around the payload of a reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from .endpoint import Endpoint


def payload(endpoint: Endpoint, json: object) -> object:
    """Return what the body of a reply says, without the envelope."""
    if endpoint.envelope and isinstance(json, (dict, Mapping)):
        return cast("Mapping[str, object]", json).get(endpoint.envelope)
    return json


def payload_path(endpoint: Endpoint) -> str:
    """Where in the body of a reply the payload is, as the start of a path."""
    path = "$"
    if endpoint.envelope:
        path = f"{path}.{endpoint.envelope}"
    if endpoint.pick:
        path = f"{path}.{endpoint.pick}"
    return path
