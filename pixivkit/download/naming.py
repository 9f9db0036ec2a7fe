"""Make file names from a template; no two works get the same name."""

from __future__ import annotations

import datetime as dt
import functools
import re
import string
from pathlib import PurePosixPath

import attrs

from .._core.basics.japan_time import JST
from .._core.basics.new_file import LONGEST_NAME
from ..errors import InvalidArgument
from .safe_names import FORBIDDEN, clean_text, cut_bytes, is_reserved

__all__ = ["DEFAULT_TEMPLATE", "NameFields", "Template"]


# Names grow while a file is unfinished: .part.json comes after them.
_LONGEST = LONGEST_NAME - len("_") - len(".part.json")
# Room that a field of varying length always takes, so that all files of a work are cut alike.
_ROOM = {"page": 6, "part": 24, "ext": 5}
# What a field takes at least, for telling templates that cannot fit.
_LEAST = {**_ROOM, "id": 80, "user.id": 20, "date": 10}
_LEAST_TEXT = 8
_FREE = ("title", "type", "user.name")
_FIELDS = ("id", *_FREE, "user.id", "date", "page", "part", "ext")
_DATE = re.compile(r"(?:[^%]|%[YmdHMSjy%])*")
_NUMBER = re.compile(r"0[1-9]")
# Next to an id these keep it apart from other text; none of them composes with an accent.
_DELIMITERS = " -_.,;()[]{}#+~!@&"


@attrs.frozen(kw_only=True)
class NameFields:
    """
    The values that a template may put into the name of a file.

    Attributes:
        id: The id of the work, which no other has: digits, after ``novel`` for a novel and
            ``novelseries`` for a series of novels.
        part: Which of the files of the work it is: ``p0``, ``ugoira0`` (a frame), ``ugoira``
            (the archive), ``cover``, ``text`` (of a novel), ``book``.
        page: The number of the page or the frame, from 0; 0 where there are none.
        title: The title of the work.
        type: ``illust``, ``manga``, ``ugoira`` or ``novel``.
        user_id: The id of the author, 0 where it is not known.
        user_name: The name of the author.
        date: When the work was posted.
    """

    id: str
    part: str = "p0"
    page: int = 0
    title: str = ""
    type: str = ""
    user_id: int = 0
    user_name: str = ""
    date: dt.datetime | None = None

    @property
    def is_numbered(self) -> bool:
        """Whether the file has a page number that distinguishes it from the others of its work."""
        return self.part in (f"p{self.page}", f"ugoira{self.page}")

    @property
    def is_whole(self) -> bool:
        """Whether the file is all of its work, and goes by its name: a text or a book."""
        return self.part in ("text", "book")


@attrs.frozen
class _Field:
    """A field in braces in a template."""

    name: str
    spec: str = ""

    def fixed(self, fields: NameFields) -> str:
        """Return the text of a field with a limited set of characters."""
        match self.name:
            case "id":
                # Only ids of works are digits; that of a bare URL is the name it has there.
                if fields.id.isdecimal():
                    return fields.id.zfill(int(self.spec or 0))
                return clean_text(fields.id)
            case "user.id":
                return format(fields.user_id, self.spec)
            case "page":
                return format(fields.page, self.spec)
            case "part":
                return clean_text(fields.part)
            case _:
                return _in_japan(fields.date).strftime(self.spec or "%Y-%m-%d")

    def free(self, fields: NameFields) -> str:
        """Return the text of a field that users write freely."""
        texts = {"title": fields.title, "type": fields.type, "user.name": fields.user_name}
        return texts[self.name]


def _in_japan(moment: dt.datetime | None) -> dt.datetime:
    posted = moment or dt.datetime.fromtimestamp(0, JST)
    try:
        return posted.astimezone(JST)
    except (OverflowError, ValueError):  # In Japan it is before or after all years.
        return posted


