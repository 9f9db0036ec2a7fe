"""Users, as works and comments show them."""

from __future__ import annotations

import attrs

from ..base import Model
from .images import ProfileImageUrls

__all__ = ["User", "nobody"]


@attrs.define(kw_only=True)
class User(Model):
    """
    A user, as works and comments show one.

    Attributes:
        id: 0 where the user is gone or hidden.
        name: The name shown to people.
        account: The name in the address of the profile.
        profile_image_urls: The picture.
        is_followed: Whether the account follows the user; None in comments and stubs.
        comment: The introduction on the profile; None outside profiles.
        is_access_blocking_user: Whether the user blocks the account; None where it is not said.
        is_accept_request: Whether the user takes requests; None where it is not said.
        restriction_attributes: Such as ``restricted_mode``.
    """

    id: int
    name: str = ""
    account: str = ""
    profile_image_urls: ProfileImageUrls = attrs.field(factory=ProfileImageUrls)
    is_followed: bool | None = None
    comment: str | None = None
    is_access_blocking_user: bool | None = None
    is_accept_request: bool | None = None
    restriction_attributes: list[str] = attrs.field(factory=list[str])


def nobody() -> User:
    """Make the user of what has none, in the way pixiv does: with the id 0."""
    return User(id=0)
