"""What there is to download of a work."""

from __future__ import annotations

import datetime as dt
import re

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixivkit._core.basics.japan_time import JST
from pixivkit.download import (
    Source,
    Template,
    original_candidates,
    ugoira_frames,
    web_work,
    work_of,
)
from pixivkit.download.image_url import ImageUrl
from pixivkit.errors import InvalidArgument, Restricted
from pixivkit.models.app import (
    Illust,
    ImageUrls,
    MetaPage,
    MetaSinglePage,
    Novel,
    UgoiraFrame,
    UgoiraMetadata,
    User,
    ZipUrls,
)
from pixivkit.models.web.illust import IllustDetail
from pixivkit.models.web.illust_image import IllustImage, IllustImageUrls, IllustUrls
from pixivkit.models.web.work import IllustThumb

DATE = "2026/03/14/12/00/00"
ORIGINAL = f"https://i.pximg.net/img-original/img/{DATE}"
AUTHOR = User(id=90000001, name="木漏れ日ミナ")


def limit(name: str) -> str:
    return f"https://s.pximg.net/common/images/limit_{name}_360.png"


def illust(**fields: object) -> Illust:
    urls = ImageUrls(
        large=f"https://i.pximg.net/c/600x1200_90/img-master/img/{DATE}/5_p0_master1200.jpg"
    )
    known: dict[str, object] = {"id": 5, "user": AUTHOR, "image_urls": urls, **fields}
    return Illust(**known)  # type: ignore[arg-type]


def test_the_pages_of_an_illust() -> None:
    pages = [
        MetaPage(image_urls=ImageUrls(original=f"{ORIGINAL}/5_p{n}.{ext}"))
        for n, ext in enumerate(["png", "jpg"])
    ]
    work = work_of(illust(meta_pages=pages, page_count=2, title="Sea"))
    assert work.sources == (
        Source((f"{ORIGINAL}/5_p0.png",), "p0", 0),
        Source((f"{ORIGINAL}/5_p1.jpg",), "p1", 1),
    )
    assert (work.id, work.title, work.user_name) == ("5", "Sea", "木漏れ日ミナ")
    assert work.api == "app"


def test_the_only_page_of_an_illust() -> None:
    single = MetaSinglePage(original_image_url=f"{ORIGINAL}/5_p0.gif")
    work = work_of(illust(meta_single_page=single, page_count=1))
    assert work.sources == (Source((f"{ORIGINAL}/5_p0.gif",), "p0", 0),)


def test_originals_are_guessed_where_only_thumbnails_are_known() -> None:
    work = work_of(illust(page_count=2))
    assert [source.urls for source in work.sources] == [
        tuple(f"{ORIGINAL}/5_p{page}.{ext}" for ext in ("jpg", "png", "gif")) for page in (0, 1)
    ]


def test_an_ugoira_is_its_largest_archive() -> None:
    single = MetaSinglePage(original_image_url=f"{ORIGINAL}/5_ugoira0.jpg")
    [source] = work_of(illust(meta_single_page=single, type="ugoira")).sources
    archive = f"https://i.pximg.net/img-zip-ugoira/img/{DATE}/5_ugoira"
    assert source.urls == (f"{archive}1920x1080.zip", f"{archive}600x600.zip")
    metadata = UgoiraMetadata(
        zip_urls=ZipUrls(medium=f"{archive}600x600.zip"),
        frames=[UgoiraFrame(file=f"{n:06}.jpg", delay=100) for n in range(3)],
    )
    assert work_of(metadata).sources == (source,)
    assert [frame.urls[1] for frame in ugoira_frames(metadata).sources] == [
        f"{ORIGINAL}/5_ugoira{n}.png" for n in range(3)
    ]


def test_a_thumbnail_of_a_list_leads_to_the_originals() -> None:
    url = f"https://i.pximg.net/c/250x250_80_a2/custom-thumb/img/{DATE}/5_p0_custom1200.jpg"
    [first, second] = work_of(IllustThumb(id=5, url=url, page_count=2)).sources
    assert first.urls == tuple(f"{ORIGINAL}/5_p0.{ext}" for ext in ("jpg", "png", "gif"))
    assert second.part == "p1"
    ugoira = f"https://i.pximg.net/c/250x250_80_a2/img-master/img/{DATE}/5_square1200.jpg"
    [archive] = work_of(IllustThumb(id=5, url=ugoira, page_count=1)).sources
    assert archive.urls[0].endswith("/5_ugoira1920x1080.zip")


