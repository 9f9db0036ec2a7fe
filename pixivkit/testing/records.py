"""What the fake pixiv knows of users, works and what they have to do with each other."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final, Literal, TypeAlias

import attrs

from .._core.basics.japan_time import JST

__all__ = [
    "IMAGES", "JST", "Bookmark", "Comment", "Draft", "Follow", "Kind", "Mutes", "Novel",
    "NovelPicture", "NovelSeries", "Series", "Target", "Upload", "User", "Work", "WorkPage",
]  # fmt: skip

IMAGES: Final = "https://i.pximg.net"
_COVERS: Final = "https://s.pximg.net/common/images/novel_thumb"

Kind: TypeAlias = Literal["illust", "manga", "ugoira"]

Target: TypeAlias = Literal["illust", "novel"]
"""What is bookmarked and commented on: a work, or a novel."""


def dated(date: dt.datetime) -> str:
    """*date* as the folders of an image's address."""
    return date.strftime("%Y/%m/%d/%H/%M/%S")


@attrs.define(kw_only=True)
class User:
    """
    A user.

    Attributes:
        id: Id.
        name: Shown name.
        account: Name to log in with.
        comment: What the user says about themself.
        joined: When the account was made.
        is_premium: Whether it is a premium account.
        accepts_requests: Whether it takes requests.
        shows_r18: Whether it has R-18 works shown.
        avatar_extension: ``jpg``, ``png`` or ``gif``; empty for no picture of its own.
        shows_ai: Whether it has works made by AI shown.
        is_restricted: Whether it has restricted mode on.
        profile: What it has put on its profile, by the names of the App API.
        publicity: Who may see what of that, by the same names.
        workspace: What it works with, by the same names.
    """

    id: int
    name: str
    account: str
    comment: str = ""
    joined: dt.datetime
    is_premium: bool = False
    accepts_requests: bool = False
    shows_r18: bool = True
    avatar_extension: str = "jpg"
    shows_ai: bool = True
    is_restricted: bool = False
    profile: dict[str, object] = attrs.field(factory=dict[str, object])
    publicity: dict[str, str] = attrs.field(factory=dict[str, str])
    workspace: dict[str, str] = attrs.field(factory=dict[str, str])

    def avatar_url(self, size: int = 170) -> str:
        """Address of the picture in a *size* of 16, 50 or 170."""
        if not self.avatar_extension:
            suffix = "_s" if size == 50 else ""
            return f"https://s.pximg.net/common/images/no_profile{suffix}.png"
        digest = hashlib.sha256(f"avatar {self.id}".encode()).hexdigest()[:32]
        name = f"{self.id % 100_000_000}_{digest}_{size}.{self.avatar_extension}"
        return f"{IMAGES}/user-profile/img/{dated(self.joined)}/{name}"


@attrs.define(kw_only=True)
class WorkPage:
    """
    One page of a work.

    Attributes:
        width: In pixels.
        height: In pixels.
        extension: Of the original: ``jpg``, ``png`` or ``gif``.
        content: The original as it was uploaded; None for one that is made when asked for.
    """

    width: int
    height: int
    extension: str = "jpg"
    content: bytes | None = attrs.field(default=None, repr=False)


