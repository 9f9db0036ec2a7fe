"""Type checked, never run: what scripts and notebooks see of `pixivkit.blocking`."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import AbstractContextManager
from typing import assert_type

from pixivkit import (
    BlockingPixiv,
    Bulk,
    ClientPool,
    DownloadedFile,
    DownloadOutcome,
    FileStream,
    Outcome,
    Page,
    Pixiv,
    blocking,
)
from pixivkit.models.app import Illust, IllustSearchList
from pixivkit.models.web.user import UserFull
from pixivkit.synchronous import BlockingPool


def entering(client: Pixiv, pool: ClientPool) -> None:
    assert_type(blocking(client), AbstractContextManager[BlockingPixiv])
    with blocking(client, backend="trio") as px:
        assert_type(px, BlockingPixiv)
    with blocking(pool) as px_of_several:
        assert_type(px_of_several, BlockingPool)
    blocking(client, backend="curio")  # type: ignore[call-overload] # pyright: ignore[reportCallIssue, reportArgumentType]
    blocking("client")  # type: ignore[call-overload] # pyright: ignore[reportCallIssue, reportArgumentType]
    blocking(client).run  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


def running(px: BlockingPixiv) -> None:
    assert_type(px.run(px.app.illust.detail(1)), Illust)
    assert_type(px.run(px.web.user.detail(1, full=True)), UserFull)
    assert_type(px.run(px.app.search.illust("x").take(3)), list[Illust])
    assert_type(px.run(px.app.search.illust("x").first()), Page[IllustSearchList, Illust])
    assert_type(px.run(px.gather([px.app.illust.detail(1)])), list[Illust])
    assert_type(px.run(px.download(1, "pictures")), list[DownloadedFile])
    assert_type(px.run(px.fetch(1).bytes()), bytes)
    assert_type(px.with_options(patience=1), BlockingPixiv)
    px.run(px.app.search.illust("x"))  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    px.run(px.bulk([px.app.illust.detail(1)]))  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def iterating(px: BlockingPixiv) -> None:
    assert_type(px.each(px.app.search.illust("x")), Generator[Illust, None, None])
    for page in px.each(px.app.search.illust("x").pages()):
        assert_type(page, Page[IllustSearchList, Illust])
    run = px.bulk(px.app.illust.detail(number) for number in (1, 2))
    assert_type(run, Bulk[Illust])
    for outcome in px.each(run):
        outcome_: Outcome[Illust] = outcome
        assert_type(outcome_.unwrap(), Illust)
    for done in px.each(px.downloads([1, 2], "pictures")):
        assert_type(done, DownloadOutcome)
    px.each(px.app.illust.detail(1))  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def entering_more(px: BlockingPixiv) -> None:
    with px.enter(px.fetch(1)) as file:
        assert_type(file, FileStream)
        for chunk in px.each(file):
            assert_type(chunk, bytes)
    with px.enter(px.bulk([px.app.illust.detail(1)])) as run:
        assert_type(run, Bulk[Illust])
