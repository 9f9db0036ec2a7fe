"""Users, works, comments and drafts as the App API spells them."""

from __future__ import annotations

from ...models.app import (
    Comment,
    Illust,
    IllustSeriesDetail,
    Novel,
    NovelDraft,
    NovelDraftPreview,
    NovelSeriesDetail,
    SeriesRef,
    UgoiraMetadata,
    User,
)
from .. import records
from ..sample_texts import TAGS
from ..views import JSON, Context, shape

__all__ = ["gone_user"]

_LIMIT = "https://s.pximg.net/common/images/limit_{}_360.png"
_STAMP = "https://s.pximg.net/common/images/stamp/generated-stamps/{}_s.jpg"
_SHORTENED = 100


@shape(User, records.User)
def _user(context: Context, user: records.User) -> JSON:
    return {
        "id": user.id,
        "name": user.name,
        "account": user.account,
        "profile_image_urls": {"medium": user.avatar_url()},
        "is_followed": context.world.is_followed(context.account, user.id),
        "is_access_blocking_user": False,
        "is_accept_request": user.accepts_requests,
    }


def gone_user(user_id: int = 0) -> JSON:
    """What stands in the place of a user who is gone, or never was."""
    return {
        "id": user_id,
        "name": "",
        "account": "",
        "profile_image_urls": {"medium": "https://s.pximg.net/common/images/no_profile.png"},
    }


@shape(Illust, records.Work)
def _illust(context: Context, work: records.Work) -> JSON:
    if limit := _limit(context, work):
        return _stub(work.id, work.user_id, work.date.isoformat(), limit)
    world = context.world
    single = work.page_count == 1 or work.kind == "ugoira"
    return {
        "id": work.id,
        "title": work.title,
        "type": work.kind,
        "image_urls": _image_urls(work, 0),
        "caption": work.caption,
        "restrict": work.restrict,
        "user": world.users[work.user_id],
        "tags": [_tag(name) for name in work.tags],
        "tools": work.tools,
        "create_date": work.date.isoformat(),
        "page_count": 1 if single else work.page_count,
        "width": work.width,
        "height": work.height,
        "sanity_level": work.sanity_level,
        "x_restrict": work.x_restrict,
        "series": world.series[work.series_id] if work.series_id else None,
        "meta_single_page": {"original_image_url": work.original_url()} if single else {},
        "meta_pages": [] if single else [
            {"image_urls": {**_image_urls(work, page), "original": work.original_url(page)}}
            for page in range(work.page_count)
        ],
        "total_view": work.views,
        "total_bookmarks": world.bookmark_count(work.id),
        "is_bookmarked": _is_bookmarked(context, work.id),
        "visible": True,
        "is_muted": world.is_muted(context.account, work.user_id, work.tags),
        "illust_ai_type": work.ai_type,
        "illust_book_style": int(work.kind == "manga"),
    }  # fmt: skip


def _is_bookmarked(context: Context, work_id: int) -> bool:
    """Whether who asks has bookmarked a work."""
    user_id = context.account.id if context.account else None
    return context.world.bookmark_of(user_id, work_id) is not None


@shape(Illust, records.Bookmark)
def _bookmarked(context: Context, bookmark: records.Bookmark) -> JSON:
    """The work, or the stub of one that is gone or that its author made private."""
    work = context.world.works.get(bookmark.work_id)
    if work is None or (work.restrict == 2 and work.user_id != context.user.id):
        return _stub(bookmark.work_id, 0, None, "unknown")
    return context.shape(Illust, work)


def _limit(context: Context, work: records.Work) -> str:
    user = context.account
    if user is not None and work.user_id == user.id:
        return ""
    if work.restrict == 1 and not context.world.visible_to(user, work):
        return "mypixiv"
    if work.x_restrict and not (user is not None and user.shows_r18):
        return "r18"
    return "sanity_level" if work.sanity_limited else ""


def _stub(work_id: int, user_id: int, date: str | None, limit: str) -> JSON:
    url = _LIMIT.format(limit)
    numbers = ("restrict", "sanity_level", "x_restrict", "total_view", "total_bookmarks",
               "illust_ai_type", "illust_book_style")  # fmt: skip
    return {
        "id": work_id,
        "title": "",
        "type": "illust",
        "image_urls": dict.fromkeys(("square_medium", "medium", "large"), url),
        "caption": "",
        "user": gone_user(user_id),
        "tags": [],
        "tools": [],
        "create_date": date,
        "page_count": 1,
        "width": 100,
        "height": 100,
        "series": None,
        "meta_single_page": {"original_image_url": url},
        "meta_pages": [],
        "is_bookmarked": False,
        "visible": False,
        "is_muted": False,
        **dict.fromkeys(numbers, 0),
    }


def _image_urls(work: records.Work, page: int) -> JSON:
    return {
        "square_medium": work.master_url(page, size="360x360_70", variant="square1200"),
        "medium": work.master_url(page, size="540x540_70"),
        "large": work.master_url(page, size="600x1200_90"),
    }


