"""The messages of a home to one program: what happens to its calls, while it happens."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Hashable, Iterable
from typing import Final

import anyio
import attrs

from .._core.basics.events import Event, level_of

__all__ = ["Message", "MessageQueue"]

_MOST: Final = 10_000
_TOGETHER: Final = 0.05


@attrs.frozen
class Message:
    """
    A message to a program.

    Attributes:
        number: Its number in the queue: the later, the higher.
        ticket: The number that the program gave its call; 0 for what belongs to all.
        content: What happened: an `Event`, or what the progress callback of the call gets.
    """

    number: int
    ticket: int
    content: object


class MessageQueue:
    """
    The messages to one program, in the order of what happened, until it has them.

    A program that died fetches none: the oldest are dropped where there are too many.

    Args:
        level: The lowest level of events that the program wants to know of, as of `logging`.
        most: How many messages it keeps.
        together: For how many seconds messages are gathered that are fetched at once.
    """

    def __init__(self, level: int, *, most: int = _MOST, together: float = _TOGETHER) -> None:
        self._level = level
        self._most = most
        self._together = together
        self._numbers = itertools.count(1)
        self._messages: dict[int, Message] = {}
        self._progress: dict[int, dict[Hashable, int]] = {}
        self._has_some = asyncio.Event()
        self._readers = 0
        self._is_closed = False

    @property
    def is_read(self) -> bool:
        """Whether the program waits for messages now."""
        return self._readers > 0

    def wants(self, event: Event) -> bool:
        """Whether the program wants to know of an event."""
        return level_of(event) >= self._level

    def put(self, ticket: int, content: object) -> int:
        """Add a message about a call, and return its number."""
        number = next(self._numbers)
        self._messages[number] = Message(number, ticket, content)
        if len(self._messages) > self._most:
            self._drop([next(iter(self._messages))])
        self._has_some.set()
        return number

    def put_progress(self, ticket: int, content: object, about: Hashable = None) -> None:
        """
        Add a progress in place of the last one that nobody has fetched; the first one stays.

        Args:
            ticket: The call.
            content: What its callback gets.
            about: What progresses, where that is several things.
        """
        numbers = self._progress.setdefault(ticket, {})
        is_first = about not in numbers
        if not is_first:
            self._messages.pop(numbers[about], None)
        number = self.put(ticket, content)
        numbers[about] = 0 if is_first else number

    def take(self, ticket: int) -> tuple[Message, ...]:
        """Remove and return the messages of a call that has ended, for its answer."""
        self._progress.pop(ticket, None)
        taken = [one for one in self._messages.values() if one.ticket == ticket]
        self._drop(one.number for one in taken)
        return tuple(taken)

    async def fetch(self, after: int, seconds: float) -> tuple[Message, ...]:
        """
        Return the messages that there are, or wait for some.

        They stay until the next time: one that got lost on the way is fetched again.

        Args:
            after: The number of the last message that the program has; those before go.
            seconds: How long to wait; nothing is returned then.
        """
        self._drop([number for number in self._messages if number <= after])
        self._readers += 1
        try:
            with anyio.move_on_after(seconds):
                while not self._messages and not self._is_closed:
                    self._has_some.clear()
                    await self._has_some.wait()
                    await anyio.sleep(self._together)
        finally:
            self._readers -= 1
        return tuple(self._messages.values())

    def close(self) -> None:
        """Let nobody wait any longer."""
        self._is_closed = True
        self._has_some.set()

    def _drop(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self._messages.pop(number, None)
