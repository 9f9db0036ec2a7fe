# mypy: disable-error-code="empty-body"
"""Declarations: a signature becomes an endpoint, and mistakes are found when it is defined."""

from __future__ import annotations

import inspect
import pickle
import pydoc
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from toy_api import (
    Listed,
    Server,
    Thing,
    ThingDetails,
    Things,
    ToyAppApi,
    ToyWebApi,
    finish,
    nobody,
    things,
)

from pixivkit import (
    APP,
    REGISTRY,
    WEB,
    Api,
    Auth,
    Call,
    FileSource,
    NextUrl,
    PageNumber,
    Pages,
    endpoint_of,
    get,
    post,
)
from pixivkit._core.declaration.endpoint import Endpoint, placeholders
from pixivkit.registry import AppApi

BUILT_IN = REGISTRY["app.illust.detail"]


def param(endpoint: Endpoint, name: str) -> Any:
    return next(one for one in endpoint.params if one.name == name)


class TestWhatIsDeclared:
    def test_names_are_base_resource_and_method(self) -> None:
        assert endpoint_of(ToyAppApi.picked).name == "app.toy.picked"
        assert endpoint_of(ToyWebApi.by_more).name == "web.toy.by_more"

    def test_a_namespace_that_is_called_itself_has_two_words(self) -> None:
        class Called(Api, base=WEB, resource="toy_called", auth=Auth.NONE):
            @get("/ajax/called")
            def __call__(self) -> Call[Thing]: ...

        try:
            assert endpoint_of(Called.__call__).name == "web.toy_called"
            assert Called(Server(nobody))().endpoint is REGISTRY["web.toy_called"]
        finally:
            del REGISTRY["web.toy_called"]

    def test_the_declaration_says_what_a_signature_cannot(self) -> None:
        endpoint = endpoint_of(ToyWebApi.keep)
        assert (endpoint.method, endpoint.path, endpoint.body) == (
            "POST",
            "/ajax/toys/keep",
            "json",
        )
        assert endpoint.auth is Auth.CSRF
        assert endpoint.referer == "https://www.pixiv.net/keep"
        assert endpoint.base is WEB
        assert endpoint.envelope == "body"
        assert endpoint.paging is None

    def test_the_namespace_gives_what_a_declaration_leaves_out(self) -> None:
        listed, picked = endpoint_of(ToyAppApi.listed), endpoint_of(ToyAppApi.picked)
        assert (listed.auth, picked.auth) == (Auth.BEARER, Auth.NONE)
        assert (listed.source, picked.source) == ("a notebook", "a letter")
        assert (listed.status, picked.status) == ("current", "deprecated")
        assert (listed.pick, picked.pick) == ("", "thing")
        assert endpoint_of(ToyWebApi.new).referer == "https://www.pixiv.net/toys"

    def test_gets_are_idempotent_and_posts_where_they_say_so(self) -> None:
        assert endpoint_of(ToyAppApi.listed).idempotent
        assert not endpoint_of(ToyAppApi.save).idempotent
        assert endpoint_of(ToyAppApi.send).idempotent

    def test_parameters_are_those_of_the_signature(self) -> None:
        endpoint = endpoint_of(ToyWebApi.found)
        assert [one.name for one in endpoint.params][:4] == ["word", "owner", "note", "notes"]
        word, notes = param(endpoint, "word"), param(endpoint, "notes")
        assert (word.place, word.required, word.wire) == ("path", True, "word")
        assert (notes.place, notes.required, notes.default) == ("query", False, ())
        assert notes.wire == "notes[]"
        assert param(endpoint_of(ToyWebApi.keep), "thing_id").place == "json"
        assert param(endpoint_of(ToyAppApi.save), "title").place == "form"
        assert param(endpoint_of(ToyAppApi.send), "title").place == "multipart"

    def test_the_return_annotation_is_the_response(self) -> None:
        assert endpoint_of(ToyAppApi.picked).response is Thing
        assert endpoint_of(ToyAppApi.picked).item is None
        assert endpoint_of(ToyAppApi.listed).response is Things
        assert endpoint_of(ToyAppApi.listed).item is Thing
        assert endpoint_of(ToyWebApi.new).response is Listed

    def test_an_argument_may_choose_the_response(self) -> None:
        server = Server(lambda _path, _query: {"id": 1, "details": "red"})
        toys = ToyAppApi(server)
        assert type(finish(toys.either().response()).value) is Thing
        assert type(finish(toys.either(full=True).response()).value) is ThingDetails


