"""How long frames are shown: checked, and rounded for formats that count in hundredths."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

import attrs

from ..errors import UgoiraError

__all__ = ["FrameTiming", "Shown", "in_hundredths", "shown_frames"]

_LONGEST: Final = 24 * 60 * 60 * 1000
_MOST_FRAMES: Final = 10_000
_LEAST_HUNDREDTHS: Final = 2


class FrameTiming(Protocol):
    """
    A frame of the metadata of an ugoira, of either API.

    Attributes:
        file: Name of the file in the archive, such as ``000000.jpg``.
        delay: How long it is shown, in milliseconds.
    """

    @property
    def file(self) -> str: ...
    @property
    def delay(self) -> int: ...


@attrs.frozen
class Shown:
    """A frame as the metadata has it, checked: a plain name, and a delay in milliseconds."""

    file: str
    delay: int


def shown_frames(frames: Iterable[FrameTiming]) -> tuple[Shown, ...]:
    """
    Return *frames*, checked.

    Raises:
        UgoiraError: There are none, or too many; a name is none of a file in an archive; a delay
            is negative or longer than a day; nothing is shown at all.
    """
    shown: list[Shown] = []
    for frame in frames:
        if len(shown) == _MOST_FRAMES:
            raise UgoiraError(f"there are more than {_MOST_FRAMES:,} frames")
        if not is_plain_name(frame.file):
            raise UgoiraError(f"frame {len(shown)} is no plain file name: {frame.file[:80]!r}")
        if not 0 <= frame.delay <= _LONGEST:
            raise UgoiraError(f"frame {len(shown)} is shown for {frame.delay} milliseconds")
        shown.append(Shown(frame.file, frame.delay))
    if not any(frame.delay for frame in shown):
        raise UgoiraError("no frame is shown")
    return tuple(shown)


def is_plain_name(name: str) -> bool:
    """Whether *name* is that of a file, in no folder, on every system."""
    return (
        bool(name.strip(" ."))
        and name.isprintable()
        and not any(letter in name for letter in "/\\:")
        and len(name) <= 255
    )


def in_hundredths(delays: Iterable[int]) -> list[int]:
    """
    Round *delays* to 10 ms so that nothing drifts: what rounding one loses, the next gets back.

    Browsers show what a GIF shows for less than 20 ms for 100 ms. Where that would come out, the
    frame gets 0, which is to say that it is left out, and its time goes to the next one.

    Args:
        delays: In milliseconds.

    Returns:
        In hundredths of a second, none of them 1; their sum is that of *delays*, rounded, and at
        least 2.
    """
    rounded: list[int] = []
    end = told = 0
    for delay in delays:
        end += delay
        until = (end + 5) // 10
        shown = until - told if until - told >= _LEAST_HUNDREDTHS else 0
        rounded.append(shown)
        told += shown
    last = max((n for n, shown in enumerate(rounded) if shown), default=len(rounded) - 1)
    rounded[last] = max(_LEAST_HUNDREDTHS, rounded[last] + (end + 5) // 10 - told)
    return rounded
