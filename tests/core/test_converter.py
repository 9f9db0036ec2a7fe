# mypy: disable-error-code="empty-body"
"""Types of users in models and endpoints, and keys that are no source text."""

from __future__ import annotations

import builtins
import decimal
import enum
import io
import re
import tokenize
import types
from collections.abc import Callable, Iterator
from typing import Any, NewType

import attrs
import orjson
import pytest
from toy_api import Server, finish

import pixivkit
from pixivkit import REGISTRY, WEB, Api, Auth, Call, PageNumber, Pages, get, structure, unstructure
from pixivkit._core.calls.structure import structure_page
from pixivkit.errors import DecodeError
from pixivkit.models.base import Model, WebModel, alias
from pixivkit.structuring import request_for_reply


@attrs.frozen
class Size:
    """A type of a user: ``"20x10"``, or ``False`` for none that is known."""

    width: int
    height: int

    @classmethod
    def read(cls, value: object, _: object) -> Size:
        if value is False:
            return cls(0, 0)
        if not isinstance(value, str):
            raise TypeError(value)
        width, _, height = value.partition("x")
        return cls(int(width), int(height))

    def text(self) -> object:
        return f"{self.width}x{self.height}" if self.width else False


pixivkit.converter.register_structure_hook(Size, Size.read)
pixivkit.converter.register_unstructure_hook(Size, Size.text)

UNKNOWN = Size(0, 0)
UserId = NewType("UserId", int)


class Colour(enum.StrEnum):
    RED = "red"


class Level(enum.IntEnum):
    LOW = 1


@attrs.define(kw_only=True)
class Shelf(WebModel):
    """A model with types of a user in every place."""

    size: Size = UNKNOWN
    maybe_size: Size | None = None
    sizes: list[Size] = attrs.field(factory=list[Size])
    by_name: dict[str, Size] = attrs.field(factory=dict[str, Size])
    inner: list[Shelf] = attrs.field(factory=list["Shelf"])
    has_next: bool | None = None


@attrs.define(kw_only=True)
class Sized(Model):
    """A model with a type of a user in its core."""

    size: Size


@attrs.define(kw_only=True)
class Kept(Model):
    """A model with what cattrs knows by itself."""

    colour: Colour | None = None
    level: Level | None = None
    user_id: UserId | None = None
    pair: tuple[int, ...] = ()


class ShelfApi(Api, base=WEB, resource="shelf", auth=Auth.NONE):
    """Replies of types of a user."""

    @get("/ajax/shelf/size")
    def size(self) -> Call[Size]: ...

    @get("/ajax/shelf/sizes", pick="sizes")
    def sizes(self) -> Call[list[Size]]: ...

    @get("/ajax/shelf/all", paging=PageNumber(items="sizes", more="hasNext"))
    def all(self, *, p: int = 1) -> Pages[Shelf, Size]: ...


SHELF = {name: REGISTRY.pop(name) for name in [*REGISTRY] if name.startswith("web.shelf.")}

FITS: dict[str, object] = {
    "size": "2x1",
    "maybeSize": False,
    "sizes": ["3x1", False],
    "byName": {"a": "4x1"},
    "inner": [{"size": "5x1"}],
}
ODD: dict[str, object] = {
    "size": 7,
    "maybeSize": "wide",
    "sizes": ["3x1", 5, "x"],
    "byName": {"a": {}, "b": "4x1"},
    "inner": [{"size": []}],
}


