"""What other clients send is answered as pixiv answers it: their requests, one by one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest

from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio

APP = "https://app-api.pixiv.net"


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=150, users=12)


@pytest.fixture
async def http(fake: FakePixiv) -> AsyncIterator[httpx.AsyncClient]:
    """The App API as pixivpy3 and async-pixiv ask it."""
    transport = httpx.ASGITransport(cast("Any", fake.application))
    headers = {
        "app-os": "ios",
        "app-os-version": "14.6",
        "user-agent": "PixivIOSApp/7.13.3 (iOS 14.6; iPhone13,2)",
        "authorization": f"Bearer {fake.credentials.new_access_token(fake.account)}",
    }
    async with httpx.AsyncClient(transport=transport, headers=headers, base_url=APP) as client:
        yield client


@pytest.mark.parametrize("target", ["illust", "novel"])
async def test_comments_of_v1_are_counted_only_where_that_is_asked(
    http: httpx.AsyncClient, fake: FakePixiv, target: str
) -> None:
    """async-pixiv cannot read a count that is null, and a recorded reply has 0."""
    comment = next(c for c in fake.world.comments.values() if c.target == target)
    work = {f"{target}_id": str(comment.work_id)}
    plain = (await http.get(f"/v1/{target}/comments", params=work)).json()
    work |= {"include_total_comments": "true"}
    counted = (await http.get(f"/v1/{target}/comments", params=work)).json()
    assert plain["comments"] == counted["comments"]
    assert plain["total_comments"] == 0
    assert counted["total_comments"] == len(
        fake.world.comments_on(comment.work_id, target=comment.target)
    )


async def test_a_series_of_novels_says_whether_it_is_watched(
    http: httpx.AsyncClient, fake: FakePixiv
) -> None:
    """async-pixiv cannot read one that does not, and all recorded replies since 2023 do."""
    series = next(iter(fake.world.novel_series))

    async def is_watched() -> object:
        query = {"series_id": str(series), "filter": "for_ios"}
        reply = await http.get("/v2/novel/series", params=query)
        return reply.json()["novel_series_detail"]["watchlist_added"]

    assert await is_watched() is False
    await http.post("/v1/watchlist/novel/add", data={"series_id": str(series)})
    assert await is_watched() is True
