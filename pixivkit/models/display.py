"""
Show results: one line for prompts and logs, a tree for rich and IPython, a card for notebooks.

Each is bounded, whatever a result holds, and there even where only part of it is set yet, as in a
debugger. Fields with ``repr=False``, such as tokens, are in none of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import PurePath
from typing import Any, ClassVar, Final, Protocol, cast

import attrs

__all__ = ["BoundedRepr", "PrettyPrinter", "RawText", "ShortRepr", "card_rows"]

_LINE: Final = 240
_LINE_FIELDS: Final = 6
_TEXT: Final = 60
_WORD: Final = 30
_OTHER: Final = 100
_LONG_TEXT: Final = 300
_TREE_DEPTH: Final = 10
_CARD_ROWS: Final = 20
_FIRST: Final = 10
_FEW: Final = 3
_SMALL: Final = 6

_MANY: Final = (list, tuple, set, frozenset)

_IDENTIFYING: Final = (
    *("id", "title", "name", "type", "user", "user_id", "user_name", "comment", "page_count"),
    *("total", "rank"),
)
"""Names of fields that identify a result, the best first."""

_SECONDARY: Final = ("tag_translation", "thumbnails", "zone_config", "extra_data")
"""Names of fields that identify nothing: every reply of the web API has them."""

_NAMES: Final = ("title", "name", "user_name", "comment")


class RawText:
    """Text whose repr is the text itself."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


_UNSET: Final = RawText("<unset>")


class PrettyPrinter(Protocol):
    """The part of IPython's printer that is used here."""

    stack: list[int]

    def text(self, obj: str, /) -> None:
        """Print text."""

    def breakable(self, sep: str = " ", /) -> None:
        """Print *sep*, or go to the next line."""

    def pretty(self, obj: Any, /) -> None:
        """Print any object."""

    def group(
        self, indent: int = 0, open: str = "", close: str = "", /
    ) -> AbstractContextManager[None]:
        """Print the parts inside on one line, or each on its own."""
        ...


class ShortRepr:
    """Base of attrs classes with a short repr everywhere; they get no repr from attrs."""

    __slots__ = ()

    def _summary(self) -> str:
        """Return the text of the repr."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._summary()}>"

    def __rich_repr__(self) -> Iterator[object]:
        yield RawText(self._summary())


class BoundedRepr:
    """Base of attrs classes with reprs of bounded length; they get no repr from attrs."""

    __slots__ = ()

    shown: ClassVar[tuple[str, ...]] = ()
    """The fields in its line, in order; empty for those that usually identify a result."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # In the class itself: attrs makes a repr for a class that has none of its own, and IPython
        # takes what comes first on the way up.
        if "__repr__" not in vars(cls):
            for name in ("__repr__", "_repr_pretty_"):
                type.__setattr__(cls, name, getattr(cls, name))

    def _parts(self) -> Iterator[tuple[str, object]]:
        """Yield the fields to show, by name: those that are set."""
        for field in attrs.fields(cast("Any", type(self))):
            value = getattr(self, field.name, _UNSET)
            if field.repr and (
                field.default is attrs.NOTHING or _is_informative(value, field.default)
            ):
                if callable(field.repr) and value is not _UNSET:
                    value = RawText(_cut(_text(field.repr, value), _OTHER))
                yield field.name, value

    def __repr__(self) -> str:
        text = f"{type(self).__name__}("
        separator = ""
        for name, value in _line_parts(self):
            part = f"{separator}{name}={short_repr(value)}"
            if len(text) + len(part) > _LINE:
                text += f"{separator}..."
                break
            text += part
            separator = ", "
        return f"{text})"

    def __rich_repr__(self) -> Iterator[tuple[str, object]]:
        for name, value in self._parts():
            yield name, _tree_value(value)

    def _repr_pretty_(self, printer: PrettyPrinter, _cycle: bool) -> None:
        # What is being printed, from outside in: a list of works is no place for trees.
        if len(printer.stack) > 1 and _is_large(self):
            printer.text(line_repr(self))
        else:
            _print_tree(printer, self)

    def _repr_html_(self) -> str:
        """Return a table for notebooks: text only, nothing is loaded."""
        rows = [_card_row(name, lines) for name, lines in card_rows(self)]
        return f"<table><caption>{type(self).__name__}</caption>{''.join(rows)}</table>"