class TestTypesOfUsers:
    def test_they_are_read_and_written(self) -> None:
        shelf = structure(Shelf, FITS, strict=True)
        assert (shelf.size, shelf.maybe_size) == (Size(2, 1), UNKNOWN)
        assert shelf.sizes == [Size(3, 1), UNKNOWN]
        assert shelf.by_name == {"a": Size(4, 1)}
        assert shelf.inner[0].size == Size(5, 1)
        again = unstructure(shelf)
        assert {key: again[key] for key in FITS if key != "inner"} == {
            key: value for key, value in FITS.items() if key != "inner"
        }
        assert structure(Shelf, orjson.loads(orjson.dumps(again))) == shelf

    def test_what_does_not_fit_is_kept(self) -> None:
        shelf = structure(Shelf, ODD)
        assert (shelf.size, shelf.maybe_size, shelf.sizes) == (UNKNOWN, None, [Size(3, 1)])
        assert shelf.by_name == {"b": Size(4, 1)}
        assert shelf.misfits == {
            "size": 7, "maybeSize": "wide", "sizes[1]": 5, "sizes[2]": "x", "byName['a']": {},
        }  # fmt: skip
        assert shelf.inner[0].misfits == {"size": []}
        again = unstructure(shelf)
        assert (again["size"], again["sizes"]) == (7, ["3x1", 5, "x"])
        assert structure(Shelf, again) == shelf

    def test_strictness_names_every_path_and_no_value(self) -> None:
        with pytest.raises(DecodeError) as caught:
            structure(Shelf, ODD, strict=True)
        assert caught.value.problems == [
            "$.size: expected Size, got int",
            "$.maybeSize: expected Size, got str",
            "$.sizes[1]: expected Size, got int",
            "$.sizes[2]: expected Size, got str",
            "$.byName['a']: expected Size, got dict",
            "$.inner[0].size: expected Size, got list",
        ]
        assert caught.value.__context__ is caught.value.__cause__ is None

    def test_null_means_that_there_is_none(self) -> None:
        assert structure(Shelf, {"size": None, "maybeSize": None}, strict=True) == Shelf()
        with pytest.raises(DecodeError, match=r"\$\.size: missing"):
            structure(Sized, {"size": None})

    def test_one_in_the_core_that_does_not_fit(self) -> None:
        assert structure(Sized, {"size": False}).size == UNKNOWN
        with pytest.raises(DecodeError, match=r"\$\.size: expected Size, got list"):
            structure(Sized, {"size": []})

    def test_any_other_exception_is_raised_unchanged(self) -> None:
        @attrs.define(kw_only=True)
        class Loud(Model):
            number: decimal.Decimal

        def read(value: object, _: object) -> decimal.Decimal:
            raise NotImplementedError(value)

        pixivkit.converter.register_structure_hook(decimal.Decimal, read)
        with pytest.raises(NotImplementedError, match="5"):
            structure(_annotated(Loud, number=decimal.Decimal), {"number": 5})

    def test_a_type_without_a_hook_is_a_mistake_of_its_own(self) -> None:
        @attrs.define(kw_only=True)
        class Odd(Model):
            number: object = None

        with pytest.raises(Exception, match="complex") as caught:
            structure(_annotated(Odd, number=complex), {"number": 5})
        assert type(caught.value).__name__ == "StructureHandlerNotFoundError"

    def test_a_hook_may_come_after_the_first_reply(self) -> None:
        @attrs.frozen
        class Word:
            text: str

        @attrs.define(kw_only=True)
        class Page(Model):
            words: object = None

        page = _annotated(Page, words=list[Word])
        before: Any = structure(page, {"words": [{"text": "a"}]}, strict=True)
        pixivkit.converter.register_structure_hook(Word, lambda value, kind: kind(value.upper()))
        after: Any = structure(page, {"words": ["a"]}, strict=True)
        assert (before.words, after.words) == ([Word("a")], [Word("A")])

    def test_a_hook_of_a_model_takes_its_place(self) -> None:
        @attrs.define(kw_only=True)
        class Part(Model):
            id: int

        @attrs.define(kw_only=True)
        class Whole(Model):
            parts: object = None
            part: object = None

        whole = _annotated(Whole, parts=list[Part], part=Part | None)
        pixivkit.converter.register_structure_hook(Part, lambda value, _: Part(id=value["no"]))
        made: Any = structure(whole, {"parts": [{"no": 1}], "part": {"no": 2}}, strict=True)
        assert (made.parts, made.part) == ([Part(id=1)], Part(id=2))
        odd: Any = structure(whole, {"parts": [{"no": 1}, {"id": 3}], "part": {"id": 2}})
        assert (odd.parts, odd.part) == ([Part(id=1)], None)
        assert odd.misfits == {"parts[1]": {"id": 3}, "part": {"id": 2}}

    @pytest.mark.parametrize(
        "made_of",
        [
            lambda own: own | int,
            lambda own: types.GenericAlias(list, own),
            lambda own: own | types.GenericAlias(list, own),
        ],
        ids=["union", "list", "union of a list"],
    )
    def test_a_hook_of_a_type_that_is_made_of_others(self, made_of: Callable[[Any], Any]) -> None:
        class Own:
            """Of this test alone: hooks stay for as long as the process."""

        @attrs.define(kw_only=True)
        class Holder(Model):
            field: object = None

        kind = made_of(Own)
        holder = _annotated(Holder, field=kind)
        pixivkit.converter.register_structure_hook(kind, lambda value, _: ("own", value.strip()))
        made: Any = structure(holder, {"field": " x "}, strict=True)
        assert made.field == ("own", "x")
        assert structure(holder, {"field": 5}).misfits == {"field": 5}

    def test_what_cattrs_knows_is_known(self) -> None:
        kept = structure(
            Kept, {"colour": "red", "level": "1", "user_id": "5", "pair": ["1", 2]}, strict=True
        )
        assert kept.colour is Colour.RED
        assert kept.level is Level.LOW
        assert (kept.user_id, kept.pair) == (5, (1, 2))
        odd = {"colour": "blue", "level": 2, "user_id": "x", "pair": ["y"]}
        kept = structure(Kept, odd)
        assert (kept.colour, kept.level, kept.user_id, kept.pair) == (None, None, None, ())
        assert kept.misfits == odd


