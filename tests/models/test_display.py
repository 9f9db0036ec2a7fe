"""How results look: a line, a tree for rich and IPython, a card for notebooks."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.each import for_each
from support.examples import REPLIES, chosen, label

from pixivkit import Broken, Failed, Page, PixivError, Reply, Succeeded, structure
from pixivkit.app import AppApi, AuthApi
from pixivkit.download import DownloadedFile, DownloadOutcome
from pixivkit.examples import Example, examples_of
from pixivkit.models import app, web
from pixivkit.models.app import Comment, Illust, Tag, Token, User
from pixivkit.models.base import Model
from pixivkit.models.display import BoundedRepr
from pixivkit.testing import FakePixiv

MODELS: list[type[Model]] = [
    kind
    for module in (app, web)
    for kind in (getattr(module, name) for name in module.__all__)
    if isinstance(kind, type) and issubclass(kind, Model)
]
modest = settings(deadline=None, derandomize=True, max_examples=100)

TAGS = {"table", "caption", "tr", "th", "td", "br"}
HOSTILE = st.text(st.characters(exclude_categories=()), max_size=2000) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "\x1b[31m\r\n" * 100,
        "\u202e" * 50,
        "[red]",
        "'\"\\" * 99,
        "&lt;",
    ]
)
JSON = st.recursive(
    st.none() | st.integers() | HOSTILE,
    lambda inner: st.lists(inner) | st.dictionaries(HOSTILE, inner),
)


def structured(one: Example) -> Any:
    """The reply of an example, as a model."""
    return structure(one.endpoint, one.reply, **chosen(one))


def within(value: object) -> Iterator[Model]:
    """All models in *value*, itself included."""
    if isinstance(value, Model):
        yield value
        for field in attrs.fields(type(value)):
            if field.name != "_extra":
                yield from within(getattr(value, field.name))
    elif isinstance(value, list):
        for one in value:
            yield from within(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from within(one)


def tree(value: object) -> str:
    """What rich would print of *value*, without its layout."""
    if isinstance(value, BoundedRepr):
        parts = [f"{name}={tree(part)}" for name, part in value.__rich_repr__()]
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, list):
        return f"[{', '.join(map(tree, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key!r}: {tree(one)}' for key, one in value.items())}}}"
    return repr(value)


def check_line(text: str) -> None:
    assert len(text) <= 300
    assert text.isprintable()
    text.encode()


def check_card(card: str) -> str:
    """Check that *card* is well-formed and loads nothing; return its text."""
    root = ElementTree.fromstring(card)
    assert {element.tag for element in root.iter()} <= TAGS
    assert all(not element.attrib for element in root.iter())
    return "".join(root.itertext())


def check_all(value: BoundedRepr) -> None:
    check_line(repr(value))
    check_card(value._repr_html_())
    assert len(tree(value)) < 50_000


@attrs.define(kw_only=True)
class Own(Model):
    """A model of a user's own."""

    label: str
    parts: list[int] = attrs.field(factory=list[int])
    inner: Own | None = None
    secret: str = attrs.field(default="", repr=False)


@for_each("one", REPLIES, label)
def test_every_reply_and_all_in_it_takes_a_line(one: Example) -> None:
    for model in within(structured(one)):
        check_all(model)


@for_each("one", REPLIES, label)
def test_the_line_of_what_has_an_id_says_it(one: Example) -> None:
    for model in within(structured(one)):
        if any(field.name == "id" for field in attrs.fields(type(model))):
            number = model.id  # type: ignore[attr-defined]
            if number is not None:
                assert f"id={number!r}" in repr(model)
                assert f"id={number!r}" in tree(model)
                assert str(number) in check_card(model._repr_html_())


class TestLine:
    def test_a_work_shows_id_title_type_user_and_pages(self) -> None:
        work = Illust(
            id=1, title="風景", type="manga", user=User(id=11, name="ミナ"), page_count=3
        )
        shown = "Illust(id=1, title='風景', type='manga', user=User(11 'ミナ'), page_count=3)"
        assert repr(work) == str(work) == shown

    def test_lists_are_counts_and_long_texts_are_cut(self) -> None:
        comment = Comment(id=1, comment="a" * 10_000)
        assert repr(comment) == f"Comment(id=1, user=User(0), comment='{'a' * 60}'...)"
        assert repr(Own(label="x", parts=[1, 2])) == "Own(label='x', parts=[2 int])"

    def test_a_class_may_say_what_it_shows(self) -> None:
        @attrs.define(kw_only=True)
        class Chosen(Own):
            shown = ("parts", "label")

        assert repr(Chosen(label="x", parts=[1])) == "Chosen(parts=[1 int], label='x')"

    def test_a_class_may_have_its_own(self) -> None:
        @attrs.define(kw_only=True)
        class Mine(Own):
            def __repr__(self) -> str:
                return "mine"

        @attrs.define(kw_only=True)
        class Heir(Mine):
            more: int = 0

        assert repr(Mine(label="x")) == repr(Heir(label="x")) == "mine"

    def test_fields_that_are_not_shown_are_in_nothing(self) -> None:
        token = Token(access_token="s3cret", refresh_token="s3cret", response=Token())
        own = Own(label="x", secret="s3cret")
        for value in (token, own):
            check_all(value)
            assert "s3cret" not in repr(value) + tree(value) + value._repr_html_()


