"""Privacy policies, as lists of recommendations show them."""

from __future__ import annotations

import attrs

from ..base import Model

__all__ = ["PrivacyPolicy"]


@attrs.define(kw_only=True)
class PrivacyPolicy(Model):
    """
    A privacy policy that the account has not agreed to yet.

    Attributes:
        version: Such as ``1-en``.
        message: What pixiv says about it.
        url: Where to read it.
    """

    version: str = ""
    message: str = ""
    url: str | None = None
