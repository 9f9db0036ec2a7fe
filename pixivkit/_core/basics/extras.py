"""The extras of the distribution: their modules, and the error where one is missing."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from ...errors import MissingExtra

_BROUGHT: Final = {
    "cli": ("click", "rich"),
    "fsspec": ("fsspec",),
    "images": ("PIL",),
    "parquet": ("pyarrow",),
    "ray": ("ray",),
    "telemetry": ("opentelemetry",),
    "testing": ("starlette", "python_multipart", "uvicorn"),
}


@contextmanager
def needs(extra: str, what: str) -> Generator[None]:
    """
    Import what comes with an *extra* inside this block.

    Args:
        extra: Name of the extra.
        what: What needs it, for people.

    Raises:
        MissingExtra: It is not installed.
    """
    try:
        for module in _BROUGHT[extra]:
            importlib.import_module(module)
        yield
    except ImportError as exc:
        missing = (exc.name or "").partition(".")[0]
        if missing not in _BROUGHT[extra]:
            raise
        msg = f"{what} needs {missing}: pip install 'pixivkit-async[{extra}]'"
        raise MissingExtra(msg, extra=extra, name=missing) from exc


def is_installed(module: str) -> bool:
    """Whether *module*, which comes with an extra, can be imported; does not import it."""
    try:
        return importlib.util.find_spec(module) is not None
    except ImportError:
        return False
