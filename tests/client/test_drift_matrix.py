"""
What becomes of a reply in which one thing is not as it was: for every field of every model.

The cases come from the models and the examples: for each endpoint, each field of each kind of
object in its reply is left out, null, of another type, and beside a key that nobody knows.
"""

from __future__ import annotations

import datetime as dt
import functools
import typing
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Literal, TypeAlias

import attrs
import orjson
import pytest
from support.each import for_each
from support.examples import REPLIES
from support.wrong_values import with_value

from pixivkit import Page, Pixiv, unstructure
from pixivkit._core.structuring.field_types import is_model, is_union
from pixivkit._core.structuring.model_fields import ModelField, model_fields
from pixivkit.errors import DecodeError, PagingError
from pixivkit.examples import Example
from pixivkit.models import app
from pixivkit.models.base import MapKey, Model, Step, format_path
from pixivkit.registry import REGISTRY

SENT_NO_MORE = {"UserProfile.total_follower", "Token.device_token"}
"""Fields that only older replies have, so that no example does."""

px = Pixiv()
MOST = 2
"""In how many replies a field of a model is tried."""

Steps: TypeAlias = tuple[Step, ...]

OTHER_TYPES: list[object] = ["words", 2.5, True, [7], {"a": 1}]
FITTING: dict[Any, tuple[type, ...]] = {
    str: (str,), int: (int,), float: (float,), bool: (bool,), dt.datetime: (), object: (object,),
    Any: (object,), list: (list,), dict: (dict,),
}  # fmt: skip
"""Which of those fit a field of a type, whatever they say."""


@attrs.frozen(eq=False)
class Place:
    """A field in the reply of an endpoint: the first one of an object of its class."""

    example: Example
    steps: Steps
    model: type[Model]
    field: ModelField

    def __str__(self) -> str:
        return f"{self.example.endpoint} {self.model.__name__}.{self.field.key}"

    @property
    def top(self) -> tuple[str, ...]:
        """The keys that lead to what the result is made of."""
        endpoint = REGISTRY[self.example.endpoint]
        return tuple(part for part in (endpoint.envelope, endpoint.pick) if part)

    @property
    def path(self) -> str:
        """How errors name it."""
        return "$" + format_path((*self.top, *self.steps))

    @property
    def items(self) -> Steps:
        """The keys that lead to the items; none where there are no pages."""
        paging = REGISTRY[self.example.endpoint].paging
        return tuple(paging.items.split(".")) if paging else ()

    @property
    def leads_to_items(self) -> bool:
        return self.steps == self.items[: len(self.steps)]

    @property
    def leads_to_the_next_page(self) -> bool:
        paging: Any = REGISTRY[self.example.endpoint].paging
        keys = [getattr(paging, name, "") for name in ("total", "more", "last", "ended", "cursor")]
        return ".".join(map(str, self.steps)) in ("next_url", *keys)

    def put(self, value: object, *, key: str = "") -> Any:
        """The reply with *value* there, or under another *key* beside it."""
        return self._holding({**self.around, key or self.last: value})

    def without(self) -> Any:
        """The reply without it."""
        return self._holding({key: one for key, one in self.around.items() if key != self.last})

    @property
    def around(self) -> dict[str, Any]:
        """The object that has it, as pixiv sent it."""
        return dict(dig(self.example.reply, (*self.top, *self.steps[:-1])))

    def _holding(self, changed: dict[str, Any]) -> Any:
        return with_value(self.example.reply, (*self.top, *self.steps[:-1]), changed)

    @property
    def wrong_values(self) -> list[Any]:
        """What does not fit it: of every type, for the web API of one."""
        found = wrong_values(self.field.kind)
        return found if self.example.endpoint.startswith("app.") else found[:1]

    @property
    def last(self) -> str:
        return str(self.steps[-1])

    def parse(self, body: object, *, strict: bool = False) -> Any:
        call = px.call(self.example.endpoint, **self.example.call)
        return call.parse(body, strict=strict)

    def holder(self, result: object) -> Any:
        """The model in *result* whose field it is."""
        value: Any = body_of(result)
        for step in self.steps[:-1]:
            if isinstance(value, Model):
                names = {field.key: field.name for field in model_fields(type(value))}
                value = getattr(value, names[str(step)])
            elif isinstance(value, dict):
                value = {str(key): one for key, one in value.items()}[str(step)]
            else:
                value = value[step]
        return value


