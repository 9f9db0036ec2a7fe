"""Works as the web API shows them in lists: one builder for all of its replies."""

from __future__ import annotations

from typing import Final

from ..records import Kind, Novel, Work
from ..refusals import forbidden, not_found
from ..views import Context
from .shapes import JSON, text_id

__all__ = [
    "COMMON",
    "ILLUSTS",
    "ILLUST_TYPES",
    "MANGA",
    "alt",
    "bookmark_data",
    "masked",
    "novel_thumb",
    "shown_pages",
    "thumb",
    "unseen",
    "visit",
]  # fmt: skip

ILLUSTS: Final[tuple[Kind, ...]] = ("illust", "ugoira")
"""What pixiv counts among the illustrations where it parts them from manga."""

MANGA: Final[tuple[Kind, ...]] = ("manga",)
ILLUST_TYPES: Final = {"illust": 0, "manga": 1, "ugoira": 2}
_WORDS: Final = {"illust": "イラスト", "manga": "マンガ", "ugoira": "うごイラ"}
COMMON: Final = "https://s.pximg.net/common/images"
"""Pictures that belong to no work; those of contests, plans and novels are among them here."""


def visit(context: Context, work_id: int) -> Work:
    """
    The work with this id.

    Raises:
        Refusal: There is none, or it is not for who asks.
    """
    work = context.world.works.get(work_id)
    base = context.endpoint.base
    if work is None:
        raise not_found(base, "work")
    if work.restrict and not context.world.visible_to(context.account, work):
        raise not_found(base, "work") if work.restrict == 2 else forbidden(base)
    return work


def unseen(context: Context, work: Work) -> bool:
    """Whether the images of *work* need a login that there is not."""
    return bool(work.x_restrict) and context.account is None


def shown_pages(work: Work) -> int:
    """How many pages pixiv counts: the frames of an ugoira are one."""
    return 1 if work.kind == "ugoira" else work.page_count


def alt(context: Context, work: Work) -> str:
    """The text in place of an image."""
    first = f"#{work.tags[0]} " if work.tags else ""
    name = context.world.users[work.user_id].name
    return f"{first}{work.title} - {name}の{_WORDS[work.kind]}"


def bookmark_data(context: Context, work: Work) -> JSON | None:
    """The account's bookmark of *work*."""
    account = context.account
    bookmark = context.world.bookmark_of(account.id if account else None, work.id)
    if bookmark is None:
        return None
    return {"id": str(bookmark.id), "private": bool(bookmark.restrict)}


def thumb(
    context: Context,
    work: Work,
    *,
    size: str = "250x250_80_a2",
    typed: bool = False,
    sizes: bool = False,
) -> JSON:
    """
    A work in a list.

    Args:
        context: The request.
        work: The work.
        size: Size of its preview.
        typed: Whether to say ``type`` too, as lists for the newer pages do.
        sizes: Whether to give the preview in every size.
    """
    author = context.world.users[work.user_id]
    date = work.date.isoformat()
    shown: JSON = {
        "id": str(work.id),
        "title": work.title,
        "illustType": ILLUST_TYPES[work.kind],
        "xRestrict": work.x_restrict,
        "restrict": work.restrict,
        "sl": work.sanity_level,
        "url": work.master_url(size=size, variant="square1200"),
        "description": "",
        "tags": list(work.tags),
        "userId": str(author.id),
        "userName": author.name,
        "width": work.width,
        "height": work.height,
        "pageCount": shown_pages(work),
        "isBookmarkable": True,
        "bookmarkData": bookmark_data(context, work),
        "alt": alt(context, work),
        "titleCaptionTranslation": {"workTitle": None, "workCaption": None},
        "createDate": date,
        "updateDate": date,
        "isUnlisted": False,
        "isMasked": False,
        "aiType": work.ai_type,
        "visibilityScope": 0,
    }
    if sizes:
        shown["urls"] = {
            "250x250": work.master_url(size="250x250_80_a2", variant="square1200"),
            "360x360": work.master_url(size="360x360_70", variant="square1200"),
            "540x540": work.master_url(size="540x540_70", variant="square1200"),
            "1200x1200": work.master_url(),
        }
    if work.series_id is not None:
        shown["seriesId"] = str(work.series_id)
        shown["seriesTitle"] = context.world.series[work.series_id].title
    shown["profileImageUrl"] = author.avatar_url(50)
    if typed:
        shown["type"] = work.kind
    return shown


def masked(work_id: int, bookmark: JSON, reason: str) -> JSON:
    """What is left in a list of a work that is gone or may not be seen; its id is a number."""
    picture = "limit_r18_360.png" if reason == "r18" else "limit_unknown_360.png"
    return {
        "id": work_id,
        "title": "-----",
        "illustType": 0,
        "xRestrict": 0,
        "restrict": 0,
        "sl": 0,
        "url": f"{COMMON}/{picture}",
        "description": "",
        "tags": [],
        "userId": 0,
        "userName": "-----",
        "width": 100,
        "height": 100,
        "pageCount": 1,
        "isBookmarkable": False,
        "bookmarkData": bookmark,
        "alt": "-----",
        "titleCaptionTranslation": {"workTitle": None, "workCaption": None},
        "createDate": "1970-01-01T00:00:00+09:00",
        "updateDate": "1970-01-01T00:00:00+09:00",
        "isUnlisted": False,
        "isMasked": True,
        "maskReason": reason,
        "aiType": 0,
        "visibilityScope": 0,
        "profileImageUrl": f"{COMMON}/no_profile_s.png",
    }


def novel_thumb(context: Context, novel: Novel) -> JSON:
    """A novel in a list."""
    author = context.world.users[novel.user_id]
    length = len(novel.text)
    return {
        "id": str(novel.id),
        "title": novel.title,
        "genre": "0",
        "xRestrict": novel.x_restrict,
        "restrict": novel.restrict,
        "url": f"{COMMON}/novel_cover/{novel.cover_id}.png",
        "tags": list(novel.tags),
        "userId": text_id(novel.user_id),
        "userName": author.name,
        "profileImageUrl": author.avatar_url(50),
        "textCount": length,
        "wordCount": length // 2,
        "readingTime": length * 60 // 500,
        "useWordCount": False,
        "description": novel.caption,
        "isBookmarkable": True,
        "bookmarkData": None,
        "bookmarkCount": novel.old_bookmarks,
        "isOriginal": novel.is_original,
        "marker": None,
        "titleCaptionTranslation": {"workTitle": None, "workCaption": None},
        "createDate": novel.date.isoformat(),
        "updateDate": novel.date.isoformat(),
        "isMasked": False,
        "aiType": novel.ai_type,
        "isUnlisted": False,
        "visibilityScope": 0,
        "language": "ja",
    }