def _annotated(model: type[Model], **kinds: Any) -> type[Model]:
    """*model*, with fields of *kinds* that no annotation in a module can name."""
    model.__annotations__.update(kinds)
    return model


class TestEndpointsOfUsers:
    @pytest.fixture(autouse=True)
    def registered(self) -> Iterator[None]:
        REGISTRY.update(SHELF)
        yield
        for name in SHELF:
            del REGISTRY[name]

    def test_a_reply_may_be_of_a_type_of_a_user(self) -> None:
        assert finish(ShelfApi(Server(lambda *_: "2x1")).size().response()).value == Size(2, 1)
        with pytest.raises(DecodeError, match=r"\$\.body: expected Size, got list"):
            finish(ShelfApi(Server(lambda *_: [])).size().response())

    def test_so_may_the_elements_of_one(self) -> None:
        assert structure("web.shelf.sizes", {"body": {"sizes": ["2x1"]}}) == [Size(2, 1)]
        with pytest.raises(DecodeError, match=r"\$\.body\.sizes\[1\]: expected Size, got int"):
            structure("web.shelf.sizes", {"body": {"sizes": ["2x1", 5]}})

    def test_and_the_items_of_a_page(self) -> None:
        request = request_for_reply(SHELF["web.shelf.all"], {})
        page = structure_page(request, {"body": {"sizes": ["2x1", 5], "hasNext": False}})
        assert page.items == [Size(2, 1)]
        (broken,) = page.broken
        assert broken.error.problems == ["$.body.sizes[1]: expected Size, got int"]


HOSTILE = (
    "'", '"', '"""', "\\", "\n", "\r\n", "{}", "{0}", "}{", "%s", "#", "\0", "\u2028", "\ud800",
    "'] = json; raise SystemExit #", "n0", "v0", "self", "json", "StructureError", "__class__", "",
)  # fmt: skip


@attrs.define(kw_only=True)
class Hostile(Model):
    """A model whose keys would be something else as source text."""

    needed: int = alias("'needed'\n}")
    text: str = alias('"""\\', default="")
    either: Leaf | Branch | None = alias("{json}", default=None)  # noqa: RUF009
    leaves: list[Leaf | Branch] = alias("'] = 1 #", factory=list["Leaf | Branch"])  # noqa: RUF009


@attrs.define(kw_only=True)
class Leaf(Model):
    leaf: str = alias("'\n{leaf}")


@attrs.define(kw_only=True)
class Branch(Model):
    branch: str = alias('"\n{branch}')


WORDS = re.compile(
    r"[nv]\d+|_extra|append|__class__|read|json|get|self|one|many|key|len|or|and|not|in|is|if|elif"
    r"|else|for|def|try|except|raise|return|break|None|KeyError|StructureError|str|int|list|dict"
)


HOSTILE_JSON: dict[str, object] = {
    "'needed'\n}": 1,
    '"""\\': "x",
    "{json}": {"'\n{leaf}": "y"},
    "'] = 1 #": [{'"\n{branch}': "z"}, {"'\n{leaf}": "y"}],
}


class TestKeysAreNoSource:
    def test_those_of_declarations(self) -> None:
        made = structure(Hostile, HOSTILE_JSON, strict=True)
        assert (made.needed, made.text) == (1, "x")
        assert made.either == Leaf(leaf="y")
        assert made.leaves == [Branch(branch="z"), Leaf(leaf="y")]
        assert unstructure(made) == HOSTILE_JSON
        with pytest.raises(DecodeError, match="missing"):
            structure(Hostile, {})

    @pytest.mark.parametrize("key", HOSTILE)
    def test_those_of_the_network(self, key: str) -> None:
        for json in ({**HOSTILE_JSON, key: 1}, {key: 1, **HOSTILE_JSON}):
            made = structure(Hostile, json, strict=True)
            assert made.extra == {key: 1}
            assert unstructure(made) == json

    def test_the_source_is_made_of_names_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """There is no text in it, and each name is a field's or one that was made up."""
        sources: list[str] = []

        def seen(source: str, scope: dict[str, object], run: Any = exec) -> None:
            sources.append(source)
            run(source, scope)

        monkeypatch.setattr(builtins, "exec", seen)
        fresh = attrs.define(kw_only=True)(type("Fresh", (Hostile,), {}))
        for number in range(20):  # more shapes than there are readers of one shape
            for key in HOSTILE:
                structure(fresh, {**HOSTILE_JSON, key: 1, f"{number}": 1}, strict=True)
        assert len(sources) > 10
        fields = {field.name for field in attrs.fields(Hostile)}
        for source in sources:
            for token in tokenize.generate_tokens(io.StringIO(source).readline):
                assert token.type != tokenize.STRING
                if token.type == tokenize.NAME:
                    assert token.string in fields or WORDS.fullmatch(token.string)
