"""What stands around the payload of nearly every page: previews, users, translations, adverts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..records import Novel, Series, User, Work
from ..refusals import not_found
from ..views import Context
from ..words import TAGS
from .requests import Asked
from .shapes import JSON, php, text_id
from .works import novel_thumb, thumb

__all__ = [
    "commission", "extra_data", "find_user", "frame", "partial_user", "series_card",
    "translations", "zones",
]  # fmt: skip

_ADVERTS = "https://pixon.ads-pixiv.net/show"


def find_user(context: Context, user_id: int) -> User:
    """
    The user with this id.

    Raises:
        Refusal: There is none.
    """
    user = context.world.users.get(user_id)
    if user is None:
        raise not_found(context.endpoint.base, "user")
    return user


def zones(*names: str) -> JSON:
    """The places for advertisements on a page, by default those of most pages."""
    return {
        name: {"url": f"{_ADVERTS}?zone_id={name}&format=js&s=1&up=0"}
        for name in names or ("header", "footer", "logo")
    }


def extra_data(
    title: str,
    description: str = "pixiv",
    *,
    path: str = "",
    image: str = "",
    kind: str = "article",
) -> JSON:
    """
    What the head of a page says.

    Args:
        title: Title of the page.
        description: What it is about.
        path: Path of the page; empty where pixiv names none.
        image: Picture that links to the page show.
        kind: Type of the page in the previews of links to it; empty where it has none.
    """
    shared: JSON = {"description": description, "image": image, "title": title}
    meta: JSON = {"title": title, "description": description}
    if path:
        page = f"https://www.pixiv.net{path}"
        meta["canonical"] = page
        meta["alternateLanguages"] = {"ja": page, "en": f"https://www.pixiv.net/en{path}"}
        meta["descriptionHeader"] = description
    if kind:
        meta["ogp"] = {**shared, "type": kind}
        meta["twitter"] = {**shared, "card": "summary_large_image"}
    return {"meta": meta}


def translations(tags: Iterable[str]) -> object:
    """The tags that are known in other languages."""
    found: JSON = {}
    for tag in tags:
        known = TAGS.get(tag)
        if known is None or not known.romaji:
            continue
        romaji: JSON = {"romaji": known.romaji}
        english: JSON = {"en": known.english, "ko": "", "zh": "", "zh_tw": ""}
        found[tag] = {**english, **romaji} if known.english else romaji
    return php(found)


def commission(user: User) -> JSON | None:
    """Whether *user* draws on request; None where they never did."""
    if not user.accepts_requests:
        return None
    return {"acceptRequest": True, "isSubscribedReopenNotification": False}


def partial_user(context: Context, user: User) -> JSON:
    """A user that a page names."""
    world, account = context.world, context.account
    return {
        "partial": 0,
        "comment": user.comment,
        "followedBack": account is not None and world.is_followed(user, account.id),
        "userId": str(user.id),
        "name": user.name,
        "image": user.avatar_url(50),
        "imageBig": user.avatar_url(170),
        "premium": user.is_premium,
        "isFollowed": world.is_followed(account, user.id),
        "isMypixiv": account is not None and user.id in world.mypixiv.get(account.id, ()),
        "isBlocking": False,
        "background": None,
        "acceptRequest": user.accepts_requests,
        "commission": commission(user),
    }


def series_card(context: Context, series: Series) -> JSON:
    """A manga series in a list."""
    world = context.world
    watched = context.account is not None and series.id in world.watch_list.get(
        context.account.id, ()
    )
    cover = latest = None
    if series.work_ids:
        latest = world.works[series.work_ids[-1]]
        cover = latest.master_url(size="782x410_80_a2_g5")
    return {
        "id": str(series.id),
        "userId": str(series.user_id),
        "title": series.title,
        "description": series.caption,
        "caption": series.caption,
        "total": len(series.work_ids),
        "content_order": None,
        "url": cover,
        "coverImageSl": latest.sanity_level if latest else None,
        "firstIllustId": text_id(series.work_ids[0] if series.work_ids else None),
        "latestIllustId": text_id(latest.id if latest else None),
        "createDate": series.date.isoformat(),
        "updateDate": (latest.date if latest else series.date).isoformat(),
        "watchCount": None,
        "isWatched": watched,
        "isNotifying": watched,
    }


def frame(
    context: Context,
    *,
    works: Iterable[Work] = (),
    novels: Iterable[Novel] = (),
    users: Iterable[User] = (),
    series: Iterable[Series] = (),
    requests: Sequence[Asked] = (),
    size: str = "250x250_80_a2",
    advert: bool = False,
) -> JSON:
    """
    The works, users, series and requests that a page names, each once, in this order.

    Args:
        context: The request.
        works: Works.
        novels: Novels.
        users: Users.
        series: Manga series.
        requests: Requests; their creators and works are named too.
        size: Size of the previews.
        advert: Whether a place for an advertisement is among the works.
    """
    asked = [one.work for one in requests if one.work]
    people = [*users, *(one.creator for one in requests)]
    illusts = list({work.id: work for work in (*works, *asked)}.values())
    texts = list({novel.id: novel for novel in novels}.values())
    tags = [tag for work in illusts for tag in work.tags]
    tags += [tag for one in requests for tag in one.tags]
    tags += [tag for novel in texts for tag in novel.tags]
    shown: list[JSON] = [thumb(context, work, size=size, sizes=True) for work in illusts]
    if advert:
        shown.insert(min(5, len(shown)), {"isAdContainer": True})
    return {
        "tagTranslation": translations(tags),
        "thumbnails": {
            "illust": shown,
            "novel": [novel_thumb(context, novel) for novel in texts],
            "novelSeries": [],
            "novelDraft": [],
            "collection": [],
        },
        "illustSeries": [series_card(context, one) for one in series],
        "requests": [one.json(context) for one in requests],
        "users": [
            partial_user(context, user) for user in {user.id: user for user in people}.values()
        ],
    }
