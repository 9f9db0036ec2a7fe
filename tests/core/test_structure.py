"""From JSON to models and back: only a `DecodeError` with a path, and no leaf lost."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.each import for_each
from support.examples import REPLIES, chosen, label

from pixivkit import structure, unstructure
from pixivkit._core.calls.misfit_policy import MisfitPolicy
from pixivkit._core.calls.structure import structure_as, structure_page
from pixivkit._core.declaration.envelope import payload_path
from pixivkit._core.structuring.converter import from_json, from_json_leniently
from pixivkit._core.structuring.structure_errors import Problems, StructureError
from pixivkit.conformance import check_body
from pixivkit.errors import ApiError, DecodeError
from pixivkit.examples import Example
from pixivkit.models.base import Model
from pixivkit.registry import REGISTRY, Endpoint, built_in_endpoints
from pixivkit.structuring import request_for_reply

Path_: TypeAlias = tuple[str | int, ...]

ENDPOINTS = built_in_endpoints()
RESPONSES = [
    (endpoint, arguments)
    for endpoint in ENDPOINTS
    for arguments in ({}, *({name: True} for name in endpoint.variants))
]

each_example = for_each("one", REPLIES, label)

# Of any endpoint: as many tries, however many endpoints there are.
few = settings(
    deadline=None,
    derandomize=True,
    max_examples=600,
    suppress_health_check=[HealthCheck.too_slow],
)

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=10),
    st.sampled_from(["", "0", "12", "-3", "１２", "2026-03-09", "0001-01-01T00:00:00+09:00"]),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)


def call_and_reply(one: Example) -> tuple[Endpoint, dict[str, object], Any]:
    """What an example is of, and its reply, to change."""
    return REGISTRY[one.endpoint], chosen(one), one.reply


def places(value: object, path: Path_ = ()) -> Iterator[Path_]:
    """The paths of everything in *value*, itself included."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*path, index))


def spelled(path: Path_) -> str:
    """*path* as an error or a report spells it."""
    return "$" + "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in path)


def at(value: Any, path: Path_) -> Any:
    for step in path:
        value = value[step]
    return value


def wrapped(endpoint: Endpoint, payload: object) -> object:
    """*payload* as a reply of *endpoint* carries it."""
    inner = {endpoint.pick: payload} if endpoint.pick else payload
    return {endpoint.envelope: inner, "error": False} if endpoint.envelope else inner


def structured(endpoint: Endpoint, arguments: dict[str, object], body: object) -> object:
    """Structure *body*, as page where there are pages; a refusal has to name paths."""
    try:
        model = structure(endpoint.name, body, **arguments)
        if endpoint.paging:
            structure_page(request_for_reply(endpoint, arguments), body)
    except DecodeError as error:
        assert error.endpoint == endpoint.name
        assert error.problems
        assert all(p.startswith("$") and ": " in p for p in error.problems)
        return None
    except ApiError:
        return None
    return model


@few
@given(call=st.sampled_from(RESPONSES), payload=JSON)
def test_any_json_is_structured_or_refused(
    call: tuple[Endpoint, dict[str, object]], payload: object
) -> None:
    endpoint, arguments = call
    structured(endpoint, arguments, wrapped(endpoint, payload))
    structured(endpoint, arguments, payload)


@few
@given(one=st.sampled_from(REPLIES), data=st.data())
def test_an_example_with_anything_anywhere_is_structured_or_refused(
    one: Example, data: st.DataObject
) -> None:
    endpoint, arguments, body = call_and_reply(one)
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(places(body))))
        value = data.draw(JSON)
        if not path:
            body = value
            break
        at(body, path[:-1])[path[-1]] = value
    model = structured(endpoint, arguments, body)
    if model is not None:
        unstructure(model)


