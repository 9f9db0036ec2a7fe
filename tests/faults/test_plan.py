"""Plans of faults: what is said, what is counted, what comes first."""

from __future__ import annotations

from typing import Any, cast

import httpx
import pytest

from pixivkit.errors import BlockedByCloudflare, NotFound
from pixivkit.testing import FakeClock, FakePixiv, FaultPlan, evenly

pytestmark = pytest.mark.anyio

COVERS = "app.upload.novel_covers"


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=5, users=2)


@pytest.mark.parametrize(
    "rates",
    [{"*": {"earthquake": 0.1}}, {"*": {"slow": -0.1}}, {"*": {"slow": 0.6, "redirect": 0.6}}],
)
def test_a_plan_is_checked(rates: Any) -> None:
    with pytest.raises(ValueError, match=r"earthquake|0 to 1"):
        FaultPlan(rates)


def test_a_rate_is_shared() -> None:
    assert evenly(0.5, ["slow", "redirect"]) == {"slow": 0.25, "redirect": 0.25}


async def test_the_first_pattern_that_fits_decides(fake: FakePixiv) -> None:
    plan = fake.plan = FaultPlan({COVERS: {}, "app.*": {"block_page": 1.0}})
    async with fake.client() as px:
        await px.app.upload.novel_covers()
        with pytest.raises(BlockedByCloudflare):
            await px.app.user.illusts(1).first()
    assert (plan.count(), plan.count("block_page"), plan.count("slow")) == (1, 1, 0)
    assert (plan.count(endpoint="app.user.*"), plan.count(endpoint=COVERS)) == (1, 0)
    assert plan.occurred[0].request is fake.log[-1]


async def test_what_was_ordered_comes_first(fake: FakePixiv) -> None:
    plan = fake.plan = FaultPlan({COVERS: {"status_502": 1.0}}, most_in_a_row=1)
    fake.fail_next(COVERS, status=404)
    async with fake.client(clock=FakeClock()) as px:
        with pytest.raises(NotFound):
            await px.app.upload.novel_covers()
        assert plan.count() == 0
        await px.app.upload.novel_covers()
        assert plan.count() == 1


async def test_without_a_connection_nothing_can_break(fake: FakePixiv) -> None:
    fake.plan = FaultPlan({"web.page": {"reset_midway": 1.0}})
    transport = httpx.ASGITransport(cast("Any", fake.application))
    async with httpx.AsyncClient(transport=transport) as http:
        with pytest.raises(RuntimeError, match="serve"):
            await http.get("https://www.pixiv.net/", headers={"user-agent": "Mozilla/5.0"})
