"""The replies that are measured: built from the examples of ``spec/``, all of it invented."""

from __future__ import annotations

import json
import random
from typing import Any

from pixivkit.examples import examples_of

ILLUSTS_PER_PAGE = 30
THUMBS_PER_PAGE = 60
_SAMPLE_ID = "140000002"
_FIRST_ID = 141_000_000
_SELDOM = ("event_banners", "request", "seasonal_effect_animation_urls")
_TAGS = (
    ("オリジナル", "original"),
    ("夜市", "night market"),
    ("ランタン", "lantern"),
    ("風景", "scenery"),
    ("女の子", "girl"),
    ("猫", "cat"),
    ("灯台", "lighthouse"),
    ("雨", None),
    ("sketch", None),
)


def _example(name: str) -> Any:
    return examples_of(name)[0].reply


def illust(number: int, chance: random.Random) -> dict[str, Any]:
    """One work as the lists of the App API show it; some have several pages."""
    sample: dict[str, Any] = _example("app.illust.detail")["illust"]
    for key in _SELDOM:
        del sample[key]
    sample = json.loads(json.dumps(sample).replace(_SAMPLE_ID, str(_FIRST_ID + number)))
    pages: list[dict[str, Any]] = sample["meta_pages"]
    if number % 8 == 7:
        sample["meta_pages"] = pages[: 1 + chance.randrange(3)]
    else:
        sample["meta_single_page"] = {
            "original_image_url": pages[0]["image_urls"]["original"],
        }
        sample["meta_pages"] = []
    sample["page_count"] = max(1, len(sample["meta_pages"]))
    sample["title"] = f"{sample['title']} {number}"
    sample["tags"] = [
        {"name": name, "translated_name": translated}
        for name, translated in chance.sample(_TAGS, 1 + chance.randrange(4))
    ]
    sample["total_view"] = chance.randrange(100_000)
    sample["total_bookmarks"] = chance.randrange(10_000)
    return sample


def detail() -> bytes:
    """The reply of ``app.illust.detail``."""
    return _bytes({"illust": illust(0, random.Random(0))})


def page(offset: int = 0, *, last: bool = False) -> bytes:
    """The reply of ``app.user.illusts`` with 30 works, the first of them number *offset*."""
    chance = random.Random(offset)
    illusts = [illust(offset + n, chance) for n in range(ILLUSTS_PER_PAGE)]
    following = offset + ILLUSTS_PER_PAGE
    query = f"user_id={illusts[0]['user']['id']}&type=illust&offset={following}"
    next_url = None if last else f"https://app-api.pixiv.net/v1/user/illusts?{query}"
    return _bytes({"user": illusts[0]["user"], "illusts": illusts, "next_url": next_url})


def web_page() -> bytes:
    """The reply of ``web.search.artworks`` with 60 works, escaped as PHP does."""
    reply: dict[str, Any] = _example("web.search.artworks")
    found: dict[str, Any] = reply["body"]["illustManga"]
    samples = [work for work in found["data"] if "id" in work]
    found["data"] = [_thumb(n, samples[n % len(samples)]) for n in range(THUMBS_PER_PAGE)]
    return json.dumps(reply, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def _thumb(number: int, sample: dict[str, Any]) -> dict[str, Any]:
    sizes = ("250x250", "360x360", "540x540")
    urls = {size: str(sample["url"]).replace("250x250", size) for size in sizes}
    return {**sample, "id": str(_FIRST_ID + number), "urls": urls}


def picture(size: int) -> bytes:
    """A JPEG file of *size* bytes: a header, noise that is coded as JPEG does, and the end."""
    start = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffda0008010100003f00")
    end = b"\xff\xd9"
    noise = random.Random(0).randbytes(size).replace(b"\xff", b"\xff\x00")
    coded = noise[: size - len(start) - len(end)]
    if coded.endswith(b"\xff"):
        coded = coded[:-1] + b"\x00"
    return start + coded + end


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
