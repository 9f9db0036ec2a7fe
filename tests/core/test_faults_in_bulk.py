"""A reply full of faults costs what its size costs: they are counted, and named when asked for."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest

from pixivkit import structure
from pixivkit._core.calls import structure as structuring
from pixivkit._core.calls.structure import StructuredPage, structure_page
from pixivkit._core.structuring.structure_errors import MOST_PROBLEMS
from pixivkit.errors import DecodeError
from pixivkit.registry import REGISTRY
from pixivkit.structuring import request_for_reply

SEARCH = REGISTRY["app.search.illust"]
MANY = 20_000

HOPELESS: list[object] = [0, "text", {}, {"id": "x"}, {"title": 5}]
each_item = pytest.mark.parametrize("item", HOPELESS, ids=repr)


def page_of(items: list[object]) -> StructuredPage:
    body = {"illusts": items, "next_url": None}
    return structure_page(request_for_reply(SEARCH, {}), body)


@each_item
def test_no_error_is_made_before_it_is_read(item: object, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    def counted(*args: Any, **kwargs: Any) -> DecodeError:
        made.append(args)
        return DecodeError(*args, **kwargs)

    monkeypatch.setattr(structuring, "DecodeError", counted)
    page = page_of([item] * MANY)
    assert [one.raw for one in page.broken] == [item] * MANY
    assert made == []
    path = f"$.illusts[{MANY - 1}]"
    assert page.broken[-1].error.problems[0].startswith(path)
    assert len(made) == 1


@each_item
def test_a_page_of_them_takes_little_more_room_than_they_do(item: object) -> None:
    items: list[object] = [item] * MANY
    tracemalloc.start()
    try:
        page = page_of(items)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(page.broken) == MANY
    assert peak < MANY * 400, f"{peak / MANY:.0f} bytes for each"


def test_the_first_are_named_and_the_rest_is_counted() -> None:
    with pytest.raises(DecodeError) as caught:
        structure("app.illust.detail", {"illust": {"id": 1, "tags": [0] * MANY}}, strict=True)
    error = caught.value
    assert error.problems == [
        f"$.illust.tags[{n}]: expected dict, got int" for n in range(MOST_PROBLEMS)
    ]
    assert error.more == MANY - MOST_PROBLEMS
    assert str(error).endswith(f"; and {MANY - 5:,} more")