@attrs.define(kw_only=True)
class Work:
    """
    An illustration, a manga or an ugoira.

    Attributes:
        id: Id.
        user_id: The author.
        title: Title.
        kind: ``illust``, ``manga`` or ``ugoira``.
        caption: HTML.
        tags: Names of tags, in order.
        date: When it was posted, in Japan's time.
        pages: The pages.
        x_restrict: 0 all ages, 1 R-18, 2 R-18G.
        restrict: 0 public, 1 mypixiv, 2 private.
        sanity_level: 2, 4 or 6.
        sanity_limited: Whether the App API shows a placeholder instead.
        ai_type: 0 unset, 1 not AI, 2 AI.
        tools: What it was made with.
        series_id: The series it is part of.
        views: How often it was seen.
        old_bookmarks: Bookmarks by users that the world does not hold.
        old_likes: Likes by users that the world does not hold.
        delays: Of an ugoira: milliseconds of each frame.
    """

    id: int
    user_id: int
    title: str
    kind: Kind = "illust"
    caption: str = ""
    tags: list[str] = attrs.field(factory=list[str])
    date: dt.datetime
    pages: list[WorkPage]
    x_restrict: int = 0
    restrict: int = 0
    sanity_level: int = 2
    sanity_limited: bool = False
    ai_type: int = 1
    tools: list[str] = attrs.field(factory=list[str])
    series_id: int | None = None
    views: int = 0
    old_bookmarks: int = 0
    old_likes: int = 0
    delays: list[int] = attrs.field(factory=list[int])

    @property
    def width(self) -> int:
        """Of the first page."""
        return self.pages[0].width

    @property
    def height(self) -> int:
        """Of the first page."""
        return self.pages[0].height

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self.pages)

    def original_url(self, page: int = 0) -> str:
        """The file as it was uploaded; of an ugoira the first frame."""
        mark = "_ugoira" if self.kind == "ugoira" else "_p"
        name = f"{self.id}{mark}{page}.{self.pages[page].extension}"
        return f"{IMAGES}/img-original/img/{dated(self.date)}/{name}"

    def master_url(self, page: int = 0, *, size: str = "", variant: str = "master1200") -> str:
        """
        A smaller picture of a page.

        Args:
            page: From 0.
            size: Such as ``540x540_70``; empty for the largest.
            variant: ``master1200``, ``square1200`` or ``custom1200``.
        """
        resized = f"/c/{size}" if size else ""
        # The master of an ugoira has no page in its name.
        mark = "" if self.kind == "ugoira" and variant == "master1200" else f"_p{page}"
        if self.kind == "ugoira":
            mark = ""
        folder = "custom-thumb" if variant == "custom1200" else "img-master"
        name = f"{self.id}{mark}_{variant}.jpg"
        return f"{IMAGES}{resized}/{folder}/img/{dated(self.date)}/{name}"

    def zip_url(self, size: int = 600) -> str:
        """The frames of an ugoira: *size* 600 or 1920."""
        height = 600 if size == 600 else 1080
        name = f"{self.id}_ugoira{size}x{height}.zip"
        return f"{IMAGES}/img-zip-ugoira/img/{dated(self.date)}/{name}"


@attrs.define(kw_only=True)
class NovelPicture:
    """
    A picture that was uploaded with a novel.

    Attributes:
        id: Id; 0 for a cover.
        novel_id: The novel.
        date: When it was uploaded.
        width: In pixels.
        height: In pixels.
        extension: Of the original: ``jpg``, ``png`` or ``gif``.
    """

    id: int
    novel_id: int
    date: dt.datetime
    width: int = 600
    height: int = 800
    extension: str = "png"

    @property
    def _name(self) -> str:
        digest = hashlib.sha256(f"novel {self.novel_id} {self.id}".encode()).hexdigest()[:32]
        kind = f"tei{self.novel_id}_{self.id}" if self.id else f"ci{self.novel_id}"
        return f"{dated(self.date)}/{kind}_{digest}"

    @property
    def original_url(self) -> str:
        """The file as it was uploaded."""
        return f"{IMAGES}/novel-cover-original/img/{self._name}.{self.extension}"

    def smaller_url(self, size: str, variant: str = "master1200") -> str:
        """
        A smaller picture.

        Args:
            size: Such as ``480x960``.
            variant: ``master1200`` or ``square1200``.
        """
        return f"{IMAGES}/c/{size}/novel-cover-master/img/{self._name}_{variant}.jpg"


