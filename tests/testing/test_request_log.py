"""The log of the fake: the latest requests, and an exact count of all."""

from __future__ import annotations

import pytest

from pixivkit.testing import FakePixiv, ReceivedRequest
from pixivkit.testing.request_log import RequestLog

DETAIL = "app.illust.detail"


def received(number: int, size: int = 0, endpoint: str = DETAIL) -> ReceivedRequest:
    url = f"https://app-api.pixiv.net/v1/illust/detail?illust_id={number}"
    return ReceivedRequest(endpoint=endpoint, method="GET", url=url, headers={}, body=b" " * size)


def test_without_a_bound_everything_is_kept() -> None:
    log = RequestLog()
    for number in range(3000):
        log.append(received(number))
    assert len(log) == log.counts[DETAIL] == 3000


def test_a_bounded_log_keeps_the_latest_and_counts_all() -> None:
    log = RequestLog(2)
    for number in range(5):
        log.append(received(number))
    log.append(received(5, endpoint="images"))
    assert [one.url[-1] for one in log] == ["4", "5"]
    assert (log.counts[DETAIL], log.counts["images"]) == (5, 1)


def test_a_bounded_log_lets_go_of_large_bodies() -> None:
    log = RequestLog(1000)
    for number in range(8):
        log.append(received(number, size=15_000_000))
    assert [one.url[-1] for one in log] == ["4", "5", "6", "7"]
    log.append(received(8, size=70_000_000))
    assert [one.url[-1] for one in log] == ["8"]
    assert log.counts[DETAIL] == 9


def test_clearing_forgets_the_counts_as_well() -> None:
    log = RequestLog(2)
    log.append(received(1))
    log.clear()
    assert (log, log.counts[DETAIL]) == ([], 0)


@pytest.mark.anyio
async def test_a_fake_with_a_bounded_log_counts_exactly() -> None:
    fake = FakePixiv(works=3, users=2, log_size=4)
    async with fake.client() as px:
        for _ in range(10):
            await px.app.upload.novel_covers()
    assert len(fake.log) == 4
    assert fake.count("app.upload.novel_covers") == 10
    assert fake.count("oauth.auth.token_refresh") == 1
