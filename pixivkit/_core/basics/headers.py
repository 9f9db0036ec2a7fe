"""Headers of a reply, decoded when they are first read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

RawHeaders = Sequence[tuple[bytes, bytes]]

_HIDDEN = "set-cookie"


class Headers(Mapping[str, str]):
    """
    Headers by name, in lower case; decoded when they are first read.

    Where a header came several times, its values are joined by commas, which mean the same.
    Set-Cookie is left out: it holds credentials, and replies are kept and logged.
    """

    __slots__ = ("_raw", "_read")

    def __init__(self, raw: RawHeaders) -> None:
        self._raw = raw
        self._read: dict[str, str] | None = None

    def _all(self) -> dict[str, str]:
        if self._read is None:
            read: dict[str, str] = {}
            for raw_name, raw_value in self._raw:
                name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
                if name == _HIDDEN:
                    continue
                read[name] = f"{read[name]}, {value}" if name in read else value
            self._read = read
        return self._read

    def __getitem__(self, name: str) -> str:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __reduce__(self) -> tuple[Any, ...]:
        kept = [one for one in self._raw if one[0].lower() != _HIDDEN.encode()]
        return Headers, (kept,)
