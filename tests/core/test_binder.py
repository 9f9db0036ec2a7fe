"""Binding arguments does what Python does, faster."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pixivkit._core.declaration.binder import compile_binder


def plain(one: int, two: int = 2, *, three: int, four: int | None = None) -> None: ...


def positional(one: int, /, two: int, *, three: int = 3) -> None: ...


def none() -> None: ...


ARGS = st.lists(st.integers(), max_size=4).map(tuple)
KWARGS = st.dictionaries(st.sampled_from(["one", "two", "three", "four", "five"]), st.integers())


@pytest.mark.parametrize("function", [plain, positional, none])
@settings(deadline=None, derandomize=True, max_examples=300)
@given(args=ARGS, kwargs=KWARGS)
def test_it_agrees_with_inspect(
    function: Any, args: tuple[int, ...], kwargs: dict[str, int]
) -> None:
    signature = inspect.signature(function)
    bind = compile_binder("the.name", signature)
    try:
        expected = signature.bind(*args, **kwargs)
    except TypeError as exc:
        with pytest.raises(TypeError) as caught:
            bind(args, kwargs)
        assert str(caught.value) == f"the.name: {exc}"
        return
    names = list(signature.parameters)
    given_places = [names.index(name) for name in expected.arguments]
    expected.apply_defaults()
    bound, places = bind(args, kwargs)
    assert bound == list(expected.arguments.values())
    assert list(places) == given_places
