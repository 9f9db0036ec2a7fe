"""Asynchronous iterators that close themselves when a loop is left early."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Generic, ParamSpec, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
P = ParamSpec("P")


class ClosingIterator(AsyncIterator[T_co], Generic[T_co]):
    """
    Items as they come. Leaving the loop early needs no `aclose`.

    It drives a generator that holds nothing between its items, so that there is nothing to await
    when it is dropped; a bare generator would be left to the event loop to close, which trio
    warns of.
    """

    def __init__(self, source: AsyncGenerator[T_co]) -> None:
        self._source = source

    async def __anext__(self) -> T_co:
        return await anext(self._source)

    async def aclose(self) -> None:
        """Close the iterator."""
        await self._source.aclose()

    def __del__(self) -> None:
        # Running just now (its task is being torn down): it ends by itself.
        with contextlib.suppress(StopIteration, RuntimeError):
            self._source.aclose().__await__().__next__()


def closing_iterator(function: Callable[P, AsyncGenerator[T]]) -> Callable[P, ClosingIterator[T]]:
    """Make a generator function return a `ClosingIterator`."""

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> ClosingIterator[T]:
        return ClosingIterator(function(*args, **kwargs))

    return wrapper
