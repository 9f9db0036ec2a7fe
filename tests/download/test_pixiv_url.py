"""What people paste, and what it is of."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixivkit.errors import InvalidArgument
from pixivkit.pixiv_url import (
    MOST_PAGES,
    FollowedRef,
    ImageRef,
    NovelRef,
    PixivRef,
    RankingRef,
    SeriesRef,
    TagRef,
    UserRef,
    UserSection,
    WorkRef,
    read_pixiv_url,
)

IMAGE = "i.pximg.net/img-original/img/2026/03/14/12/00/00/123_p0.png"
PHP = "https://www.pixiv.net/member_illust.php"

PASTED: dict[str, PixivRef] = {
    "123": WorkRef(123),
    " 00123\n": WorkRef(123),
    "https://www.pixiv.net/artworks/123": WorkRef(123),
    "https://www.pixiv.net/en/artworks/123": WorkRef(123),
    "https://www.pixiv.net/zh-tw/artworks/123/": WorkRef(123),
    "https://www.pixiv.net/i/123": WorkRef(123),
    "https://www.pixiv.net/ajax/illust/123/pages": WorkRef(123),
    "http://pixiv.net/artworks/123": WorkRef(123),
    "pixiv.net/artworks/123": WorkRef(123),
    "www.pixiv.net/artworks/123": WorkRef(123),
    "//www.pixiv.net/artworks/123": WorkRef(123),
    "/artworks/123": WorkRef(123),
    "/en/artworks/123": WorkRef(123),
    "HTTPS://WWW.Pixiv.Net:443/ARTWORKS/123": WorkRef(123),
    "https://www.pixiv.net/%61rtworks/%31%32%33": WorkRef(123),
    "https://www.pixiv.net/artworks/123?utm_source=x&lang=ja": WorkRef(123),
    "https://www.pixiv.net/artworks/123#comments": WorkRef(123),
    "https://www.pixiv.net/artworks/123#1": WorkRef(123, 0),
    "https://www.pixiv.net/artworks/123?a=b#3": WorkRef(123, 2),
    "https://www.pixiv.net/artworks/123#big_0": WorkRef(123, 0),
    f"{PHP}?mode=medium&illust_id=123": WorkRef(123),
    f"{PHP}?illust_id=123&mode=manga&uarea=tag": WorkRef(123),
    f"{PHP}?mode=manga_big&illust_id=123&page=2": WorkRef(123, 2),
    f"{PHP}?mode=medium&illust_id=123#big_4": WorkRef(123, 4),
    "https://embed.pixiv.net/artwork.php?illust_id=123": WorkRef(123),
    "touch.pixiv.net/member_illust.php?illust_id=123": WorkRef(123),
    "pixiv://illusts/123": WorkRef(123),
    "< https://www.pixiv.net/artworks/123 >": WorkRef(123),
    "\u3000https://www.pixiv.net/artworks/123\u3000": WorkRef(123),
    "https://www.pixiv.net/novel/show.php?id=5#6": NovelRef(5),
    "https://www.pixiv.net/en/n/5": NovelRef(5),
    "pixiv://novels/5": NovelRef(5),
    "https://www.pixiv.net/ranking.php": RankingRef(),
    "https://www.pixiv.net/en/ranking.php?mode=weekly_r18&content=manga&date=20260131": RankingRef(
        "weekly_r18", "manga", dt.date(2026, 1, 31)
    ),
    "https://www.pixiv.net/bookmark_new_illust.php": FollowedRef(),
    "https://www.pixiv.net/novel/bookmark_new.php": FollowedRef(novels=True),
    "https://www.pixiv.net/users/11": UserRef(11),
    "https://www.pixiv.net/en/users/11/artworks": UserRef(11, "artworks"),
    "https://www.pixiv.net/users/11/illustrations/%E7%8C%AB": UserRef(11, "illustrations"),
    "https://www.pixiv.net/users/11/bookmarks/artworks": UserRef(11, "bookmarks/artworks"),
    "https://www.pixiv.net/users/11/following": UserRef(11),
    "https://www.pixiv.net/u/11": UserRef(11),
    "https://www.pixiv.net/member.php?id=11": UserRef(11),
    f"{PHP}?id=11&type=manga": UserRef(11, "artworks"),
    "https://www.pixiv.net/bookmark.php?id=11&rest=show": UserRef(11, "bookmarks/artworks"),
    "https://www.pixiv.net/novel/member.php?id=11": UserRef(11, "novels"),
    "pixiv://users/11": UserRef(11),
    "https://www.pixiv.net/user/11/series/22": SeriesRef(22, 11),
    "https://www.pixiv.net/novel/series/22": SeriesRef(22),
    "https://www.pixiv.net/tags/%E7%8C%AB/artworks?order=date": TagRef("猫"),
    "https://www.pixiv.net/en/tags/猫": TagRef("猫"),
    "https://www.pixiv.net/tags/Fate%2FGO/illustrations": TagRef("Fate/GO"),
    "https://www.pixiv.net/search.php?word=%E7%8C%AB&s_mode=s_tag": TagRef("猫"),
    f"https://{IMAGE}": ImageRef(f"https://{IMAGE}"),
    IMAGE: ImageRef(f"https://{IMAGE}"),
    f"http://I.pximg.net:443{IMAGE.removeprefix('i.pximg.net')}#x": ImageRef(f"https://{IMAGE}"),
    "https://s.pximg.net/a.png?1": ImageRef("https://s.pximg.net/a.png?1"),
}


@pytest.mark.parametrize("text", PASTED)
def test_what_is_pasted_is_read(text: str) -> None:
    assert read_pixiv_url(text) == PASTED[text]


REFUSED = {
    "": "empty",
    "   ": "empty",
    "<>": "empty",
    "cat pictures": "blanks",
    "１２３": "no host of pixiv",
    "https://www.pixiv.net/artworks/1\n23": "blanks",
    "https://www.pixiv.net\\@evil.example/artworks/1": "characters",
    "https://www.pixiv.net/artworks/12\ud800": "characters",
    "https://[::1/artworks/1": "no URL",
    "ftp://www.pixiv.net/artworks/1": "http or https",
    "file:///etc/passwd": "http or https",
    "/etc/passwd": "no page that is known",
    "https://pixiv.net.evil.com/artworks/1": "pixiv.net.evil.com is no host",
    "https://evilpixiv.net/artworks/1": "evilpixiv.net is no host",
    "https://www.pixiv.net@evil.com/artworks/1": "user",
    "https://www.pixiv.net:password@evil.com/artworks/1": "user",
    "https://www.pixiv.net:8443/artworks/1": "no host",
    "https://www%2Epixiv.net/artworks/1": "no host",
    "https://i.pximg.net.evil.com/a.png": "no host",
    "https://evilpximg.net/a.png": "no host",
    "https://sketch.pixiv.net/items/1": "no host",
    "https://www.pixiv.net": "no page",
    "https://www.pixiv.net/en/": "no page",
    "https://www.pixiv.net/artworks/": "no page",
    "https://www.pixiv.net/ranking.php?mode=a%20b": "no kind of ranking",
    "https://www.pixiv.net/ranking.php?date=20260231": "no day",
    "https://www.pixiv.net/artworks/abc": "'abc' is no id",
    "https://www.pixiv.net/artworks/-1": "'-1' is no id",
    "https://www.pixiv.net/artworks/%EF%BC%91": "no id",
    "https://www.pixiv.net/member.php": "no id in it",
    f"{PHP}?illust_id=1&page=x": "no id",
    "https://www.pixiv.net/novel/show.php?id=": "no id in it",
    "0": "0 is no id",
    "https://www.pixiv.net/users/0": "0 is no id",
    str(2**63): "is no id",
    f"https://www.pixiv.net/artworks/{2**64}": "is no id",
    "9" * 5000: "no id",
    f"https://www.pixiv.net/artworks/{'9' * 20_000}": "too long",
    "https://www.pixiv.net/artworks/1#0": "counted from 0",
    f"https://www.pixiv.net/artworks/1#{MOST_PAGES + 1}": "pages",
    "pixiv://account/login?code=secret": "no page",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_nothing_of_pixiv_is_refused_with_why(text: str) -> None:
    with pytest.raises(InvalidArgument, match=REFUSED[text]) as caught:
        read_pixiv_url(text)
    assert len(str(caught.value)) < 600
    assert "secret" not in str(caught.value)
    assert "password" not in str(caught.value)


def test_what_was_not_understood_is_said_with_what_is_read() -> None:
    with pytest.raises(InvalidArgument, match=r"example\.com") as caught:
        read_pixiv_url("https://example.com/1")
    assert "https://www.pixiv.net/artworks/123" in str(caught.value)


def is_settled(text: str) -> bool:
    """Whether *text* is read, and its URL leads to the same; a refusal is of one kind."""
    try:
        read = read_pixiv_url(text)
    except InvalidArgument:
        return False
    assert read_pixiv_url(read.url) == read
    return True


IDS = st.integers(1, 2**63 - 1)
SECTIONS: tuple[UserSection, ...] = (
    "", "artworks", "illustrations", "manga", "novels", "bookmarks/artworks", "bookmarks/novels",
)  # fmt: skip
REFS = st.one_of(
    st.builds(WorkRef, IDS, st.none() | st.integers(0, MOST_PAGES - 1)),
    st.builds(NovelRef, IDS),
    st.builds(UserRef, IDS, st.sampled_from(SECTIONS)),
    st.builds(SeriesRef, IDS, st.none() | IDS),
    st.builds(TagRef, st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)),
)


@given(REFS)
def test_a_canonical_url_is_read_as_what_it_is_of(ref: PixivRef) -> None:
    assert read_pixiv_url(ref.url) == ref
    assert read_pixiv_url(f" <{ref.url.replace('https', 'HTTP')}>\n") == ref


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    is_settled(text)


PIECES = st.sampled_from([
    "https:", "http:", "/", "//", "www.", "pixiv.net", "i.pximg.net", "@", ":", "443", "\\", "%",
    "%2f", "%ff", "artworks", "users", "tags", "en", "novel", "series", "show.php", "?", "&", "=",
    "member_illust.php", "illust_id", "id", "page", "#", "big_", "1", "0", "[", "]", ".", "..",
    "pixiv:", "illusts", "\u2100", "\ud800", " ", "<", ">", "word", ";",
])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_anything_like_a_url_is_read_or_refused(text: str) -> None:
    is_settled(text)


@given(st.sampled_from([t for t in PASTED if "/" in t]), st.data())
def test_a_url_with_one_character_changed_is_read_or_refused(
    text: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    is_settled(text[:at] + data.draw(st.characters()) + text[at + 1 :])


@given(host=st.from_regex(r"[a-z0-9.@:-]{1,12}", fullmatch=True))
def test_no_other_host_is_taken_for_pixiv(host: str) -> None:
    for url in (f"https://pixiv.net{host}x/artworks/1", f"https://{host}pixiv.net/artworks/1"):
        if is_settled(url):
            assert host in ("www.", "touch.", "embed.")


@pytest.mark.parametrize("wrong", [0, -1, 2**63, True, 1.5, "1", None])
def test_ids_that_cannot_be_are_refused(wrong: object) -> None:
    with pytest.raises(InvalidArgument, match="no id"):
        WorkRef(wrong)  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument):
        UserRef(wrong)  # type: ignore[arg-type]
