"""A test for many cases tells all that fail, by name."""

from __future__ import annotations

import pytest
from support.each import MOST_SHOWN, for_each


@pytest.fixture
def limit() -> int:
    return 3


@for_each("number", [0, 1, 2])
def test_it_has_fixtures_as_well(number: int, limit: int) -> None:
    assert number < limit


@for_each("number, text", [(1, "1"), (2, "2")])
def test_a_case_may_have_parts(number: int, text: str) -> None:
    assert str(number) == text


def test_all_that_fail_are_told() -> None:
    @for_each("number", range(20), "number {}".format)
    def check(number: int) -> None:
        assert number % 2, "it is even"

    with pytest.raises(ExceptionGroup, match=r"10 of 20 fail: number 0, number 2, ") as caught:
        check()
    assert len(caught.value.exceptions) == MOST_SHOWN
    assert caught.value.exceptions[1].__notes__ == ["with number 2"]


@pytest.mark.anyio
async def test_asynchronous_ones_do_too() -> None:
    @for_each("number", [1, 2])
    async def check(number: int) -> None:
        assert number == 1

    with pytest.raises(ExceptionGroup, match="1 of 2 fail: 2"):
        await check()


def test_no_case_is_a_failure() -> None:
    @for_each("number", [])
    def check(number: int) -> None: ...

    with pytest.raises(AssertionError):
        check()
