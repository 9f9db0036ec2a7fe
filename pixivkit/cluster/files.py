"""Read the files that a request sends: only this program knows its paths."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import anyio
import attrs

from .._core.calls.request import Request
from .._core.declaration.arguments import FileSource, UploadFile
from ..errors import InvalidArgument

__all__ = ["carried"]


async def carried(request: Request) -> Request:
    """
    Return *request* with the bytes of its files instead of their paths.

    Raises:
        InvalidArgument: A file cannot be read, or is an iterable, which cannot travel.
    """
    params = request.endpoint.params
    if not any(param.is_file for param in params):
        return request
    arguments = list(request.arguments)
    for index, (param, value) in enumerate(zip(params, arguments, strict=True)):
        if not param.is_file or value is None:
            continue
        name = request.endpoint.name
        if isinstance(value, tuple):
            files = cast("tuple[FileSource, ...]", value)
            arguments[index] = tuple([await _carried(file, name) for file in files])
        else:
            arguments[index] = await _carried(cast("FileSource", value), name)
    return attrs.evolve(request, arguments=tuple(arguments))


async def _carried(file: FileSource, endpoint: str) -> FileSource:
    given = file if isinstance(file, UploadFile) else UploadFile(file)
    source = given.source
    if isinstance(source, bytes):
        return file
    if not isinstance(source, str | os.PathLike):
        msg = "files: an iterable of bytes cannot travel to the home of an account; give bytes"
        raise InvalidArgument(msg, endpoint=endpoint)
    try:
        content = await anyio.Path(source).read_bytes()
    except OSError as exc:
        msg = f"files: {os.fspath(source)!r} cannot be read: {exc.strerror or exc}"
        raise InvalidArgument(msg, endpoint=endpoint) from None
    return attrs.evolve(given, source=content, name=given.name or Path(source).name)
