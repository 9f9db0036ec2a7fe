"""Stream multipart bodies: files are sent as they are read, and none is held in memory."""

from __future__ import annotations

import mimetypes
import os
import secrets
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable
from contextlib import AsyncExitStack, aclosing
from typing import Any

import anyio
import attrs

from ...errors import InvalidArgument, TransportError
from ..calls.encode import Encoded, FilePart
from ..calls.request import Progress, ProgressCallback
from ..declaration.arguments import UploadFile

_CHUNK = 65536

_SIGNATURES: dict[bytes, str] = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}


@attrs.frozen
class _Part:
    """One part: its header and its content."""

    head: bytes
    read: Callable[[], AsyncGenerator[bytes]]
    size: int | None


@attrs.define
class MultipartBody:
    """
    A multipart body; `replayable` tells whether it can be sent more than once.

    Attributes:
        content_type: Header value, with the boundary.
        size: Length in bytes; None where a part does not know its own.
        replayable: Whether every part can be read again.
        failure: What a file or a callback raised while the body was sent.
    """

    content_type: str
    size: int | None
    replayable: bool
    _parts: list[_Part] = attrs.field(alias="parts")
    _boundary: bytes = attrs.field(alias="boundary")
    failure: Exception | None = attrs.field(default=None, init=False)

    async def stream(self, progress: ProgressCallback | None) -> AsyncIterator[bytes]:
        """Yield the body; call *progress* with the bytes so far after each chunk."""
        sent = 0
        try:
            async with aclosing(self._chunks()) as chunks:
                async for chunk in chunks:
                    yield chunk
                    sent += len(chunk)
                    if progress is not None:
                        progress(Progress(sent, self.size))
        except Exception as exc:
            self.failure = exc
            raise

    async def _chunks(self) -> AsyncGenerator[bytes]:
        for part in self._parts:
            yield b"--" + self._boundary + b"\r\n" + part.head
            async with aclosing(part.read()) as content:
                async for chunk in content:
                    yield chunk
            yield b"\r\n"
        yield b"--" + self._boundary + b"--\r\n"


async def open_multipart(encoded: Encoded, stack: AsyncExitStack, endpoint: str) -> MultipartBody:
    """
    Make the body of *encoded*; open its files, which *stack* closes.

    Raises:
        InvalidArgument: A file cannot be read, or is empty.
    """
    boundary = secrets.token_hex(16).encode("ascii")
    parts = [_text_part(name, text) for name, text in encoded.fields]
    replayable = True
    for file in encoded.files:
        part = await _file_part(file, stack, endpoint)
        replayable = replayable and part.size is not None
        parts.append(part)
    size = len(boundary) + 6
    known = True
    for part in parts:
        known = known and part.size is not None
        size += len(boundary) + 4 + len(part.head) + (part.size or 0) + 2
    return MultipartBody(
        content_type=f"multipart/form-data; boundary={boundary.decode()}",
        size=size if known else None,
        replayable=replayable,
        parts=parts,
        boundary=boundary,
    )


def _quoted(name: str) -> str:
    # As browsers do (WHATWG HTML, multipart/form-data encoding algorithm).
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _text_part(name: str, text: str) -> _Part:
    content = text.encode("utf-8")
    head = f'Content-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n'
    return _Part(head.encode("utf-8"), _once(content), len(content))


def _once(content: bytes) -> Callable[[], AsyncGenerator[bytes]]:
    async def read() -> AsyncGenerator[bytes]:
        for start in range(0, len(content), _CHUNK):
            yield content[start : start + _CHUNK]

    return read


async def _file_part(part: FilePart, stack: AsyncExitStack, endpoint: str) -> _Part:
    given = part.file if isinstance(part.file, UploadFile) else UploadFile(part.file)
    source = given.source
    first = b""
    read: Callable[[], AsyncGenerator[bytes]]
    size: int | None = None
    if isinstance(source, bytes):
        read, size, first = _once(source), len(source), source[:16]
    elif isinstance(source, str | os.PathLike):
        read, size, first = await _open(source, stack, endpoint)
    else:
        read = _from(source)
    content_type = given.content_type or _sniff(first) or _guess(source, given.name)
    name = given.name or _own_name(source) or f"{part.position}{_suffix(content_type)}"
    head = (
        f'Content-Disposition: form-data; name="{_quoted(part.field)}"; '
        f'filename="{_quoted(name)}"\r\nContent-Type: {content_type}\r\n\r\n'
    )
    return _Part(head.encode("utf-8", "replace"), read, size)


async def _open(
    path: str | os.PathLike[str], stack: AsyncExitStack, endpoint: str
) -> tuple[Callable[[], AsyncGenerator[bytes]], int, bytes]:
    try:
        file = await stack.enter_async_context(await anyio.open_file(path, "rb"))
        size = await file.seek(0, os.SEEK_END)
        await file.seek(0)
        first = await file.read(16)
    except OSError as exc:
        msg = f"files: {os.fspath(path)!r} cannot be read: {exc.strerror or exc}"
        raise InvalidArgument(msg, endpoint=endpoint) from None
    if not size:
        msg = f"files: {os.fspath(path)!r} is empty"
        raise InvalidArgument(msg, endpoint=endpoint)

    async def read() -> AsyncGenerator[bytes]:
        await file.seek(0)
        left = size
        while left:
            chunk = await file.read(min(_CHUNK, left))
            if not chunk:
                msg = f"{os.fspath(path)!r} became shorter while it was sent"
                raise TransportError(msg)
            left -= len(chunk)
            yield chunk

    return read, size, first


def _from(source: AsyncIterable[bytes]) -> Callable[[], AsyncGenerator[bytes]]:
    async def read() -> AsyncGenerator[bytes]:
        async for chunk in source:
            if chunk:
                yield chunk

    return read


def _sniff(first: bytes) -> str:
    return next((kind for mark, kind in _SIGNATURES.items() if first.startswith(mark)), "")


def _own_name(source: Any) -> str:
    return os.path.basename(os.fspath(source)) if isinstance(source, str | os.PathLike) else ""


def _guess(source: Any, name: str | None) -> str:
    guessed, _ = mimetypes.guess_type(name or _own_name(source))
    return guessed or "application/octet-stream"


def _suffix(content_type: str) -> str:
    return "" if content_type == "application/octet-stream" else (
        mimetypes.guess_extension(content_type) or ""
    )  # fmt: skip
