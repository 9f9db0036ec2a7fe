"""Why a work cannot be seen, read from the stub that pixiv sends in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, TypeAlias

__all__ = ["Availability", "availability_of"]

Availability: TypeAlias = Literal[
    "available",
    "sanity_limited",
    "mypixiv_only",
    "r18_limited",
    "unviewable",
    "deleted",
    "unknown_limit",
]
"""
Whether a work can be seen, and if not, why:

* ``available``: it can.
* ``sanity_limited``: too sensitive for the apps or for the settings of the account; the web often
  shows it all the same.
* ``mypixiv_only``: shown to the author's mypixiv only.
* ``r18_limited``: R-18 or R-18G, which the account does not show.
* ``unviewable``: the account may not see it; pixiv does not say why.
* ``deleted``: the work or its author is gone, or the work was made private.
* ``unknown_limit``: hidden, for a reason pixiv does not give or that is newer than this version.
"""

_PLACEHOLDER = re.compile(r"/common/images/limit_(?P<limit>\w+?)(?:_(?:\d+|[a-z]))?\.\w+(?:\?|$)")

_LIMITS: dict[str, Availability] = {
    "sanity_level": "sanity_limited",
    "mypixiv": "mypixiv_only",
    "r18": "r18_limited",
    "r18g": "r18_limited",
    "unviewable": "unviewable",
}


def availability_of(
    image_urls: Iterable[str | None], *, visible: bool | None, user_id: int | None
) -> Availability:
    """
    Say whether the work with these marks can be seen, and if not, why.

    A hidden work arrives as a stub: not visible, with pictures such as
    ``https://s.pximg.net/common/images/limit_sanity_level_360.png``, and with user 0 where the
    work or its author is gone (upbit/pixivpy #280, lifegpc/pixiv_downloader #640).

    Args:
        image_urls: Addresses of its pictures.
        visible: What pixiv says about it; None where it says nothing.
        user_id: Id of its author; None where what pixiv says is not understood.
    """
    limit = next((found["limit"] for url in image_urls if (found := _placeholder(url))), "")
    if limit in _LIMITS:
        return _LIMITS[limit]
    if user_id == 0:
        return "deleted"
    return "unknown_limit" if limit or visible is False else "available"


def _placeholder(url: str | None) -> re.Match[str] | None:
    return _PLACEHOLDER.search(url) if url else None
