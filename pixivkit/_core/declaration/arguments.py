"""Metadata for parameters in `Annotated`: rules, wire format, meaning; and files."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import AsyncIterable
from typing import Any, Protocol, TypeAlias

import attrs


@attrs.frozen
class Spelling:
    """
    In `Annotated`: the wire format of a parameter, where it is not its own name and value.

    Attributes:
        name: Its name there, brackets included.
        join: Separator that makes one value of a sequence; without it the key is repeated.
        date: Format of a date, as of `datetime.date.strftime`.
        digit: Whether a bool is ``1`` or ``0`` instead of ``true`` or ``false``.
        text: Whether a number in a JSON body is a string.
        repeat_in_query: Whether a parameter of the path is sent in the query as well.
        secret: Whether its value is a credential, which no repr shows.
    """

    name: str = ""
    join: str | None = None
    date: str = "%Y-%m-%d"
    digit: bool = False
    text: bool = False
    repeat_in_query: bool = False
    secret: bool = False

    def day(self, date: dt.date) -> str:
        """Spell *date*, its year always with four digits."""
        return date.strftime(self.date.replace("%Y", f"{date.year:04}"))


@attrs.frozen
class Meaning:
    """
    In `Annotated`: the documentation of a parameter, for docstrings that have none.

    The last one counts, so a type that has one can be given another.

    Attributes:
        text: One sentence or more, as in a docstring.
        source: Where the knowledge comes from, if not where that of the endpoint does.
    """

    text: str
    source: str = ""


class Rule(Protocol):
    """A marker in `Annotated` that narrows what a parameter accepts."""

    def refuse(self, value: Any) -> str | None:
        """Return what is accepted if *value* is not, else None."""
        ...


@attrs.frozen
class Between:
    """A number from *low* to *high*, both included; ``None`` for an open end."""

    low: int | None = None
    high: int | None = None

    def refuse(self, value: Any) -> str | None:
        if self.low is not None and value < self.low:
            return f"must be at least {self.low}, not {value}"
        if self.high is not None and value > self.high:
            return f"must be at most {self.high}, not {value}"
        return None


@attrs.frozen
class NotEmpty:
    """A text that is more than blanks, or a sequence of at least one."""

    def refuse(self, value: Any) -> str | None:
        empty = not value.strip() if isinstance(value, str) else len(value) == 0
        return "must not be empty" if empty else None


@attrs.frozen
class AtMost:
    """A sequence of at most *count*."""

    count: int

    def refuse(self, value: Any) -> str | None:
        return f"at most {self.count}, not {len(value)}" if len(value) > self.count else None


@attrs.frozen
class UploadFile:
    """
    A file to send, where its name or type is not to be guessed.

    Attributes:
        source: Path, bytes, or an async iterable of bytes (read once, so such an upload is
            never repeated).
        name: File name to send; the path's own by default, else made from the position.
        content_type: Media type; by default guessed from the first bytes and the name.
    """

    source: str | os.PathLike[str] | bytes | AsyncIterable[bytes]
    name: str | None = None
    content_type: str | None = None


FileSource: TypeAlias = str | os.PathLike[str] | bytes | AsyncIterable[bytes] | UploadFile
"""Path, bytes, async iterable of bytes, or any of these in an `UploadFile`."""
