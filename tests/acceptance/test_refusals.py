"""Stories 4 and 16: rate limits, and pages that stand in the way."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from support.clock import FakeClock

from pixivkit import Call, Pace, Pixiv
from pixivkit.errors import BlockedByCloudflare, RateLimited
from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio

DETAIL = "app.illust.detail"
RATE_LIMIT = {"error": {"user_message": "", "message": "Rate Limit", "reason": ""}}


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=3, users=2)


class Times:
    """Middleware that notes when each request came, and orders a rate limit for one of them."""

    def __init__(self, fake: FakePixiv, clock: FakeClock, status: int, number: int) -> None:
        self.times: list[float] = []
        fake.middleware.append(self._wrap)
        self._fake, self._clock, self._status, self._number = fake, clock, status, number

    def _wrap(self, inner: Any) -> Any:
        async def application(scope: Any, receive: Any, send: Any) -> None:
            if scope["pixivkit.received"].endpoint == DETAIL:
                self.times.append(self._clock.monotonic())
                if len(self.times) == self._number:
                    self._fake.fail_next(DETAIL, status=self._status, body=RATE_LIMIT)
            await inner(scope, receive, send)

        return application


@pytest.mark.parametrize("status", [200, 400, 403, 429])
class TestRateLimits:
    """The words make the limit, since pixiv is not of one mind about the status."""

    @pytest.mark.parametrize("pace", [None, Pace(rate=10.0, burst=5)], ids=["no pace", "a pace"])
    async def test_04_a_limit_silences_every_task(
        self, fake: FakePixiv, status: int, pace: Pace | None
    ) -> None:
        clock = FakeClock()
        server = Times(fake, clock, status, 50)
        illust_id = next(iter(fake.world.works))
        async with fake.client(clock=clock, pace=pace) as px:
            calls = [px.app.illust.detail(illust_id) for _ in range(200)]
            works = await px.gather(calls, limit=20)
            assert px.pace["app"].limits == 1
        assert len(works) == 200
        assert len(server.times) == 201
        limit = server.times[49]
        assert not [time for time in server.times if limit < time < limit + 60]
        assert server.times[-1] >= limit + 60

    async def test_04_a_limit_that_does_not_end_is_raised(
        self, fake: FakePixiv, status: int
    ) -> None:
        fake.fail_next(DETAIL, status=status, body=RATE_LIMIT, times=99)
        illust_id = next(iter(fake.world.works))
        async with fake.client(clock=FakeClock(), patience=300) as px:
            with pytest.raises(RateLimited) as caught:
                await px.app.illust.detail(illust_id)
        assert caught.value.status == status
        assert caught.value.endpoint == DETAIL
        assert (caught.value.retry_after or 0) >= 60
        assert fake.count(DETAIL) == 3


RAY = "8f00c0de0000fake-NRT"
PAGES: dict[str, tuple[int, str, dict[str, str]]] = {
    "challenge": (
        403,
        "<html><head><title>Just a moment...</title></head><body>Checking.</body></html>",
        {"cf-mitigated": "challenge"},
    ),
    "challenge that says to come later": (
        503,
        "<html><head><title>Just a moment...</title></head><body>Checking.</body></html>",
        {},
    ),
    "block": (
        403,
        "<html><head><title>Attention Required!</title></head><body>Access blocked</body></html>",
        {"server": "cloudflare"},
    ),
}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("endpoint", [DETAIL, "web.illust.pages"])
async def test_16_a_block_page_is_said_so_after_one_request(
    fake: FakePixiv, endpoint: str, name: str, packed: bool
) -> None:
    status, page, extra = PAGES[name]
    headers = {"content-type": "text/html; charset=UTF-8", "cf-ray": RAY, **extra}
    body = page.encode()
    if packed:
        headers["content-encoding"] = "gzip"
        body = gzip.compress(body)
    fake.fail_next(endpoint, status=status, body=body, headers=headers, times=9)

    def call(px: Pixiv) -> Call[Any]:
        illust_id = next(iter(fake.world.works))
        if endpoint.startswith("web."):
            return px.web.illust.pages(illust_id)
        return px.app.illust.detail(illust_id)

    async with fake.client(clock=FakeClock()) as px:
        with pytest.raises(BlockedByCloudflare) as caught:
            await call(px)
    assert caught.value.ray_id == RAY
    assert "IPv4" in caught.value.hint
    assert fake.count(endpoint) == 1
