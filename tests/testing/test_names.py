"""A misspelled endpoint, pattern or kind of fault is refused, where it would be ignored."""

from __future__ import annotations

from typing import Any, get_args

import httpx
import pytest

from pixivkit.errors import InvalidArgument
from pixivkit.testing import FAULT_KINDS, PASSING_FAULTS, FakePixiv, FaultKind, FaultPlan, evenly


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=3, users=2)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("app.illust.detial", "app.illust.detail"),
        ("app.illust.rankings", "app.illust.ranking"),
        ("image", "images"),
        ("web.pages", "web.page"),
        ("oauth.token_refresh", "oauth.auth.token_refresh"),
    ],
)
def test_an_unknown_endpoint_is_refused_with_the_one_that_was_meant(
    fake: FakePixiv, name: str, meant: str
) -> None:
    said = f"no endpoint is called {name!r}; did you mean {meant!r}\\?"
    with pytest.raises(InvalidArgument, match=said):
        fake.fail_next(name)
    with pytest.raises(InvalidArgument, match=said):
        fake.count(name)


def test_nothing_is_guessed_where_nothing_is_like_it(fake: FakePixiv) -> None:
    with pytest.raises(InvalidArgument, match=r"no endpoint is called '猫'$"):
        fake.count("猫")


def test_what_is_no_endpoint_is_counted_and_fails_too(fake: FakePixiv) -> None:
    for name in ("images", "web.page", "app.login"):
        assert fake.count(name) == 0
        fake.fail_next(name)
    with fake.serve() as server:
        httpx.get(f"{server.url}/app/v1/nothing")
    assert fake.count("") == 1


@pytest.mark.parametrize("times", [0, -1])
def test_a_failure_comes_once_at_least(fake: FakePixiv, times: int) -> None:
    with pytest.raises(InvalidArgument, match="times: must be at least 1"):
        fake.fail_next("images", times=times)


def test_a_pattern_of_a_plan_fits_something() -> None:
    said = r"no endpoint fits 'app\.ilust\.\*'"
    with pytest.raises(InvalidArgument, match=said):
        FaultPlan({"app.ilust.*": {"slow": 0.1}})
    with pytest.raises(InvalidArgument, match=said):
        FaultPlan({}).count(endpoint="app.ilust.*")
    FaultPlan({"app.illust.*": {}, "images": {}, "*": {}})


def test_a_kind_of_fault_exists() -> None:
    kind: Any = "reset_midwy"
    said = "no fault is called 'reset_midwy'; did you mean 'reset_midway'"
    with pytest.raises(InvalidArgument, match=said):
        FaultPlan({"*": {kind: 0.1}})
    with pytest.raises(InvalidArgument, match=said):
        evenly(0.1, [kind])
    with pytest.raises(InvalidArgument, match=said):
        FaultPlan({}).count(kind)


def test_every_kind_of_fault_is_documented() -> None:
    assert set(FAULT_KINDS) == set(get_args(FaultKind))
    assert all(FAULT_KINDS.values())
    assert set(PASSING_FAULTS) < set(FAULT_KINDS)