class TestMeanings:
    """What shared parameters mean is said with their types, and shown with the docstring."""

    def test_help_shows_them(self) -> None:
        text = pydoc.plain(pydoc.render_doc(ToyAppApi.said))
        assert "\n        count: How many toys.\n        size: How large, here.\n" in text
        assert inspect.getdoc(ToyAppApi.said) == endpoint_of(ToyAppApi.said).doc

    def test_a_docstring_says_what_is_particular(self) -> None:
        doc = endpoint_of(ToyAppApi.said).doc
        assert doc.startswith("Toys by the dozen.\n\nArgs:\n    count: ")
        assert "How large." not in doc
        assert doc.endswith("\n\nReturns:\n    A toy.")

    def test_what_means_nothing_in_particular_is_left_as_it_is(self) -> None:
        assert endpoint_of(ToyAppApi.picked).doc == "One toy, from under a key."


class TestMethods:
    def test_they_are_ordinary_ones_to_whoever_looks(self) -> None:
        """`help`, `inspect`, editors and documentation see what a reader sees."""
        signature = inspect.signature(AppApi(Server(nobody)).illust.detail)
        assert str(signature).startswith("(illust_id: 'IllustId', *, filter")
        assert (inspect.getdoc(ToyAppApi.picked) or "") == "One toy, from under a key."
        assert ToyAppApi.picked.__qualname__ == "ToyAppApi.picked"

    def test_they_return_values_and_send_nothing(self) -> None:
        toys = ToyAppApi(Server(nobody))
        assert isinstance(toys.picked(1), Call)
        assert isinstance(toys.listed(), Pages)

    def test_your_own_endpoints_work_like_the_built_in_ones(self) -> None:
        server = Server(lambda _path, _query: {"thing": {"id": 5, "name": "top"}})
        thing = finish(ToyAppApi(server).picked(5).response()).value
        assert thing == Thing(id=5, name="top")
        assert server.sent == ["/v1/toy?thing_id=5"]

    def test_a_subclass_of_a_namespace_inherits_them(self) -> None:
        class More(ToyAppApi, base=APP, resource="toy_more", auth=Auth.NONE):
            """A namespace that adds nothing."""

        server = Server(lambda _path, _query: {"things": things([1])})
        assert More(server).picked(1).endpoint is endpoint_of(ToyAppApi.picked)

    def test_class_keywords_are_inherited(self) -> None:
        class Shared(
            Api, base=WEB, auth=Auth.COOKIE, source="a book", referer="https://a.example"
        ):
            """What two namespaces have in common."""

        class One(Shared, resource="toy_one"):
            @get("/one")
            def same(self) -> Call[Thing]: ...

            @get("/two", auth=Auth.NONE, source="a letter", referer="https://b.example")
            def other(self) -> Call[Thing]: ...

        class Two(Shared, resource="toy_two", auth=Auth.OPTIONAL):
            @get("/three")
            def same(self) -> Call[Thing]: ...

        def facts(method: Any) -> tuple[object, ...]:
            endpoint = endpoint_of(method)
            return endpoint.name, endpoint.base, endpoint.auth, endpoint.source, endpoint.referer

        try:
            book, letter = ("a book", "https://a.example"), ("a letter", "https://b.example")
            assert facts(One.same) == ("web.toy_one.same", WEB, Auth.COOKIE, *book)
            assert facts(One.other) == ("web.toy_one.other", WEB, Auth.NONE, *letter)
            assert facts(Two.same) == ("web.toy_two.same", WEB, Auth.OPTIONAL, *book)
        finally:
            for name in ("web.toy_one.same", "web.toy_one.other", "web.toy_two.same"):
                REGISTRY.pop(name, None)

    @pytest.mark.parametrize("other", [len, Api.__init__, Thing, None])
    def test_what_declares_nothing_has_no_endpoint(self, other: Any) -> None:
        with pytest.raises(TypeError, match="declares no endpoint"):
            endpoint_of(other)


