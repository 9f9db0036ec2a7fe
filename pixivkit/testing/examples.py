"""The example replies of the contract, which stand in for what the fake does not simulate."""

from __future__ import annotations

import functools
from pathlib import Path

import orjson

__all__ = ["example", "example_names"]

_HERE = Path(__file__).parent
# In a wheel, and in a checkout.
_FOLDERS = (_HERE / "examples", _HERE.parents[1] / "spec" / "examples")


@functools.cache
def _folder() -> Path:
    return next((folder for folder in _FOLDERS if folder.is_dir()), _FOLDERS[0])


def example_names() -> list[str]:
    """The names of the endpoints that there are examples of."""
    return sorted(path.name.removesuffix(".json") for path in _folder().glob("*.json"))


def example(name: str, variant: str = "") -> object:
    """
    The whole body of a reply of an endpoint, envelope included.

    Args:
        name: Name of the endpoint.
        variant: The argument that chooses another type of reply; empty for none.

    Raises:
        LookupError: There is no example of it.
    """
    path = _folder() / (f"{name}.{variant}.json" if variant else f"{name}.json")
    try:
        return orjson.loads(path.read_bytes())
    except FileNotFoundError:
        msg = f"there is no example of {name}"
        raise LookupError(msg) from None
