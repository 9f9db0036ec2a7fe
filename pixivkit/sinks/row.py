"""Turn models into rows with the same columns in all sinks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, cast

import attrs

from .._core.calls.structure import unstructure
from ..models.base import Model

__all__ = ["COLUMNS", "Row", "row_of"]

_KINDS = {
    "Illust": "illust",
    "IllustDetail": "illust",
    "IllustThumb": "illust",
    "RankedIllust": "illust",
    "Novel": "novel",
    "NovelThumb": "novel",
}
_ILLUST_TYPES = {0: "illust", 1: "manga", 2: "ugoira"}


@attrs.frozen(kw_only=True)
class Row:
    """
    A model as columns; None where it has no such field, or pixiv sent nothing.

    Attributes:
        kind: What the id is of: ``illust`` (manga and ugoira too, from either API), ``novel``, or
            the name of the model's class in snake_case, such as ``collection_thumb``.
        id: Its id; text where pixiv's ids are no numbers.
        model: The class in `pixivkit.models` that `json` is of, such as ``app.Illust``.
        title: The title of a work.
        type: ``illust``, ``manga``, ``ugoira`` or ``novel``.
        user_id: Id of the author.
        user_name: Name of the author.
        created: When it was posted.
        page_count: How many pages it has.
        x_restrict: 0 all ages, 1 R-18, 2 R-18G.
        ai_type: 0 not said, 1 not made by AI, 2 made by AI.
        bookmarks: How often it was bookmarked.
        views: How often it was seen.
        tags: The names of its tags, in the author's order.
        endpoint: Name of the endpoint it is from, as given to the sink.
        fetched_at: When it was fetched, as given to the sink; when it was written, where none was
            given.
        json: The whole model as pixiv's JSON; see `pixivkit.unstructure`. It becomes the model
            again with ``pixivkit.structure(Illust, json)``, typed, or with
            ``structure(row.model, json)``, for any row.
    """

    kind: str
    id: int | str | None = None
    model: str
    title: str | None = None
    type: str | None = None
    user_id: int | None = None
    user_name: str | None = None
    created: dt.datetime | None = None
    page_count: int | None = None
    x_restrict: int | None = None
    ai_type: int | None = None
    bookmarks: int | None = None
    views: int | None = None
    tags: list[str] | None = None
    endpoint: str | None = None
    fetched_at: dt.datetime | None = None
    json: object


COLUMNS = tuple(field.name for field in attrs.fields(Row))
"""The names of the columns, in their order."""


def row_of(
    model: Model, *, endpoint: str | None = None, fetched_at: dt.datetime | None = None
) -> Row:
    """Return *model* as columns, together with where and when it was fetched."""
    kind = _kind(model)
    user = _first(model, "user")
    return Row(
        kind=kind,
        id=_number_or_text(_first(model, "id", f"{kind}_id")),
        model=_model_name(model),
        title=_text(_first(model, "title")),
        type=_type(model, kind),
        user_id=_number(_first(model, "user_id") if user is None else _first(user, "id")),
        user_name=_text(_first(model, "user_name") if user is None else _first(user, "name")),
        created=_moment(model),
        page_count=_number(_first(model, "page_count", "illust_page_count")),
        x_restrict=_number(_first(model, "x_restrict")),
        ai_type=_number(_first(model, "ai_type", "illust_ai_type", "novel_ai_type")),
        bookmarks=_number(_first(model, "total_bookmarks", "bookmark_count")),
        views=_number(_first(model, "total_view", "view_count")),
        tags=_tags(_first(model, "tags")),
        endpoint=endpoint,
        fetched_at=fetched_at,
        json=unstructure(model),
    )


def _kind(model: Model) -> str:
    name = type(model).__name__
    return _KINDS.get(name) or re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _model_name(model: Model) -> str:
    """Return the API and the name of the class: both APIs have a `User`."""
    kind = type(model)
    family = re.match(r"pixivkit\.models\.(\w+)", kind.__module__)
    return f"{family[1]}.{kind.__name__}" if family else f"{kind.__module__}.{kind.__name__}"


def _type(model: Model, kind: str) -> str | None:
    number = _first(model, "illust_type")
    if number is not None:
        return _ILLUST_TYPES.get(number, str(number))
    return "novel" if kind == "novel" else _text(_first(model, "type"))


def _moment(model: Model) -> dt.datetime | None:
    value = _first(model, "create_date", "illust_upload_timestamp")
    if isinstance(value, int):
        try:
            return dt.datetime.fromtimestamp(value, dt.UTC)
        except (ValueError, OverflowError, OSError):
            return None
    return value if isinstance(value, dt.datetime) else None


def _tags(value: Any) -> list[str] | None:
    listed = getattr(value, "tags", value)
    if not isinstance(listed, list):
        return None
    names = (
        one if isinstance(one, str) else _first(one, "name", "tag")
        for one in cast("Iterable[Any]", listed)
    )
    return [name for name in names if isinstance(name, str)]


def _first(holder: object, *names: str) -> Any:
    """Return the first of these fields that *holder* has and that is not None."""
    return next((v for name in names if (v := getattr(holder, name, None)) is not None), None)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _number_or_text(value: object) -> int | str | None:
    return value if isinstance(value, int | str) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
