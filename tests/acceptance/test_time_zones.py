"""Story 14: it makes no difference where the program runs."""

from __future__ import annotations

import hashlib
import os
import sys
from typing import Any

import anyio
import orjson
import pytest

pytestmark = pytest.mark.anyio

PROGRAM = """
import datetime as dt, json, sys
import anyio
from pixivkit.testing import FakeClock, FakePixiv
from pixivkit.testing.world import JST

LAST_MINUTE = 1_782_831_540.0  # 2026-06-30 14:59 UTC, the last minute of June in Japan


def query(fake, endpoint):
    return [dict(one.query) for one in fake.log if one.endpoint == endpoint]


async def main():
    fake = FakePixiv(works=0, users=2)
    midnight = dt.datetime(2026, 5, 2, tzinfo=JST)
    for seconds in (-1, 0, 86399, 86400):
        date = midnight + dt.timedelta(seconds=seconds)
        fake.world.add_illust(fake.account, str(seconds), tags=["x"], date=date)
    moment = dt.datetime(2026, 5, 1, 15, 0, tzinfo=dt.UTC)
    async with fake.client(clock=FakeClock(LAST_MINUTE)) as px:
        first = [w async for w in px.app.search.illust("x", start_date=moment, end_date=moment)]
        crawl = px.crawl.tag("x", newest=moment, oldest=moment)
        again = [w.title async for w in crawl]
        await px.app.illust.ranking(date=moment).first()
        await px.web.ranking(date=moment).first()
        days = px.crawl.rankings("day", moment, moment - dt.timedelta(seconds=1))
        ranked = sorted({date.isoformat() async for date, _, _ in days})
    token = next(one for one in fake.log if one.endpoint == "oauth.auth.token_refresh")
    print(json.dumps({
        "time": token.headers["x-client-time"],
        "hash": token.headers["x-client-hash"],
        "searched": [query(fake, "app.search.illust")[n] for n in (0, -1)],
        "found": [w.title for w in first],
        "crawled": again,
        "ranking": query(fake, "app.illust.ranking")[0]["date"],
        "web ranking": query(fake, "web.ranking")[0]["date"],
        "ranked": ranked,
        "dates": [w.create_date.isoformat() for w in first],
    }))

anyio.run(main, backend=sys.argv[1])
"""

SECRET = "28c1fdd170a5204386cb1313c7077b34f83e4aaf4aa829ce78c231e05b0bae2c"


async def run(zone: str, backend: str) -> dict[str, Any]:
    done = await anyio.run_process(
        [sys.executable, "-c", PROGRAM, backend], env={**os.environ, "TZ": zone}
    )
    found: dict[str, Any] = orjson.loads(done.stdout)
    return found


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
async def test_14_times_and_days_are_the_same_in_every_zone(zone: str, anyio_backend: str) -> None:
    found = await run(zone, anyio_backend)
    assert found["time"] == "2026-06-30T14:59:00+00:00"
    expected = hashlib.md5((found["time"] + SECRET).encode(), usedforsecurity=False)
    assert found["hash"] == expected.hexdigest()
    # 15:00 of the first of May in UTC is midnight in Japan: the second, from end to end.
    for searched in found["searched"]:
        assert (searched["start_date"], searched["end_date"]) == ("2026-05-02", "2026-05-02")
    assert found["found"] == found["crawled"] == ["86399", "0"]
    assert found["ranking"] == "2026-05-02"
    assert found["web ranking"] == "20260502"
    assert found["ranked"] == ["2026-05-01", "2026-05-02"]
    assert found["dates"] == ["2026-05-02T23:59:59+09:00", "2026-05-02T00:00:00+09:00"]
