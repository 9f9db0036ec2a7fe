"""Users in lists, and what they have, as the App API spells them."""

from __future__ import annotations

from ...models.app import Novel, UserPreview, WatchedSeries
from .. import records
from ..views import JSON, Context, shape
from .shapes import gone_user

__all__: list[str] = []

_PREVIEWED = 3
_COVER = "https://s.pximg.net/common/images/novel_thumb/novel_thumb_{}_240mw.jpg"
_LIMIT = "https://s.pximg.net/common/images/limit_unknown_360.png"


@shape(UserPreview, records.User)
def _user_preview(context: Context, user: records.User) -> JSON:
    world = context.world
    return {
        "user": user,
        "illusts": world.works_of(user.id, context.user)[:_PREVIEWED],
        "novels": world.novels_of(user.id, context.user)[:_PREVIEWED],
        "is_muted": world.is_muted(context.account, user.id),
    }


@shape(Novel, records.Bookmark)
def _bookmarked_novel(context: Context, bookmark: records.Bookmark) -> JSON:
    """The novel, or the stub of one that is gone or that the account may not see."""
    novel = context.world.novels.get(bookmark.work_id)
    if novel is not None and context.world.visible_to(context.user, novel):
        return context.shape(Novel, novel)
    return {
        "id": bookmark.work_id,
        "title": "",
        "caption": "",
        "image_urls": dict.fromkeys(("square_medium", "medium", "large"), _LIMIT),
        "tags": [],
        "user": gone_user(),
        "series": {},
        "is_bookmarked": False,
        "visible": False,
        "is_muted": False,
    }


@shape(WatchedSeries, records.Series)
def _watched_series(context: Context, series: records.Series) -> JSON:
    world = context.world
    works = [world.works[one] for one in series.work_ids]
    return {
        "id": series.id,
        "title": series.title,
        "user": world.users[series.user_id],
        "mask_text": None,
        "url": works[-1].master_url(size="240x480") if works else None,
        "published_content_count": len(works),
        "latest_content_id": works[-1].id if works else 0,
        "last_published_content_datetime": works[-1].date.isoformat() if works else None,
    }


@shape(WatchedSeries, records.NovelSeries)
def _watched_novel_series(context: Context, series: records.NovelSeries) -> JSON:
    world = context.world
    novels = [world.novels[one] for one in series.novel_ids if one in world.novels]
    return {
        "id": series.id,
        "title": series.title,
        "user": world.users[series.user_id],
        "mask_text": None,
        "url": _COVER.format(novels[-1].cover_id if novels else 0),
        "published_content_count": len(novels),
        "latest_content_id": novels[-1].id if novels else 0,
        "last_published_content_datetime": novels[-1].date.isoformat() if novels else None,
    }