def card_rows(value: BoundedRepr) -> list[tuple[str, list[str]]]:
    """Return what a card of *value* shows: the names of its first fields, each with its lines."""
    parts = dict(_line_parts(value)) | _parts_of(value)
    rows = [(name, _card_lines(part)) for name, part in islice(parts.items(), _CARD_ROWS)]
    if len(parts) > _CARD_ROWS:
        rows.append(("...", [f"{len(parts) - _CARD_ROWS} more"]))
    return rows


def short_repr(value: object, most: int = _TEXT) -> str:
    """
    Return a few words for any value: the length for a list, id and name for a result.

    Args:
        value: The value.
        most: How many characters of a text there may be.
    """
    if isinstance(value, BoundedRepr):
        parts = _parts_of(value)
        plain = {name: part for name, part in parts.items() if not isinstance(part, BoundedRepr)}
        best = [name for name in value.shown or _required_fields(value) if name in plain]
        names = [name for name in _NAMES if name in plain]
        words = [short_repr(plain[name], _WORD) for name in dict.fromkeys([*best[:1], *names[:1]])]
        return f"{type(value).__name__}({' '.join(words) or ('...' if parts else '')})"
    if isinstance(value, str | bytes):
        return _quoted(value, most)
    if isinstance(value, dict):
        return f"{{{len(_entries(value))} keys}}"
    if isinstance(value, _MANY):
        items = _items(value)
        kinds = {type(one).__name__ for one in items}
        return f"[{len(items)} {kinds.pop() if len(kinds) == 1 else 'items'}]"
    if isinstance(value, RawText):
        return repr(value)
    if isinstance(value, Exception):
        return f"{type(value).__name__}({_quoted(_text(str, value), _OTHER)})"
    return _cut(_text(str if isinstance(value, dt.date | PurePath) else repr, value), _OTHER)


def _parts_of(value: BoundedRepr) -> dict[str, object]:
    return dict(value._parts())  # pyright: ignore[reportPrivateUsage]


def _required_fields(value: BoundedRepr) -> list[str]:
    """Return the names of the fields without a default."""
    fields = attrs.fields(cast("Any", type(value)))
    return [field.name for field in fields if field.default is attrs.NOTHING and field.repr]


def _line_parts(value: BoundedRepr) -> list[tuple[str, object]]:
    """Return the fields to show in the line of *value*."""
    parts = _parts_of(value)
    best = value.shown or (*_required_fields(value), *_IDENTIFYING)
    names = [name for name in dict.fromkeys(best) if name in parts][:_LINE_FIELDS]
    if len(names) < 3 and not value.shown:
        rest = [name for name in parts if name not in names and not _is_long(parts[name])]
        names += sorted(rest, key=_SECONDARY.__contains__)[: 4 - len(names)]
        names = names or list(parts)[:2]
    return [(name, parts[name]) for name in names]


def _is_informative(value: object, default: object, levels: int = 3) -> bool:
    """Whether *value* is worth showing: set, not empty, and no default such as 0."""
    if value is None or value is _UNSET:
        return False
    if isinstance(value, (str, bytes, dict, *_MANY)):
        return bool(cast("Any", value))
    if isinstance(value, BoundedRepr):
        return not levels or any(
            field.repr
            and _is_informative(getattr(value, field.name, None), field.default, levels - 1)
            for field in attrs.fields(cast("Any", type(value)))
        )
    return not (isinstance(value, int | float) and value == default)


def _is_long(value: object) -> bool:
    return isinstance(value, str) and (len(value) > _TEXT or "://" in value)


