"""How a reply goes out: whole, broken off, or not at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Final, Literal, TypeAlias

import attrs

from .received import Answer

__all__ = ["DELIVERY", "Deliver", "Delivery", "End"]

End: TypeAlias = Literal["whole", "close", "reset", "stall"]


@attrs.frozen(kw_only=True)
class Delivery:
    """
    A reply that does not go out as replies do.

    Attributes:
        status: The HTTP status; 0 for a reply of which nothing is sent.
        headers: Its headers, but for Content-Length.
        chunks: What is sent of its body, taken as it is sent.
        length: What Content-Length says.
        end: What becomes of the connection then: it is kept (``whole``), closed, reset, or left
            as it is until the client goes (``stall``).
    """

    status: int = 0
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    chunks: Iterable[bytes] = ()
    length: int = 0
    end: End

    @classmethod
    def of(cls, answer: Answer, *, length: int | None = None, end: End = "whole") -> Delivery:
        """Deliver *answer* with another Content-Length, or another end."""
        return cls(
            status=answer.status,
            headers=answer.headers,
            chunks=(answer.body,),
            length=len(answer.body) if length is None else length,
            end=end,
        )


Deliver: TypeAlias = Callable[[Delivery, Any, Any], Awaitable[None]]

DELIVERY: Final = "pixivkit.delivery"
"""
The ASGI extension that delivers: a `Deliver`, called with the delivery, `receive` and `send`.

Whoever runs the application adds it to the scope, since an application cannot break a connection.
"""
