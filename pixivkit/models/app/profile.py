"""Profiles of users."""

from __future__ import annotations

import attrs

from ..base import Model
from .user import User, nobody

__all__ = ["UserDetail", "UserProfile", "UserProfilePublicity", "UserWorkspace"]


@attrs.define(kw_only=True)
class UserProfile(Model):
    """
    What a user says about themself, and how much they have posted.

    What a user keeps to themself is empty or 0, as if there were nothing: see
    `UserProfilePublicity`.

    Attributes:
        webpage: Address of a page of their own.
        gender: ``male``, ``female`` or ``unknown``.
        birth: The day of birth, such as ``1998-04-12``.
        birth_day: The day of birth in the year, such as ``04-12``.
        birth_year: The year of birth; 0 where it is not said.
        region: Where they live, in the language of the client.
        address_id: Number of the region, as in `ProfilePresets`; 0 where it is not said.
        country_code: Such as ``IS``; empty within Japan.
        job: Their occupation, in the language of the client.
        job_id: Number of the occupation, as in `ProfilePresets`; 0 where it is not said.
        total_follow_users: How many users they follow.
        total_follower: How many follow them; only in replies of 2017.
        total_mypixiv_users: How many mypixiv they have.
        total_illusts: How many illustrations and ugoira they have posted.
        total_manga: How many manga.
        total_novels: How many novels.
        total_illust_bookmarks_public: How many illustrations, manga and ugoira they have
            bookmarked for all to see.
        total_illust_series: How many series of manga they have.
        total_novel_series: How many series of novels.
        background_image_url: The picture at the top of the profile.
        twitter_account: Their name there.
        twitter_url: Their page there.
        pawoo_url: Their page there.
        is_premium: Whether they have pixiv Premium.
        is_using_custom_profile_image: Whether the picture is their own.
    """

    webpage: str | None = None
    gender: str = ""
    birth: str = ""
    birth_day: str = ""
    birth_year: int | None = None
    region: str = ""
    address_id: int | None = None
    country_code: str = ""
    job: str = ""
    job_id: int | None = None
    total_follow_users: int | None = None
    total_follower: int | None = None
    total_mypixiv_users: int | None = None
    total_illusts: int | None = None
    total_manga: int | None = None
    total_novels: int | None = None
    total_illust_bookmarks_public: int | None = None
    total_illust_series: int | None = None
    total_novel_series: int | None = None
    background_image_url: str | None = None
    twitter_account: str = ""
    twitter_url: str | None = None
    pawoo_url: str | None = None
    is_premium: bool | None = None
    is_using_custom_profile_image: bool | None = None


@attrs.define(kw_only=True)
class UserProfilePublicity(Model):
    """
    Who may see what of a profile: ``public`` all, ``mypixiv`` mypixiv, ``private`` nobody else.

    Attributes:
        gender: Who may see the gender.
        region: Who may see the region.
        birth_day: Who may see the day of birth.
        birth_year: Who may see the year of birth.
        job: Who may see the occupation.
        pawoo: Whether all may see the page on Pawoo.
    """

    gender: str = ""
    region: str = ""
    birth_day: str = ""
    birth_year: str = ""
    job: str = ""
    pawoo: bool | None = None


@attrs.define(kw_only=True)
class UserWorkspace(Model):
    """
    What a user works with, each as they put it.

    Attributes:
        pc: Computer.
        monitor: Monitor.
        tool: Software.
        scanner: Scanner.
        tablet: Graphics tablet.
        mouse: Mouse.
        printer: Printer.
        desktop: What is on the desk.
        music: Music to draw to.
        desk: Desk.
        chair: Chair.
        comment: What else there is to say.
        workspace_image_url: A picture of it; None in every reply seen.
    """

    pc: str = ""
    monitor: str = ""
    tool: str = ""
    scanner: str = ""
    tablet: str = ""
    mouse: str = ""
    printer: str = ""
    desktop: str = ""
    music: str = ""
    desk: str = ""
    chair: str = ""
    comment: str = ""
    workspace_image_url: str | None = None


@attrs.define(kw_only=True)
class UserDetail(Model):
    """
    A user, with everything on the profile.

    Attributes:
        user: The user, with the introduction in `User.comment`.
        profile: What the user says about themself, and how much they have posted.
        profile_publicity: Who may see what of it; None in older replies.
        workspace: What the user works with.
        disabled_links: Only in `app.user.detail_v2`; its meaning is not documented.
    """

    user: User = attrs.field(factory=nobody)
    profile: UserProfile = attrs.field(factory=UserProfile)
    profile_publicity: UserProfilePublicity | None = None
    workspace: UserWorkspace = attrs.field(factory=UserWorkspace)
    disabled_links: list[str] = attrs.field(factory=list[str])
