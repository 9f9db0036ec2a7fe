"""Ranges of bookmark counts that searches may be narrowed to."""

from __future__ import annotations

import attrs

from ..base import Model

__all__ = ["BookmarkRange"]


@attrs.define(kw_only=True)
class BookmarkRange(Model):
    """
    A range of bookmark counts; no reply has been recorded, the keys are those that clients read.

    Attributes:
        bookmark_num_min: The fewest, in digits; ``*`` for no limit.
        bookmark_num_max: The most, in digits; ``*`` for no limit.
    """

    bookmark_num_min: str = ""
    bookmark_num_max: str = ""
