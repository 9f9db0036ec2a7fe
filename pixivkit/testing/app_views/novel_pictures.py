"""The pictures in the text of a novel, as its page lists them."""

from __future__ import annotations

from ...novel import PixivImage, UploadedImage, parse_markup
from ..records import Novel, NovelPicture, Work
from ..views import JSON, Context

__all__ = ["illusts_in", "images_in"]

_HIDDEN = "この作品は閲覧できません"


def illusts_in(context: Context, novel: Novel) -> object:
    """The works in the text, by what stands in it; those that are gone are missing."""
    found: JSON = {}
    for node in parse_markup(novel.text):
        if isinstance(node, PixivImage) and (work := context.world.works.get(node.illust_id)):
            found[node.key] = _illust(context, work, node.page or 1)
    # PHP has one word for an empty list and an empty map.
    return found or []


def _illust(context: Context, work: Work, page: int) -> JSON:
    shown = context.world.visible_to(context.user, work) and page <= work.page_count
    author = context.world.users[work.user_id]
    return {
        "visible": shown,
        "availableMessage": None if shown else _HIDDEN,
        "illust": {
            "title": work.title,
            "description": work.caption,
            "restrict": work.restrict,
            "xRestrict": work.x_restrict,
            "sl": work.sanity_level,
            "tags": [{"tag": tag, "userId": str(author.id)} for tag in work.tags],
            "images": {"small": None, "medium": work.master_url(page - 1), "original": None},
        } if shown else None,
        "user": {"id": str(author.id), "name": author.name, "image": author.avatar_url(50)},
        "id": str(work.id),
        "page": page,
    }  # fmt: skip


def images_in(novel: Novel) -> object:
    """The pictures of its own in the text, by their ids."""
    pictures = {picture.id: picture for picture in novel.pictures}
    return {
        str(node.image_id): _image(pictures[node.image_id])
        for node in parse_markup(novel.text)
        if isinstance(node, UploadedImage) and node.image_id in pictures
    } or []


def _image(picture: NovelPicture) -> JSON:
    sizes = {"240mw": "240x480_80", "480mw": "480x960", "1200x1200": "1200x1200"}
    return {
        "novelImageId": str(picture.id),
        "sl": "2",
        "urls": {
            **{name: picture.smaller_url(size) for name, size in sizes.items()},
            "128x128": picture.smaller_url("128x128", "square1200"),
            "original": picture.original_url,
        },
    }
