"""Stories 5 and 13: replies that differ from what is known, and values that travel."""

from __future__ import annotations

import importlib
import inspect
import pickle
import pkgutil
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from support.each import for_each
from support.script import ScriptedTransport, in_turn, json_reply

import pixivkit
from pixivkit import AccessToken, Pixiv, Retry, errors
from pixivkit._core.calls.structure import structure_as, unstructure
from pixivkit._core.structuring.model_fields import model_fields
from pixivkit.errors import DecodeError, PixivError, Restricted
from pixivkit.models.base import Model
from pixivkit.testing import FakeClock, FakePixiv


class TestPages:
    pytestmark = pytest.mark.anyio

    async def test_05_a_restricted_work_among_29_good_ones(self, tmp_path: Path) -> None:
        fake = FakePixiv(works=0, users=2)
        author = next(user for user in fake.world.users if user != fake.account)
        works = [fake.world.add_illust(author, f"No. {number}") for number in range(30)]
        works[12].sanity_limited = True
        async with fake.client() as px:
            page = await px.app.user.illusts(author).first()
            assert [work.id for work in page.items] == [work.id for work in works][::-1]
            assert page.broken == []
            limited = [work for work in page.items if work.availability != "available"]
            assert [(w.id, w.availability) for w in limited] == [(works[12].id, "sanity_limited")]
            assert limited[0].original_urls == []
            with pytest.raises(Restricted) as caught:
                await px.download(limited[0], tmp_path)
        assert caught.value.reason == "sanity_limited"
        assert fake.count("images") == 0

    async def test_05_a_hopeless_item_is_set_aside(self) -> None:
        hopeless = {"id": {"no": "id"}, "title": 5}
        illusts: list[object] = [{"id": number} for number in range(1, 30)]
        illusts.insert(7, hopeless)
        reply = json_reply({"illusts": illusts, "next_url": None})
        async with Pixiv(
            app=AccessToken("token"), transport=ScriptedTransport(in_turn(reply))
        ) as px:
            page = await px.app.user.illusts(1).first()
        assert [work.id for work in page.items] == list(range(1, 30))
        (broken,) = page.broken
        assert broken.raw == hopeless
        assert "$.illusts[7].id: expected int, got dict" in broken.error.problems


def public_modules() -> Iterator[Any]:
    """Every module of the package, but for those whose names say that they are our own."""
    for found in pkgutil.walk_packages(pixivkit.__path__, "pixivkit."):
        if not any(part.startswith("_") for part in found.name.split(".")):
            yield importlib.import_module(found.name)


def is_public(kind: type) -> bool:
    """Whether its module has *kind* under its name."""
    return getattr(importlib.import_module(kind.__module__), kind.__name__, None) is kind


def kinds_of(base: type) -> list[Any]:
    """The class *base* and all below it that the package defines."""
    list(public_modules())
    subclasses: list[type] = base.__subclasses__()
    below = {kind for one in subclasses for kind in kinds_of(one)}
    found = {base, *below}
    # attrs makes a class with slots anew: the one that it was made of may be there for a while.
    return sorted(
        (kind for kind in found if kind.__module__.startswith("pixivkit.") and is_public(kind)),
        key=lambda kind: (kind.__module__, kind.__qualname__),
    )


MODELS = [kind for kind in kinds_of(Model) if kind.__module__.startswith("pixivkit.models.")]
ERRORS = kinds_of(PixivError)


def name_of(kind: type) -> str:
    return f"{kind.__module__.rpartition('.')[2]}.{kind.__qualname__}"


def core_of(kind: type[Model]) -> dict[str, object]:
    """The least that a *kind* of object may have."""
    samples: dict[object, object] = {int: 1, str: "x", bool: True, float: 1.0}
    return {
        field.key: samples[field.kind] if field.kind in samples else core_of(field.kind)
        for field in model_fields(kind)
        if field.required
    }


@for_each("kind", MODELS, name_of)
def test_05_any_key_but_the_core_may_be_missing_null_or_new(kind: type[Model]) -> None:
    core = core_of(kind)
    whole = unstructure(structure_as(kind, core))
    assert set(core) <= set(whole)
    for field in model_fields(kind):
        missing = {key: value for key, value in whole.items() if key != field.key}
        null = {**whole, field.key: None}
        if field.required:
            for body in (missing, null):
                with pytest.raises(DecodeError) as caught:
                    structure_as(kind, body)
                assert caught.value.problems == [f"$.{field.key}: missing"]
        else:
            assert structure_as(kind, missing) == structure_as(kind, null)
        if typing.get_origin(field.kind) is typing.Literal:
            word = "a_word_of_tomorrow" if isinstance(typing.get_args(field.kind)[0], str) else 99
            assert getattr(structure_as(kind, {**whole, field.key: word}), field.name) == word
    sibling = {"a_key_of_tomorrow": {"deep": [1, None]}}
    model = structure_as(kind, {**whole, **sibling})
    assert model.extra == sibling
    assert unstructure(model) == {**whole, **sibling}


