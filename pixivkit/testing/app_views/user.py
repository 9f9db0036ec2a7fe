"""How the fake answers the App API: the profiles, works, bookmarks and drafts of users."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from ..records import Bookmark, Draft, Kind, User
from ..views import Context, view
from .shapes import gone_user

__all__ = ["find_user"]

_KINDS: dict[str | None, tuple[Kind, ...]] = {"illust": ("illust", "ugoira"), "manga": ("manga",)}
_SILENT: Final = {
    "webpage": None,
    "gender": "",
    "birth": "",
    "birth_day": "",
    "birth_year": 0,
    "region": "",
    "address_id": 0,
    "country_code": "",
    "job": "",
    "job_id": 0,
    "background_image_url": None,
    "twitter_account": "",
    "twitter_url": None,
    "pawoo_url": None,
}
"""The profile of who says nothing."""
_WORKSPACE: Final = (
    "pc", "monitor", "tool", "scanner", "tablet", "mouse", "printer", "desktop", "music", "desk",
    "chair", "comment",
)  # fmt: skip


def find_user(context: Context) -> User:
    """
    The user who is asked for.

    Raises:
        Refusal: There is none.
    """
    user = context.world.users.get(context.arguments["user_id"])
    if user is None:
        raise context.absent("user")
    return user


@view("app.user.detail_v2")
@view("app.user.detail")
def _detail(context: Context) -> object:
    user, world = find_user(context), context.world
    works = world.works_of(user.id, context.user)
    manga = [work for work in works if work.kind == "manga"]
    profile = {
        **_SILENT,
        **user.profile,
        "total_follow_users": len(world.follows_of(user.id)),
        "total_mypixiv_users": len(world.mypixiv.get(user.id, ())),
        "total_illusts": len(works) - len(manga),
        "total_manga": len(manga),
        "total_novels": len(world.novels_of(user.id, context.user)),
        "total_illust_bookmarks_public": len(world.bookmarks_of(user.id)),
        "total_illust_series": sum(one.user_id == user.id for one in world.series.values()),
        "total_novel_series": sum(one.user_id == user.id for one in world.novel_series.values()),
        "is_premium": user.is_premium,
        "is_using_custom_profile_image": bool(user.avatar_extension),
    }
    return {
        "user": user,
        "user.comment": user.comment,
        "profile": profile,
        **{f"profile_publicity.{name}": who for name, who in user.publicity.items()},
        **{f"workspace.{name}": user.workspace.get(name, "") for name in _WORKSPACE},
    }


@view("app.user.illusts")
def _illusts(context: Context) -> object:
    user = context.world.users.get(context.arguments["user_id"])
    if user is None:
        return {"user": gone_user(), "illusts": []}
    kinds = _KINDS.get(context.arguments["type"], ())
    works = context.world.works_of(user.id, context.user, kinds=kinds)
    return {"user": user, "illusts": works}


@view("app.user.bookmarks_illust")
def _bookmarks_illust(context: Context) -> object:
    given = context.arguments
    world, restrict = context.world, _whose(context)
    return world.bookmarks_of(given["user_id"], restrict=restrict, tag=given["tag"])


@view("app.user.novels")
def _novels(context: Context) -> object:
    user = context.world.users.get(context.arguments["user_id"])
    if user is None:
        return {"user": gone_user(), "novels": []}
    return {"user": user, "novels": context.world.novels_of(user.id, context.user)}


@view("app.user.bookmarks_novel")
def _bookmarks_novel(context: Context) -> object:
    given = context.arguments
    world, restrict = context.world, _whose(context)
    return world.bookmarks_of(
        given["user_id"], target="novel", restrict=restrict, tag=given["tag"]
    )


@view("app.user.bookmark_tags_illust")
def _bookmark_tags_illust(context: Context) -> object:
    restrict = _whose(context)
    return _tags(context.world.bookmarks_of(context.arguments["user_id"], restrict=restrict))


@view("app.user.bookmark_tags_novel")
def _bookmark_tags_novel(context: Context) -> object:
    restrict = _whose(context)
    return _tags(
        context.world.bookmarks_of(context.arguments["user_id"], target="novel", restrict=restrict)
    )


@view("app.user.illust_series")
def _illust_series(context: Context) -> object:
    user = find_user(context)
    series = [one for one in context.world.series.values() if one.user_id == user.id]
    return series[::-1]


@view("app.user.novel_series")
def _novel_series(context: Context) -> object:
    user = find_user(context)
    series = [one for one in context.world.novel_series.values() if one.user_id == user.id]
    return series[::-1]


def _tags(bookmarks: Iterable[Bookmark]) -> object:
    counts = Counter(tag for bookmark in bookmarks for tag in bookmark.tags)
    return [{"name": name, "count": counts[name]} for name in sorted(counts)]


def _whose(context: Context) -> int:
    """1 for private bookmarks, which nobody else may see."""
    private = context.arguments["restrict"] == "private"
    if private and context.arguments["user_id"] != context.user.id:
        raise context.forbidden()
    return int(private)


@view("app.user.novel_draft_previews")
def _novel_draft_previews(context: Context) -> object:
    return context.world.drafts_of(context.user.id)


@view("app.user.novel_draft_detail")
def _novel_draft_detail(context: Context) -> object:
    return _draft(context)


@view("app.user.novel_draft_delete")
def _novel_draft_delete(context: Context) -> object:
    del context.world.drafts[_draft(context).id]
    return None


def _draft(context: Context) -> Draft:
    draft = context.world.drafts.get(context.arguments["draft_id"])
    if draft is None or draft.user_id != context.user.id:
        raise context.absent("draft")
    return draft
