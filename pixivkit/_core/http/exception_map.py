"""
Translate exceptions of an HTTP library.

The exceptions of HTTP libraries quote replies, headers and the URLs of proxies, and so do the
variables of their functions, which a traceback holds on to. So what is raised in their place
keeps nothing of them but words that are known to be harmless.
"""

from __future__ import annotations

from typing import TypeAlias, TypeVar

import attrs

from ...errors import ConnectionFailed, PixivError, Timeout, TransportError

Kinds: TypeAlias = tuple[type[Exception], ...]
ErrorT = TypeVar("ErrorT", bound=PixivError)

_ENDED_EARLY = ("Server disconnected", "peer closed connection")


@attrs.frozen(kw_only=True)
class ExceptionMap:
    """
    Translates exceptions of an HTTP library into those of pixivkit; the first that fits counts.

    Attributes:
        slow_connection: No connection in time: pixiv has not seen the request, which is what
            decides about sending it again.
        slow: Anything else that took too long.
        proxy: A proxy makes no connection; its text may quote what the proxy says.
        no_connection: There is none.
        invalid: The request is not HTTP; its text may quote a header, which may be the credential.
        malformed: The reply is not; its text may quote the reply.
        broken: All others.
    """

    slow_connection: Kinds
    slow: Kinds
    proxy: Kinds
    no_connection: Kinds
    invalid: Kinds
    malformed: Kinds
    broken: Kinds

    @property
    def kinds(self) -> Kinds:
        """The classes that can be translated; raise the translation after `except`."""
        return (
            *self.slow_connection,
            *self.slow,
            *self.proxy,
            *self.no_connection,
            *self.invalid,
            *self.malformed,
            *self.broken,
        )

    def translate(self, exc: Exception) -> TransportError:
        """Return the exception to raise in the place of *exc*."""
        if isinstance(exc, self.slow_connection):
            return ConnectionFailed("connecting took too long")
        if isinstance(exc, self.slow):
            return Timeout(f"{type(exc).__name__} while waiting for pixiv")
        if isinstance(exc, self.proxy):
            return proxy_refused(str(exc))
        if isinstance(exc, self.no_connection):
            return ConnectionFailed(f"no connection: {exc}")
        if isinstance(exc, self.invalid):
            return TransportError("the request is not valid HTTP")
        if isinstance(exc, self.malformed):
            ended = str(exc).startswith(_ENDED_EARLY)
            return TransportError(
                "the reply broke off" if ended else "the reply is not valid HTTP"
            )
        return TransportError(f"{type(exc).__name__}: {exc}")


def proxy_refused(status_line: str) -> ConnectionFailed:
    """Return the error for a proxy that refused a connection, with the status of its reply."""
    reason = status_line[:3] if status_line[:3].isdecimal() else status_line
    return ConnectionFailed(f"no connection: the proxy refused it ({reason})")


def without_context(error: ErrorT) -> ErrorT:
    """Return *error* without its cause, context and traceback."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
