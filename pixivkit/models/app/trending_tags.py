"""Tags that are sought after."""

from __future__ import annotations

import attrs

from ..base import Model
from .illust import Illust

__all__ = ["TrendTag"]


@attrs.define(kw_only=True)
class TrendTag(Model):
    """
    A tag that is sought after.

    Attributes:
        tag: The tag.
        translated_name: In the language of the client; None where there is no translation.
        illust: A work that has the tag.
    """

    tag: str = ""
    translated_name: str | None = None
    illust: Illust | None = None