def test_a_web_work_with_and_without_its_pages() -> None:
    detail = IllustDetail(id=5, urls=IllustUrls(original=f"{ORIGINAL}/5_p0.png"), page_count=2)
    [first, second] = work_of(detail).sources
    assert first.urls == (f"{ORIGINAL}/5_p0.png",)
    # The extension of the first page is the likeliest.
    assert second.urls == tuple(f"{ORIGINAL}/5_p1.{ext}" for ext in ("png", "jpg", "gif"))
    pages = [
        IllustImage(urls=IllustImageUrls(original=f"{ORIGINAL}/5_p{n}.png")) for n in range(2)
    ]
    assert [source.urls for source in web_work(detail, pages).sources] == [
        (f"{ORIGINAL}/5_p0.png",), (f"{ORIGINAL}/5_p1.png",),
    ]  # fmt: skip
    assert work_of(pages[1]).sources == (Source((f"{ORIGINAL}/5_p1.png",), "p1", 1),)


def test_the_cover_of_a_novel_has_a_name_of_its_own() -> None:
    cover = (
        f"https://i.pximg.net/c/240x480_80/novel-cover-master/img/{DATE}/ci5_0a1b_master1200.jpg"
    )
    work = work_of(Novel(id=5, user=AUTHOR, image_urls=ImageUrls(large=cover)))
    assert work.id == "novel5"
    original = f"https://i.pximg.net/novel-cover-original/img/{DATE}/ci5_0a1b"
    urls = (*(f"{original}.{ext}" for ext in ("jpg", "png", "gif")), cover)
    assert work.sources == (Source(urls, "cover"),)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"{ORIGINAL}/5_p3.png", "5_p3.png"),
        (f"https://i.pximg.net/img-master/img/{DATE}/5_p3_master1200.jpg", "5_p3_master1200.jpg"),
        (
            f"https://i.pximg.net/c/540x540_70/img-master/img/{DATE}/5_p3_master1200.jpg",
            "5_p3_master1200_540x540_70.jpg",
        ),
        ("https://i.pximg.net/user-profile/img/a/7_0a1b_170.png", "file 7_0a1b_170-DIGEST p0.png"),
        ("https://s.pximg.net/common/images/..%2f..%2fx.png", "x-DIGEST p0.png"),
        ("https://s.pximg.net/common/images/5.png", "file 5-DIGEST p0.png"),
    ],
)
def test_names_of_bare_urls(url: str, name: str) -> None:
    work = work_of(url)
    template = Template("{id}_{part}" if work.id == "5" else "{id} {part}")
    path = template.path(work.fields(work.sources[0]), f".{url[-3:]}")
    assert re.sub("-[a-z2-7]{16} ", "-DIGEST ", path.name) == name


@pytest.mark.parametrize(
    "what",
    [
        Illust(id=5, visible=False, image_urls=ImageUrls(large=limit("sanity_level"))),
        Illust(id=5, visible=False, user=AUTHOR, image_urls=ImageUrls(large=limit("mypixiv"))),
        Illust(id=5, user=AUTHOR, image_urls=ImageUrls(large=limit("of_a_new_kind"))),
        Illust(
            id=5, user=AUTHOR, meta_single_page=MetaSinglePage(original_image_url=limit("unknown"))
        ),
        Illust(id=5, user=AUTHOR),
        Novel(id=5, user=AUTHOR, visible=False),
        IllustDetail(id=5),
        IllustDetail(id=5, urls=IllustUrls(original=limit("unknown"))),
        IllustThumb(id=5, is_masked=True, title="-----"),
        IllustThumb(id=5, url=limit("unknown")),
        IllustImage(),
        MetaPage(),
        UgoiraMetadata(),
        limit("unknown"),
    ],
)
def test_placeholders_are_refused(what: Illust) -> None:
    with pytest.raises(Restricted) as caught:
        work_of(what)
    assert caught.value.reason


def test_the_reason_is_the_availability() -> None:
    stub = Illust(id=5, visible=False, image_urls=ImageUrls(large=limit("sanity_level")))
    with pytest.raises(Restricted) as caught:
        work_of(stub)
    assert caught.value.reason == "sanity_limited"


HASH = "6ad7255b534bb00f312136dfa7da3b56"