WRONG: dict[str, Any] = {"base": APP, "resource": "toy_wrong", "auth": Auth.NONE}


class TestMistakes:
    """Each is found when the class is defined, which is when the module is imported."""

    def test_a_path_with_an_undeclared_parameter(self) -> None:
        with pytest.raises(TypeError, match=r"undeclared parameters \['missing'\]"):

            class _Wrong(Api, base=APP, resource="toy_wrong", auth=Auth.NONE):
                @get("/v1/{missing}")
                def broken(self, other: int) -> Call[Thing]: ...

    def test_a_referer_with_an_undeclared_parameter(self) -> None:
        with pytest.raises(TypeError, match=r"undeclared parameters \['missing'\]"):

            class _Wrong(Api, base=APP, resource="toy_wrong", auth=Auth.NONE):
                @post("/v1/x", referer="https://www.pixiv.net/{missing}")
                def broken(self, other: int) -> Call[Thing]: ...

    def test_paging_by_an_undeclared_parameter(self) -> None:
        with pytest.raises(TypeError, match=r"web\.toy_wrong\.broken: undeclared .*'p'"):

            class _Wrong(Api, base=WEB, resource="toy_wrong", auth=Auth.NONE):
                @get("/x", paging=PageNumber(items="things"))
                def broken(self) -> Pages[Listed, Thing]: ...

    def test_a_variant_of_an_undeclared_parameter(self) -> None:
        with pytest.raises(TypeError, match="undeclared parameters"):

            class _Wrong(Api, base=APP, resource="toy_wrong", auth=Auth.NONE):
                @get("/x", variants={"full": ThingDetails})
                def broken(self) -> Call[Thing]: ...

    def test_a_name_that_is_taken(self) -> None:
        with pytest.raises(TypeError, match=r"declared twice: app\.illust\.detail"):

            class _Wrong(Api, base=APP, resource="illust", auth=Auth.NONE):
                @get("/v1/x", paging=NextUrl(items="things"))
                def detail(self) -> Pages[Things, Thing]: ...

        assert REGISTRY["app.illust.detail"] is BUILT_IN

    def test_a_parameter_without_an_annotation(self) -> None:
        with pytest.raises(TypeError, match=r"toy_wrong\.broken: the parameter 'word' has no ann"):

            class _Wrong(Api, base=APP, resource="toy_wrong", auth=Auth.NONE):
                @get("/x")
                def broken(self, illust_id: int, word=None) -> Call[Thing]: ...  # type: ignore[no-untyped-def]

    def test_a_return_without_an_annotation(self) -> None:
        with pytest.raises(TypeError, match=r"toy_wrong\.broken: .* what it returns"):

            class _Wrong(Api, base=APP, resource="toy_wrong", auth=Auth.NONE):
                @get("/x")
                def broken(self): ...  # type: ignore[no-untyped-def]

    def test_any_number_of_parameters(self) -> None:
        with pytest.raises(TypeError, match=r"toy_wrong\.broken: \*\*more.* name each"):

            class _Wrong(Api, base=APP, resource="toy_wrong", auth=Auth.NONE):
                @get("/x")
                def broken(self, **more: int) -> Call[Thing]: ...

    @pytest.mark.parametrize("annotation", ["bytes", "dict[str, int]", "nowhere", "int | Thing"])
    def test_a_parameter_of_an_unknown_type(self, annotation: str) -> None:
        def broken(self: Any, thing: Any) -> Call[Thing]: ...

        broken.__annotations__["thing"] = annotation
        with pytest.raises(TypeError, match=r"app\.toy_wrong\.broken: the parameter 'thing': "):
            type("_Wrong", (Api,), {"broken": get("/x")(broken)}, **WRONG)

    @pytest.mark.parametrize("body", ["form", "json"])
    def test_files_in_a_body_that_holds_none(self, body: Literal["form", "json"]) -> None:
        with pytest.raises(TypeError, match=r"app\.toy_wrong\.broken: only .* 'multipart'"):

            class _Wrong(Api, base=APP, resource="toy_wrong", auth=Auth.NONE):
                @post("/x", body=body)
                def broken(self, picture: FileSource) -> Call[Thing]: ...

    @pytest.mark.parametrize(
        ("keywords", "missing"),
        [
            ({"resource": "toy_wrong", "auth": Auth.NONE}, "base="),
            ({"base": APP, "auth": Auth.NONE}, "resource="),
            ({"base": APP, "resource": "toy_wrong"}, "auth="),
        ],
    )
    def test_a_class_that_does_not_say_enough(
        self, keywords: dict[str, Any], missing: str
    ) -> None:
        with pytest.raises(TypeError, match=rf"_Wrong\.broken: the class lacks .* {missing}"):

            class _Wrong(Api, **keywords):
                @get("/x")
                def broken(self) -> Call[Thing]: ...


