"""What illustrations, manga, ugoira and novels have in common."""

from __future__ import annotations

import attrs

from ..base import Model
from .user import User

__all__ = [
    "CollaborateStatus",
    "CollaborateUserSample",
    "Request",
    "RequestInfo",
    "SeriesRef",
    "Tag",
]


@attrs.define(kw_only=True)
class Tag(Model):
    """
    A tag of a work.

    Attributes:
        name: As the author or a reader wrote it.
        translated_name: In the language of the client; None where there is no translation.
        added_by_uploaded_user: Whether the author added it; None where it is not said.
    """

    name: str = ""
    translated_name: str | None = None
    added_by_uploaded_user: bool | None = None


@attrs.define(kw_only=True)
class SeriesRef(Model):
    """The series that a work is part of."""

    id: int | None = None
    title: str = ""


@attrs.define(kw_only=True)
class CollaborateUserSample(Model):
    """
    One of the fans who share a request.

    Attributes:
        user_id: Id of the fan; None for an anonymous one.
        anonymous_flag: Whether the fan stays anonymous.
    """

    user_id: int | None = None
    anonymous_flag: bool | None = None


@attrs.define(kw_only=True)
class CollaborateStatus(Model):
    """
    Whether several fans share a request.

    Attributes:
        collaborating: Whether they do.
        collaborate_anonymous_flag: Whether they stay anonymous.
        collaborate_user_samples: Some of them.
    """

    collaborating: bool | None = None
    collaborate_anonymous_flag: bool | None = None
    collaborate_user_samples: list[CollaborateUserSample] = attrs.field(
        factory=list[CollaborateUserSample]
    )


@attrs.define(kw_only=True)
class RequestInfo(Model):
    """
    Who asked for a work.

    Attributes:
        fan_user_id: Id of the fan; None for an anonymous one.
        collaborate_status: Whether several fans asked together.
        role: What the account is in it, such as ``others``.
    """

    fan_user_id: int | None = None
    collaborate_status: CollaborateStatus | None = None
    role: str = ""


@attrs.define(kw_only=True)
class Request(Model):
    """
    The request that a work was made for.

    Attributes:
        request_info: Who asked for it.
        request_users: The fans; none where they are anonymous.
    """

    request_info: RequestInfo | None = None
    request_users: list[User] = attrs.field(factory=list[User])
