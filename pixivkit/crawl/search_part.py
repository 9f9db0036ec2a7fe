"""Parts of a search, by the sizes of works: each shows what the whole would not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

import attrs

from ..models.app import Illust, Novel

__all__ = ["Part"]

Bounds: TypeAlias = tuple[int | None, int | None]
"""The least and the greatest size; None where there is none."""

FIELDS: Final[dict[type[Illust | Novel], tuple[str, ...]]] = {
    Illust: ("width", "height"),
    Novel: ("text_length",),
}
"""The sizes that pixiv can search by and tells of each work, by what is searched for."""

_ANY: Final[Bounds] = (None, None)


@attrs.frozen
class Part:
    """
    The works whose sizes are within bounds.

    Attributes:
        bounds: For each of the `FIELDS`, in their order, as far as there are any.
    """

    bounds: tuple[Bounds, ...] = ()

    def arguments(self, kind: type[Illust] | type[Novel]) -> Mapping[str, int]:
        """The arguments of a search for this part."""
        given: dict[str, int] = {}
        for name, (least, greatest) in zip(FIELDS[kind], self.bounds, strict=False):
            if least is not None:
                given[f"{name}_min"] = least
            if greatest is not None:
                given[f"{name}_max"] = greatest
        return given

    def size_of(self, work: Illust | Novel) -> tuple[int, ...] | None:
        """The sizes of *work*; None where pixiv does not say."""
        size = (work.width, work.height) if isinstance(work, Illust) else (work.text_length or 0,)
        return size if all(size) else None

    def holds(self, size: Sequence[int]) -> bool:
        """Whether a work of this *size* is in it."""
        return all(
            (least is None or one >= least) and (greatest is None or one <= greatest)
            for one, (least, greatest) in zip(size, self.bounds, strict=False)
        )

    def split(self, sizes: Sequence[tuple[int, ...]]) -> tuple[list[Part], bool]:
        """
        Split it where the works are that are known.

        Args:
            sizes: The sizes of works in it.

        Returns:
            Smaller parts, and whether they are all of it. They are not where all works are of
            one size: what has that very size is left out, since no search tells it apart.
        """
        parts: list[Part] = []
        part = self
        for field in range(len(sizes[0]) if sizes else 0):
            values = sorted(size[field] for size in sizes)
            smallest, largest = values[0], values[-1]
            if smallest < largest:
                middle = values[len(values) // 2]
                if middle == smallest:
                    middle = next(value for value in values if value > smallest)
                return [*parts, *part._cut(field, (None, middle - 1), (middle, None))], True
            parts += part._cut(field, (None, smallest - 1), (smallest + 1, None))
            part = part._cut(field, (smallest, smallest))[0]
        return parts, False

    def _cut(self, field: int, *pieces: Bounds) -> list[Part]:
        """The parts with a *field* within each of *pieces* too, but those that hold nothing."""
        known = [*self.bounds, *[_ANY] * (field + 1 - len(self.bounds))]
        low, high = known[field]
        parts: list[Part] = []
        for least, greatest in pieces:
            bounds = known[field] = _greater(low, least), _lesser(high, greatest)
            if not _hold_nothing(*bounds):
                parts.append(Part(tuple(known)))
        return parts


def _greater(one: int | None, other: int | None) -> int | None:
    return max((value for value in (one, other) if value is not None), default=None)


def _lesser(one: int | None, other: int | None) -> int | None:
    return min((value for value in (one, other) if value is not None), default=None)


def _hold_nothing(least: int | None, greatest: int | None) -> bool:
    """Whether no size is within: none is 0."""
    return greatest is not None and greatest < max(least or 0, 1)
