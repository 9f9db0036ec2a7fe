"""The command line, called as a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from click.testing import Result

__all__ = ["Command"]

Command: TypeAlias = Callable[..., Result]
"""Runs ``pixivkit`` with these arguments, and ``stdin=``."""
