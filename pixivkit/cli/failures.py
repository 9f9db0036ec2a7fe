"""Exit codes and messages for errors."""

from __future__ import annotations

from typing import Final

from ..errors import (
    AuthError,
    AuthUnavailable,
    BlockedByCloudflare,
    DecodeError,
    InvalidArgument,
    NotFound,
    PagingError,
    PixivError,
    RateLimited,
    Restricted,
    ServerError,
    TransportError,
)
from .output import one_line

EXIT_CODES: Final = {
    1: "something else failed, or files did not conform",
    2: "the command line or an argument is wrong; nothing was sent",
    3: "the login is missing, wrong or not enough",
    4: "there is no such thing, or the account may not see it",
    5: "too many requests",
    6: "no usable reply arrived",
    7: "pixiv is broken, or Cloudflare blocks the way",
    8: "the reply does not have the declared shape",
    130: "interrupted with Ctrl-C",
}

_CODES: dict[type[PixivError], int] = {
    InvalidArgument: 2,
    AuthError: 3,
    AuthUnavailable: 6,
    NotFound: 4,
    Restricted: 4,
    RateLimited: 5,
    TransportError: 6,
    ServerError: 7,
    BlockedByCloudflare: 7,
    DecodeError: 8,
    PagingError: 8,
}


def exit_code(error: PixivError) -> int:
    """Return the exit code for *error*; see `EXIT_CODES`."""
    return next((_CODES[kind] for kind in type(error).__mro__ if kind in _CODES), 1)


def describe(error: PixivError) -> str:
    """Describe *error* in one line; no exception of pixivkit holds a credential."""
    return one_line(f"pixivkit: {type(error).__name__}: {error}")
