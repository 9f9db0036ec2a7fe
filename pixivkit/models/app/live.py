"""Live drawing on pixiv Sketch."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import Model
from .user import User, nobody

__all__ = ["Live", "LiveList", "LiveUser"]


@attrs.define(kw_only=True)
class LiveUser(Model):
    """Somebody who draws live."""

    user: User = attrs.field(factory=nobody)


@attrs.define(kw_only=True)
class Live(Model):
    """
    Somebody's drawing, as it is made.

    Attributes:
        id: Its id.
        created_at: When it began.
        owner: Who began it.
        performers: Who else takes part. No reply with one was seen: their shape is a guess.
        name: What it is called.
        is_single: Whether one draws alone.
        is_adult: Whether it is for adults only.
        is_r18: Whether it is R-18.
        is_r15: Whether it is R-15.
        publicity: Who may see it, such as ``open``.
        is_closed: Whether it is over.
        mode: What is shown, such as ``screencast``.
        server: The server that it comes from.
        channel_id: Its id on that server.
        is_enabled_mic_input: Whether a microphone is on.
        thumbnail_image_url: A picture of it.
        member_count: How many watch now.
        total_audience_count: How many have watched.
        performer_count: How many take part beside the owner.
        is_muted: Whether the account mutes it.
    """

    id: str
    created_at: dt.datetime | None = None
    owner: LiveUser = attrs.field(factory=LiveUser)
    performers: list[LiveUser] = attrs.field(factory=list[LiveUser])
    name: str = ""
    is_single: bool | None = None
    is_adult: bool | None = None
    is_r18: bool | None = None
    is_r15: bool | None = None
    publicity: str = ""
    is_closed: bool | None = None
    mode: str = ""
    server: str = ""
    channel_id: str = ""
    is_enabled_mic_input: bool | None = None
    thumbnail_image_url: str | None = None
    member_count: int | None = None
    total_audience_count: int | None = None
    performer_count: int | None = None
    is_muted: bool | None = None


@attrs.define(kw_only=True)
class LiveList(Model):
    """
    A page of lives.

    Attributes:
        lives: The lives.
        live_info: None in every reply seen: what it may hold is not known.
        next_url: Where the next page is; None at the end.
    """

    lives: list[Live] = attrs.field(factory=list[Live])
    live_info: object = None
    next_url: str | None = None
