"""Views of searches and tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, Literal

from ..paged import Page
from ..records import Kind, Work
from ..sample_texts import TAGS
from ..stable_random import stable_random
from ..views import JSON, Context, view
from .habits import by_mode, day
from .page_parts import ILLUSTS, MANGA, translations

_ADVERT: Final = 42
_FEW: Final = 8
_POPULAR: Final = 3

Match = Literal["partial", "exact", "text", "keyword"]
_MATCHES: Final[Mapping[str, Match]] = {
    "s_tag_full": "exact",
    "s_tag": "partial",
    "s_tc": "text",
    "s_tag_tc": "keyword",
}
_KINDS: Final[Mapping[str, tuple[Kind, ...]]] = {
    "all": (),
    "illust_and_ugoira": ILLUSTS,
    "illust": ("illust",),
    "ugoira": ("ugoira",),
    "manga": MANGA,
}


@view("web.search.artworks")
def artworks(context: Context) -> object:
    return _search(context, "illustManga")


@view("web.search.illustrations")
def illustrations(context: Context) -> object:
    return _search(context, "illust")


@view("web.search.manga")
def manga(context: Context) -> object:
    return _search(context, "manga")


def _search(context: Context, key: str) -> JSON:
    works = context.remembered(lambda: _found(context))
    page: Page[object] = context.page(works)
    if len(page) > _ADVERT:
        # A long page has a place for an advertisement beside its works.
        page.insert(_ADVERT, {"isAdContainer": True})
    return {f"{key}.data": page, f"{key}.total": page.total, **_around(context, works)}


def _found(context: Context) -> list[Work]:
    given, world = context.arguments, context.world
    found = world.search(
        given["word"],
        context.account,
        match=_MATCHES[given["match"]],
        kinds=_KINDS[given["type"]],
    )
    premium = context.account is not None and context.account.is_premium
    works = [work for work in by_mode(context, found) if _fits(work, given)]
    if premium:
        counts = {work.id: world.bookmark_count(work.id) for work in works}
        least, most = given["min_bookmarks"] or 0, given["max_bookmarks"]
        works = [
            work
            for work in works
            if least <= counts[work.id] and (most is None or counts[work.id] <= most)
        ]
        if given["order"].startswith("popular"):
            works.sort(key=lambda work: (counts[work.id], work.id), reverse=True)
    if not given["order"].endswith("_d") and (premium or given["order"] == "date"):
        works.reverse()
    return works


def _fits(work: Work, given: Mapping[str, Any]) -> bool:
    """Whether *work* is of the size, shape, day, tool and making that a search asks for."""
    posted, first, last = work.date.date(), day(given["start_date"]), day(given["end_date"])
    bounds = (
        (work.width, given["min_width"], given["max_width"]),
        (work.height, given["min_height"], given["max_height"]),
    )
    return (
        all((low or 0) <= size and (high is None or size <= high) for size, low, high in bounds)
        and (first is None or posted >= first)
        and (last is None or posted <= last)
        and (not given["tool"] or given["tool"] in work.tools)
        and not (given["ai_type"] == 1 and work.ai_type == 2)
        and _is_shaped(work, given["ratio"])
    )


def _is_shaped(work: Work, ratio: float | None) -> bool:
    return ratio is None or _leaning(ratio) == _leaning(work.width - work.height)


def _leaning(number: float) -> int:
    return (number > 0) - (number < 0)


def _around(context: Context, works: list[Work]) -> JSON:
    """What every search says beside the works it finds."""
    world, words = context.world, context.arguments["word"].split()
    tags = Counter(tag for work in works for tag in work.tags if tag not in words)
    related = [tag for tag, _ in tags.most_common(_FEW)]
    best = sorted(works, key=lambda work: (world.bookmark_count(work.id), work.id), reverse=True)
    return {
        "popular.recent": works[:_POPULAR],
        "popular.permanent": best[:_POPULAR],
        "relatedTags": related,
        "tagTranslation": translations([*words, *related]),
    }


@view("web.search.top")
def top(context: Context) -> object:
    word, world = context.arguments["word"], context.world
    works = world.search(word, context.account, match="exact")
    illusts = [work for work in works if work.kind != "manga"]
    comics = [work for work in works if work.kind == "manga"]
    novels = [
        novel
        for novel in reversed(world.novels.values())
        if word in novel.tags and world.visible_to(context.account, novel)
    ]

    return {
        "illust": {"data": illusts[:_FEW], "total": len(illusts)},
        "manga": {"data": comics[:_FEW], "total": len(comics)},
        "novel": {"data": novels[:_FEW], "total": len(novels)},
        **_around(context, works),
    }


@view("web.search.tag")
def tag(context: Context) -> object:
    name = context.arguments["tag"]
    known = TAGS.get(name)
    pixpedia: object = []
    if known is not None:
        works = context.world.search(name, match="exact")
        shown: JSON = {"abstract": f"{name}を描いた作品につけられるタグ。"}
        if works:
            shown["image"] = works[0].master_url(size="384x280_80_a2_g2")
            shown["id"] = str(works[0].id)
        pixpedia = {**shown, "yomigana": known.romaji, "siblingsTags": [], "childrenTags": []}
    return {
        "tag": name,
        "word": name,
        "pixpedia": pixpedia,
        "tagTranslation": translations([name]),
    }


@view("web.tag.stories")
def stories(context: Context) -> object:
    name = context.arguments["tag"]
    told = name in TAGS and context.world.search(name, match="exact")
    return {"tagStoryIds": [str(2001 + stable_random("story", name) % 9000)] if told else []}
