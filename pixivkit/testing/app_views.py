"""How the fake answers the App API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Final, Literal, TypeVar

from .app_shapes import comment_json, draft_json, illust_json, preview_json, user_json
from .pictures import measure
from .refusals import Refusal, app_error, forbidden, invalid, not_found
from .views import Context, ReceivedFile, view
from .world import Comment, Kind, Work, WorkPage

__all__: list[str] = []

T = TypeVar("T")

PAGE: Final = 30
_RESTRICT: Final = {"public": 0, "mypixiv": 1, "private": 2}
_X_RESTRICT: Final = {"none": 0, "r18": 1, "r18g": 2}
_X_TAGS: Final = {"r18": "R-18", "r18g": "R-18G"}
_COVER: Final = "https://s.pximg.net/common/images/novel_thumb/novel_thumb_{}_m.jpg"


def _page(
    context: Context, key: str, items: Sequence[T], spell: Callable[[T], object]
) -> dict[str, object]:
    start = context.arguments["offset"] or 0
    more = start + PAGE < len(items)
    return {
        key: [spell(item) for item in items[start : start + PAGE]],
        "next_url": context.next_url(offset=start + PAGE) if more else None,
    }


def _absent(context: Context, what: str = "work") -> Refusal:
    return not_found(context.endpoint.base, what)


def _work(context: Context) -> Work:
    work = context.world.works.get(context.arguments["illust_id"])
    if work is None or (work.restrict == 2 and work.user_id != context.user.id):
        raise _absent(context)
    return work


# Works


@view("app.illust.detail")
def _illust_detail(context: Context) -> object:
    return {"illust": illust_json(context, _work(context), full=True)}


@view("app.illust.delete")
def _illust_delete(context: Context) -> object:
    work = _work(context)
    if work.user_id != context.user.id:
        raise forbidden(context.endpoint.base)
    context.world.delete_illust(work.id)
    return {}


@view("app.user.illusts")
def _user_illusts(context: Context) -> object:
    user = context.world.users.get(context.arguments["user_id"])
    if user is None:
        return {"illusts": [], "next_url": None}
    kinds: dict[str | None, tuple[Kind, ...]] = {
        "illust": ("illust", "ugoira"),
        "manga": ("manga",),
    }
    chosen = kinds.get(context.arguments["type"], ())
    works = context.world.works_of(user.id, context.user, kinds=chosen)
    page = _page(context, "illusts", works, lambda work: illust_json(context, work))
    return {"user": user_json(context, user), **page}


@view("app.ugoira.metadata")
def _ugoira_metadata(context: Context) -> object:
    work = _work(context)
    if work.kind != "ugoira":
        raise _absent(context)
    frames = [{"file": f"{index:06}.jpg", "delay": ms} for index, ms in enumerate(work.delays)]
    return {"ugoira_metadata": {"zip_urls": {"medium": work.zip_url()}, "frames": frames}}


# Search


@view("app.search.illust")
def _search_illust(context: Context) -> object:
    given = context.arguments
    matches: dict[str, Literal["partial", "exact", "text", "keyword"]] = {
        "partial_match_for_tags": "partial",
        "exact_match_for_tags": "exact",
        "title_and_caption": "text",
        "keyword": "keyword",
    }
    match = matches[given["search_target"]]
    works = context.world.search(given["word"], context.user, match=match)
    works = [work for work in works if _wanted(context, work)]
    if given["sort"] == "date_asc":
        works.reverse()
    elif given["sort"] != "date_desc":
        if not context.user.is_premium:
            raise app_error(403, user_message="Only premium members can sort by popularity.")
        works.sort(key=lambda work: -context.world.bookmark_count(work.id))
    return {
        **_page(context, "illusts", works, lambda work: illust_json(context, work)),
        "search_span_limit": 31536000,
        "show_ai": given["search_ai_type"] != 1,
    }


def _wanted(context: Context, work: Work) -> bool:
    given = context.arguments
    if work.ai_type == 2 and given["search_ai_type"] == 1:
        return False
    if given["content_type"] not in (None, "all", work.kind):
        return False
    if given["tool"] is not None and given["tool"] not in work.tools:
        return False
    shape = (work.width > work.height) - (work.width < work.height)
    names = {1: "landscape", -1: "portrait", 0: "square"}
    if given["ratio_pattern"] not in (None, names[shape]):
        return False
    first, last = given["start_date"], given["end_date"]
    spans = {"within_last_day": 1, "within_last_week": 7, "within_last_month": 30}
    if given["duration"] is not None:
        first = (context.world.now - dt.timedelta(days=spans[given["duration"]])).date()
    return (
        _between(work.date.date(), first, last)
        and _between(work.width, given["width_min"], given["width_max"])
        and _between(work.height, given["height_min"], given["height_max"])
        and _between(
            context.world.bookmark_count(work.id),
            given["bookmark_num_min"],
            given["bookmark_num_max"],
        )
    )


def _between(value: Any, low: Any, high: Any) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


# Comments


@view("app.illust.comment_add")
def _illust_comment_add(context: Context) -> object:
    return _comment_add(context, _work(context).id, "illust")


@view("app.novel.comment_add")
def _novel_comment_add(context: Context) -> object:
    return _comment_add(context, _novel_id(context), "novel")


def _comment_add(context: Context, work_id: int, target: Literal["illust", "novel"]) -> object:
    given = context.arguments
    if not given["comment"] and given["stamp_id"] is None:
        raise invalid(context.endpoint.base, {"comment": ["comment is required"]})
    parent_id = given["parent_comment_id"]
    if parent_id is not None:
        parent = context.world.comments.get(parent_id)
        if parent is None or (parent.target, parent.work_id) != (target, work_id):
            raise _absent(context, "comment")
        # A reply to a reply belongs to the first comment.
        parent_id = parent.id if parent.parent_id is None else parent.parent_id
    made = context.world.comment(
        context.user.id,
        work_id,
        given["comment"] or "",
        target=target,
        parent_id=parent_id,
        stamp_id=given["stamp_id"],
    )
    return {"comment": comment_json(context, made)}


@view("app.illust.comment_delete")
def _illust_comment_delete(context: Context) -> object:
    comment = _comment(context, "illust")
    return _comment_delete(context, comment, context.world.works[comment.work_id].user_id)


@view("app.novel.comment_delete")
def _novel_comment_delete(context: Context) -> object:
    comment = _comment(context, "novel")
    return _comment_delete(context, comment, context.world.novels[comment.work_id].user_id)


def _comment(context: Context, target: str) -> Comment:
    comment = context.world.comments.get(context.arguments["comment_id"])
    if comment is None or comment.target != target:
        raise _absent(context, "comment")
    return comment


def _comment_delete(context: Context, comment: Comment, author_id: int) -> object:
    if context.user.id not in (comment.user_id, author_id):
        raise forbidden(context.endpoint.base)
    context.world.delete_comment(comment.id)
    return {}


# Uploads


@view("app.upload.illust")
def _upload_illust(context: Context) -> object:
    given = context.arguments
    x_restrict = given["x_restrict"]
    tags = [_X_TAGS[x_restrict]] if x_restrict in _X_TAGS else []
    work = Work(
        id=0,
        user_id=context.user.id,
        title=given["title"],
        kind=given["type"],
        caption=given["caption"],
        tags=tags + [tag for tag in given["tags"] if tag not in tags],
        date=context.world.tick(),
        pages=[_uploaded(file) for file in context.files],
        x_restrict=_X_RESTRICT[x_restrict],
        restrict=_RESTRICT[given["restrict"]],
        sanity_level=6 if x_restrict != "none" else 4 if given["is_sexual"] else 2,
    )
    return {"convert_key": context.world.begin_upload(work).key}


def _uploaded(file: ReceivedFile) -> WorkPage:
    # What is no picture is taken all the same: it is not known how pixiv refuses it.
    extension, width, height = measure(file.content) or ("jpg", 100, 100)
    return WorkPage(width=width, height=height, extension=extension, content=file.content)


@view("app.upload.status")
def _upload_status(context: Context) -> object:
    key = context.arguments["convert_key"]
    upload = context.world.uploads.get(key)
    if upload is None or upload.work.user_id != context.user.id:
        raise _absent(context, "upload")
    if context.world.poll_upload(key).published:
        return {"illust_id": upload.work.id, "status": "COMPLETE"}
    return {"illust_id": 0, "status": "PROCESSING"}


# Novels and drafts


@view("app.upload.novel_covers")
def _novel_covers(context: Context) -> object:
    del context
    return {"covers": [{"id": number, "image_url": _COVER.format(number)} for number in range(12)]}


@view("app.upload.novel")
def _upload_novel(context: Context) -> object:
    given = context.arguments
    novel = context.world.add_novel(
        context.user.id, given["title"], given["text"], tags=given["tags"]
    )
    novel.caption = given["caption"]
    novel.cover_id = given["cover_id"]
    novel.restrict = _RESTRICT[given["restrict"]]
    novel.x_restrict = _X_RESTRICT[given["x_restrict"]]
    novel.is_original = given["is_original"]
    return {"novel_id": novel.id}


def _novel_id(context: Context) -> int:
    novel = context.world.novels.get(context.arguments["novel_id"])
    if novel is None or not context.world.visible_to(context.user, novel):
        raise _absent(context)
    return novel.id


@view("app.novel.delete")
def _novel_delete(context: Context) -> object:
    novel_id = _novel_id(context)
    if context.world.novels[novel_id].user_id != context.user.id:
        raise forbidden(context.endpoint.base)
    context.world.delete_novel(novel_id)
    return {}


@view("app.upload.novel_draft")
def _upload_novel_draft(context: Context) -> object:
    given = context.arguments
    draft = context.world.add_draft(context.user.id, given["title"], given["text"])
    draft.caption = given["caption"]
    draft.tags = given["tags"]
    draft.cover_id = given["cover_id"]
    draft.restrict = given["restrict"]
    draft.x_restrict = given["x_restrict"]
    draft.is_original = given["is_original"]
    return {"novel_draft_id": draft.id}


@view("app.user.novel_draft_previews")
def _novel_draft_previews(context: Context) -> object:
    drafts = context.world.drafts_of(context.user.id)
    return _page(context, "novel_draft_previews", drafts, preview_json)


@view("app.user.novel_draft_detail")
def _novel_draft_detail(context: Context) -> object:
    return {"novel_draft": draft_json(context.world.drafts[_draft_id(context)])}


@view("app.user.novel_draft_delete")
def _novel_draft_delete(context: Context) -> object:
    del context.world.drafts[_draft_id(context)]
    return {}


def _draft_id(context: Context) -> int:
    draft = context.world.drafts.get(context.arguments["draft_id"])
    if draft is None or draft.user_id != context.user.id:
        raise _absent(context, "draft")
    return draft.id
