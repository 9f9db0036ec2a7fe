"""The invented replies that the project ships."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

_FOLDER = Path(__file__).parents[2] / "spec" / "examples"


def example(name: str) -> Any:
    """The body of a reply of the endpoint *name*."""
    return orjson.loads((_FOLDER / f"{name}.json").read_bytes())