class TestHalfMade:
    """As debuggers and tracebacks see a model."""

    @for_each("model", [*MODELS, Own], lambda model: model.__qualname__)
    def test_nothing_is_set(self, model: type[Model]) -> None:
        check_all(model.__new__(model))

    def test_what_is_set_is_shown(self) -> None:
        work = Illust.__new__(Illust)
        assert repr(work) == "Illust(id=<unset>)"
        work.title = "風景"
        assert repr(work) == "Illust(id=<unset>, title='風景')"

    def test_a_validator_raised_midway(self) -> None:
        seen: list[Model] = []

        def refuse(model: Model, _attribute: object, value: int) -> None:
            seen.append(model)
            raise ValueError(value)

        @attrs.define(kw_only=True)
        class Checked(Own):
            late: int = attrs.field(validator=refuse)

        with pytest.raises(ValueError):
            Checked(label="x", late=1)
        assert repr(seen[0]) == "Checked(label='x', late=1)"

    @pytest.mark.parametrize(
        "kind", [Succeeded, Failed, DownloadOutcome, DownloadedFile, Page, Broken]
    )
    def test_what_is_no_model(self, kind: type[BoundedRepr]) -> None:
        check_all(kind.__new__(kind))


class TestHostile:
    @modest
    @given(model=st.sampled_from(MODELS), text=HOSTILE)
    def test_any_text_in_any_field(self, model: type[Model], text: str) -> None:
        made = model.__new__(model)
        for field in attrs.fields(model):
            if field.name != "_extra":
                setattr(made, field.name, text)
        check_all(made)

    @modest
    @given(text=HOSTILE)
    def test_any_text_deeper_inside(self, text: str) -> None:
        user = User(id=1, name=text, account=text)
        tags = [Tag(name=text, translated_name=text)] * 50
        work = Illust(id=1, title=text, caption=text, user=user, tags=tags, tools=[text] * 50)
        check_all(work)
        shown = tree(work)
        assert shown.isprintable()
        assert "... 40 more" in shown

    @modest
    @given(json=JSON)
    def test_any_json(self, json: object) -> None:
        check_all(web.NovelThumb(id=1, marker=json))

    def test_results_in_results_without_end(self) -> None:
        comment, own = Comment(id=1), Own(label="x")
        for number in range(5000):
            comment = Comment(id=number, parent_comment=comment)
            own = Own(label="x", inner=own)
        check_all(comment)
        check_all(own)
        own.inner = own
        check_all(own)

    def test_an_object_without_a_repr(self) -> None:
        class Broken:
            def __repr__(self) -> str:
                raise RuntimeError

        check_all(web.NovelThumb(id=1, marker=Broken()))
        check_all(web.NovelThumb(id=1, marker=10**10_000))

    def test_html_is_text(self) -> None:
        title = "<img src=https://i.pximg.net/x.png onerror=alert(1)>&amp;"
        card = Illust(id=1, title=title)._repr_html_()
        assert title in check_card(card)
        assert "<img" not in card


class TestTree:
    def test_all_that_is_set_is_there(self) -> None:
        work = structured(examples_of("app.illust.detail")[0])
        shown = tree(work)
        for field in attrs.fields(Illust):
            value = getattr(work, field.name, None)
            if isinstance(value, bool | int | str) and value not in ("", 0, None):
                assert f"{field.name}=" in shown
        assert "profile_image_urls=ProfileImageUrls(medium='https" in shown
        assert "None" not in shown

    def test_long_lists_show_the_first_and_how_many_more(self) -> None:
        shown = tree(Illust(id=1, tools=[f"tool {number}" for number in range(25)]))
        assert "'tool 9', ... 15 more]" in shown
        assert "tool 10" not in shown

    def test_times_are_readable(self) -> None:
        work = Illust(id=1, create_date=dt.datetime(2026, 4, 2, 20, 15, tzinfo=dt.UTC))
        assert "create_date=2026-04-02 20:15:00+00:00" in tree(work)


