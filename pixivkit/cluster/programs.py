"""The programs that use a home, and what each of them wants to know."""

from __future__ import annotations

import contextvars
from collections.abc import Hashable

import attrs

from .._core.basics.events import Event
from .message_queue import Message, MessageQueue

__all__ = ["InHand", "Programs"]


@attrs.frozen
class InHand:
    """
    What a home does for a program: a call, or a file.

    Attributes:
        queue: The messages to the program.
        ticket: The number that it gave this.
    """

    queue: MessageQueue
    ticket: int

    def progress(self, content: object, about: Hashable = None) -> None:
        """Tell the program how far it is; see `MessageQueue.put_progress`."""
        self.queue.put_progress(self.ticket, content, about)

    def end(self) -> tuple[Message, ...]:
        """Return the messages that the program has not fetched: they go with the answer."""
        return self.queue.take(self.ticket)


_in_hand: contextvars.ContextVar[InHand | None] = contextvars.ContextVar("in_hand", default=None)


class Programs:
    """
    The programs that use a home; each is known by a word.

    Args:
        account: The account of the home.
        node: The name of its machine.
        idle: After how many seconds without a call a program may be gone.
    """

    def __init__(self, account: str, node: str, idle: float) -> None:
        self._account = account
        self._node = node
        self._idle = idle
        self._seen: dict[str, float] = {}
        self._queues: dict[str, MessageQueue] = {}

    def __len__(self) -> int:
        return len(self._seen)

    def see(self, user: str, now: float) -> None:
        """Note that a program uses the home."""
        self._seen[user] = now

    def join(self, user: str, level: int) -> None:
        """Begin to keep messages for a program; those of what it asked for before are gone."""
        self._forget(user)
        self._queues[user] = MessageQueue(level)

    def part(self, user: str) -> None:
        """Let a program go."""
        self._seen.pop(user, None)
        self._forget(user)

    def are_there(self, now: float) -> bool:
        """Whether one of them used the home of late."""
        return any(now - seen < self._idle for seen in self._seen.values())

    def forget_idle(self, now: float) -> None:
        """Let those go that do nothing; one that waits for messages still gets them."""
        self._seen = {user: at for user, at in self._seen.items() if now - at < self._idle}
        unread = [user for user, queue in self._queues.items() if not queue.is_read]
        for user in set(unread) - set(self._seen):
            self._forget(user)

    def queue(self, user: str) -> MessageQueue | None:
        """Return the messages to a program; None where it has not joined."""
        return self._queues.get(user)

    def begin(self, user: str, ticket: int) -> InHand | None:
        """Tell a program what this task does from now on; None where it has not joined."""
        queue = self._queues.get(user)
        if queue is None:
            return None
        in_hand = InHand(queue, ticket)
        _in_hand.set(in_hand)
        return in_hand

    def tell(self, event: Event) -> None:
        """Tell the program whose call it is of an event, or all of one that is of no call."""
        ticket, queues = 0, list(self._queues.values())
        if event.call_id:
            in_hand = _in_hand.get()
            ticket, queues = (in_hand.ticket, [in_hand.queue]) if in_hand else (0, [])
        if queues := [queue for queue in queues if queue.wants(event)]:
            told = attrs.evolve(event, call_id=ticket, account=self._account, node=self._node)
            for queue in queues:
                queue.put(ticket, told)

    def close(self) -> None:
        """Let none of them wait for messages any longer."""
        for queue in self._queues.values():
            queue.close()

    def _forget(self, user: str) -> None:
        if (queue := self._queues.pop(user, None)) is not None:
            queue.close()
