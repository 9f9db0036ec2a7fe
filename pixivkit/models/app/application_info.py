"""What pixiv tells its own apps about themselves."""

from __future__ import annotations

import attrs

from ..base import Model

__all__ = ["ApplicationInfo"]


@attrs.define(kw_only=True)
class ApplicationInfo(Model):
    """
    What an app is told; the shape is what mika-f/Pixiv.Net reads, no reply was recorded.

    Attributes:
        latest_version: Such as ``8.6.10``.
        update_required: Whether the app that asks is too old to go on.
        update_available: Whether there is a newer one.
        update_message: What to say about it.
        notice_exists: Whether there is a notice to show.
        notice_id: Its id.
        notice_important: Whether it must be shown.
        notice_message: Its text.
        store_url: Where to get the newest one.
    """

    latest_version: str = ""
    update_required: bool | None = None
    update_available: bool | None = None
    update_message: str = ""
    notice_exists: bool | None = None
    notice_id: str = ""
    notice_important: bool | None = None
    notice_message: str = ""
    store_url: str | None = None
