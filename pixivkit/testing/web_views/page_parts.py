"""What stands around the payload of nearly every page: previews, users, translations, adverts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ..records import Kind, Novel, Series, User, Work
from ..sample_texts import TAGS
from ..views import JSON, Context
from .requests import Asked

__all__ = ["ILLUSTS", "MANGA", "find_user", "named_on_page", "translations", "unseen", "visit"]

ILLUSTS: Final[tuple[Kind, ...]] = ("illust", "ugoira")
"""What pixiv counts among the illustrations where it parts them from manga."""

MANGA: Final[tuple[Kind, ...]] = ("manga",)
_ADVERT: Final[JSON] = {"isAdContainer": True}


def visit(context: Context) -> Work:
    """
    The work that is asked for.

    Raises:
        Refusal: There is none, or it is not for who asks.
    """
    work = context.world.works.get(context.arguments["illust_id"])
    if work is None:
        raise context.absent()
    if work.restrict and not context.world.visible_to(context.account, work):
        raise context.absent() if work.restrict == 2 else context.forbidden()
    return work


def unseen(context: Context, work: Work) -> bool:
    """Whether the images of *work* need a login that there is not."""
    return bool(work.x_restrict) and context.account is None


def find_user(context: Context) -> User:
    """
    The user that is asked for.

    Raises:
        Refusal: There is none.
    """
    user = context.world.users.get(context.arguments["user_id"])
    if user is None:
        raise context.absent("user")
    return user


def translations(tags: Iterable[str]) -> JSON:
    """The tags that are known in other languages."""
    found: JSON = {}
    for tag in tags:
        known = TAGS.get(tag)
        if known is None or not known.romaji:
            continue
        romaji: JSON = {"romaji": known.romaji}
        english: JSON = {"en": known.english, "ko": "", "zh": "", "zh_tw": ""}
        found[tag] = {**english, **romaji} if known.english else romaji
    return found


def named_on_page(
    *,
    works: Iterable[Work] = (),
    novels: Iterable[Novel] = (),
    users: Iterable[User] = (),
    series: Iterable[Series] = (),
    requests: Sequence[Asked] = (),
    advert: bool = False,
) -> JSON:
    """
    The works, users, series and requests that a page names, each once, in this order.

    Args:
        works: Works.
        novels: Novels.
        users: Users.
        series: Manga series.
        requests: Requests; their creators and works are named too.
        advert: Whether a place for an advertisement is among the works.
    """
    asked = [one.work for one in requests if one.work]
    people = [*users, *(one.creator for one in requests)]
    illusts = list({work.id: work for work in (*works, *asked)}.values())
    texts = list({novel.id: novel for novel in novels}.values())
    tagged: list[Work | Asked | Novel] = [*illusts, *requests, *texts]
    tags = [tag for one in tagged for tag in one.tags]
    shown: list[object] = [*illusts]
    if advert:
        shown.insert(5, _ADVERT)
    return {
        "tagTranslation": translations(tags),
        "thumbnails.illust": shown,
        "thumbnails.novel": texts,
        "illustSeries": [*series],
        "requests": [*requests],
        "users": list({user.id: user for user in people}.values()),
    }
