"""Users, works and comments as the App API spells them."""

from __future__ import annotations

from .views import Context
from .words import TAGS
from .world import Comment, Draft, User, Work

__all__ = [
    "comment_json", "deleted_json", "draft_json", "gone_user_json", "illust_json", "preview_json",
    "user_json",
]  # fmt: skip

_LIMIT = "https://s.pximg.net/common/images/limit_{}_360.png"
_STAMP = "https://s.pximg.net/common/images/stamp/generated-stamps/{}_s.jpg"
_SHORTENED = 100


def user_json(context: Context, user: User) -> dict[str, object]:
    """An author, as in works."""
    return {
        **_writer(user),
        "is_followed": context.world.is_followed(context.account, user.id),
        "is_access_blocking_user": False,
        "is_accept_request": user.accepts_requests,
    }


def _writer(user: User) -> dict[str, object]:
    return {
        "id": user.id,
        "name": user.name,
        "account": user.account,
        "profile_image_urls": {"medium": user.avatar_url()},
    }


def illust_json(context: Context, work: Work, *, full: bool = False) -> dict[str, object]:
    """
    A work, or the stub in its place.

    Args:
        context: Who asks.
        work: The work.
        full: Whether it is the detail, which says more than a list does.
    """
    if limit := _limit(context, work):
        return _stub(work.id, work.user_id, work.date.isoformat(), limit)
    world, user = context.world, context.user
    single = work.page_count == 1 or work.kind == "ugoira"
    series = world.series[work.series_id] if work.series_id else None
    shape: dict[str, object] = {
        "id": work.id,
        "title": work.title,
        "type": work.kind,
        "image_urls": _image_urls(work, 0),
        "caption": work.caption,
        "restrict": work.restrict,
        "user": user_json(context, world.users[work.user_id]),
        "tags": [_tag(name) for name in work.tags],
        "tools": work.tools,
        "create_date": work.date.isoformat(),
        "page_count": 1 if single else work.page_count,
        "width": work.width,
        "height": work.height,
        "sanity_level": work.sanity_level,
        "x_restrict": work.x_restrict,
        "series": {"id": series.id, "title": series.title} if series else None,
        "meta_single_page": {"original_image_url": work.original_url()} if single else {},
        "meta_pages": [] if single else [
            {"image_urls": {**_image_urls(work, page), "original": work.original_url(page)}}
            for page in range(work.page_count)
        ],
        "total_view": work.views,
        "total_bookmarks": world.bookmark_count(work.id),
        "is_bookmarked": world.bookmark_of(user.id, work.id) is not None,
        "visible": True,
        "is_muted": False,
        "illust_ai_type": work.ai_type,
        "illust_book_style": int(work.kind == "manga"),
    }  # fmt: skip
    if full:
        shape["total_comments"] = len(world.comments_on(work.id))
        shape["comment_access_control"] = 0
    return shape


def _limit(context: Context, work: Work) -> str:
    user = context.user
    if work.user_id == user.id:
        return ""
    if work.restrict == 1 and not context.world.visible_to(user, work):
        return "mypixiv"
    if work.x_restrict and not user.shows_r18:
        return "r18"
    return "sanity_level" if work.sanity_limited else ""


def deleted_json(work_id: int) -> dict[str, object]:
    """The stub of a work that is gone, or that its author made private."""
    return _stub(work_id, 0, None, "unknown")


def gone_user_json() -> dict[str, object]:
    """What stands in the place of a user who is gone, or never was."""
    return {
        "id": 0,
        "name": "",
        "account": "",
        "profile_image_urls": {"medium": "https://s.pximg.net/common/images/no_profile.png"},
    }


def _stub(work_id: int, user_id: int, date: str | None, limit: str) -> dict[str, object]:
    url = _LIMIT.format(limit)
    return {
        "id": work_id,
        "title": "",
        "type": "illust",
        "image_urls": {"square_medium": url, "medium": url, "large": url},
        "caption": "",
        "restrict": 0,
        "user": {**gone_user_json(), "id": user_id},
        "tags": [],
        "tools": [],
        "create_date": date,
        "page_count": 1,
        "width": 100,
        "height": 100,
        "sanity_level": 0,
        "x_restrict": 0,
        "series": None,
        "meta_single_page": {"original_image_url": url},
        "meta_pages": [],
        "total_view": 0,
        "total_bookmarks": 0,
        "is_bookmarked": False,
        "visible": False,
        "is_muted": False,
        "illust_ai_type": 0,
        "illust_book_style": 0,
    }


def _image_urls(work: Work, page: int) -> dict[str, str]:
    return {
        "square_medium": work.master_url(page, size="360x360_70", variant="square1200"),
        "medium": work.master_url(page, size="540x540_70"),
        "large": work.master_url(page, size="600x1200_90"),
    }


def _tag(name: str) -> dict[str, object]:
    known = TAGS.get(name)
    return {"name": name, "translated_name": known.english if known else None}


def comment_json(context: Context, comment: Comment) -> dict[str, object]:
    """A comment."""
    world = context.world
    shape: dict[str, object] = {
        "id": comment.id,
        "comment": comment.text,
        "date": comment.date.isoformat(),
        "user": _writer(world.users[comment.user_id]),
        "has_replies": bool(world.replies_to(comment.id)),
    }
    if comment.stamp_id is not None:
        url = _STAMP.format(comment.stamp_id)
        shape["stamp"] = {"stamp_id": comment.stamp_id, "stamp_url": url}
    if comment.parent_id is not None:
        shape["parent_comment"] = comment_json(context, world.comments[comment.parent_id])
    return shape


def draft_json(draft: Draft) -> dict[str, object]:
    """A draft with its text."""
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


def preview_json(draft: Draft) -> dict[str, object]:
    """A draft in a list."""
    return {
        "novel_draft_id": draft.id,
        "title": draft.title,
        "shortened_text": draft.text[:_SHORTENED],
        "update_date": draft.date.isoformat(),
    }
