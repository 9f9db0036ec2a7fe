"""What an HTTP library raises, by what it means."""

from __future__ import annotations

from types import TracebackType
from typing import TypeAlias

import attrs

from ..errors import ConnectionFailed, Timeout, TransportError

Kinds: TypeAlias = tuple[type[Exception], ...]


@attrs.frozen(kw_only=True)
class Failures:
    """
    Turns exceptions of an HTTP library into ours, as a context manager.

    The first that fits counts. No URL, header or body gets into what is raised.

    Attributes:
        slow_connection: No connection in time: pixiv has not seen the request, which is what
            decides about sending it again.
        slow: Anything else that took too long.
        no_connection: There is none.
        invalid: The request is not HTTP; its text may quote a header, which may be the credential.
        broken: All others.
    """

    slow_connection: Kinds
    slow: Kinds
    no_connection: Kinds
    invalid: Kinds
    broken: Kinds

    def __enter__(self) -> None:
        return

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if exc is None:
            return
        if isinstance(exc, self.slow_connection):
            raise ConnectionFailed("connecting took too long") from exc
        if isinstance(exc, self.slow):
            raise Timeout(f"{type(exc).__name__} while waiting for pixiv") from exc
        if isinstance(exc, self.no_connection):
            raise ConnectionFailed(f"no connection: {exc}") from exc
        if isinstance(exc, self.invalid):
            raise TransportError("the request is not valid HTTP") from None
        if isinstance(exc, self.broken):
            raise TransportError(f"{type(exc).__name__}: {exc}") from exc
