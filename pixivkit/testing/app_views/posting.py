"""How the fake answers the App API: what is uploaded, novels and drafts too."""

from __future__ import annotations

from typing import Final

from ..messages import ReceivedFile
from ..picture_files import measure_picture
from ..records import Novel, Work, WorkPage
from ..views import Context, view

__all__ = ["find_novel"]

_RESTRICT: Final = {"public": 0, "mypixiv": 1, "private": 2}
_X_RESTRICT: Final = {"none": 0, "r18": 1, "r18g": 2}
_X_TAGS: Final = {"r18": "R-18", "r18g": "R-18G"}


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
    extension, width, height = measure_picture(file.content) or ("jpg", 100, 100)
    return WorkPage(width=width, height=height, extension=extension, content=file.content)


@view("app.upload.status")
def _upload_status(context: Context) -> object:
    key = context.arguments["convert_key"]
    upload = context.world.uploads.get(key)
    if upload is None or upload.work.user_id != context.user.id:
        raise context.absent("upload")
    if context.world.poll_upload(key).published:
        return {"illust_id": upload.work.id, "status": "COMPLETE"}
    return {"illust_id": 0, "status": "PROCESSING"}


# Novels and drafts


def find_novel(context: Context) -> Novel:
    """
    The novel that is asked for.

    Raises:
        Refusal: The account does not see such a novel.
    """
    novel = context.world.novels.get(context.arguments["novel_id"])
    if novel is None or not context.world.visible_to(context.user, novel):
        raise context.absent()
    return novel


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
    novel = find_novel(context)
    if novel.user_id != context.user.id:
        raise context.forbidden()
    context.world.delete_novel(novel.id)
    return None


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
