"""Type checked, never run: what crawls yield, by what they are of and where they may look."""

from __future__ import annotations

from typing import assert_type

from pixivkit import Pixiv
from pixivkit.crawl import TagCrawl
from pixivkit.models.app import Comment, Illust, IllustSeriesDetail, Novel, NovelText
from pixivkit.models.web import IllustDetail, IllustThumb
from pixivkit.pixiv_url import SeriesRef


async def series(
    px: Pixiv, work: Illust, thumb: IllustThumb, novel: Novel, text: NovelText, ref: SeriesRef
) -> None:
    async for of_works in px.crawl.series(1):
        assert_type(of_works, Illust)
    async for by_url in px.crawl.series("https://www.pixiv.net/user/1/series/2", "illust"):
        assert_type(by_url, Illust)
    async for of_novels in px.crawl.series(1, "novel"):
        assert_type(of_novels, Novel)
    async for of_work in px.crawl.series(work):
        assert_type(of_work, Illust)
    async for of_thumb in px.crawl.series(thumb, web_fallback=True):
        assert_type(of_thumb, Illust | IllustDetail)
    async for of_novel in px.crawl.series(novel):
        assert_type(of_novel, Novel)
    async for of_text in px.crawl.series(text):
        assert_type(of_text, Novel)
    async for of_either in px.crawl.series(ref):
        assert_type(of_either, Illust | Novel)


async def series_of(px: Pixiv, detail: IllustSeriesDetail, either: bool) -> None:
    async for work in px.crawl.series(detail, web_fallback=either):
        assert_type(work, Illust | IllustDetail)


async def others(px: Pixiv, novel: Novel) -> None:
    assert_type(px.crawl.tag("x"), TagCrawl[Illust])
    assert_type(px.crawl.tag("x", web_fallback=True), TagCrawl[Illust | IllustDetail])
    assert_type(px.crawl.tag("x", kind="novel", search_target="text"), TagCrawl[Novel])
    async for found in px.crawl.tag("x", kind="novel"):
        assert_type(found, Novel)
    async for comment in px.crawl.comments(novel):
        assert_type(comment, Comment)
    async for bookmarked in px.crawl.bookmarks(1):
        assert_type(bookmarked, Illust)
    async for looked_up in px.crawl.bookmarks(1, web_fallback=True):
        assert_type(looked_up, Illust | IllustDetail)
