"""Works, users, series and comments as the web API spells them."""

from __future__ import annotations

from typing import Final

from ...models.web import (
    Comment,
    FollowUser,
    IllustSeries,
    IllustThumb,
    NovelThumb,
    PartialUser,
)
from .. import records
from ..records import Novel, Series, User, Work
from ..views import JSON, Context, shape
from .habits import text_id

__all__ = ["COMMON", "ILLUST_TYPES", "alt", "bookmark_data", "shown_pages"]

ILLUST_TYPES: Final = {"illust": 0, "manga": 1, "ugoira": 2}
_WORDS: Final = {"illust": "イラスト", "manga": "マンガ", "ugoira": "うごイラ"}
_RECENT: Final = 4
COMMON: Final = "https://s.pximg.net/common/images"
"""Pictures that belong to no work; those of contests, plans and novels are among them here."""


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


@shape(IllustThumb, Work, like="web.search.artworks")
def _thumb(context: Context, work: Work) -> JSON:
    author = context.world.users[work.user_id]
    date = work.date.isoformat()
    shown: JSON = {
        "id": str(work.id),
        "title": work.title,
        "illustType": ILLUST_TYPES[work.kind],
        "xRestrict": work.x_restrict,
        "restrict": work.restrict,
        "sl": work.sanity_level,
        "url": work.master_url(size="250x250_80_a2", variant="square1200"),
        "tags": list(work.tags),
        "userId": str(author.id),
        "userName": author.name,
        "width": work.width,
        "height": work.height,
        "pageCount": shown_pages(work),
        "bookmarkData": bookmark_data(context, work),
        "alt": alt(context, work),
        "createDate": date,
        "updateDate": date,
        "aiType": work.ai_type,
        "urls": {
            "250x250": work.master_url(size="250x250_80_a2", variant="square1200"),
            "360x360": work.master_url(size="360x360_70", variant="square1200"),
            "540x540": work.master_url(size="540x540_70", variant="square1200"),
            "1200x1200": work.master_url(),
        },
        "profileImageUrl": author.avatar_url(50),
        "type": work.kind,
    }
    if work.series_id is not None:
        shown["seriesId"] = str(work.series_id)
        shown["seriesTitle"] = context.world.series[work.series_id].title
    return shown


@shape(IllustThumb, records.Bookmark)
def _bookmarked(context: Context, bookmark: records.Bookmark) -> JSON:
    """The work, or what is left of one that is gone or may not be seen; its id is a number."""
    data: JSON = {"id": str(bookmark.id), "private": bool(bookmark.restrict)}
    work = context.world.works.get(bookmark.work_id)
    if work and context.world.visible_to(context.account, work):
        return {**context.shape(IllustThumb, work), "bookmarkData": data}
    adult = work is not None and not work.restrict
    return _masked(bookmark.work_id, data, "r18" if adult else "unknown")


def _masked(work_id: int, bookmark: JSON, reason: str) -> JSON:
    picture = "limit_r18_360.png" if reason == "r18" else "limit_unknown_360.png"
    return {
        "id": work_id,
        "url": f"{COMMON}/{picture}",
        "description": "",
        "tags": [],
        "userId": 0,
        "width": 100,
        "height": 100,
        "pageCount": 1,
        "isBookmarkable": False,
        "bookmarkData": bookmark,
        "titleCaptionTranslation": {"workTitle": None, "workCaption": None},
        "isUnlisted": False,
        "isMasked": True,
        "maskReason": reason,
        "profileImageUrl": f"{COMMON}/no_profile_s.png",
        **dict.fromkeys(("title", "userName", "alt"), "-----"),
        **dict.fromkeys(("createDate", "updateDate"), "1970-01-01T00:00:00+09:00"),
        **dict.fromkeys(
            ("illustType", "xRestrict", "restrict", "sl", "aiType", "visibilityScope"), 0
        ),
    }