@attrs.define(kw_only=True)
class Novel:
    """
    A novel; the fields that `Work` has too mean the same.

    Attributes:
        text: Its text, in pixiv's markup.
        cover_id: Which of pixiv's covers it has.
        cover: A cover of its own, in place of that.
        pictures: The pictures that were uploaded with it.
    """

    id: int
    user_id: int
    title: str
    text: str
    caption: str = ""
    tags: list[str] = attrs.field(factory=list[str])
    date: dt.datetime
    cover_id: int = 0
    cover: NovelPicture | None = None
    pictures: list[NovelPicture] = attrs.field(factory=list[NovelPicture])
    x_restrict: int = 0
    restrict: int = 0
    is_original: bool = False
    ai_type: int = 1
    series_id: int | None = None
    views: int = 0
    old_bookmarks: int = 0

    @property
    def page_count(self) -> int:
        """How many pages its text has."""
        return self.text.count("[newpage]") + 1

    def cover_url(self, size: str = "240mw") -> str:
        """Address of the cover in a *size* of ``128x128``, ``176mw`` or ``240mw``."""
        if self.cover is None:
            return f"{_COVERS}/novel_thumb_{self.cover_id}_{size}.jpg"
        if size == "128x128":
            return self.cover.smaller_url(size, "square1200")
        return self.cover.smaller_url("176x352" if size == "176mw" else "240x480_80")


@attrs.define(kw_only=True)
class Comment:
    """
    A comment.

    Attributes:
        id: Id.
        target: What it is on: ``illust`` or ``novel``.
        work_id: Id of that.
        user_id: Who wrote it.
        text: Text; empty for a stamp.
        date: When.
        parent_id: The comment it replies to.
        stamp_id: The stamp it is.
    """

    id: int
    target: Target
    work_id: int
    user_id: int
    text: str
    date: dt.datetime
    parent_id: int | None = None
    stamp_id: int | None = None


@attrs.define(kw_only=True)
class Draft:
    """A draft of a novel; *restrict* and *x_restrict* are the words that the App API takes."""

    id: int
    user_id: int
    title: str
    text: str
    caption: str = ""
    tags: list[str] = attrs.field(factory=list[str])
    cover_id: int = 0
    restrict: str = "public"
    x_restrict: str = "none"
    is_original: bool = False
    date: dt.datetime


@attrs.define(kw_only=True)
class Upload:
    """
    An illustration that was sent and is not published yet.

    Attributes:
        key: The convert key.
        work: What it becomes; it has no id while the upload is processed.
        polls_left: How many more times its status is ``PROCESSING``.
        published: Whether the work is in the world.
    """

    key: str
    work: Work
    polls_left: int
    published: bool = False


@attrs.define(kw_only=True)
class Series:
    """
    A series of manga.

    Attributes:
        id: Id.
        user_id: The author.
        title: Title.
        caption: Text.
        work_ids: Its works, in order.
        date: When it was begun.
    """

    id: int
    user_id: int
    title: str
    caption: str = ""
    work_ids: list[int] = attrs.field(factory=list[int])
    date: dt.datetime


@attrs.define(kw_only=True)
class NovelSeries:
    """
    A series of novels.

    Attributes:
        id: Id.
        user_id: The author.
        title: Title.
        caption: Text.
        novel_ids: Its novels, in order.
        is_concluded: Whether the author says it is complete.
    """

    id: int
    user_id: int
    title: str
    caption: str = ""
    novel_ids: list[int] = attrs.field(factory=list[int])
    is_concluded: bool = False


@attrs.define(kw_only=True)
class Bookmark:
    """A user's bookmark of an illustration or a novel; *restrict* is 0 public or 1 private."""

    id: int
    user_id: int
    work_id: int
    restrict: int = 0
    tags: list[str] = attrs.field(factory=list[str])
    comment: str = ""
    date: dt.datetime


@attrs.define(kw_only=True)
class Follow:
    """That a user follows another; *restrict* is 0 public or 1 private."""

    user_id: int
    target_id: int
    restrict: int = 0
    date: dt.datetime


@attrs.define(kw_only=True)
class Mutes:
    """The users and the tags that a user mutes, the last one last."""

    user_ids: list[int] = attrs.field(factory=list[int])
    tags: list[str] = attrs.field(factory=list[str])