@few
@given(one=st.sampled_from(REPLIES), data=st.data())
def test_no_leaf_is_lost_whatever_is_dropped_or_added(one: Example, data: st.DataObject) -> None:
    endpoint, arguments, body = call_and_reply(one)
    nulled: set[str] = set()
    for _ in range(data.draw(st.integers(1, 4))):
        keys = [p for p in places(body) if p and isinstance(p[-1], str)]
        if not keys:
            break
        path = data.draw(st.sampled_from(keys))
        holder, key = at(body, path[:-1]), path[-1]
        match data.draw(st.sampled_from(["drop", "null", "add"])):
            case "drop":
                del holder[key]
            case "null":
                holder[key] = None
                nulled.add(spelled(path))
            case _:
                holder["a_key_of_tomorrow"] = data.draw(JSON)
    before = copy.deepcopy(body)
    report = check_body(endpoint, arguments, body)
    assert body == before, "the JSON that was given is left alone"
    if report.error is None:
        # Beside the only key of a reply nothing is kept; a null may become any default.
        inside = f"{payload_path(endpoint)}." if endpoint.pick else "$"
        assert [p for p in report.lost if p.startswith(inside) and p not in nulled] == []


@each_example
def test_keys_that_no_field_knows_are_kept(one: Example) -> None:
    endpoint, arguments, body = call_and_reply(one)
    payload = at(body, tuple(part for part in (endpoint.envelope, endpoint.pick) if part))
    target = payload[0] if isinstance(payload, list) and payload else payload
    if not isinstance(target, dict):
        return
    more = {"a_key_of_tomorrow": {"deep": [1, {"and": "deeper"}]}, "another": None}
    target.update(more)
    model = structure(endpoint.name, body, **arguments)
    model = model[0] if isinstance(model, list) else model
    assert isinstance(model, Model)
    assert model.extra == more
    assert {key: unstructure(model)[key] for key in more} == more


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@each_example
def test_models_pickle(one: Example, protocol: int) -> None:
    endpoint, arguments, body = call_and_reply(one)
    payload = at(body, tuple(part for part in (endpoint.envelope, endpoint.pick) if part))
    if isinstance(payload, dict):
        payload["a_key_of_tomorrow"] = 1
    model = structure(endpoint.name, body, **arguments)
    there = pickle.loads(pickle.dumps(model, protocol))
    assert there == model
    assert unstructure(there) == unstructure(model)
    assert copy.deepcopy(model) == model


class TestRules:
    """What the converter does with one field of a work."""

    @staticmethod
    def illust(**fields: object) -> Any:
        return structure("app.illust.detail", {"illust": {"id": 1, **fields}})

    @staticmethod
    def refusal(**fields: object) -> list[str]:
        with pytest.raises(DecodeError) as caught:
            structure("app.illust.detail", {"illust": {"id": 1, **fields}}, strict=True)
        return caught.value.problems

    def test_digits_are_a_number_where_one_is_meant(self) -> None:
        assert self.illust(id="12").id == 12

    @pytest.mark.parametrize("value", ["twelve", "1.5", "１２", "", " 1", "1_000", 1.5, True, []])
    def test_nothing_else_is(self, value: object) -> None:
        (problem,) = self.refusal(id=value)
        assert problem.startswith("$.illust.id: expected int, got ")

    @pytest.mark.parametrize(
        ("value", "is_muted"), [("true", True), ("false", False), (1, True), (0, False)]
    )
    def test_a_bool_may_be_a_word_or_a_number(self, value: object, is_muted: bool) -> None:
        """The word is in a document of 2019, for `user_previews[].is_muted`."""
        assert self.illust(is_muted=value).is_muted is is_muted

    @pytest.mark.parametrize("value", ["True", "FALSE", "yes", "1", " true", 2, 1.0, ["true"]])
    def test_no_other_word_or_number_is_a_bool(self, value: object) -> None:
        assert self.illust(is_muted=value).misfits == {"is_muted": value}

    def test_a_number_is_no_text(self) -> None:
        assert self.refusal(title=5) == ["$.illust.title: expected str, got int"]

    def test_a_missing_or_null_field_takes_its_default(self) -> None:
        assert self.illust().title == self.illust(title=None).title == ""

    def test_a_core_field_cannot_be_missing(self) -> None:
        with pytest.raises(DecodeError) as caught:
            structure("app.illust.detail", {"illust": {"title": "x"}})
        assert caught.value.problems == ["$.illust.id: missing"]

    def test_a_reply_without_its_only_key(self) -> None:
        with pytest.raises(DecodeError) as caught:
            structure("app.illust.detail", {})
        assert caught.value.problems == ["$.illust: missing"]

    @pytest.mark.parametrize("body", [[], None, '"text"', 5])
    def test_a_reply_that_is_no_object(self, body: object) -> None:
        with pytest.raises(DecodeError) as caught:
            structure("app.illust.detail", body)
        assert caught.value.problems[0].startswith("$: expected dict, got ")

    def test_all_that_is_wrong_is_said_at_once(self) -> None:
        problems = self.refusal(title=5, tags=[{"name": 1}, {"name": "ok"}, 7], user={"id": []})
        assert problems == [
            "$.illust.title: expected str, got int",
            "$.illust.tags[0].name: expected str, got int",
            "$.illust.tags[2]: expected dict, got int",
            "$.illust.user.id: expected int, got list",
        ]

    def test_an_empty_list_stands_for_an_empty_object(self) -> None:
        assert self.illust(image_urls=[]) == self.illust(image_urls={})

    @pytest.mark.parametrize("nothing", [None, False, "", [], {}])
    def test_many_things_stand_for_none(self, nothing: object) -> None:
        assert self.illust(series=nothing).series is None

    @pytest.mark.parametrize(
        "spelled",
        ["2026-03-09T20:15:30+09:00", "2026-03-09 20:15:30", "2026-03-09T11:15:30+00:00"],
    )
    def test_moments_are_aware(self, spelled: str) -> None:
        """Without an offset they are Japan's time."""
        moment = dt.datetime(2026, 3, 9, 11, 15, 30, tzinfo=dt.UTC)
        assert self.illust(create_date=spelled).create_date == moment

    def test_a_depth_without_end_is_refused(self) -> None:
        comment: dict[str, object] = {"id": 0}
        for number in range(1, 5000):
            comment = {"id": number, "parent_comment": comment}
        with pytest.raises(DecodeError, match="nested too deeply"):
            structure("app.illust.comment_add", {"comment": comment})

    def test_a_fault_deep_down_is_named(self) -> None:
        comment: dict[str, object] = {"id": "wrong"}
        for number in range(60):
            comment = {"id": number, "parent_comment": comment}
        with pytest.raises(DecodeError) as caught:
            structure("app.illust.comment_add", {"comment": comment}, strict=True)
        (problem,) = caught.value.problems
        assert problem == f"$.comment{'.parent_comment' * 60}.id: expected int, got str"


