"""What tests may call the endpoints of the fake; a misspelled name is refused, not ignored."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Final

from .._core.basics.suggest import did_you_mean
from ..errors import InvalidArgument
from ..registry import REGISTRY

__all__ = ["check_endpoint", "check_pattern"]

_NO_ENDPOINTS: Final = ("images", "web.page", "app.login")
"""Files, pages of the site, and the login: what the fake answers beside its endpoints."""


def check_endpoint(name: str) -> None:
    """
    Refuse the *name* of an endpoint that the fake does not have.

    The empty name is that of requests to what does not exist.

    Raises:
        InvalidArgument: There is none; it says which one was probably meant.
    """
    known = [*REGISTRY, *_NO_ENDPOINTS]
    if name and name not in known:
        msg = f"no endpoint is called {name!r}{did_you_mean(name, known)}"
        raise InvalidArgument(msg)


def check_pattern(pattern: str) -> None:
    """
    Refuse a *pattern*, such as ``app.illust.*``, that fits no endpoint of the fake.

    Raises:
        InvalidArgument: It fits none; it says which one was probably meant.
    """
    known = [*REGISTRY, *_NO_ENDPOINTS]
    if not any(fnmatchcase(name, pattern) for name in known):
        msg = f"no endpoint fits {pattern!r}{did_you_mean(pattern, known)}"
        raise InvalidArgument(msg)
