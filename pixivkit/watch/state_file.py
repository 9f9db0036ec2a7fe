"""The file that a watch keeps its state in; everything here blocks."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from .._core.basics.file_lock import LockOwner
from .._core.basics.new_file import replace_file
from ..errors import WatchError
from .remembered import Key, Remembered

__all__ = ["StateFile"]

T = TypeVar("T")

_FORMAT: Final = "pixivkit watch"
_VERSION: Final = 1
_AWAY: Final = "it was left as it is: move it away, or give another name"


class StateFile:
    """
    A JSON file with what is remembered of each list, by the key of its request.

    It is written as a whole, beside it first. A file whose name goes on with ``.lock`` is there
    while it is in use. Lists that are not watched just now stay in it.

    Args:
        path: The file; it and its folder need not exist. Of a symbolic link, what it leads to.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._given = Path(path)
        self._path = Path(os.path.realpath(Path(path).expanduser()))
        self._owner: LockOwner | None = None
        self._written = b""
        self._requests: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"StateFile({str(self._given)!r})"

    @property
    def is_open(self) -> bool:
        """Whether it is locked for this watch."""
        return self._owner is not None

    def open(self) -> dict[str, Remembered]:
        """
        Lock the file and return what it holds; nothing where there is none.

        Raises:
            WatchError: It is in use, cannot be read, or holds something else.
        """
        owner = self._owner = LockOwner(Path(f"{self._path}.lock"), removed=True)
        try:
            return self._run(owner, lambda: self._open(owner))
        except BaseException:
            self.close()
            raise

    def write(self, lists: Mapping[str, Remembered], requests: Mapping[str, str]) -> None:
        """
        Replace what the file holds; does nothing where that is the same.

        Args:
            lists: What is remembered, by the keys of requests.
            requests: What those requests are, for people.

        Raises:
            WatchError: It could not be written; it holds what it did before.
        """
        assert self._owner is not None
        self._run(self._owner, lambda: self._write(lists, requests))

    def close(self) -> None:
        """Release the lock; does nothing where it is not held. It may be opened again."""
        owner, self._owner = self._owner, None
        if owner is not None:
            owner.leave()

    def _run(self, owner: LockOwner, function: Callable[[], T]) -> T:
        try:
            return owner.run(function)
        except OSError as exc:
            msg = f"the state of the watch, {self._given}: {exc.strerror or exc}"
            raise WatchError(msg) from exc

    def _open(self, owner: LockOwner) -> dict[str, Remembered]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if not owner.take():
            msg = f"{self._given} is in use by another watch: give each a file of its own"
            raise WatchError(msg)
        try:
            self._written = self._path.read_bytes()
        except FileNotFoundError:
            self._written = b""
            return {}
        try:
            content: object = json.loads(self._written)
        except (ValueError, RecursionError):
            msg = f"{self._given} is damaged, or no state of a watch; {_AWAY}"
            raise WatchError(msg) from None
        fields = cast("dict[str, Any]", content) if isinstance(content, dict) else {}
        if fields.get("format") != _FORMAT:
            msg = f"{self._given} is no state of a watch; {_AWAY}"
            raise WatchError(msg)
        if fields.get("version") != _VERSION:
            msg = f"{self._given} was written by another version of pixivkit; {_AWAY}"
            raise WatchError(msg)
        try:
            self._requests = {key: str(one["request"]) for key, one in fields["lists"].items()}
            return {key: _remembered(one) for key, one in fields["lists"].items()}
        except (AttributeError, KeyError, TypeError, ValueError):
            msg = f"{self._given} is damaged; {_AWAY}"
            raise WatchError(msg) from None

    def _write(self, lists: Mapping[str, Remembered], requests: Mapping[str, str]) -> None:
        self._requests.update(requests)
        entries = {
            key: {"request": self._requests[key], **_fields(one)} for key, one in lists.items()
        }
        content = {"format": _FORMAT, "version": _VERSION, "lists": entries}
        text = json.dumps(content).encode("ascii") + b"\n"
        if text != self._written:
            replace_file(self._path, text)
            self._written = text


def _fields(remembered: Remembered) -> dict[str, object]:
    day = remembered.day
    return {
        "known": list(remembered.known),
        "goes_on": remembered.goes_on,
        "day": None if day is None else day.isoformat(),
        "whole": remembered.whole,
    }


def _remembered(fields: Mapping[str, object]) -> Remembered:
    known, goes_on, day, whole = (fields[one] for one in ("known", "goes_on", "day", "whole"))
    if not isinstance(known, list) or not isinstance(goes_on, bool) or not isinstance(whole, bool):
        raise TypeError
    keys: dict[Key, None] = {}
    for key in cast("list[object]", known):
        if isinstance(key, bool) or not isinstance(key, int | str):
            raise TypeError
        keys[key] = None
    if day is not None and not isinstance(day, str):
        raise TypeError
    return Remembered(
        known=keys,
        goes_on=goes_on,
        day=None if day is None else dt.date.fromisoformat(day),
        whole=whole,
    )
