"""The replies of `spec/examples`, for tests that look at each of them."""

from __future__ import annotations

from typing import Any

from pixivkit.examples import Example, example_names, examples_of
from pixivkit.registry import REGISTRY

REPLIES = [
    example for name in example_names() for example in examples_of(name) if example.has_reply
]
"""Each reply of each endpoint."""


def label(example: Example) -> str:
    """What a test of *example* is called."""
    return f"{example.endpoint}-{example.name}"


def chosen(example: Example) -> dict[str, object]:
    """The arguments that choose the type of the reply."""
    return {name: True for name in REGISTRY[example.endpoint].variants if example.call.get(name)}


def example(name: str) -> Any:
    """The body of a reply of the endpoint *name*, to change as you like."""
    return examples_of(name)[0].reply
