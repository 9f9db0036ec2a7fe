"""A user as the pages about them show it."""

from __future__ import annotations

import attrs

from ..base import WebModel
from .profile import PartialUser, UserBackground

__all__ = [
    "SocialAccount",
    "User",
    "UserExtra",
    "UserFact",
    "UserFull",
    "UserGroup",
    "UserRegion",
    "UserWorkspace",
]


@attrs.define(kw_only=True)
class User(PartialUser):
    """A user, in short."""


@attrs.define(kw_only=True)
class SocialAccount(WebModel):
    """The account of a user on another site."""

    url: str = ""


@attrs.define(kw_only=True)
class UserFact(WebModel):
    """
    A fact of a profile, such as the job.

    Attributes:
        name: In words, in the language of the request; None where it is not shown.
        privacy_level: 0 shown to everybody; None where it is not shown.
    """

    name: str | None = None
    privacy_level: int | None = None


@attrs.define(kw_only=True)
class UserRegion(UserFact):
    """
    The country and the prefecture that a user lives in.

    Attributes:
        region: Code of the country, such as ``JP``.
        prefecture: Number of the Japanese prefecture.
    """

    region: str | None = None
    prefecture: str | None = None


@attrs.define(kw_only=True)
class UserWorkspace(WebModel):
    """
    The tools of a user, each in their own words; None where they do not say.

    Attributes:
        ws_url: Picture of the workspace.
        ws_big_url: The same, larger.
    """

    user_workspace_pc: str | None = None
    user_workspace_monitor: str | None = None
    user_workspace_tool: str | None = None
    user_workspace_scanner: str | None = None
    user_workspace_tablet: str | None = None
    user_workspace_mouse: str | None = None
    user_workspace_printer: str | None = None
    user_workspace_desktop: str | None = None
    user_workspace_music: str | None = None
    user_workspace_desk: str | None = None
    user_workspace_chair: str | None = None
    user_workspace_comment: str | None = None
    ws_url: str | None = None
    ws_big_url: str | None = None


@attrs.define(kw_only=True)
class UserGroup(WebModel):
    """A group that a user is in."""

    id: int
    title: str = ""
    icon_url: str = ""


@attrs.define(kw_only=True)
class UserFull(User):
    """
    A user with the whole profile.

    Attributes:
        following: How many users they follow.
        mypixiv_count: How many mypixiv users they have; None in replies older than 2025.
        comment_html: The profile text, as HTML.
        webpage: Their own site, None without one.
        social: Their accounts elsewhere, by the name of the site, such as ``twitter``.
        can_send_message: Whether this account may write to them.
        workspace: What they work with, None where they do not say.
        official: Whether it is an account of pixiv.
        group: The groups they are in, None without any.
    """

    following: int | None = None
    mypixiv_count: int | None = None
    comment_html: str = ""
    webpage: str | None = None
    social: dict[str, SocialAccount] = attrs.field(factory=dict[str, SocialAccount])
    can_send_message: bool | None = None
    region: UserRegion = attrs.field(factory=UserRegion)
    age: UserFact = attrs.field(factory=UserFact)
    birth_day: UserFact = attrs.field(factory=UserFact)
    gender: UserFact = attrs.field(factory=UserFact)
    job: UserFact = attrs.field(factory=UserFact)
    workspace: UserWorkspace | None = None
    official: bool | None = None
    group: list[UserGroup] | None = None


@attrs.define(kw_only=True)
class UserExtra(WebModel):
    """
    The counts of the own account.

    Attributes:
        following: How many users it follows.
        followers: How many users follow it.
        mypixiv_count: How many mypixiv users it has.
        background: The picture behind the head of its profile, None without one.
    """

    following: int | None = None
    followers: int | None = None
    mypixiv_count: int | None = None
    background: UserBackground | None = None