@attrs.define(kw_only=True)
class Leaf(Model):
    name: str = ""
    note: str | None = None


@attrs.define(kw_only=True)
class Numbered(Model):
    number: int


@attrs.define(kw_only=True)
class Kinds(Model):
    """A field of every kind that models have."""

    id: int
    text: str = ""
    ratio: float = 0.0
    flag: bool = False
    word: Literal["a", "b"] = "a"
    moment: dt.datetime | None = None
    words: list[str] = attrs.field(factory=list[str])
    maybe_words: list[str] | None = None
    numbers: list[int] = attrs.field(factory=list[int])
    leaf: Leaf = attrs.field(factory=Leaf)
    maybe_leaf: Leaf | None = None
    leaves: list[Leaf] = attrs.field(factory=list[Leaf])
    either: list[Numbered | Leaf] = attrs.field(factory=list["Numbered | Leaf"])
    one_or_other: Leaf | Numbered | None = None
    other_or_one: Numbered | Leaf | None = None
    number_or_text: int | str | None = None
    inner: Kinds | None = None
    by_name: dict[str, Leaf] = attrs.field(factory=dict[str, Leaf])
    anything: object = None


def another(model: type[Model]) -> type[Model]:
    """A class like *model* of which no object was read so far."""
    return attrs.define(kw_only=True)(type(model.__name__, (model,), {}))


def outcome(model: type[Model], json: object) -> object:
    """What becomes of *json*: fields and what is beside them, or all that is wrong."""
    try:
        made = structure_as(model, json, policy=MisfitPolicy(strict=True))
    except DecodeError as error:
        assert error.problems
        return error.problems
    return {field: getattr(made, field) for field in attrs.fields_dict(model)}