def wrong_values(kind: Any) -> list[Any]:
    """What does not fit a *kind*."""
    members = typing.get_args(kind) if is_union(kind) else (kind,)
    fitting: list[type] = []
    for member in members:
        origin = typing.get_origin(member) or member
        if origin is Literal:
            fitting += {type(value) for value in typing.get_args(member)}
        elif is_model(origin):
            fitting.append(dict)
        elif origin is not type(None):
            fitting += FITTING.get(origin, (object,))
    return [value for value in OTHER_TYPES if object not in fitting and type(value) not in fitting]


def body_of(result: Any) -> Any:
    return result.body if isinstance(result, Page) else result


def plain(result: object) -> Any:
    """*result* as JSON again."""
    return orjson.loads(orjson.dumps(unstructure(body_of(result)), option=orjson.OPT_NON_STR_KEYS))


@functools.cache
def as_it_is(endpoint: str, name: str) -> Any:
    """The reply of an example as JSON again."""
    one = next(one for one in REPLIES if (one.endpoint, one.name) == (endpoint, name))
    return plain(px.call(endpoint, **one.call).parse(one.reply))


def dig(value: Any, steps: Steps) -> Any:
    for step in steps:
        value = value[step]
    return value


def fields_in(value: object, json: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any, Any]]:
    """Every field in *value* that *json*, which it is made of, has."""
    if isinstance(value, Model):
        for field in model_fields(type(value)):
            if isinstance(json, dict) and field.key in json:
                yield (*steps, field.key), type(value), field
                inner = getattr(value, field.name)
                yield from fields_in(inner, json[field.key], (*steps, field.key))
    elif isinstance(value, list) and isinstance(json, list):
        for index, (one, raw) in enumerate(zip(value, json, strict=False)):
            yield from fields_in(one, raw, (*steps, index))
    elif isinstance(value, dict) and isinstance(json, dict):
        for key, one in value.items():
            yield from fields_in(one, json[str(key)], (*steps, MapKey(key)))


def places(replies: list[Example]) -> list[Place]:
    found: dict[tuple[str, type[Model], str], Place] = {}
    times: Counter[tuple[type[Model], str]] = Counter()
    for one in replies:
        endpoint = REGISTRY[one.endpoint]
        json = dig(one.reply, tuple(key for key in (endpoint.envelope, endpoint.pick) if key))
        result = body_of(px.call(one.endpoint, **one.call).parse(one.reply))
        for steps, model, field in fields_in(result, json):
            key = (one.endpoint, model, field.key)
            if key not in found and times[model, field.key] < MOST:
                times[model, field.key] += 1
                found[key] = Place(one, steps, model, field)
    return [*found.values()]


APP = places([one for one in REPLIES if one.endpoint.startswith(("app.", "oauth."))])
WEB = places([one for one in REPLIES if one.endpoint.startswith("web.")])
PLACES = APP + WEB
OPTIONAL = [place for place in PLACES if not place.field.required]
CORE = [place for place in PLACES if place.field.required]
CHANGES: list[tuple[str, Callable[[Place], Any]]] = [
    ("dropped", Place.without), ("null", lambda place: place.put(None)),
]  # fmt: skip

each_place = for_each("place", PLACES)
each_optional = for_each("place", OPTIONAL)
each_core = for_each("place", CORE)