class TestPage:
    @pytest.fixture
    async def page(self) -> Any:
        fake = FakePixiv(seed=7)
        async with fake.client() as px:
            return await px.app.illust.ranking().first()

    @pytest.mark.anyio
    async def test_one_line_says_what_it_holds_and_whether_more_follows(self, page: Any) -> None:
        line = "Page(items=[30 Illust], request=app.illust.ranking(), cursor=...)"
        assert repr(page) == line
        check_all(page)

    @pytest.mark.anyio
    async def test_the_tree_and_the_card_show_an_item_in_a_line(self, page: Any) -> None:
        for shown in (tree(page), check_card(page._repr_html_())):
            assert all(repr(item) in shown for item in page.items[:10])
            assert "... 20 more" in shown
            assert len(shown) < 3000

    def test_a_body_that_is_no_model_is_short_too(self) -> None:
        request = AppApi(FakePixiv().client()).illust.ranking().request
        items: list[object] = [{"text": "x" * 1000}] * 1000
        page: Page[Any, Any] = Page(items, items, [], request, Reply(200, {}, items), None)
        check_all(page)
        assert repr(page) == "Page(items=[1000 dict], request=app.illust.ranking())"
        assert len(check_card(page._repr_html_())) < 3000


class TestOutcome:
    @pytest.mark.anyio
    async def test_results_and_failures_take_a_line(self) -> None:
        fake = FakePixiv(seed=7)
        known = next(iter(fake.world.works))
        async with fake.client() as px:
            calls: list[Any] = [
                px.app.illust.detail(known),
                px.app.illust.detail(1),
                px.app.illust.ranking(),
            ]
            outcomes = [outcome async for outcome in px.bulk(calls, ordered=True)]
        for outcome in outcomes:
            check_all(outcome)
        assert f"value=Illust({known} '" in repr(outcomes[0])
        assert "error=NotFound('app.illust.detail: 404 " in repr(outcomes[1])
        assert "value=Page([30 Illust])" in repr(outcomes[2])

    def test_downloads(self) -> None:
        error = PixivError("x" * 1000)
        check_all(DownloadOutcome(item="https://i.pximg.net/" + "x" * 1000, index=0, error=error))


class TestCalls:
    """Prompts that know attrs, such as rich, show no more of a call than its repr does."""

    def test_they_are_a_few_words(self) -> None:
        px = AppApi(FakePixiv().client())
        call, pages = px.illust.detail(1), px.illust.ranking()
        for value, words in (
            (call, "app.illust.detail(illust_id=1)"),
            (call.request, "app.illust.detail(illust_id=1)"),
            (pages, "app.illust.ranking()"),
            (pages.take(3), "3 of app.illust.ranking()"),
        ):
            assert [repr(part) for part in value.__rich_repr__()] == [words]
        assert repr(pages.take(3)) == "<Items 3 of app.illust.ranking()>"

    def test_no_secret_argument(self) -> None:
        call = AuthApi(FakePixiv().client()).token_refresh("s3cret" * 5)
        for value in (call, call.request):
            assert [repr(part) for part in value.__rich_repr__()] == [
                "oauth.auth.token_refresh(refresh_token=***)"
            ]


class TestPrompts:
    """The real ones, where they are installed."""

    def test_rich(self) -> None:
        pretty = pytest.importorskip("rich.pretty")
        work = structured(examples_of("app.illust.detail")[0])
        shown: str = pretty.pretty_repr(work, max_width=100)
        assert shown.startswith(f"Illust(\n    id={work.id},\n    title={work.title!r},\n")
        assert "    user=User(\n        id=" in shown
        half: str = pretty.pretty_repr(Illust.__new__(Illust))
        assert half == "Illust(id=<unset>)"

    def test_ipython(self) -> None:
        pretty = pytest.importorskip("IPython.lib.pretty")
        work = structured(examples_of("app.illust.detail")[0])
        shown: str = pretty.pretty(work)
        assert shown.startswith(f"Illust(\n    id={work.id},\n    title={work.title!r},\n")
        assert "    user=User(\n        id=" in shown
        assert pretty.pretty(Tag(name="x")) == "Tag(name='x')"
        assert pretty.pretty([work, work]) == f"[{work!r},\n {work!r}]"

    @pytest.mark.parametrize("shown", ["app", "app.illust"])
    def test_completion_lists_endpoints_only(self, shown: str) -> None:
        """With jedi, which IPython takes where it is there."""
        jedi = pytest.importorskip("jedi")
        names = {"app": AppApi(FakePixiv().client())}
        found = {one.name for one in jedi.Interpreter(f"{shown}.", [names]).complete()}
        public = {name for name in found if not name.startswith("_")}
        assert public == set(dir(names["app"] if shown == "app" else names["app"].illust))


def test_models_still_pickle_and_compare() -> None:
    work = structured(examples_of("app.illust.detail")[0])
    assert pickle.loads(pickle.dumps(work)) == work
