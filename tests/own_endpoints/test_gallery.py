"""The gallery, against a fake of it."""

import pytest
from gallery import GALLERY, PrintApi

from pixivkit import ApiKey
from pixivkit.errors import AuthError, NotFound
from pixivkit.testing import Context, FakePixiv, Refusal, view

pytestmark = pytest.mark.anyio

KEY = "key-of-the-gallery"


@view("gallery.print.listed")
def listed(context: Context) -> object:
    """Three pages of two."""
    first = int(context.arguments["mark"] or 1)
    prints = [{"id": one, "title": f"Print {one}"} for one in (first, first + 1)]
    return {"prints": prints, "mark": str(first + 2) if first < 5 else None}


@view("gallery.print.order")
def order(context: Context) -> object:
    if context.arguments["print_id"] > 6:
        raise Refusal(404, {"error": {"message": "there is no such print"}})
    return {"id": 1, "copies": context.arguments["copies"]}


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(
        examples={"gallery.print.detail": {"data": {"id": 1, "title": "Print 1"}}},
        logins={GALLERY: {"X-Api-Key": KEY}},
    )


async def test_lists_are_walked_to_the_end(fake: FakePixiv) -> None:
    async with fake.client(credentials={GALLERY: ApiKey(KEY)}) as px:
        assert [one.id async for one in PrintApi(px).listed()] == [1, 2, 3, 4, 5, 6]
    assert fake.count("gallery.print.listed") == 3


async def test_on_a_socket_too(fake: FakePixiv) -> None:
    async with fake.serve() as server, server.client(credentials={GALLERY: ApiKey(KEY)}) as px:
        assert (await PrintApi(px).detail(1)).title == "Print 1"
        assert (await PrintApi(px).order(1, copies=3)).copies == 3


async def test_what_the_gallery_refuses(fake: FakePixiv) -> None:
    async with fake.client(credentials={GALLERY: ApiKey(KEY)}) as px:
        with pytest.raises(NotFound, match="no such print"):
            await PrintApi(px).order(7)
    async with fake.client() as px:
        with pytest.raises(AuthError, match="credentials=.* 'gallery'"):
            await PrintApi(px).order(1)
