"""Users in lists, and what they have, as the App API spells them."""

from __future__ import annotations

from ...models.app import Novel, UserPreview
from .. import records
from ..views import JSON, Context, shape
from .shapes import gone_user

__all__: list[str] = []

_PREVIEWED = 3
_LIMIT = "https://s.pximg.net/common/images/limit_unknown_360.png"


@shape(UserPreview, records.User)
def _user_preview(context: Context, user: records.User) -> JSON:
    world = context.world
    return {
        "user": user,
        "illusts": world.works_of(user.id, context.user)[:_PREVIEWED],
        "novels": world.novels_of(user.id, context.user)[:_PREVIEWED],
        "is_muted": world.is_muted(context.user, user.id),
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