def declare(module: str, path: str) -> type[Api]:
    """Run a declaration as a cell of a notebook would, or *module* when it is reloaded."""
    scope: dict[str, Any] = {**globals(), "__name__": module}
    exec(
        "class Cell(Api, base=APP, resource='toy_cell', auth=Auth.NONE):\n"
        f"    @get({path!r})\n"
        "    def one(self, thing_id: int) -> Call[Thing]: ...\n",
        scope,
    )
    declared: type[Api] = scope["Cell"]
    return declared


class TestDeclaringAgain:
    @pytest.fixture(autouse=True)
    def forget(self) -> Iterator[None]:
        yield
        REGISTRY.pop("app.toy_cell.one", None)

    def test_the_later_declaration_of_a_module_counts(self) -> None:
        server = Server(lambda _path, _query: {"id": 1})
        first, second = declare("a_notebook", "/v1/old"), declare("a_notebook", "/v1/new")
        assert REGISTRY["app.toy_cell.one"].path == "/v1/new"
        finish(second(server).one(1).response())  # type: ignore[attr-defined]
        finish(first(server).one(1).response())  # type: ignore[attr-defined]
        assert server.sent == ["/v1/new?thing_id=1", "/v1/old?thing_id=1"]

    def test_another_module_cannot_take_the_name(self) -> None:
        declare("a_notebook", "/v1/old")
        with pytest.raises(TypeError, match=r"in a_notebook and in another"):
            declare("another", "/v1/new")
        assert REGISTRY["app.toy_cell.one"].path == "/v1/old"


class TestEndpoints:
    @pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
    def test_they_pickle_as_their_names(self, protocol: int) -> None:
        for endpoint in (REGISTRY["app.illust.detail"], REGISTRY["web.ranking"]):
            data = pickle.dumps(endpoint, protocol)
            assert pickle.loads(data) is endpoint
            assert len(data) < 200

    def test_they_are_frozen(self) -> None:
        endpoint: Any = REGISTRY["app.illust.detail"]
        with pytest.raises(AttributeError):
            endpoint.path = "/elsewhere"


def test_placeholders_of_a_template() -> None:
    assert placeholders("/a/{one}/b/{two}") == ("one", "two")
    assert placeholders("/a") == ()
