"""
Type checked, never run: what users of the public API see.

Each checker has its own comments on the mistakes, and complains about those it does not need.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, assert_type

from pixivkit import (
    AccessToken,
    Bulk,
    Call,
    ClientPool,
    DownloadedFile,
    Endpoint,
    Failed,
    FileStream,
    Items,
    Outcome,
    Page,
    Pages,
    Pixiv,
    PixivError,
    Prepared,
    Published,
    RefreshToken,
    Reply,
    Response,
    SessionCookie,
    Succeeded,
    endpoint_of,
    structure,
)
from pixivkit._core.calls.structure import Broken
from pixivkit.app import IllustApi
from pixivkit.models.app import (
    BookmarkDetailTag,
    BookmarkTag,
    BookmarkTagList,
    BookmarkUserList,
    Comment,
    CommentList,
    Done,
    FollowDetail,
    Home,
    Illust,
    IllustList,
    IllustSearchList,
    IllustSeries,
    IllustSeriesDetail,
    Info,
    InfoList,
    MuteList,
    Notification,
    NotificationList,
    NotificationSettings,
    Novel,
    NovelCover,
    NovelDraft,
    NovelDraftPreview,
    NovelDraftPreviewList,
    NovelSearchList,
    NovelSeries,
    NovelText,
    PlaceInIllustSeries,
    RecommendedIllustList,
    RecommendedNovelList,
    ReportTopic,
    SeriesRef,
    Stamp,
    TrendTag,
    UgoiraMetadata,
    UserDetail,
    UserIllustList,
    UserList,
    UserNovelList,
    UserPreview,
    UserPreviewList,
    WatchedSeries,
    WatchedSeriesList,
)
from pixivkit.models.app import User as AppUser
from pixivkit.models.base import Model
from pixivkit.models.web.illust_image import IllustImage
from pixivkit.models.web.ranking import RankedIllust, Ranking
from pixivkit.models.web.search import SearchArtworks
from pixivkit.models.web.showcase import Showcase
from pixivkit.models.web.user import User, UserFull
from pixivkit.models.web.work import IllustThumb
from pixivkit.pixiv_url import WorkRef, read_pixiv_url
from pixivkit.watch import Found, Watch


async def calls(px: Pixiv) -> None:
    _ = assert_type(px.app.illust.detail(1), Call[Illust])
    assert_type(await px.app.illust.detail(illust_id=1), Illust)
    assert_type(await px.app.illust.detail(1).response(), Response[Illust])
    assert_type((await px.app.illust.detail(1).response()).reply, Reply)
    assert_type(await px.app.illust.delete(1), Done)
    assert_type(await px.app.upload.novel_covers(), list[NovelCover])
    assert_type(await px.web.illust.pages(1), list[IllustImage])
    assert_type(await px.app.user.detail(1), UserDetail)
    assert_type(await px.app.novel.text(1), NovelText)
    assert_type(px.app.illust.comments(1), Pages[CommentList, Comment])
    assert_type(await px.app.user.following(1).take(2), list[UserPreview])
    assert_type(px.app.illust.detail(1).endpoint, Endpoint)
    assert_type(endpoint_of(IllustApi.detail), Endpoint)
    assert_type((await px.app.illust.detail(1)).title, str)


async def lists(px: Pixiv) -> None:
    assert_type(px.app.user.illusts(1, type="manga"), Pages[UserIllustList, Illust])
    assert_type(px.web.ranking(mode="weekly"), Pages[Ranking, RankedIllust])
    async for work in px.web.search.artworks("x", order="date", mode="safe"):
        assert_type(work, IllustThumb)
    async for page in px.web.search.artworks("x").pages():
        assert_type(page, Page[SearchArtworks, IllustThumb])
        assert_type(page.body, SearchArtworks)
        assert_type(page.body.illust_manga.total, int | None)
        assert_type(page.items, Sequence[IllustThumb])
        assert_type(page.broken, Sequence[Broken])
        assert_type(page.cursor, str | None)
    found = px.app.search.illust("x")
    assert_type(await found.first(), Page[IllustSearchList, Illust])
    _ = assert_type(found.take(5), Items[Illust])
    assert_type(await found.take(5), list[Illust])
    async for illust in found.take(5):
        assert_type(illust, Illust)
    iterator: AsyncIterator[Page[IllustSearchList, Illust]] = found.pages()
    await anext(iterator)


async def works_of_the_app(px: Pixiv) -> None:
    recommended = px.app.illust.recommended()
    assert_type(recommended, Pages[RecommendedIllustList, Illust])
    assert_type((await recommended.first()).body.ranking_illusts, list[Illust])
    assert_type(px.app.illust.follow(restrict="private"), Pages[IllustList, Illust])
    assert_type(px.app.illust.ranking(date=dt.date(2026, 1, 31)), Pages[IllustList, Illust])
    assert_type(px.app.manga.ranking(mode="week_manga"), Pages[IllustList, Illust])
    assert_type(px.app.illust.bookmark_users(1), Pages[BookmarkUserList, AppUser])
    assert_type((await px.app.illust.bookmark_detail(1)).tags, list[BookmarkDetailTag])
    assert_type(await px.app.illust.bookmark_add(1, tags=["one"]), Done)
    assert_type(await px.app.illust.report_topic_list(), list[ReportTopic])
    assert_type(await px.app.ugoira.metadata(1), UgoiraMetadata)
    assert_type((await px.app.ugoira.metadata(1)).frames[0].delay, int)
    assert_type(await px.app.trending_tags.illust(), list[TrendTag])
    series = px.app.illust.series(1)
    assert_type(series, Pages[IllustSeries, Illust])
    assert_type((await series.first()).body.illust_series_detail, IllustSeriesDetail | None)
    assert_type(await px.app.illust_series.illust(1), PlaceInIllustSeries)


async def novels(px: Pixiv) -> None:
    assert_type(await px.app.novel.detail(1), Novel)
    assert_type((await px.app.novel.detail(1)).series, SeriesRef | None)
    assert_type((await px.app.novel.text(1)).text, str)
    assert_type((await px.app.novel.text_v1(1)).series_next, Novel | None)
    assert_type(px.app.novel.series(1), Pages[NovelSeries, Novel])
    assert_type(px.app.user.novels(1), Pages[UserNovelList, Novel])
    assert_type(px.app.novel.recommended(), Pages[RecommendedNovelList, Novel])
    assert_type(px.app.search.novel("x", is_original_only=True), Pages[NovelSearchList, Novel])
    assert_type(px.app.novel.comments(1), Pages[CommentList, Comment])
    assert_type(await px.app.novel.comment_add(1, None, stamp_id=301), Comment)
    assert_type((await px.app.novel.markers().take(1))[0].novel, Novel | None)
    assert_type(
        px.app.user.novel_draft_previews(), Pages[NovelDraftPreviewList, NovelDraftPreview]
    )
    assert_type(await px.app.user.novel_draft_detail(1), NovelDraft)


async def people(px: Pixiv) -> None:
    assert_type((await px.app.user.detail(1)).profile.total_illusts, int | None)
    assert_type(px.app.user.follower(1), Pages[UserPreviewList, UserPreview])
    assert_type(px.app.search.user("x"), Pages[UserPreviewList, UserPreview])
    assert_type(await px.app.user.related(1), list[UserPreview])
    assert_type(px.app.user.list(1), Pages[UserList, AppUser])
    assert_type(await px.app.user.follow_add(1, restrict="private"), Done)
    assert_type(await px.app.user.follow_detail(1), FollowDetail)
    assert_type(px.app.user.bookmark_tags_illust(1), Pages[BookmarkTagList, BookmarkTag])
    assert_type((await px.app.illust.comments(1).take(1))[0].stamp, Stamp | None)
    assert_type(px.app.illust.comments_v2(1, last_comment_id=2), Pages[CommentList, Comment])
    assert_type(await px.app.stamps(), list[Stamp])


async def the_account(px: Pixiv) -> None:
    assert_type(await px.app.mute.list(), MuteList)
    assert_type(await px.app.mute.edit(add_tags=["one"], delete_user_ids=(1, 2)), Done)
    assert_type(px.app.watchlist.novel(), Pages[WatchedSeriesList, WatchedSeries])
    assert_type(await px.app.watchlist.manga_add(1), Done)
    assert_type(px.app.notification.list(), Pages[NotificationList, Notification])
    assert_type(await px.app.notification.settings(), NotificationSettings)
    assert_type(px.app.user.browsing_history_illusts(), Pages[IllustList, Illust])
    assert_type((await px.app.user.ai_show_settings()).show_ai, bool | None)
    assert_type(px.app.info.list(1), Pages[InfoList, Info])
    assert_type(await px.app.home.all(), Home)
    assert_type(await px.web.showcase.article(1), list[Showcase])


async def overloads(px: Pixiv, full: bool) -> None:
    assert_type(await px.web.user.detail(1), User)
    assert_type(await px.web.user.detail(1, full=False), User)
    assert_type(await px.web.user.detail(1, full=True), UserFull)
    assert_type(await px.web.user.detail(1, full=full), User | UserFull)


async def many(px: Pixiv) -> None:
    works = (px.app.illust.detail(number) for number in (1, 2))
    assert_type(px.bulk(works), Bulk[Illust])
    async for outcome in px.bulk(works, limit=4, ordered=True):
        assert_type(outcome, Succeeded[Illust] | Failed[Illust])
        assert_type(outcome.value, Illust | None)
        assert_type(outcome.error, PixivError | None)
        assert_type(outcome.unwrap(), Illust)
        assert_type(outcome.ok, bool)
        assert_type(outcome.fetched_at, dt.datetime | None)
        assert_type(outcome.call, Prepared[Illust])
        _ = px.attach(outcome.call)
        assert_type(px.bulk([outcome.call]), Bulk[Illust])
    assert_type(await px.gather(works), list[Illust])
    assert_type(await px.gather([px.web.user.detail(1, full=True)]), list[UserFull])
    assert_type(await px.gather([px.app.illust.detail(1)] * 2), list[Illust])


async def watched(px: Pixiv, pool: ClientPool) -> None:
    watch = px.watch(px.app.illust.follow(), every=dt.timedelta(minutes=5), state=Path("feed"))
    assert_type(watch, Watch[Illust])
    async for work in watch:
        assert_type(work, Illust)
        assert_type(watch.found, Found[Illust] | None)
    assert_type(pool.watch(px.web.ranking(), every=60), Watch[RankedIllust])
    several = [px.app.user.novels(1), px.app.novel.follow()]
    assert_type(px.watch(several, every=60, key=lambda novel: novel.title), Watch[Novel])


def outcomes(outcome: Outcome[Illust]) -> None:
    if outcome.error is None:
        assert_type(outcome, Succeeded[Illust])
        assert_type(outcome.value, Illust)
        assert_type(outcome.fetched_at, dt.datetime)
    else:
        assert_type(outcome, Failed[Illust])
        assert_type(outcome.error, PixivError)
        assert_type(outcome.value, None)
    if outcome.value is None:
        assert_type(outcome.error, PixivError)
    if isinstance(outcome, Failed):
        assert_type(outcome.error, PixivError)
    else:
        assert_type(outcome.value, Illust)
    match outcome:
        case Succeeded(work):
            assert_type(work, Illust)
        case Failed(error, index=index):
            assert_type(error, PixivError)
            assert_type(index, int)


async def of_several_kinds(
    px: Pixiv | ClientPool,
    work: Call[Illust],
    user: Call[User],
    pages: Call[list[IllustImage]],
    found: Pages[IllustSearchList, Illust],
    ranking: Pages[Ranking, RankedIllust],
    calls: Sequence[Call[Illust] | Call[User]],
    either: Iterable[Call[Illust] | Pages[Ranking, RankedIllust]],
    lists: AsyncIterator[Pages[Ranking, RankedIllust]],
    later: AsyncIterator[Call[Illust] | Pages[Ranking, RankedIllust]],
) -> None:
    assert_type(await px.gather((work, user)), list[Illust | User])
    assert_type(await px.gather((work, user, pages)), list[Illust | User | list[IllustImage]])
    assert_type(await px.gather((work, work)), list[Illust])
    _results: list[Illust | User] = await px.gather([work, user])
    several: list[Call[Illust | User]] = [work, user]
    assert_type(await px.gather(several), list[Illust | User])
    _models: list[Model] = await px.gather(calls)
    assert_type(px.bulk(several), Bulk[Illust | User])
    assert_type(px.bulk([found, found]), Bulk[Page[IllustSearchList, Illust]])
    assert_type(px.bulk(one for one in [found]), Bulk[Page[IllustSearchList, Illust]])
    assert_type(px.bulk(lists), Bulk[Page[Ranking, RankedIllust]])
    async for page in px.bulk(lists):
        if page.error is None:
            assert_type(page.value.body, Ranking)
    assert_type(px.bulk((work, ranking)), Bulk[Illust | Page[Ranking, RankedIllust]])
    assert_type(px.bulk(either), Bulk[Illust | Page[Ranking, RankedIllust]])
    assert_type(px.bulk(later), Bulk[Illust | Page[Ranking, RankedIllust]])
    async for outcome in px.bulk([work, ranking]):
        if isinstance(outcome.value, Illust):
            assert_type(outcome.value, Illust)
    async for each in px.bulk(either):
        if each.error is None:
            assert_type(each.value, Illust | Page[Ranking, RankedIllust])


async def covariance(
    call: Call[Illust],
    pages: Pages[IllustSearchList, Illust],
    page: Page[IllustSearchList, Illust],
    run: Bulk[Illust],
) -> None:
    _some: Call[Model] = call
    _others: Pages[Model, Model] = pages
    _one: Page[Model, Model] = page
    _items: Items[Model] = pages.take(5)
    _response: Response[Model] = await call.response()
    _either: Call[Illust | User] = call
    _prepared: list[Prepared[Model | Page[Model, Model]]] = [call, pages]
    _models: Bulk[Model] = run
    _outcome: Outcome[Model] = await anext(run)


def in_hand(
    call: Call[Illust], pages: Pages[Ranking, RankedIllust], body: object, text: bytes
) -> None:
    assert_type(call.parse(body), Illust)
    assert_type(call.parse(text, strict=True), Illust)
    assert_type(pages.parse(body), Page[Ranking, RankedIllust])
    assert_type(pages.parse(body).items, Sequence[RankedIllust])
    prepared: Prepared[Illust] = call
    assert_type(prepared.parse(body), Illust)


async def elsewhere(px: Pixiv, call: Call[Illust], pages: Pages[Ranking, RankedIllust]) -> None:
    attached = px.attach(call)
    _ = assert_type(attached, Call[Illust])
    assert_type(px.attach(pages), Pages[Ranking, RankedIllust])
    assert_type(px.resume("cursor"), Pages[Any, Any])
    stored: Illust = structure("app.illust.detail", {"illust": {"id": 1}})
    assert_type(stored, Illust)
    assert_type(structure("app.illust.detail", {"illust": {"id": 1}}), Any)
    assert_type(structure(Illust, {"id": 1}), Illust)
    assert_type(structure(Illust, '{"id": 1}', strict=True), Illust)
    arguments: Mapping[str, object] = {"full": True}
    assert_type(structure("web.user.detail", {}, **arguments), Any)
    assert_type(stored.x_restrict, int | None)
    assert_type(stored.page_count, int)
    assert_type(stored.misfits, Mapping[str, object])


async def publishing(px: Pixiv) -> None:
    upload = px.app.upload.illust("Lantern", [b"bytes", "path.png"], tags=["one"])
    assert_type(await px.publish(upload), Published)


async def downloading(px: Pixiv) -> None:
    assert_type(await px.download("https://www.pixiv.net/artworks/1#2", "."), list[DownloadedFile])
    assert_type(await px.download([1, "2", WorkRef(3, page=0)], "."), list[DownloadedFile])
    assert_type(await px.download(read_pixiv_url("pixiv.net/i/1"), "."), list[DownloadedFile])
    assert_type(await px.fetch(px.app.illust.detail(1), page=0).bytes(limit=10), bytes)
    async with px.fetch(1) as file:
        assert_type(file, FileStream)
        async for chunk in file:
            assert_type(chunk, bytes)
    assert_type(await px.download(1, ".", ugoira="webp"), list[DownloadedFile])
    await px.download(1, ".", ugoira="avi")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    async for done in px.downloads([1, "2", px.app.illust.detail(3)], ".", ugoira="originals"):
        assert_type(done.error, PixivError | None)


async def clients() -> None:
    async with Pixiv(app=RefreshToken("x"), web=SessionCookie("y"), pace=None) as px:
        assert_type(px, Pixiv)
    Pixiv(app=AccessToken("x"), timeout=5)


async def mistakes(px: Pixiv) -> None:
    await px.app.illust.detail()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await px.app.illust.detail("1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await px.app.illust.detail(1, nope=2)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await px.app.illust.detail(1, "for_ios")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    px.app.novel.ranking(mode="day_manga")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    px.app.user.follow_add(1, "private")  # type: ignore[call-arg, unused-awaitable]  # pyright: ignore[reportCallIssue]
    px.app.user.illusts(1, type="novel")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    px.app.illust.detail(1).title  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    await px.app.user.illusts(1)  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues]
    px.app.illust.detail(1)  # type: ignore[unused-awaitable]
    for _ in px.app.user.illusts(1):  # type: ignore[attr-defined]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
        pass
    async for _ in px.app.illust.detail(1):  # type: ignore[attr-defined]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
        pass
    await px.app.illust.details(1)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    await px.gather([px.app.user.illusts(1)])  # type: ignore[arg-type]  # pyright: ignore[reportCallIssue, reportArgumentType]
    px.bulk([1])  # type: ignore[arg-type]  # pyright: ignore[reportCallIssue, reportArgumentType]
    px.app.illust.detail(1).parse({}, loud=True)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    px.attach(1)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    Pixiv(RefreshToken("x"))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    Pixiv(web=RefreshToken("x"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Pixiv(app=SessionCookie("x"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Pixiv(app="token")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
