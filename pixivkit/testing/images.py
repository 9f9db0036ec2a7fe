"""What i.pximg.net and s.pximg.net serve: the pictures of the world's works and users."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from email.utils import format_datetime
from urllib.parse import urlsplit

import attrs

from .accepted import from_pixiv
from .messages import Answer, ReceivedRequest
from .picture_files import make_archive, make_picture
from .records import dated
from .world import Work, World

__all__ = ["Images"]

_ORIGINAL = re.compile(
    r"/img-original/img/(?P<date>[\d/]{19})/(?P<id>\d+)_(?P<mark>p|ugoira)(?P<page>\d+)"
    r"\.(?P<extension>jpg|png|gif)"
)
_SMALLER = re.compile(
    r"(?:/c/(?P<width>\d+)x(?P<height>\d+)[\w]*)?/(?:img-master|custom-thumb)"
    r"/img/(?P<date>[\d/]{19})/(?P<id>\d+)(?:_p(?P<page>\d+))?"
    r"_(?P<variant>master1200|square1200|custom1200)\.jpg"
)
_ZIP = re.compile(
    r"/img-zip-ugoira/img/(?P<date>[\d/]{19})/(?P<id>\d+)_ugoira(?P<size>600x600|1920x1080)\.zip"
)
_OF_NOVEL = re.compile(
    r"(?:/c/(?P<width>\d+)x(?P<height>\d+)\w*)?/novel-cover-(?:original|master)"
    r"/img/[\d/]{19}/(?:tei|ci)(?P<id>\d+)_\w+\.(?:jpg|png|gif)"
)
_COMMON = re.compile(r"/(?:common|www)/images/(?P<name>[\w/]+)\.(?P<extension>png|jpg|gif)")
_AVATAR = re.compile(r"/user-profile/img/.*")
_RANGE = re.compile(r"bytes=(?P<first>\d*)-(?P<last>\d*)")

_TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "zip": "application/zip"}
_LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@attrs.frozen
class _File:
    content: bytes = attrs.field(repr=False)
    extension: str
    date: dt.datetime

    @property
    def etag(self) -> str:
        return f'"{hashlib.md5(self.content, usedforsecurity=False).hexdigest()[:16]}"'


@attrs.define(eq=False)
class Images:
    """
    The hosts of images.

    Every file needs a Referer of pixiv's; of ``s.pximg.net`` it is not known whether the real one
    does, and the fake is strict.

    Attributes:
        world: What there are pictures of.
        least_bytes: How many bytes every picture has at least: a large download on demand.
    """

    world: World
    least_bytes: int = 0

    def answer(self, received: ReceivedRequest, path: str) -> Answer:
        """Serve the file at *path*, or the part of it that is asked for."""
        if not from_pixiv(received.headers):
            return _page(403, "403 Forbidden")
        if received.method not in ("GET", "HEAD"):
            return _page(405, "405 Not Allowed")
        found = self.find(path)
        return _page(404, "404 Not Found") if found is None else _serve(found, received.headers)

    def find(self, path: str) -> _File | None:
        """The file at *path*; None where there is none."""
        if match := _ORIGINAL.fullmatch(path):
            return self._original(match)
        if match := _SMALLER.fullmatch(path):
            return self._smaller(match, path)
        if match := _ZIP.fullmatch(path):
            return self._zip(match)
        if match := _OF_NOVEL.fullmatch(path):
            return self._of_novel(match, path)
        if match := _COMMON.fullmatch(path):
            content = make_picture(match["extension"], 360, 360, path, self.least_bytes)
            return _File(content, match["extension"], _LONG_AGO)
        return self._avatar(path) if _AVATAR.fullmatch(path) else None

    def _work(self, match: re.Match[str]) -> Work | None:
        work = self.world.works.get(int(match["id"]))
        return work if work and dated(work.date) == match["date"] else None

    def _original(self, match: re.Match[str]) -> _File | None:
        work, page = self._work(match), int(match["page"])
        if work is None or page >= work.page_count:
            return None
        made = work.pages[page]
        mark = "ugoira" if work.kind == "ugoira" else "p"
        if (match["mark"], match["extension"]) != (mark, made.extension):
            return None
        content = made.content
        if content is None:
            size = (made.width, made.height)
            content = make_picture(made.extension, *size, match[0], self.least_bytes)
        return _File(content, made.extension, work.date)

    def _smaller(self, match: re.Match[str], path: str) -> _File | None:
        work, page = self._work(match), int(match["page"] or 0)
        if work is None or page >= work.page_count:
            return None
        if (match["page"] is None) is not (work.kind == "ugoira"):
            return None
        width, height = work.pages[page].width, work.pages[page].height
        if match["variant"] != "master1200":
            width = height = min(width, height)
        most = (int(match["width"] or 1200), int(match["height"] or 1200))
        scale = min(1.0, most[0] / width, most[1] / height)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        return _File(make_picture("jpg", *size, path, self.least_bytes), "jpg", work.date)

    def _zip(self, match: re.Match[str]) -> _File | None:
        work = self._work(match)
        if work is None or work.kind != "ugoira":
            return None
        most = int(match["size"].partition("x")[0])
        scale = min(1.0, most / max(work.width, work.height))
        size = (max(1, round(work.width * scale)), max(1, round(work.height * scale)))
        frames = (
            (
                f"{index:06}.jpg",
                make_picture("jpg", *size, f"{match[0]} {index}", self.least_bytes),
            )
            for index in range(len(work.delays))
        )
        return _File(make_archive(frames), "zip", work.date)

    def _of_novel(self, match: re.Match[str], path: str) -> _File | None:
        novel = self.world.novels.get(int(match["id"]))
        if novel is None:
            return None
        for picture in (*novel.pictures, *([novel.cover] if novel.cover else [])):
            if urlsplit(picture.original_url).path == path:
                size = (picture.width, picture.height)
                content = make_picture(picture.extension, *size, path, self.least_bytes)
                return _File(content, picture.extension, picture.date)
            # The width and the height in the path bound it; what it looks like is no matter.
            base = urlsplit(picture.original_url).path.rpartition(".")[0].rpartition("/")[2]
            if match["width"] and f"/{base}_" in path:
                size = (min(int(match["width"]), picture.width), picture.height)
                return _File(
                    make_picture("jpg", *size, path, self.least_bytes), "jpg", picture.date
                )
        return None

    def _avatar(self, path: str) -> _File | None:
        for user in self.world.users.values():
            for size in (16, 50, 170):
                if urlsplit(user.avatar_url(size)).path == path:
                    content = make_picture(
                        user.avatar_extension, size, size, path, self.least_bytes
                    )
                    return _File(content, user.avatar_extension, user.joined)
        return None


def _page(status: int, title: str) -> Answer:
    body = f"<html><head><title>{title}</title></head><body>{title}</body></html>"
    return Answer(status, body.encode(), {"content-type": "text/html"})


def _serve(file: _File, asked: Mapping[str, str]) -> Answer:
    modified = format_datetime(file.date.astimezone(dt.UTC), usegmt=True)
    size = len(file.content)
    headers = {
        "content-type": _TYPES[file.extension],
        "etag": file.etag,
        "last-modified": modified,
        "accept-ranges": "bytes",
        "cache-control": "max-age=31536000",
    }
    if asked.get("if-none-match") == file.etag:
        return Answer(304, b"", headers)
    wanted = _RANGE.fullmatch(asked.get("range", "").strip())
    if not wanted or not (wanted["first"] or wanted["last"]):
        return Answer(200, file.content, headers)
    if asked.get("if-range", file.etag) not in (file.etag, modified):
        return Answer(200, file.content, headers)
    if wanted["first"]:
        first = int(wanted["first"])
        last = min(int(wanted["last"] or size), size - 1)
    else:
        first, last = max(0, size - int(wanted["last"])), size - 1
    if first > last:
        return Answer(416, b"", {**headers, "content-range": f"bytes */{size}"})
    headers["content-range"] = f"bytes {first}-{last}/{size}"
    return Answer(206, file.content[first : last + 1], headers)
