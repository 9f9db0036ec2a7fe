"""How the fake answers the App API: uploads, novels and drafts."""

from __future__ import annotations

from typing import Final

from .app_answers import absent, novel_id, page
from .app_shapes import draft_json, preview_json
from .pictures import measure
from .refusals import forbidden
from .views import Context, ReceivedFile, view
from .world import Work, WorkPage

__all__: list[str] = []

_RESTRICT: Final = {"public": 0, "mypixiv": 1, "private": 2}
_X_RESTRICT: Final = {"none": 0, "r18": 1, "r18g": 2}
_X_TAGS: Final = {"r18": "R-18", "r18g": "R-18G"}
_COVER: Final = "https://s.pximg.net/common/images/novel_thumb/novel_thumb_{}_m.jpg"


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
        raise absent(context, "upload")
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


@view("app.novel.delete")
def _novel_delete(context: Context) -> object:
    novel = context.world.novels[novel_id(context)]
    if novel.user_id != context.user.id:
        raise forbidden(context.endpoint.base)
    context.world.delete_novel(novel.id)
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
    return page(context, "novel_draft_previews", drafts, preview_json)


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
        raise absent(context, "draft")
    return draft.id