@shape(NovelThumb, Novel, like="web.search.top")
def _novel(context: Context, novel: Novel) -> JSON:
    author = context.world.users[novel.user_id]
    length = len(novel.text)
    return {
        "id": str(novel.id),
        "title": novel.title,
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
        "description": novel.caption,
        "bookmarkData": None,
        "bookmarkCount": novel.old_bookmarks,
        "isOriginal": novel.is_original,
        "createDate": novel.date.isoformat(),
        "updateDate": novel.date.isoformat(),
        "aiType": novel.ai_type,
    }


def _commission(user: User) -> JSON | None:
    """Whether *user* draws on request; None where they never did."""
    if not user.accepts_requests:
        return None
    return {"acceptRequest": True, "isSubscribedReopenNotification": False}


@shape(PartialUser, User)
def _user(context: Context, user: User) -> JSON:
    world, account = context.world, context.account
    return {
        "partial": 0,
        "comment": user.comment,
        "followedBack": account is not None and world.is_followed(user, account.id),
        "userId": str(user.id),
        "name": user.name,
        "image": user.avatar_url(50),
        "imageBig": user.avatar_url(170),
        "premium": user.is_premium,
        "isFollowed": world.is_followed(account, user.id),
        "isMypixiv": account is not None and user.id in world.mypixiv.get(account.id, ()),
        "isBlocking": False,
        "background": None,
        "acceptRequest": user.accepts_requests,
        "commission": _commission(user),
    }


@shape(FollowUser, User)
def _followed(context: Context, user: User) -> JSON:
    world, account = context.world, context.account
    return {
        "userId": str(user.id),
        "userName": user.name,
        "profileImageUrl": user.avatar_url(170),
        "profileImageSmallUrl": user.avatar_url(50),
        "premium": user.is_premium,
        "userComment": user.comment,
        "following": world.is_followed(account, user.id),
        "followed": account is not None and world.is_followed(user, account.id),
        "isBlocking": False,
        "isMypixiv": account is not None and user.id in world.mypixiv.get(account.id, ()),
        "illusts": world.works_of(user.id, account)[:_RECENT],
        "novels": world.novels_of(user.id, account)[:_RECENT],
        "commission": _commission(user),
    }


@shape(IllustSeries, Series)
def _series(context: Context, series: Series) -> JSON:
    world = context.world
    watched = context.account is not None and series.id in world.watch_list.get(
        context.account.id, ()
    )
    cover = latest = None
    if series.work_ids:
        latest = world.works[series.work_ids[-1]]
        cover = latest.master_url(size="782x410_80_a2_g5")
    return {
        "id": str(series.id),
        "userId": str(series.user_id),
        "title": series.title,
        "description": series.caption,
        "caption": series.caption,
        "total": len(series.work_ids),
        "content_order": None,
        "url": cover,
        "coverImageSl": latest.sanity_level if latest else None,
        "firstIllustId": text_id(series.work_ids[0] if series.work_ids else None),
        "latestIllustId": text_id(latest.id if latest else None),
        "createDate": series.date.isoformat(),
        "updateDate": (latest.date if latest else series.date).isoformat(),
        "watchCount": None,
        "isWatched": watched,
        "isNotifying": watched,
    }


@shape(Comment, records.Comment)
def _comment(context: Context, comment: records.Comment) -> JSON:
    world, account = context.world, context.account
    author = world.users[comment.user_id]
    may_edit = (author.id, world.works[comment.work_id].user_id)
    return {
        "userId": str(author.id),
        "userName": author.name,
        "isDeletedUser": False,
        "img": author.avatar_url(50),
        "id": str(comment.id),
        "comment": comment.text,
        "stampId": text_id(comment.stamp_id),
        "commentDate": comment.date.strftime("%Y-%m-%d %H:%M"),
        "commentParentId": text_id(comment.parent_id),
        "commentUserId": str(author.id),
        "editable": account is not None and account.id in may_edit,
        "hasReplies": bool(world.replies_to(comment.id)),
    }
