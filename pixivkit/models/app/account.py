"""What the account has set, and what its profile may be set to."""

from __future__ import annotations

import attrs

from ..base import Model
from .images import ProfileImageUrls

__all__ = [
    "AIShowSettings",
    "PresetAddress",
    "PresetCountry",
    "PresetJob",
    "ProfilePresets",
    "RestrictedModeSettings",
    "UserState",
]


@attrs.define(kw_only=True)
class UserState(Model):
    """
    How far the account is set up.

    Attributes:
        is_mail_authorized: Whether its mail address is confirmed.
        has_changed_pixiv_id: Whether the name to log in with was changed.
        can_change_pixiv_id: Whether it may be changed.
    """

    is_mail_authorized: bool | None = None
    has_changed_pixiv_id: bool | None = None
    can_change_pixiv_id: bool | None = None


@attrs.define(kw_only=True)
class AIShowSettings(Model):
    """
    Whether the account has works made by AI shown; the key is the one that clients read.

    Attributes:
        show_ai: Whether it does.
    """

    show_ai: bool | None = None


@attrs.define(kw_only=True)
class RestrictedModeSettings(Model):
    """
    Whether the account hides sensitive works; the key is the one that clients read.

    Attributes:
        is_restricted_mode_enabled: Whether it does.
    """

    is_restricted_mode_enabled: bool | None = None


@attrs.define(kw_only=True)
class PresetAddress(Model):
    """
    A region that a profile may say.

    Attributes:
        id: What `app.user.profile_edit` takes as *address*.
        name: In the language of the client.
        is_global: Whether it stands for all that is not Japan, where a country is to be chosen.
    """

    id: int | None = None
    name: str = ""
    is_global: bool | None = None


@attrs.define(kw_only=True)
class PresetCountry(Model):
    """
    A country that a profile may say.

    Attributes:
        code: What `app.user.profile_edit` takes as *country*, such as ``IS``.
        name: In the language of the client.
    """

    code: str = ""
    name: str = ""


@attrs.define(kw_only=True)
class PresetJob(Model):
    """
    An occupation that a profile may say.

    Attributes:
        id: What `app.user.profile_edit` takes as *job*.
        name: In the language of the client.
    """

    id: int | None = None
    name: str = ""


@attrs.define(kw_only=True)
class ProfilePresets(Model):
    """
    What a profile may be set to.

    Attributes:
        addresses: Regions.
        countries: Countries.
        jobs: Occupations.
        default_profile_image_urls: The picture of who has none.
    """

    addresses: list[PresetAddress] = attrs.field(factory=list[PresetAddress])
    countries: list[PresetCountry] = attrs.field(factory=list[PresetCountry])
    jobs: list[PresetJob] = attrs.field(factory=list[PresetJob])
    default_profile_image_urls: ProfileImageUrls = attrs.field(factory=ProfileImageUrls)
