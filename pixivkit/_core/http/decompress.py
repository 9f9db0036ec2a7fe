"""Decompress bodies in parts: a little may become a lot."""

from __future__ import annotations

import math
import zlib
from collections.abc import AsyncGenerator, AsyncIterator

import anyio
import anyio.lowlevel

from ...errors import Timeout, TransportError
from ..basics.headers import RawHeaders
from .backend import abandon

IDENTITY = "identity"
"""The encoding of a body that is not packed."""

_GZIP = 16 + zlib.MAX_WBITS
_WINDOWS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": zlib.MAX_WBITS}
_LARGEST_PART = 1024 * 1024


def encoding_of(headers: RawHeaders) -> str:
    """Return the header Content-Encoding, in lower case; ``identity`` without one."""
    for name, value in headers:
        if name.lower() == b"content-encoding":
            return value.decode("latin-1").strip().lower() or IDENTITY
    return IDENTITY


def decompress(
    chunks: AsyncIterator[bytes], encoding: str, deadline: float = math.inf
) -> AsyncIterator[bytes]:
    """
    Decompress *chunks*, in parts of a megabyte at most.

    Iterating raises `TransportError` where it is packed in a way that nobody asked for, is not
    what it says, or breaks off, and `Timeout` past the deadline.

    Args:
        chunks: The body as it comes.
        encoding: What `encoding_of` found.
        deadline: When unpacking must be done, on anyio's clock; *chunks* keep their own.
    """
    return chunks if encoding == IDENTITY else _inflated(chunks, encoding, deadline)


async def _inflated(
    chunks: AsyncIterator[bytes], encoding: str, deadline: float
) -> AsyncGenerator[bytes]:
    if encoding not in _WINDOWS:
        msg = f"the body is packed as {encoding[:20]!r}, which nobody asked for"
        raise TransportError(msg)
    unpacker = None
    try:
        async for packed in chunks:
            while packed:
                if unpacker is None or unpacker.eof:
                    # A body may be several, one after the other.
                    unpacker = zlib.decompressobj(wbits=_WINDOWS[encoding])
                part = unpacker.decompress(packed, _LARGEST_PART)
                packed = unpacker.unconsumed_tail or unpacker.unused_data
                if part:
                    yield part
                if packed:
                    # Others have their turn, and whoever cancels is heard.
                    await anyio.lowlevel.checkpoint()
                if anyio.current_time() > deadline:
                    raise Timeout("unpacking the reply took too long")
    except zlib.error as exc:
        await abandon(chunks)
        msg = f"the body is no {encoding}, though it says so"
        raise TransportError(msg) from exc
    except BaseException:
        await abandon(chunks)
        raise
    if unpacker is not None and not unpacker.eof:
        msg = f"the body ends before its {encoding} does"
        raise TransportError(msg)
