"""Parse and build URLs of pixiv's images."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

import attrs

from .._core.account.hosts import Hosts
from .._core.basics.japan_time import JST
from ..errors import Restricted, UnexpectedHost
from ..pixiv_url import is_image_host

__all__ = [
    "ImageUrl",
    "extension_of",
    "original_candidates",
    "refuse_placeholder",
    "routed",
    "suffix_of",
    "url_path",
    "zip_candidates",
]

EXTENSIONS: Final = ("jpg", "png", "gif")
"""What originals end in, the commonest first."""


_FILE_EXTENSIONS: Final = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".zip")
_PLACEHOLDER = re.compile(r"/common/images/(?P<limit>limit_\w+)\.\w+$")
# Numbers have few digits, since Python does not read thousands of them.
_WORK = re.compile(
    r"/(?:c/(?P<size>[\w-]{1,32})/)?"
    r"(?P<folder>img-master|custom-thumb|img-original|img-zip-ugoira)"
    r"/img/(?P<date>\d{4}(?:/\d\d){5})"
    r"/(?P<id>\d{1,18})(?:-(?P<hash>[0-9a-f]{32})(?=[_.]))?"
    r"(?:_(?P<resume_point>p|ugoira)(?P<page>\d{1,6}))?"
    r"(?P<rest>[\w-]{0,32})\.(?P<ext>\w{1,8})",
    re.ASCII,
)
_COVER = re.compile(
    r"/(?:c/[^/]+/)?novel-cover-(?:master|original)/img/(?P<date>\d{4}(?:/\d\d){5})"
    r"/(?P<name>\w+?)(?:_(?:master|square)\d+)?\.(?P<ext>\w+)",
    re.ASCII,
)


@attrs.frozen
class ImageUrl:
    """
    The parts of the URL of an image of a work.

    Attributes:
        illust_id: Id of the work.
        page: Number of the page or the frame, from 0; 0 for an archive.
        is_ugoira: Whether the work is an ugoira.
        date: When the file was uploaded.
        ext: The extension, without a dot.
        is_original: Whether it is as it was uploaded.
        name: What the name of the file says beside the id, with the size it was made in, such as
            ``p0_master1200`` or ``p0_master1200_540x540_70``.
        date_path: The date as it is in the path, which all pictures of the work share.
        hash: What pixiv puts after the id where only those who are logged in may see the work, 32
            hexadecimal digits; empty for most works.
    """

    illust_id: int
    page: int
    is_ugoira: bool
    date: dt.datetime
    ext: str
    is_original: bool
    name: str
    date_path: str
    hash: str = ""

    @classmethod
    def parse(cls, url: str) -> ImageUrl | None:
        """Parse *url*; None where it is not the URL of an image of a work."""
        match = _WORK.fullmatch(url_path(url))
        if match is None:
            return None
        try:
            # `strptime` takes longer than everything else here.
            year, month, day, hour, minute, second = map(int, match["date"].split("/"))
            date = dt.datetime(year, month, day, hour, minute, second, tzinfo=JST)
        except ValueError:
            return None
        resume_point, page, size = match["resume_point"] or "", match["page"] or "", match["size"]
        archive = match["folder"] == "img-zip-ugoira"
        return cls(
            illust_id=int(match["id"]),
            page=0 if archive else int(page or 0),
            # A smaller picture of an ugoira has no number; its archive has its size there.
            is_ugoira=resume_point != "p",
            date=date,
            ext=match["ext"],
            is_original=match["folder"] == "img-original",
            name=f"{resume_point}{page}{match['rest']}{f'_{size}' if size else ''}".strip("_"),
            date_path=match["date"],
            hash=match["hash"] or "",
        )

    def originals(self, page: int) -> tuple[str, ...]:
        """
        Return the possible URLs of the original of a page: only its extension is not known.

        Args:
            page: Number of the page or the frame, from 0.
        """
        known = self.ext if self.is_original else ""
        resume_point = "ugoira" if self.is_ugoira else "p"
        order = sorted(EXTENSIONS, key=lambda ext: ext != known)
        return tuple(
            f"https://i.pximg.net/img-original/img/{self.date_path}/{name}_{resume_point}{page}.{ext}"
            for name in self._names
            for ext in order
        )

    def archives(self) -> tuple[str, ...]:
        """Return the URLs of the archives with the frames of an ugoira, the larger ones first."""
        return tuple(
            f"https://i.pximg.net/img-zip-ugoira/img/{self.date_path}/{name}_ugoira{size}.zip"
            for name in self._names
            for size in ("1920x1080", "600x600")
        )

    @property
    def _names(self) -> tuple[str, ...]:
        """
        What names of files of the work may begin with, the likeliest first.

        The original of a page has the hash of its smaller pictures, and is found without it as
        well (danbooru #6296); whether other pages have the same one was not seen yet.
        """
        plain = str(self.illust_id)
        return (f"{plain}-{self.hash}", plain) if self.hash else (plain,)


def original_candidates(url: str, page: int | None = None) -> tuple[str, ...]:
    """
    Return the possible URLs of the original that a smaller picture was made from.

    The path of the two is the same but for its folder and the extension, which a smaller picture
    does not tell (pixivnow and ppixiv probe it as well).

    Args:
        url: The URL of any picture of a work.
        page: Another page of the work, from 0.

    Returns:
        The URLs to try in turn; none where *url* is not that of a picture of a work.
    """
    image = ImageUrl.parse(url)
    return () if image is None else image.originals(image.page if page is None else page)


def zip_candidates(url: str) -> tuple[str, ...]:
    """Return the possible URLs of the frames of the ugoira that the picture or archive is of."""
    image = ImageUrl.parse(url)
    return image.archives() if image and image.is_ugoira else ()


def cover_candidates(url: str) -> tuple[str, ...]:
    """
    Return the possible URLs of the uploaded cover of a novel, and *url* after them.

    The folder is ``novel-cover-original`` (gallery-dl, PixivBatchDownloader and PixivUtil2 have
    it so); pixiv's own covers have no original.
    """
    match = _COVER.fullmatch(url_path(url))
    if match is None:
        return (url,)
    base = f"https://i.pximg.net/novel-cover-original/img/{match['date']}/{match['name']}"
    return (*(f"{base}.{ext}" for ext in EXTENSIONS), url)


def refuse_placeholder(url: str) -> None:
    """
    Refuse the picture that pixiv shows in place of a work.

    Raises:
        Restricted: *url* is such a picture; its name says why.
    """
    if match := _PLACEHOLDER.search(url_path(url)):
        msg = "pixiv shows a placeholder in place of the work"
        raise Restricted(msg, status=200, reason=match["limit"])


def url_path(url: str) -> str:
    """Return the path of *url*; empty where it is no URL at all."""
    split = _split(url)
    return "" if split is None else split.path


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:  # Such as brackets without an address between them.
        return None


def suffix_of(url: str) -> str:
    """Return the suffix of the file name in *url*, with its dot; empty for none."""
    name = url_path(url).rstrip("/").rpartition("/")[2]
    dot = name.rfind(".")
    return name[dot:] if 0 < dot < len(name) - 1 else ""


def extension_of(url: str) -> str:
    """Return the extension of the file at *url*, in lower case, with its dot; empty if unknown."""
    suffix = suffix_of(url).lower()
    return suffix if suffix in _FILE_EXTENSIONS else ""


def routed(url: str, hosts: Hosts) -> str:
    """
    Return the URL to fetch *url* from, as *hosts* say.

    Args:
        url: A URL on pximg.net or one of its siblings, or on the mirror itself.
        hosts: Says whether there is a mirror of images.

    Raises:
        UnexpectedHost: It is on any other host, or cannot be sent; nothing may be sent there.
    """
    split = _split(url)
    if split is None or not (url.isascii() and url.isprintable()) or " " in url:
        raise UnexpectedHost("what should be the URL of an image is none")
    mirror = hosts.images
    path = split.path + (f"?{split.query}" if split.query else "")
    steps = unquote(split.path).replace("\\", "/").split("/")
    if ".." in steps or "." in steps or not path.startswith("/"):
        raise UnexpectedHost("the path of an image URL leads elsewhere")
    if mirror and url.startswith(f"{mirror}/"):
        return mirror + url[len(mirror) :].partition("#")[0]
    host = split.netloc.lower()
    if split.scheme not in ("http", "https") or not is_image_host(host):
        msg = f"{split.hostname or 'this'} is no host of pixiv's images"
        raise UnexpectedHost(msg)
    return (mirror or f"https://{host}") + path
