# mypy: disable-error-code="empty-body"
"""Type checked, never run: what a declaration of one's own gives, and cannot get wrong."""

from __future__ import annotations

from typing import assert_type

from pixivkit import APP, WEB, Api, Auth, Call, NextUrl, Pages, Pixiv, get, post
from pixivkit.models.app import Illust, UserIllustList


class Mine(Api, base=APP, resource="mine", auth=Auth.BEARER):
    """What an extension of one's own looks like."""

    @get("/v1/mine", pick="illust")
    def one(self, illust_id: int) -> Call[Illust]: ...

    @get("/v1/mine/all", paging=NextUrl(items="illusts"))
    def all(self, *, word: str = "") -> Pages[UserIllustList, Illust]: ...

    @post("/v1/mine/save", body="json", idempotent=True)
    def save(self, title: str) -> Call[Illust]: ...


class Shared(Api, base=APP, auth=Auth.BEARER):
    """What namespaces of one's own have in common."""


class Inheriting(Shared, resource="inheriting"):
    """Class keywords are inherited."""

    @get("/v1/inherited")
    def one(self) -> Call[Illust]: ...


async def results(px: Pixiv) -> None:
    assert_type(await Mine(px).one(1), Illust)
    assert_type(Mine(px).all(word="x"), Pages[UserIllustList, Illust])
    assert_type(await px.gather(Mine(px).one(number) for number in (1, 2)), list[Illust])
    assert_type(await Inheriting(px).one(), Illust)
    await Mine(px).one()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await Mine(px).save(title=1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


class Wrong(Api, base=WEB, resource="wrong", auth=Auth.NONE):
    """What checkers refuse."""

    @get("/a")  # type: ignore[type-var]  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
    def not_a_call(self) -> Illust: ...

    @get("/b")  # type: ignore[type-var]  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
    def pages_without_paging(self) -> Pages[UserIllustList, Illust]: ...

    @get("/c", paging=NextUrl(items="illusts"))  # type: ignore[type-var]  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
    def paging_without_pages(self) -> Call[Illust]: ...

    @post("/d")  # type: ignore[type-var]  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
    def paged_post(self) -> Pages[UserIllustList, Illust]: ...

    @get("/e", pick="x", paging=NextUrl(items="illusts"))  # type: ignore[call-overload, untyped-decorator]  # pyright: ignore[reportCallIssue, reportUntypedFunctionDecorator]
    def picked_pages(self) -> Pages[UserIllustList, Illust]: ...

    @post("/f", body="xml")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    def other_body(self) -> Call[Illust]: ...
