"""
Pool connections, which stay fast and alive under load.

The pools of httpx slow down with the number of their connections, and lose places for good when
requests are cancelled while they wait for one. So each request gets a connection of its own from
a stack: the last one used first, dropped when its request did not finish cleanly, behind a limiter
of our own.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar

import anyio
import attrs

_IDLE_SECONDS = 30.0


class Connection(Protocol):
    """The interface of pooled connections."""

    def is_ready(self) -> bool:
        """Whether it can send another request."""
        ...

    async def aclose(self) -> None:
        """Close it."""
        ...


ConnectionT = TypeVar("ConnectionT", bound=Connection)
Origin = TypeVar("Origin", bound=Hashable)


@attrs.define(eq=False)
class Slot(Generic[Origin, ConnectionT]):
    """A pooled connection: its origin, when it was made, and when it was last used."""

    origin: Origin
    connection: ConnectionT
    round: int
    idle_since: float = 0.0


class Slots(Generic[Origin, ConnectionT]):
    """A pool with one connection for each request under way, reused last in first out."""

    def __init__(self, connections: int, connect: Callable[[Origin], ConnectionT]) -> None:
        """
        Args:
            connections: How many there may be; further requests wait.
            connect: Makes one, which need not be open yet.
        """
        self._limiter = anyio.Semaphore(connections, fast_acquire=True)
        self._idle: defaultdict[Origin, list[Slot[Origin, ConnectionT]]] = defaultdict(list)
        self._connect = connect
        self._round = 0

    async def take(self, origin: Origin) -> Slot[Origin, ConnectionT]:
        """Wait for a connection to *origin*; give it back or drop it afterwards."""
        await self._limiter.acquire()
        idle = self._idle[origin]
        try:
            while idle:
                slot = idle.pop()
                if slot.connection.is_ready():
                    return slot
                await _close(slot)
            return Slot(origin, self._connect(origin), self._round)
        except BaseException:
            self._limiter.release()
            raise

    async def give_back(self, slot: Slot[Origin, ConnectionT]) -> None:
        """Return the connection of a request that finished cleanly to the pool."""
        if slot.round != self._round:
            await self.drop(slot)
            return
        idle = self._idle[slot.origin]
        slot.idle_since = time.monotonic()
        idle.append(slot)
        self._limiter.release()
        if slot.idle_since - idle[0].idle_since > _IDLE_SECONDS:
            await _close(idle.pop(0))

    async def drop(self, slot: Slot[Origin, ConnectionT]) -> None:
        """Close the connection of a request that did not finish cleanly."""
        try:
            await _close(slot)
        finally:
            self._limiter.release()

    async def aclose(self) -> None:
        """Close idle connections now, and those in use when they are given back or dropped."""
        self._round += 1
        for idle in self._idle.values():
            while idle:
                await _close(idle.pop())


async def _close(slot: Slot[Origin, ConnectionT]) -> None:
    with anyio.CancelScope(shield=True):
        await slot.connection.aclose()
