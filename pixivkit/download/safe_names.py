"""Make text a name of a file or folder that is valid on every file system."""

from __future__ import annotations

import re
import unicodedata

from .._core.basics.new_file import LONGEST_NAME

__all__ = ["clean_text", "cut_bytes", "is_reserved", "safe_name"]

FORBIDDEN = '<>:"/\\|?*'
"""What Windows forbids in names, the separators of all systems among it."""

_FORBIDDEN = re.compile(f"[{re.escape(FORBIDDEN)}]")
_BLANKS = re.compile(r"\s+")
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])", re.IGNORECASE
)
_JOINERS = "\u200c\u200d"  # Between the letters of some scripts and the parts of an emoji.


def clean_text(text: str, *, instead: str = "_") -> str:
    """
    Return *text* without characters that names may not or should not have; it may be empty.

    It is NFC. Characters that Windows forbids become *instead*, blanks and control characters a
    single blank, marks that change the direction of writing vanish, and there are no blanks or
    dots at the ends.
    """
    if text.isascii() and text.isprintable():
        return _BLANKS.sub(" ", _FORBIDDEN.sub(instead, text)).strip(" .")
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(_visible(letter) for letter in composed)
    plain = _BLANKS.sub(" ", _FORBIDDEN.sub(instead, visible))
    # What was between the letters may have kept them from composing.
    return unicodedata.normalize("NFC", plain).strip(" .")


def _visible(letter: str) -> str:
    match unicodedata.category(letter):
        case "Cc":
            return " "
        case "Cf":
            return letter if letter in _JOINERS else ""
        case "Cs":
            return "\N{REPLACEMENT CHARACTER}"
        case _:
            return letter


def cut_bytes(text: str, limit: int) -> str:
    """Return as much of *text* as fits into *limit* bytes of UTF-8, without a blank at its end."""
    data = text.encode("utf-8")
    if len(data) <= limit:
        return text
    return data[: max(limit, 0)].decode("utf-8", "ignore").rstrip(" .")


def is_reserved(name: str) -> bool:
    """Whether Windows takes *name* for a device, whatever its extension (``nul.txt``)."""
    return _RESERVED.fullmatch(name.partition(".")[0].rstrip(" ")) is not None


def safe_name(
    text: str, *, ending: str = "", fallback: str = "_", limit: int = LONGEST_NAME
) -> str:
    """
    Return *text* as a single name that every file system takes.

    Args:
        text: Any text, such as a title; what is not allowed in names is replaced.
        ending: What the name must end with, such as ``_140000001.png``; it is never cut.
        fallback: The name where nothing is left of *text*.
        limit: How many bytes the name may have, in UTF-8, its *ending* included.

    Returns:
        The name, in NFC; it has no separators, is not reserved by Windows, and ends in neither
        a dot nor a blank (unless *ending* does).
    """
    room = limit - len(ending.encode("utf-8"))
    name = cut_bytes(clean_text(text), room) or fallback
    if is_reserved(name + ending):
        name = cut_bytes(f"_{name}", room)
    return name + ending
