"""Bodies that come packed, unpacked in parts: a little may become a lot."""

from __future__ import annotations

import zlib
from collections.abc import AsyncGenerator, AsyncIterator

from ..errors import TransportError

_WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
_LARGEST_PART = 1024 * 1024


def unpacked(chunks: AsyncIterator[bytes], encoding: str) -> AsyncIterator[bytes]:
    """
    The body that *chunks* are of, in parts of a megabyte at most where they are packed.

    Iterating raises `TransportError` where it is packed in a way that nobody asked for, or is not
    what it says.

    Args:
        chunks: The body as it comes.
        encoding: What the header Content-Encoding says; ``identity`` without one.
    """
    return chunks if encoding == "identity" else _inflated(chunks, encoding)


async def _inflated(chunks: AsyncIterator[bytes], encoding: str) -> AsyncGenerator[bytes]:
    if encoding not in _WINDOWS:
        msg = f"the body is packed as {encoding[:20]!r}, which nobody asked for"
        raise TransportError(msg)
    unpacker = zlib.decompressobj(wbits=_WINDOWS[encoding])
    try:
        async for packed in chunks:
            while packed:
                yield unpacker.decompress(packed, _LARGEST_PART)
                packed = unpacker.unconsumed_tail
    except zlib.error as exc:
        msg = f"the body is no {encoding}, though it says so"
        raise TransportError(msg) from exc
