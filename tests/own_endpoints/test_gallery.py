import pytest

from own_endpoints.gallery import GALLERY, PrintApi
from pixivkit import ApiKey
from pixivkit.errors import AuthError
from pixivkit.testing import Context, FakePixiv, view

pytestmark = pytest.mark.anyio

KEY = "key-of-the-gallery"


@view("gallery.print.listed")
def listed(context: Context) -> object:
    """Three pages of two."""
    first = int(context.arguments["mark"] or 1)
    prints = [{"id": one, "title": f"Print {one}"} for one in (first, first + 1)]
    return {"prints": prints, "mark": str(first + 2) if first < 5 else None}


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(
        examples={"gallery.print.detail": {"data": {"id": 1, "title": "Print 1"}}},
        logins={GALLERY: {"X-Api-Key": KEY}},
    )


async def test_the_prints(fake: FakePixiv) -> None:
    async with fake.client(credentials={GALLERY: ApiKey(KEY)}) as px:
        assert [one.id async for one in PrintApi(px).listed()] == [1, 2, 3, 4, 5, 6]
    assert fake.count("gallery.print.listed") == 3


async def test_one_print_over_a_socket(fake: FakePixiv) -> None:
    async with fake.serve() as server, server.client() as px:
        assert (await PrintApi(px).detail(1)).title == "Print 1"
        with pytest.raises(AuthError, match="the base 'gallery'"):
            await PrintApi(px).listed().first()