def test_the_hash_in_the_name_of_a_picture_is_part_of_its_original() -> None:
    """Works for those who are logged in have one; their originals are found without it as well."""
    url = f"https://i.pximg.net/c/250x250_80_a2/custom-thumb/img/{DATE}/5-{HASH}_p0_custom1200.jpg"
    names = [f"{ORIGINAL}/5-{HASH}_p", f"{ORIGINAL}/5_p"]
    extensions = ("jpg", "png", "gif")
    for page in range(2):
        urls = tuple(f"{name}{page}.{ext}" for name in names for ext in extensions)
        assert original_candidates(url, page) == urls
    thumb = work_of(IllustThumb(id=5, url=url, page_count=2))
    assert [source.part for source in thumb.sources] == ["p0", "p1"]
    assert thumb.sources[0].urls == original_candidates(url)
    shown = work_of(f"{ORIGINAL}/5-{HASH}_p3.png")
    assert (shown.id, shown.sources) == ("5", (Source((f"{ORIGINAL}/5-{HASH}_p3.png",), "p3", 3),))


def test_the_hash_in_the_name_of_an_ugoira_is_part_of_its_archive() -> None:
    archive = f"https://i.pximg.net/img-zip-ugoira/img/{DATE}/5"
    metadata = UgoiraMetadata(
        zip_urls=ZipUrls(medium=f"{archive}-{HASH}_ugoira600x600.zip"),
        frames=[UgoiraFrame(file="000000.jpg", delay=50)],
    )
    work = work_of(metadata)
    sizes = ("1920x1080", "600x600")
    names = (f"{archive}-{HASH}", archive)
    assert work.sources[0].urls == tuple(f"{n}_ugoira{size}.zip" for n in names for size in sizes)
    [frame] = ugoira_frames(metadata).sources
    assert frame.urls[0] == f"{ORIGINAL}/5-{HASH}_ugoira0.jpg"
    assert ImageUrl.parse(frame.urls[0]) == ImageUrl(
        illust_id=5,
        page=0,
        is_ugoira=True,
        date=dt.datetime(2026, 3, 14, 12, tzinfo=JST),
        ext="jpg",
        is_original=True,
        name="ugoira0",
        date_path=DATE,
        hash=HASH,
    )


@given(
    illust_id=st.integers(1, 10**18 - 1),
    page=st.integers(0, 999),
    is_ugoira=st.booleans(),
    date=st.datetimes(dt.datetime(2007, 9, 10), dt.datetime(2099, 1, 1)),
    hash=st.one_of(st.just(""), st.text("0123456789abcdef", min_size=32, max_size=32)),
)
def test_what_is_parsed_of_a_smaller_picture_is_parsed_of_its_originals_too(
    illust_id: int, page: int, is_ugoira: bool, date: dt.datetime, hash: str
) -> None:
    mark = "" if is_ugoira else f"_p{page}"
    name = f"{illust_id}-{hash}" if hash else f"{illust_id}"
    small = ImageUrl.parse(
        f"https://i.pximg.net/img-master/img/{date:%Y/%m/%d/%H/%M/%S}/{name}{mark}_square1200.jpg"
    )
    assert small is not None
    original = ImageUrl.parse(small.originals(page)[0])
    assert original is not None and original.is_original
    assert original == attrs.evolve(
        small, page=page, is_original=True, name=f"ugoira{page}" if is_ugoira else f"p{page}"
    )
    assert (original.illust_id, original.hash, original.is_ugoira) == (illust_id, hash, is_ugoira)
    assert original.date == date.replace(microsecond=0, tzinfo=JST)
    assert small.originals(page)[0] in original.originals(page)


@pytest.mark.parametrize(
    "name", ["5-6AD7255B534BB00F312136DFA7DA3B56_p0", f"5-{HASH}0_p0", f"5{HASH}_p0"]
)
def test_what_is_no_hash_is_not_taken_for_one(name: str) -> None:
    assert ImageUrl.parse(f"{ORIGINAL}/{name}.png") is None


def test_what_is_no_picture_of_a_work_has_no_original() -> None:
    assert original_candidates("https://i.pximg.net/user-profile/img/a/b_170.png") == ()
    assert original_candidates(f"https://i.pximg.net/img-master/img/{DATE}/5_p0.jpg", 2)[0] == (
        f"{ORIGINAL}/5_p2.jpg"
    )


def test_other_things_are_refused() -> None:
    with pytest.raises(InvalidArgument, match="int"):
        work_of(5)  # type: ignore[arg-type]