ONE_OR_OTHER: st.SearchStrategy[Any] = st.sampled_from(
    [{"name": "x"}, {"number": 1}, {"number": None}, {"number": 1, "name": 2}, {}, [], "", None]
)
FITTING: dict[str, st.SearchStrategy[Any]] = {
    "id": st.integers() | st.just("12"),
    "text": st.text(max_size=3),
    "ratio": st.floats(allow_nan=False) | st.integers(),
    "flag": st.booleans(),
    "word": st.sampled_from(["a", "c"]),
    "moment": st.just("2026-03-09T20:15:30+09:00"),
    "words": st.lists(st.text(max_size=3), max_size=3),
    "maybe_words": st.lists(st.text(max_size=3), max_size=3),
    "numbers": st.lists(st.integers(), max_size=3),
    "leaf": st.fixed_dictionaries({}, optional={"name": st.text(max_size=3), "new": JSON}),
    "maybe_leaf": st.fixed_dictionaries({}, optional={"note": st.none() | st.text(max_size=3)}),
    "leaves": st.lists(st.just({"name": "x"}) | st.just([]), max_size=3),
    "either": st.lists(st.just({"name": "x"}) | st.just({"number": 1}), max_size=3),
    "one_or_other": ONE_OR_OTHER,
    "other_or_one": ONE_OR_OTHER,
    "number_or_text": st.sampled_from([0, "", "5", True, None, False]),
    "inner": st.just({"id": 1}),
    "by_name": st.dictionaries(st.text(max_size=3), st.just({"name": "x"}), max_size=3),
    "anything": JSON,
    "a_key_of_tomorrow": JSON,
}
KINDS = st.lists(st.sampled_from(sorted(FITTING)), unique=True).flatmap(
    lambda keys: st.fixed_dictionaries(
        {
            key: FITTING[key] if number % 5 else FITTING[key] | JSON
            for number, key in enumerate(keys)
        }
    )
)


class TestShapes:
    """Objects of a class come with many sets of keys; what becomes of one depends on no other."""

    CROWD: tuple[dict[str, object], ...] = tuple(
        {"id": 1, f"key_{number}": number, "text": "x"} for number in range(40)
    )

    @settings(few, max_examples=60)
    @given(objects=st.lists(KINDS, min_size=1, max_size=8))
    def test_what_came_before_changes_nothing(self, objects: list[dict[str, object]]) -> None:
        together, crowded = another(Kinds), another(Kinds)
        for json in self.CROWD:
            outcome(crowded, json)
        for json in objects:
            alone = outcome(another(Kinds), json)
            assert outcome(together, json) == alone
            assert outcome(crowded, json) == alone

    @settings(few, max_examples=150)
    @given(json=KINDS | JSON)
    def test_with_care_the_same_is_made_of_what_fits(self, json: object) -> None:
        problems = Problems()
        try:
            made = from_json_leniently(Kinds, json, problems)
        except StructureError:
            made = None
        try:
            assert from_json(Kinds, json) == made
        except StructureError:
            return
        assert problems.count == 0

    def test_as_many_keys_are_not_the_same_keys(self) -> None:
        kinds = another(Kinds)
        objects: list[dict[str, object]] = [
            {"id": 1, "text": "x"},
            {"id": 2, "new": "y"},
            {"text": "z", "id": 3},
            {"id": 4, "text": "x"},
        ]
        made = [structure_as(kinds, json) for json in objects]
        assert [(one.id, one.text, dict(one.extra)) for one in made] == [
            (1, "x", {}),
            (2, "", {"new": "y"}),
            (3, "z", {}),
            (4, "x", {}),
        ]

    @pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 1000])
    def test_any_number_of_keys_is_kept(self, count: int) -> None:
        more = {f"key_{number}": number for number in range(count)}
        for _ in range(2):
            made = structure_as(Kinds, {**more, "id": 1})
            assert made.id == 1
            assert made.extra == more

    def test_a_required_key_is_missed_in_any_shape(self) -> None:
        kinds = another(Kinds)
        objects: list[dict[str, object]] = [*self.CROWD, {}, {"text": "x"}, {"id": None}]
        for json in objects:
            expected = [] if json.get("id") else ["$.id: missing"]
            found = outcome(kinds, json)
            assert (found if isinstance(found, list) else []) == expected


def test_a_frozen_model_is_refused_where_it_is_declared() -> None:
    with pytest.raises(TypeError, match="cannot be frozen"):

        @attrs.frozen(kw_only=True)
        class Odd(Model):
            id: int