def _tag(name: str) -> JSON:
    known = TAGS.get(name)
    return {"name": name, "translated_name": known.english if known else None}


@shape(UgoiraMetadata, records.Work)
def _ugoira(_: Context, work: records.Work) -> JSON:
    frames = [{"file": f"{index:06}.jpg", "delay": ms} for index, ms in enumerate(work.delays)]
    return {"zip_urls": {"medium": work.zip_url()}, "frames": frames}


@shape(SeriesRef, records.Series)
def _series(_: Context, series: records.Series) -> JSON:
    return {"id": series.id, "title": series.title}


@shape(IllustSeriesDetail, records.Series)
def _series_detail(context: Context, series: records.Series) -> JSON:
    works = [context.world.works[work_id] for work_id in series.work_ids]
    first = works[0] if works else None
    watched = context.world.watch_list.get(context.user.id, ())
    return {
        "id": series.id,
        "title": series.title,
        "caption": series.caption,
        "cover_image_urls": {"medium": first.master_url(size="540x540_70") if first else None},
        "series_work_count": len(works),
        "create_date": series.date.isoformat(),
        "width": first.width if first else 0,
        "height": first.height if first else 0,
        "user": context.world.users[series.user_id],
        "watchlist_added": series.id in watched,
    }


@shape(Comment, records.Comment)
def _comment(context: Context, comment: records.Comment) -> JSON:
    world = context.world
    shown: JSON = {
        "id": comment.id,
        "comment": comment.text,
        "date": comment.date.isoformat(),
        "user": world.users[comment.user_id],
        "has_replies": bool(world.replies_to(comment.id)),
    }
    if comment.stamp_id is not None:
        url = _STAMP.format(comment.stamp_id)
        shown["stamp"] = {"stamp_id": comment.stamp_id, "stamp_url": url}
    if comment.parent_id is not None:
        shown["parent_comment"] = world.comments[comment.parent_id]
    return shown


@shape(Novel, records.Novel)
def _novel(context: Context, novel: records.Novel) -> JSON:
    world = context.world
    return {
        "id": novel.id,
        "title": novel.title,
        "caption": novel.caption,
        "restrict": novel.restrict,
        "x_restrict": novel.x_restrict,
        "is_original": novel.is_original,
        "image_urls": {
            size: novel.cover_url(name)
            for size, name in (
                ("square_medium", "128x128"),
                ("medium", "176mw"),
                ("large", "240mw"),
            )
        },
        "create_date": novel.date.isoformat(),
        "tags": [{**_tag(name), "added_by_uploaded_user": True} for name in novel.tags],
        "page_count": novel.page_count,
        "text_length": len(novel.text),
        "user": world.users[novel.user_id],
        "series": world.novel_series[novel.series_id] if novel.series_id else {},
        "is_bookmarked": world.bookmark_of(context.user.id, novel.id, target="novel") is not None,
        "total_bookmarks": world.bookmark_count(novel.id, target="novel"),
        "total_view": novel.views,
        "visible": True,
        "total_comments": len(world.comments_on(novel.id, target="novel")),
        "is_muted": world.is_muted(context.account, novel.user_id, novel.tags),
        "is_mypixiv_only": False,
        "is_x_restricted": False,
        "novel_ai_type": novel.ai_type,
    }


@shape(NovelSeriesDetail, records.NovelSeries)
def _novel_series(context: Context, series: records.NovelSeries) -> JSON:
    world = context.world
    novels = [world.novels[one] for one in series.novel_ids]
    return {
        "id": series.id,
        "title": series.title,
        "caption": series.caption,
        "is_original": all(novel.is_original for novel in novels),
        "is_concluded": series.is_concluded,
        "content_count": len(novels),
        "total_character_count": sum(len(novel.text) for novel in novels),
        "user": world.users[series.user_id],
        "display_text": series.caption,
        "novel_ai_type": max((novel.ai_type for novel in novels), default=0),
        "watchlist_added": series.id in world.novel_watch_list.get(context.user.id, ()),
    }


@shape(SeriesRef, records.NovelSeries)
def _novel_series_ref(_: Context, series: records.NovelSeries) -> JSON:
    return {"id": series.id, "title": series.title}


@shape(NovelDraft, records.Draft)
def _draft(_: Context, draft: records.Draft) -> JSON:
    return {
        "novel_draft_id": draft.id,
        "title": draft.title,
        "caption": draft.caption,
        "text": draft.text,
        "restrict": draft.restrict,
        "x_restrict": draft.x_restrict,
        "cover_id": draft.cover_id,
        "is_original": int(draft.is_original),
        "tags": draft.tags,
        "update_date": draft.date.isoformat(),
        "custom_cover_image_url": None,
    }


@shape(NovelDraftPreview, records.Draft)
def _preview(_: Context, draft: records.Draft) -> JSON:
    return {
        "novel_draft_id": draft.id,
        "title": draft.title,
        "shortened_text": draft.text[:_SHORTENED],
        "update_date": draft.date.isoformat(),
    }
