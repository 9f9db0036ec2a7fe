"""Rules that every declaration keeps; they hold for endpoints nobody has written yet."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Iterator
from typing import Annotated, Any

import attrs
import pytest
from support.each import for_each

import pixivkit.app
import pixivkit.web
from pixivkit import Api, Call, Pages, Pixiv, endpoint_of, parameters
from pixivkit._core.declaration.argument_types import Day, read_annotation
from pixivkit._core.declaration.endpoint import Auth, Param, placeholders
from pixivkit._core.structuring.model_fields import model_fields
from pixivkit.models.base import Model
from pixivkit.registry import REGISTRY, Endpoint, built_in_endpoints

# Declarations of users, and of other tests, are in the registry as well.
ENDPOINTS = built_in_endpoints()
PAGED = [e for e in ENDPOINTS if e.paging]

ABBREVIATED = {
    "wlt": "min_width",
    "wgt": "max_width",
    "hlt": "min_height",
    "hgt": "max_height",
    "scd": "start_date",
    "ecd": "end_date",
    "blt": "min_bookmarks",
    "bgt": "max_bookmarks",
    "s_mode": "match",
    "csw": "group_by_author",
}
"""Wire names that nobody could guess, and what they are called in Python."""

each = for_each("endpoint", ENDPOINTS, lambda e: e.name)
each_paged = for_each("endpoint", PAGED, lambda e: e.name)

SUBMITTING_WORKS = [
    "app.illust.comment_add", "app.illust.comment_delete", "app.illust.delete",
    "app.novel.comment_add", "app.novel.comment_delete", "app.novel.delete", "app.upload.illust",
    "app.upload.novel", "app.upload.novel_covers", "app.upload.novel_draft", "app.upload.status",
    "app.user.novel_draft_delete", "app.user.novel_draft_detail", "app.user.novel_draft_previews",
]  # fmt: skip

AJAX = [
    "web.top.illust", "web.user.detail", "web.user.detail(full)", "web.user.profile_all",
    "web.user.following", "web.user.followers", "web.user.works_latest",
    "web.user.bookmarks_illust", "web.user.extra", "web.sketch.live_following",
    "web.follow.latest_illust", "web.watch.list_manga", "web.mypixiv.latest_illust",
    "web.dashboard.home", "web.dashboard.settings", "web.dashboard.works_illust_request_strategy",
    "web.illust.detail", "web.illust.comments_roots", "web.illust.pages",
    "web.illust.recommend_init", "web.illust.bookmark_add", "web.illust.like", "web.illust.new",
    "web.search.tag", "web.search.top", "web.search.artworks", "web.search.illustrations",
    "web.search.manga", "web.tag.stories", "web.ranking", "web.commission.request",
    "web.commission.request_complete_illust", "web.commission.request_complete_manga",
    "web.commission.request_complete_ugoira", "web.commission.request_creators_illust",
    "web.commission.request_creators_manga", "web.commission.request_creators_ugoira",
    "web.commission.request_in_progress_all", "web.commission.request_in_progress_illust",
    "web.commission.request_in_progress_manga", "web.commission.request_in_progress_ugoira",
    "web.discovery.artworks", "web.discovery.users", "web.discovery.artworks_meta",
    "web.discovery.users_meta", "web.webpush", "web.notification", "web.linked.service_tumeng",
]  # fmt: skip


def namespaces() -> Iterator[type[Api]]:
    """Every class of declarations in the package, whether or not anything mentions it."""
    for package in (pixivkit.app, pixivkit.web):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for _, kind in inspect.getmembers(importlib.import_module(module.name)):
                if (
                    inspect.isclass(kind)
                    and issubclass(kind, Api)
                    and kind.__module__ == module.name
                    and hasattr(kind, "resource")
                ):
                    yield kind


each_namespace = for_each("api", [*namespaces()], lambda api: f"{api.base.name}-{api.__name__}")


def methods(api: type[Api]) -> Iterator[tuple[str, Any]]:
    """What *api* defines for its users."""
    for name, value in vars(api).items():
        if callable(value) and (not name.startswith("_") or name == "__call__"):
            yield name, value


def documented(doc: str, title: str) -> dict[str, str]:
    """The entries of a section of a docstring, by name."""
    _, _, rest = doc.partition(f"\n{title}:\n")
    entries: dict[str, str] = {}
    name = ""
    for line in rest.splitlines():
        if line and not line.startswith("    "):
            break
        if found := re.match(r" {4}(\w+): (\S.*)", line):
            name = found[1]
            entries[name] = found[2]
        elif name:
            entries[name] += f" {line.strip()}"
    return {name: text.strip() for name, text in entries.items()}


def some(kind: Any) -> Any:
    """*kind* without None."""
    others = [arg for arg in typing.get_args(kind) if arg is not type(None)]
    is_optional = type(None) in typing.get_args(kind)
    return others[0] if is_optional and len(others) == 1 else kind


def field_type(kind: Any, path: str) -> Any:
    """The declared type at the end of the dotted wire *path* in the model *kind*."""
    for key in path.split("."):
        fields = {field.key: field for field in model_fields(some(kind))}
        assert key in fields, f"{some(kind).__name__} has no {key!r}"
        kind = fields[key].kind
    return some(kind)


def test_the_two_documents_are_covered() -> None:
    assert len(SUBMITTING_WORKS) == len(set(SUBMITTING_WORKS)) == 14
    assert len(AJAX) == len(set(AJAX)) == 48
    for entry in (*SUBMITTING_WORKS, *AJAX):
        name, _, variant = entry.rstrip(")").partition("(")
        assert name in REGISTRY
        assert not variant or variant in REGISTRY[name].variants


@each_namespace
class TestNamespaces:
    def test_every_public_method_is_declared(self, api: type[Api]) -> None:
        declared = {name: endpoint_of(method) for name, method in methods(api)}
        assert declared, "a namespace has endpoints"
        for action, endpoint in declared.items():
            words = [api.base.name, api.resource, *([action] if action != "__call__" else [])]
            assert endpoint.name == ".".join(words)
            assert REGISTRY[endpoint.name] is endpoint

    def test_it_says_what_it_is(self, api: type[Api]) -> None:
        assert (api.__doc__ or "").strip().partition("\n")[0].endswith(".")


def test_every_namespace_is_an_attribute_of_its_api() -> None:
    px = Pixiv()
    declared = {api for api in namespaces() if api.base.name in ("app", "web")}
    for api in declared:
        assert type(getattr(getattr(px, api.base.name), api.resource)) is api
    assert {type(getattr(api, name)) for api in (px.app, px.web) for name in dir(api)} == declared


@each_namespace
def test_a_resource_is_in_the_module_of_its_name(api: type[Api]) -> None:
    """So a resource is found without loading the others."""
    package, _, module = api.__module__.rpartition(".")
    assert getattr(importlib.import_module(package), api.__name__) is api
    if api.base.name == "oauth":
        assert api.__module__ == "pixivkit.app.oauth"
    else:
        assert (package, module) == (f"pixivkit.{api.base.name}", api.resource)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "app",
        "app.illust",
        "app.illust.no",
        "app.no.detail",
        "app.resource.x",
        "no.illust.detail",
    ],
)
def test_no_other_name_is_in_the_registry(name: str) -> None:
    assert name not in REGISTRY
    assert REGISTRY.get(name) is None


def test_the_registry_is_in_the_order_of_resources() -> None:
    """Whatever was loaded first."""
    resources = [name.split(".")[:2] for name in REGISTRY]
    assert resources == sorted(resources)


SHARED = [name for name, it in vars(parameters).items() if typing.get_origin(it) is Annotated]


@for_each("name", SHARED)
def test_a_shared_parameter_is_shared_and_has_a_meaning(name: str) -> None:
    users = [
        endpoint.name
        for endpoint in ENDPOINTS
        for parameter in endpoint.signature.parameters.values()
        if re.search(rf"\b{name}\b", str(parameter.annotation))
    ]
    assert len(users) > 1
    meaning = read_annotation(getattr(parameters, name)).meaning
    assert meaning is not None and meaning.text.endswith(".")


@each
class TestEveryEndpoint:
    def test_its_name_reads_like_the_call(self, endpoint: Endpoint) -> None:
        base, resource, *action = endpoint.name.split(".")
        assert base == endpoint.base.name
        assert len(action) <= 1
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", word) for word in (resource, *action))

    def test_it_is_documented(self, endpoint: Endpoint) -> None:
        first, _, rest = endpoint.doc.partition("\n")
        assert first and first.endswith("."), "one sentence on the first line"
        assert len(first) < 100
        assert not rest or rest.startswith("\n"), "then a blank line"
        assert "\nReturns:\n" in endpoint.doc

    def test_every_parameter_is_documented(self, endpoint: Endpoint) -> None:
        described = documented(endpoint.doc, "Args")
        assert list(described) == [param.name for param in endpoint.params], "in their order"
        for name, text in described.items():
            assert text.endswith("."), f"{name}: {text}"

    def test_a_docstring_says_only_what_is_particular(self, endpoint: Endpoint) -> None:
        written = documented(inspect.cleandoc(endpoint.declaration.__doc__ or ""), "Args")
        for param in endpoint.params:
            if param.accepts.meaning and param.name in written:
                assert written[param.name] != param.accepts.meaning.text, param.name

    def test_what_it_raises_exists(self, endpoint: Endpoint) -> None:
        for name in documented(endpoint.doc, "Raises"):
            assert name in pixivkit.errors.__all__

    def test_somebody_is_named_who_knows(self, endpoint: Endpoint) -> None:
        assert endpoint.source.strip()
        assert endpoint.status in ("current", "uncertain", "deprecated")

    def test_the_annotation_agrees_with_the_paging(self, endpoint: Endpoint) -> None:
        returned = typing.get_type_hints(endpoint.declaration)["return"]
        kinds = [returned] if typing.get_origin(returned) in (Call, Pages) else (
            typing.get_args(returned)
        )  # fmt: skip
        assert {typing.get_origin(kind) for kind in kinds} == {Pages if endpoint.paging else Call}

    def test_the_response_is_typed(self, endpoint: Endpoint) -> None:
        kinds = [endpoint.response, *endpoint.variants.values()]
        for kind in kinds:
            inner = typing.get_args(kind)[-1] if typing.get_args(kind) else kind
            assert attrs.has(inner) and issubclass(inner, Model)

    def test_the_path_is_one(self, endpoint: Endpoint) -> None:
        bare = re.sub(r"\{\w+\}", "x", endpoint.path)
        assert re.fullmatch(r"/[\w./-]+", bare, re.ASCII)
        assert not bare.endswith("/")

    def test_the_referer_is_on_pixivs_site(self, endpoint: Endpoint) -> None:
        if endpoint.base.name == "web":
            assert (endpoint.referer or "").startswith("https://www.pixiv.net/")
        else:
            assert endpoint.referer is None

    def test_parameters_in_a_template_are_required(self, endpoint: Endpoint) -> None:
        required = {param.name for param in endpoint.params if param.required}
        assert set(placeholders(endpoint.path)) <= required
        assert set(placeholders(endpoint.referer or "")) <= required

    def test_wire_names_are_unique_in_their_place(self, endpoint: Endpoint) -> None:
        sent = [(param.place, param.wire) for param in endpoint.params]
        sent += [("query", p.wire) for p in endpoint.params if p.spelling.repeat_in_query]
        assert len(sent) == len(set(sent))

    def test_python_names_are_the_wire_names_in_snake_case(self, endpoint: Endpoint) -> None:
        for param in endpoint.params:
            words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", param.wire.removesuffix("[]")).lower()
            assert param.name == ABBREVIATED.get(words, words)

    def test_optional_parameters_are_keyword_only(self, endpoint: Endpoint) -> None:
        for parameter in endpoint.signature.parameters.values():
            if parameter.default is not parameter.empty:
                assert parameter.kind is parameter.KEYWORD_ONLY

    def test_defaults_are_accepted_and_immutable(self, endpoint: Endpoint) -> None:
        def default(param: Param) -> bool:
            return not param.required and param.default is not None

        for param in filter(default, endpoint.params):
            assert param.check(param.default) == param.default
            hash(param.default)

    def test_a_moment_is_the_day_that_it_is_in_japan(self, endpoint: Endpoint) -> None:
        late = dt.datetime(2026, 3, 8, 15, 0, tzinfo=dt.UTC)
        for param in endpoint.params:
            if isinstance(param.accepts.kind, Day):
                assert param.check(late) == dt.date(2026, 3, 9)

    def test_writes_need_a_credential(self, endpoint: Endpoint) -> None:
        if endpoint.method == "POST" and endpoint.base.name != "oauth":
            needed = Auth.BEARER if endpoint.base.name == "app" else Auth.CSRF
            assert endpoint.auth is needed


@each_paged
class TestPaging:
    def test_the_items_are_in_the_response(self, endpoint: Endpoint) -> None:
        assert endpoint.paging is not None
        found = field_type(endpoint.response, endpoint.paging.items)
        assert typing.get_origin(found) in (list, dict)
        item = typing.get_args(found)[-1]
        assert endpoint.item in (item, *typing.get_args(item))

    def test_what_ends_it_is_in_the_response(self, endpoint: Endpoint) -> None:
        for name in ("total", "more", "last", "ended", "cursor"):
            if path := getattr(endpoint.paging, name, ""):
                field_type(endpoint.response, path)

    def test_what_drives_it_is_a_number_that_is_sent(self, endpoint: Endpoint) -> None:
        assert endpoint.paging is not None
        driven = [p for p in endpoint.params if p.name in endpoint.paging.params]
        assert len(driven) == len(endpoint.paging.params)
        for param in driven:
            assert isinstance(param.default, int), f"{param.name} starts somewhere"

    def test_nothing_is_picked(self, endpoint: Endpoint) -> None:
        assert endpoint.pick == "", "what leads to the next page is beside the items"