def _tree_value(value: object, levels: int = 2) -> object:
    """Return what rich and IPython are to print for *value*."""
    if isinstance(value, BoundedRepr):
        return RawText(line_repr(value)) if _is_deep(value, _TREE_DEPTH) else value
    if levels and isinstance(value, dict):
        entries = _entries(value)
        keyed = {
            RawText(short_repr(key)): _tree_value(one, levels - 1) for key, one in entries[:_FIRST]
        }
        return keyed | {RawText("..."): RawText(_more(entries)) for _ in entries[_FIRST:][:1]}
    if levels and isinstance(value, _MANY):
        items = _items(value)
        most = _FEW if any(_is_nested(one) for one in items[:_FEW]) else _FIRST
        shown = [
            RawText(line_repr(one)) if _is_large(one) else _tree_value(one, levels - 1)
            for one in items[:most]
        ]
        return shown + [RawText(f"... {_more(items, most)}") for _ in items[most:][:1]]
    return RawText(short_repr(value, _LONG_TEXT))


def _print_tree(printer: PrettyPrinter, value: BoundedRepr) -> None:
    with printer.group(4, f"{type(value).__name__}(", ")"):
        separator = ""
        for name, part in _parts_of(value).items():
            printer.text(separator)
            printer.breakable(" " if separator else "")
            printer.text(f"{name}=")
            shown = _tree_value(part)
            if isinstance(shown, BoundedRepr):
                _print_tree(printer, shown)
            else:
                printer.pretty(shown)
            separator = ","


def _is_large(value: object) -> bool:
    """Whether *value* is a result that takes one line in a list, not a tree."""
    return isinstance(value, BoundedRepr) and len(attrs.fields(cast("Any", type(value)))) > _SMALL


def _is_nested(value: object) -> bool:
    """Whether *value* is a result that takes a tree of several levels in a list."""
    return (
        isinstance(value, BoundedRepr)
        and not _is_large(value)
        and any(isinstance(part, BoundedRepr) for part in _parts_of(value).values())
    )


def _is_deep(value: object, levels: int) -> bool:
    """Whether there are results in results in *value* to more than so many levels."""
    if isinstance(value, BoundedRepr):
        return not levels or any(_is_deep(part, levels - 1) for part in _parts_of(value).values())
    if isinstance(value, _MANY):
        first = _items(value)[:_FIRST]
        return any(_is_deep(one, levels) for one in first if isinstance(one, BoundedRepr))
    return False


def _card_row(name: str, lines: list[str]) -> str:
    """Return a row of a card."""
    import html  # It takes a while, and only notebooks need it.

    shown = "<br/>".join(html.escape(_printable(line)) for line in lines)
    return f"<tr><th>{html.escape(name)}</th><td>{shown}</td></tr>"


def _card_lines(value: object) -> list[str]:
    """Return the lines of *value* in a card."""
    if isinstance(value, str):
        return [_cut(value, _LONG_TEXT)]
    if isinstance(value, _MANY):
        items = _items(value)
        lines = [line_repr(one) for one in items[:_FIRST]]
        return lines + [f"... {_more(items)}" for _ in items[_FIRST:][:1]]
    return [line_repr(value)]


def line_repr(value: object) -> str:
    """Return one line for any value: the repr of a result, else `short_repr`."""
    return _cut(_text(repr, value), _LINE) if isinstance(value, BoundedRepr) else short_repr(value)


def _more(values: list[Any], shown: int = _FIRST) -> str:
    return f"{len(values) - shown} more"


def _items(values: Any) -> list[Any]:
    return list(values)


def _entries(values: Any) -> list[tuple[Any, Any]]:
    return list(values.items())


def _quoted(text: str | bytes, most: int) -> str:
    shown = repr(text[:most])
    # Control characters take more room when they are shown.
    return shown if len(text) <= most and len(shown) <= 2 * most else f"{shown[: 2 * most]}..."


def _cut(text: str, most: int) -> str:
    return _printable(text if len(text) <= most else f"{text[: most - 3]}...")


def _printable(text: str) -> str:
    """Escape characters that are not printable; keep the wide space of Japanese titles."""
    return "".join(
        char if char.isprintable() or char == "\u3000" else repr(char)[1:-1] for char in text
    )


def _text(to_text: Callable[[Any], object], value: object) -> str:
    try:
        return str(to_text(value))
    except Exception:  # Whatever an object raises that is no part of this package.
        return f"<{type(value).__name__}>"