def kept(found: Any, before: Any, raw: Any, steps: Steps) -> bool:
    """Whether *found* is as *before*, but for *raw* somewhere on the way down the *steps*."""
    if found == raw:
        return True
    if not steps or type(found) is not type(before) or len(found) != len(before):
        return False
    step, *rest = steps
    here: Any = str(step) if isinstance(found, dict) else step
    others = found if isinstance(found, dict) else dict(enumerate(found))
    known = before if isinstance(found, dict) else dict(enumerate(before))
    return (
        all(known.get(key, ...) == one for key, one in others.items() if key != here)
        and here in others
        and kept(found[here], before[here], raw[here], tuple(rest))
    )


def test_every_field_of_the_app_api_is_tried() -> None:
    seen = {(place.model, place.field.key) for place in APP}
    models = [kind for kind in (getattr(app, name) for name in app.__all__) if is_model(kind)]
    fields = {(model, field.key) for model in models for field in model_fields(model)}
    assert {f"{model.__name__}.{key}" for model, key in fields - seen} == SENT_NO_MORE


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change[0])
@each_optional
def test_what_is_missing_is_the_default(place: Place, change: Any) -> None:
    if change[0] == "dropped" and (
        len(place.around) == 1 or place.field.key in place.model.distinguishing_keys
    ):
        return  # An empty object says that there is none; without the other it is another object.
    result = place.parse(change[1](place), strict=True)
    default = place.field.default()
    assert getattr(place.holder(result), place.field.name) == default
    before = as_it_is(place.example.endpoint, place.example.name)
    assert plain(result) == with_value(before, place.steps, plain(default))


@each_optional
def test_what_is_of_another_type_is_kept_beside_its_default(place: Place) -> None:
    before = as_it_is(place.example.endpoint, place.example.name)
    for wrong in place.wrong_values:
        body = place.put(wrong)
        if place.leads_to_items:
            with pytest.raises(DecodeError) as caught:
                place.parse(body)
            assert place.path in str(caught.value)
            continue
        try:
            result = place.parse(body)
        except PagingError:
            assert place.leads_to_the_next_page
            continue
        holder = place.holder(result)
        assert getattr(holder, place.field.name) == place.field.default()
        assert holder.misfits == {place.last: wrong}
        assert plain(result) == with_value(before, place.steps, wrong)


@each_optional
def test_what_is_of_another_type_is_named_where_all_must_fit(place: Place) -> None:
    for wrong in place.wrong_values[:1]:
        with pytest.raises(DecodeError) as caught:
            place.parse(place.put(wrong), strict=True)
        assert [line.split(": ")[0] for line in caught.value.problems] == [place.path]


@each_place
def test_a_key_that_nobody_knows_is_kept(place: Place) -> None:
    key, value = f"{place.last}_2030", {"deep": [1, None]}
    result = place.parse(place.put(value, key=key), strict=True)
    assert place.holder(result).extra == {key: value}
    before = as_it_is(place.example.endpoint, place.example.name)
    holder = {**dig(before, place.steps[:-1]), key: value}
    assert plain(result) == with_value(before, place.steps[:-1], holder)


@each_core
def test_an_object_without_its_core_is_kept_whole_where_it_was(place: Place) -> None:
    before = as_it_is(place.example.endpoint, place.example.name)
    wrong = [place.put(value) for value in place.wrong_values]
    for body in (place.without(), place.put(None), *wrong):
        raw = dig(body, place.top)
        with pytest.raises(DecodeError) as caught:
            place.parse(body, strict=True)
        # Where there may be objects of several kinds, its core tells which one it is.
        named = (place.path, f"{place.path.rpartition('.')[0]}: expected ")
        assert any(path in str(caught.value) for path in named)
        try:
            result = place.parse(body)
        except DecodeError as exc:
            assert any(path in str(exc) for path in named)
            # Nothing is around it that could do without it.
            assert not any(isinstance(step, int) for step in place.steps) or not place.items
            continue
        assert kept(plain(result), before, raw, place.steps)
        if place.items and place.steps[: len(place.items)] == place.items:
            item = place.steps[: len(place.items) + 1]
            broken = [one.raw for one in result.broken]
            assert broken == ([dig(raw, item)] if len(place.steps) == len(item) + 1 else [])