@attrs.frozen
class _Segment:
    """A folder or file name in a template: its parts, and which of them distinguishes works."""

    parts: tuple[str | _Field, ...]
    key: int | None

    @functools.cached_property
    def delimiter(self) -> str:
        """
        The text before the id, which may not be in the fields before it; empty for none.

        At the start nothing stands there. Where people's texts are on one side only, the id can
        be told from the other.
        """
        if not self.key:
            return ""
        after = self.parts[self.key + 1 :]
        before = self.parts[self.key - 1]
        if not any(isinstance(part, _Field) and part.name in _FREE for part in after):
            return ""
        return before[-1] if isinstance(before, str) else ""

    def render(self, fields: NameFields, ending: str, room: int) -> str:
        delimiter = self.delimiter
        instead = "-" if delimiter == "_" else "_"
        fixed = [self._fixed(i, fields, delimiter, instead) for i in range(len(self.parts))]
        texts = [text for text in fixed if text is not None]
        if len(texts) < len(fixed):
            texts = self._filled(fixed, fields, instead, room)
        name = clean_text("".join(texts)) or instead
        return (f"{instead}{name}" if is_reserved(name) else name) + ending

    def _filled(
        self, fixed: list[str | None], fields: NameFields, instead: str, room: int
    ) -> list[str]:
        """Return the texts of all parts; free text is cut so that the name fits."""
        delimiter = self.delimiter
        used = sum(
            len((text or "").encode("utf-8"))
            if isinstance(part, str) or part.name not in _ROOM
            else max(len((text or "").encode("utf-8")), _ROOM[part.name])
            for part, text in zip(self.parts, fixed, strict=True)
        )
        share = (_LONGEST - room - used) // max(1, fixed.count(None))
        texts: list[str] = []
        for part, text in zip(self.parts, fixed, strict=True):
            if text is None:
                assert isinstance(part, _Field)
                cleaned = clean_text(part.free(fields), instead=instead)
                if delimiter and len(texts) < (self.key or 0):
                    cleaned = cleaned.replace(delimiter, instead).strip(" .")
                text = cut_bytes(cleaned, share) or instead
            texts.append(text)
        return texts

    def _fixed(self, index: int, fields: NameFields, delimiter: str, instead: str) -> str | None:
        part = self.parts[index]
        if isinstance(part, str):
            return part
        if part.name in _FREE:
            return None
        text = part.fixed(fields)
        if delimiter and self.key is not None and index < self.key:
            return text.replace(delimiter, instead)
        return text


class Template:
    """
    Template of paths below a folder: text with fields in braces, such as
    ``{user.id}/{id} {title}_{part}{ext}``.

    The fields:

    * ``{id}``: the id of the work; of a novel with ``novel`` before it, of a series of novels
      with ``novelseries``
    * ``{title}``, ``{type}`` (``illust``, ``manga``, ``ugoira``, ``novel``)
    * ``{user.id}``, ``{user.name}``: the author
    * ``{date}``: when it was posted, in Japan, as ``2026-05-23``; ``{date:%Y}`` and other
      codes of numbers as `strftime` has them
    * ``{page}``: the number of the page, from 0; ``{page:03}`` gives it three digits
    * ``{part}``: which file of the work it is: ``p0``, ``ugoira0`` (a frame), ``ugoira`` (the
      archive of an ugoira), ``cover``, ``text`` (of a novel), ``book``, and for pictures in
      novels ``140000001_p0``, or their own ids
    * ``{ext}``: the extension with its dot, at the end; it is added where it is missing

    A slash makes folders. Every name is valid on every file system: what may not be in names is
    replaced, titles and names of users are cut so that it fits, ids and extensions never are.

    No two works share a name, whatever their titles: where the template has no id that can be
    told from the text around it, the file's name starts with the id. Likewise ``_{part}`` is
    added where nothing else would tell the files of a work apart.

    Args:
        text: The template.

    Raises:
        InvalidArgument: There is no such field, a name is empty or not allowed, or the path is
            absolute or leaves the folder.
    """

    def __init__(self, text: str) -> None:
        self.text: str = text
        split = _split(text)
        last = split[-1]
        if last and last[-1] == _Field("ext"):
            last.pop()
        elif any(
            isinstance(part, _Field) and part.name == "ext" for path in split for part in path
        ):
            msg = f"template {text!r}: {{ext}} belongs at its end"
            raise InvalidArgument(msg)
        for parts in split:
            _check(text, parts)
        keys = [_id_position(parts) for parts in split]
        if all(key is None for key in keys):
            split[-1] = [_Field("id"), "_", *last]
            keys[-1] = 0
        # One id is enough; the text around the others may be as it is.
        chosen = next(i for i, key in enumerate(keys) if key is not None)
        self._segments = [
            _Segment(tuple(parts), keys[i] if i == chosen else None)
            for i, parts in enumerate(split)
        ]
        names = {part.name for parts in split for part in parts if isinstance(part, _Field)}
        self._has_part = "part" in names
        self._has_page = "page" in names

    def __repr__(self) -> str:
        return f"Template({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Template) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def path(self, fields: NameFields, ext: str, *, alone: bool = False) -> PurePosixPath:
        """
        Return the path of a file, relative to the folder of the download.

        Args:
            fields: What is known about the file.
            ext: Its extension, with the dot; empty for the name without it.
            alone: Whether it is the only file of its work.
        """
        *folders, file = self._segments
        parts = [folder.render(fields, "", 0) for folder in folders]
        # Somebody may fetch the pages of a work apart: only the first goes without its number.
        first = alone and fields.page == 0
        is_distinct = self._has_part or fields.is_whole
        is_distinct |= fields.is_numbered and (first or self._has_page)
        ending = ("" if is_distinct else f"_{clean_text(fields.part)}") + ext
        room = _ROOM["ext"] + (0 if self._has_part else _ROOM["part"])
        return PurePosixPath(*parts, file.render(fields, ending, max(room, len(ending))))