def test_05_the_core_is_ids_and_what_stands_for_them() -> None:
    core = {name for kind in MODELS for name in core_of(kind)}
    assert {name for name in core if not name.lower().endswith("id")} <= {
        "access_token",
        "rank",
    }


PROTOCOLS = range(2, pickle.HIGHEST_PROTOCOL + 1)


@for_each("kind", MODELS, name_of)
def test_13_models_pickle(kind: type[Model]) -> None:
    model = structure_as(kind, {**core_of(kind), "a_key_of_tomorrow": 1})
    for protocol in PROTOCOLS:
        there = pickle.loads(pickle.dumps(model, protocol))
        assert there == model
        assert there.extra == {"a_key_of_tomorrow": 1}


@for_each("kind", ERRORS, name_of)
def test_13_exceptions_pickle(kind: Any) -> None:
    given: dict[str, object] = {
        "endpoint": "app.illust.detail", "status": 418, "user_message": "いいえ",
        "reason": "tea", "retry_after": 3.5, "ray_id": "8f-NRT", "path": "/tmp/x",
    }  # fmt: skip
    takes = inspect.signature(kind).parameters
    said: object = ["$.id: missing", "$.x: ?"] if issubclass(kind, DecodeError) else "no"
    error = kind(said, **{key: value for key, value in given.items() if key in takes})
    for protocol in PROTOCOLS:
        there = pickle.loads(pickle.dumps(error, protocol))
        assert type(there) is kind
        assert (str(there), repr(there), there.args) == (str(error), repr(error), error.args)
        assert there.__dict__ == error.__dict__


def test_13_all_exceptions_are_public() -> None:
    assert {kind.__name__ for kind in ERRORS} == set(errors.__all__)
    assert len(MODELS) > 100


LIBRARIES = ("httpx", "httpcore", "aiohttp", "starlette", "uvicorn")


def written(value: Any, name: str, seen: set[int]) -> Iterator[tuple[str, str]]:
    """Everything that is written or inherited as a type in what *value* shows."""
    if id(value) in seen:
        return
    seen.add(id(value))
    value = inspect.unwrap(getattr(value, "__func__", value))
    if isinstance(value, property):
        yield from written(value.fget, name, seen)
    elif inspect.isclass(value):
        yield from ((name, base.__module__.partition(".")[0]) for base in value.__mro__)
        for field, kind in inspect.get_annotations(value).items():
            if not field.startswith("_"):
                yield f"{name}.{field}", str(kind)
        for member, inner in list(vars(value).items()):
            if not member.startswith("_") or member in ("__init__", "__call__", "__aenter__"):
                yield from written(inner, f"{name}.{member}", seen)
    elif inspect.isfunction(value):
        for param, kind in inspect.get_annotations(value).items():
            yield f"{name}({param})", str(kind)


def test_13_no_type_of_an_http_library_is_public() -> None:
    found: list[tuple[str, str]] = []
    seen: set[int] = set()
    for module in [pixivkit, *public_modules()]:
        for public in getattr(module, "__all__", ()):
            value = getattr(module, public)
            where = f"{module.__name__}.{public}"
            assert not getattr(value, "__module__", "").startswith(LIBRARIES), where
            found += written(value, where, seen)
    assert len(found) > 1000
    assert [(w, text) for w, text in found if any(one in text for one in LIBRARIES)] == []


def _exceptions(base: type[Exception]) -> list[type[Exception]]:
    return [base, *(kind for one in base.__subclasses__() for kind in _exceptions(one))]


@pytest.mark.anyio
@pytest.mark.parametrize(
    "kind", [*_exceptions(httpx.TransportError), httpx.DecodingError, httpx.InvalidURL]
)
async def test_13_no_exception_of_an_http_library_is_raised(kind: type[Exception]) -> None:
    async with Pixiv(
        app=AccessToken("token"),
        transport=ScriptedTransport(in_turn(kind("trouble"))),
        clock=FakeClock(),
        retry=Retry(attempts=2),
    ) as px:
        with pytest.raises(PixivError) as caught:
            await px.app.illust.detail(1)
    assert caught.value.endpoint == "app.illust.detail"
    there = pickle.loads(pickle.dumps(caught.value))
    assert str(there) == str(caught.value)
