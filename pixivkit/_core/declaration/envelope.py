"""Unwrap the envelope of a reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from .endpoint import Endpoint


def payload(endpoint: Endpoint, json: object) -> object:
    """Return the payload of the body of a reply, without the envelope."""
    if endpoint.envelope and isinstance(json, (dict, Mapping)):
        return cast("Mapping[str, object]", json).get(endpoint.envelope)
    return json


def payload_path(endpoint: Endpoint) -> str:
    """Return the path of the payload in the body of a reply."""
    path = "$"
    if endpoint.envelope:
        path = f"{path}.{endpoint.envelope}"
    if endpoint.pick:
        path = f"{path}.{endpoint.pick}"
    return path
