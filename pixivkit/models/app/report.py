"""Reports of works to pixiv."""

from __future__ import annotations

import attrs

from ..base import Model

__all__ = ["ReportTopic"]


@attrs.define(kw_only=True)
class ReportTopic(Model):
    """
    A reason for which a work may be reported.

    Attributes:
        topic_id: Its id, from 0; 99 for "others".
        topic_title: What it is called.
    """

    topic_id: int
    topic_title: str = ""
