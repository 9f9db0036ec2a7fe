"""A request and its reply in a file: the format of recordings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

import attrs
import orjson

from ..errors import InvalidArgument
from .picture_files import make_archive, make_picture, measure_picture

__all__ = ["Key", "Recorded", "StoredBody", "body_of", "stored_body"]

Key: TypeAlias = tuple[str, str, str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]
"""What a request is known by: method, host, path, parameters and fields, in any order."""

StoredBody: TypeAlias = dict[str, Any]

_VERSION: Final = 1


@attrs.frozen(kw_only=True)
class Recorded:
    """
    A request and its reply, without secrets.

    Attributes:
        method: The HTTP method.
        host: The host, with its port if that is not the usual one.
        path: The path.
        query: Names and values of the query.
        form: Names and values of the form that was sent; of a file, its name and its size.
        status: The HTTP status.
        headers: The headers of the reply that were kept.
        body: The body of the reply: ``{"json": ...}``, ``{"text": "..."}``, or the measures of a
            picture, an archive or other bytes.
    """

    method: str
    host: str
    path: str
    query: list[list[str]]
    form: list[list[str]] = attrs.field(factory=list[list[str]])
    status: int
    headers: dict[str, str]
    body: StoredBody

    @property
    def key(self) -> Key:
        """What the request is known by."""
        return (
            self.method,
            self.host,
            self.path,
            tuple(sorted((name, value) for name, value in self.query)),
            tuple(sorted((name, value) for name, value in self.form)),
        )

    def dump(self) -> bytes:
        """Return the content of a file."""
        request = {
            "method": self.method, "host": self.host, "path": self.path, "query": self.query,
            "form": self.form,
        }  # fmt: skip
        reply = {"status": self.status, "headers": self.headers, "body": self.body}
        made = {"version": _VERSION, "request": request, "reply": reply}
        return orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    @classmethod
    def load(cls, path: Path) -> Recorded:
        """
        Read a file.

        Raises:
            InvalidArgument: It is no recording.
        """
        try:
            made: Any = orjson.loads(path.read_bytes())
            if made["version"] != _VERSION:
                raise InvalidArgument(f"{path.name} is a recording of a newer pixivkit")
            return cls(**made["request"], **made["reply"])
        except (ValueError, TypeError, KeyError) as exc:
            if isinstance(exc, InvalidArgument):
                raise
            raise InvalidArgument(f"{path.name} is no recording: {type(exc).__name__}") from None


def stored_body(content: bytes, kind: str, size: int, digest: str) -> StoredBody:
    """
    Return what is kept of a body that is no text.

    Args:
        content: The body, or its beginning where it is large.
        kind: Its Content-Type.
        size: How many bytes it has.
        digest: Its SHA-256.
    """
    facts = {"size": size, "sha256": digest}
    if measured := measure_picture(content):
        extension, width, height = measured
        return {"picture": extension, "width": width, "height": height, **facts}
    if len(content) == size and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            measured = measure_picture(archive.read(names[0])) if names else None
        if measured is not None:
            extension, width, height = measured
            frames = {"frames": names, "picture": extension, "width": width, "height": height}
            return {"archive": frames, **facts}
    return {"bytes": kind.partition(";")[0], **facts}


def body_of(stored: Mapping[str, Any]) -> bytes:
    """
    Return the body to answer with.

    JSON and text are what was received, without secrets. Pictures were not kept: one of one colour
    stands for each, of the same format and measures.
    """
    if "json" in stored:
        return orjson.dumps(stored["json"])
    if "text" in stored:
        return cast("str", stored["text"]).encode()
    name = cast("str", stored["sha256"])
    if "archive" in stored:
        frames = stored["archive"]
        size = (frames["width"], frames["height"])
        return make_archive(
            (frame, make_picture(frames["picture"], *size, f"{name} {frame}"))
            for frame in frames["frames"]
        )
    if "picture" in stored:
        return make_picture(stored["picture"], stored["width"], stored["height"], name)
    return bytes(min(stored["size"], 1024))
