"""How the fake answers the App API: the works, bookmarks and drafts of users."""

from __future__ import annotations

from ..records import Draft, Kind
from ..views import Context, view
from .shapes import gone_user

__all__: list[str] = []

_KINDS: dict[str | None, tuple[Kind, ...]] = {"illust": ("illust", "ugoira"), "manga": ("manga",)}


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
    private = given["restrict"] == "private"
    if private and given["user_id"] != context.user.id:
        raise context.forbidden()
    return context.world.bookmarks_of(given["user_id"], restrict=int(private), tag=given["tag"])


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
