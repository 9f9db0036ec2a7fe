"""Structure hooks of types that hold no others."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from ..basics.japan_time import JST
from .field_types import says_nothing
from .lenient import Hook
from .structure_errors import StructureError


def text(value: object, _: Any) -> str:
    if isinstance(value, str):
        return value
    raise StructureError("str", value)


def whole(value: object, _: Any) -> int:
    if isinstance(value, str):
        if (value.isdigit() or value.removeprefix("-").isdigit()) and value.isascii():
            try:
                return int(value)
            except ValueError:  # more digits than Python reads
                pass
    elif isinstance(value, int) and value.__class__ is int:
        return value
    raise StructureError("int", value)


def number(value: object, _: Any) -> float:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        return whole(value, None)
    raise StructureError("float", value)


def truth(value: object, _: Any) -> bool:
    if value is True or value is False:
        return value
    if value.__class__ is int and value in (0, 1):
        return value == 1
    if value.__class__ is str and value in ("true", "false"):
        return value == "true"
    raise StructureError("bool", value)


_read_moment = dt.datetime.fromisoformat


def moment(value: Any, _: Any) -> dt.datetime:
    try:
        found = _read_moment(value)
        if found.tzinfo is None:
            found = found.replace(tzinfo=JST)
        if not 1 < found.year < 9999:
            found.utctimetuple()  # Its time in UTC may be out of the range of years.
    except (TypeError, ValueError, OverflowError):
        raise StructureError("datetime", value) from None
    return found


def anything(value: object, _: Any) -> object:
    return value


def _null(value: object, _: Any) -> None:
    if not says_nothing(value):
        raise StructureError("null", value)


SCALAR_HOOKS: Final[dict[Any, Hook]] = {
    str: text,
    int: whole,
    float: number,
    bool: truth,
    dt.datetime: moment,
    type(None): _null,
}