def _split(text: str) -> list[list[str | _Field]]:
    """Split *text* into the parts of each segment of the path."""
    split: list[list[str | _Field]] = [[]]
    try:
        parsed = list(string.Formatter().parse(text))
    except ValueError as exc:
        raise InvalidArgument(f"template {text!r}: {exc}") from None
    for literal, name, spec, conversion in parsed:
        first, *others = literal.split("/")
        _append(split[-1], first)
        for other in others:
            split.append([])
            _append(split[-1], other)
        if name is not None:
            split[-1].append(_field(text, name, spec or "", conversion))
    return split


def _append(parts: list[str | _Field], literal: str) -> None:
    if not literal:
        return
    if parts and isinstance(parts[-1], str):
        # Escaped braces come apart from the text before them.
        literal = f"{parts.pop()}{literal}"
    parts.append(literal)


def _field(text: str, name: str, spec: str, conversion: str | None) -> _Field:
    if name not in _FIELDS:
        msg = f"template {text!r}: there is no field {name!r}, only {', '.join(_FIELDS)}"
        raise InvalidArgument(msg)
    fits = {"date": _DATE, "id": _NUMBER, "user.id": _NUMBER, "page": _NUMBER}.get(name)
    if conversion or (spec and (fits is None or not fits.fullmatch(spec))):
        msg = f"template {text!r}: {name!r} cannot be spelled {spec or conversion!r}"
        raise InvalidArgument(msg)
    if name == "date" and clean_text(spec) != spec:
        msg = f"template {text!r}: the date is no text for a name"
        raise InvalidArgument(msg)
    return _Field(name, spec)


def _check(text: str, parts: list[str | _Field]) -> None:
    """Refuse a segment that is empty, leaves the folder, or has forbidden characters."""
    literals = [part for part in parts if isinstance(part, str)]
    whole = "".join(part if isinstance(part, str) else "x" for part in parts)
    problem = ""
    if not parts:
        problem = "a name is empty"
    elif any(letter in FORBIDDEN for literal in literals for letter in literal):
        problem = f"names may not have any of {FORBIDDEN}"
    elif clean_text(whole) != whole:
        problem = "a name starts or ends with a dot or a blank, or has invisible characters"
    elif sum(map(_least_bytes, parts)) > _LONGEST - _ROOM["part"] - _ROOM["ext"]:
        problem = "a name is too long"
    if problem:
        msg = f"template {text!r}: {problem}"
        raise InvalidArgument(msg)


def _least_bytes(part: str | _Field) -> int:
    """Return how many bytes *part* takes at least."""
    if isinstance(part, str):
        return len(part.encode("utf-8"))
    return max(_LEAST.get(part.name, _LEAST_TEXT), 2 * len(part.spec.encode("utf-8")))


def _id_position(parts: list[str | _Field]) -> int | None:
    """
    Return the position of an id that can be told from the text around it; None for none.

    At the start of a name the id ends where its digits end. Further on it starts after a
    delimiter, which the fields before it are kept from having.
    """
    for index, part in enumerate(parts):
        if not isinstance(part, _Field) or part.name != "id":
            continue
        before = parts[index - 1] if index else None
        after = parts[index + 1] if index + 1 < len(parts) else None
        starts = before is None or (isinstance(before, str) and before[-1] in _DELIMITERS)
        ends = after is None or (isinstance(after, str) and after[0] in _DELIMITERS)
        if starts and ends:
            return index
    return None


DEFAULT_TEMPLATE = Template("{id}_{part}{ext}")
"""Files are named as pixiv names them: ``140000001_p0.png``."""
