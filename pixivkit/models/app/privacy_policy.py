"""The privacy policy that recommendations carry."""

from __future__ import annotations

import attrs

from ..base import Model

__all__ = ["PrivacyPolicy"]


@attrs.define(kw_only=True)
class PrivacyPolicy(Model):
    """
    A privacy policy that the apps ask people to read.

    Attributes:
        version: Such as ``1-en``.
        message: What the apps show about it.
        url: The whole text.
    """

    version: str = ""
    message: str = ""
    url: str | None = None
