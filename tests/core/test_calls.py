"""Calls as values: compared, pickled, shown, and awaited as often as you like."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from support.each import for_each
from toy_api import Query, Server, Thing, ToyAppApi, finish, nobody

from pixivkit import AccessToken, Call, Pages, Pixiv, RefreshToken, SessionCookie, Tokens, errors
from pixivkit.app import AppApi, AuthApi
from pixivkit.errors import ApiError, BlockedByCloudflare, DecodeError, PixivError
from pixivkit.web import WebApi

app = AppApi(Server(nobody))
web = WebApi(Server(nobody))
auth = AuthApi(Server(nobody))

SECRET = "a-secret-nobody-may-see"
PROTOCOLS = range(2, pickle.HIGHEST_PROTOCOL + 1)

VALUES: list[Call[Any] | Pages[Any, Any]] = [
    app.illust.detail(1),
    app.illust.detail(1, filter="for_ios"),
    app.user.illusts(5, type="manga"),
    app.search.illust("夜 市", start_date="2026-03-09"),
    app.upload.illust("Lantern", [b"picture", "picture.png"], tags=["a", "b"]),
    web.ranking(mode="weekly", date="20260309"),
    web.user.detail(5, full=True),
    web.illust.bookmark_add(1, tags=["a"]),
    web.search.artworks("夜市", ratio=0.5, group_by_author=True),
    web.webpush(),
]
each_value = for_each("value", VALUES, lambda value: value.endpoint.name)


class TestEquality:
    def test_the_same_endpoint_and_arguments_are_equal(self) -> None:
        assert app.illust.detail(1) == app.illust.detail(illust_id=1)
        assert hash(app.illust.detail(1)) == hash(app.illust.detail(1))
        assert app.user.illusts(1) == app.user.illusts(1, type=None)

    def test_others_are_not(self) -> None:
        assert len(set(VALUES)) == len(VALUES)
        assert app.illust.detail(1) != app.illust.detail(2)
        assert app.novel.delete(1) != app.illust.delete(1)
        other: object = 1
        assert app.illust.detail(1) != other

    def test_the_client_does_not_matter(self) -> None:
        elsewhere = AppApi(Server(nobody))
        assert app.illust.detail(1) == elsewhere.illust.detail(1)
        assert {app.illust.detail(1), elsewhere.illust.detail(1)} == {app.illust.detail(1)}

    @each_value
    def test_they_cannot_be_changed(self, value: Any) -> None:
        with pytest.raises(AttributeError):
            value.request = None
        with pytest.raises(AttributeError):
            value.request.arguments = ()


class TestPickling:
    @pytest.mark.parametrize("protocol", PROTOCOLS)
    @each_value
    def test_they_travel_without_their_client(
        self, value: Call[Any] | Pages[Any, Any], protocol: int
    ) -> None:
        there = pickle.loads(pickle.dumps(value, protocol))
        assert there == value
        assert type(there) is type(value)
        assert there.request.arguments == value.request.arguments
        assert there.endpoint is value.endpoint

    @each_value
    def test_they_copy(self, value: Call[Any] | Pages[Any, Any]) -> None:
        assert copy.copy(value) == value
        assert copy.deepcopy(value) == value

    def test_one_that_belongs_to_no_client_says_what_to_do(self) -> None:
        orphan = pickle.loads(pickle.dumps(app.illust.detail(1)))
        with pytest.raises(PixivError, match=r"px\.attach\(\)") as caught:
            finish(orphan.response())
        assert caught.value.endpoint == "app.illust.detail"

    def test_a_client_takes_it_in(self) -> None:
        px = Pixiv()
        call: Call[Any] = pickle.loads(pickle.dumps(app.illust.detail(1)))
        pages: Pages[Any, Any] = pickle.loads(pickle.dumps(app.user.illusts(1)))
        assert px.attach(call) == px.app.illust.detail(1)
        assert px.attach(pages) == px.app.user.illusts(1)


class TestAwaiting:
    def test_each_time_sends_it_anew(self) -> None:
        answers = iter([{"thing": {"id": 5}}, {"thing": {"id": 6}}])

        def answer(_path: str, _query: Query) -> object:
            return next(answers)

        server = Server(answer)
        call = ToyAppApi(server).picked(5)

        async def twice() -> list[Thing]:
            return [await call, await call]

        assert finish(twice()) == [Thing(id=5), Thing(id=6)]
        assert server.sent == ["/v1/toy?thing_id=5"] * 2

    def test_the_response_has_the_reply_as_well(self) -> None:
        server = Server(lambda _path, _query: {"thing": {"id": 5}})
        response = finish(ToyAppApi(server).picked(5).response())
        assert response.value == Thing(id=5)
        assert response.reply.json == {"thing": {"id": 5}}
        assert (response.reply.status, response.reply.host) == (200, "app-api.pixiv.net")

    def test_a_reply_of_another_shape_names_endpoint_and_path(self) -> None:
        server = Server(lambda _path, _query: {"thing": {"id": "five"}})
        with pytest.raises(DecodeError) as caught:
            finish(ToyAppApi(server).picked(5).response())
        assert caught.value.endpoint == "app.toy.picked"
        assert caught.value.problems == ["$.thing.id: expected int, got str"]


class TestReprs:
    def test_they_read_like_the_call(self) -> None:
        assert repr(app.illust.detail(1)) == "<Call app.illust.detail(illust_id=1)>"
        assert repr(web.ranking(mode="weekly")) == "<Pages web.ranking(mode='weekly')>"
        assert repr(web.webpush().request) == "web.webpush()"

    def test_long_arguments_are_cut(self) -> None:
        assert len(repr(app.upload.illust("x" * 10_000, [b"y" * 10_000]))) < 250

    @pytest.mark.parametrize(
        "value",
        [
            RefreshToken(SECRET),
            AccessToken(SECRET),
            SessionCookie(SECRET),
            SessionCookie(f"PHPSESSID=5_{SECRET}; other=x", cookies={"cf_clearance": SECRET}),
            Tokens(SECRET, access_token=SECRET),
            auth.token_refresh(SECRET),
            auth.token_refresh(SECRET, client_secret=SECRET).request,
            auth.token_code(SECRET, SECRET),
            Pixiv(app=RefreshToken(SECRET), web=SessionCookie(SECRET)),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_secrets_are_not_shown(self, value: object) -> None:
        assert SECRET not in repr(value)
        assert SECRET not in str(value)
        assert SECRET not in f"{value}"

    @pytest.mark.parametrize(
        "make",
        [
            lambda: RefreshToken(f"{SECRET} and more"),
            lambda: AccessToken(f"{SECRET}é"),
            lambda: SessionCookie(f"other={SECRET}"),
            lambda: SessionCookie(f"{SECRET} x"),
            lambda: SessionCookie(SECRET, cookies={"cf_clearance": f"{SECRET};"}),
            lambda: auth.token_refresh(SECRET.encode()),  # type: ignore[arg-type]
        ],
    )
    def test_secrets_that_are_refused_are_not_quoted(self, make: Any) -> None:
        with pytest.raises(ValueError) as caught:
            make()
        assert SECRET not in str(caught.value)
        assert SECRET not in repr(caught.value)


ERRORS = [getattr(errors, name) for name in errors.__all__]
each_error = for_each("kind", ERRORS, lambda kind: kind.__name__)


def example_of(kind: type[PixivError]) -> PixivError:
    """An error of *kind* with something in every attribute."""
    if kind is DecodeError:
        return DecodeError([f"$[{i}]: wrong" for i in range(7)], endpoint="app.illust.detail")
    if kind is BlockedByCloudflare:
        return BlockedByCloudflare("blocked", endpoint="web.ranking", status=403, ray_id="8f1")
    if issubclass(kind, ApiError):
        return kind(
            "machine text",
            endpoint="app.illust.detail",
            status=403,
            user_message="words for people",
            reason="a reason",
            retry_after=2.5,
        )
    return kind("what happened", endpoint="app.illust.detail")


class TestErrors:
    @pytest.mark.parametrize("protocol", PROTOCOLS)
    @each_error
    def test_they_pickle(self, kind: type[PixivError], protocol: int) -> None:
        error = example_of(kind)
        there = pickle.loads(pickle.dumps(error, protocol))
        assert type(there) is kind
        assert str(there) == str(error)
        assert there.args == error.args
        assert vars(there) == vars(error)

    @each_error
    def test_they_copy(self, kind: type[PixivError]) -> None:
        error = example_of(kind)
        assert vars(copy.copy(error)) == vars(error)
        assert str(copy.deepcopy(error)) == str(error)

    @each_error
    def test_they_say_where_and_what_to_do(self, kind: type[PixivError]) -> None:
        text = str(example_of(kind))
        assert text.startswith(str(example_of(kind).endpoint))
        assert kind.hint in text

    @each_error
    def test_they_are_all_of_one_family_and_drawn_in_its_tree(
        self, kind: type[PixivError]
    ) -> None:
        assert issubclass(kind, PixivError)
        assert f" {kind.__name__} " in (errors.__doc__ or "").replace("\n", " ")

    def test_none_is_left_out_of_the_public_names(self) -> None:
        defined = {
            name
            for name, value in vars(errors).items()
            if isinstance(value, type) and issubclass(value, PixivError)
        }
        assert defined == set(errors.__all__)

    def test_three_are_builtin_errors_as_well(self) -> None:
        assert issubclass(errors.Timeout, TimeoutError)
        assert issubclass(errors.InvalidArgument, ValueError)
        assert issubclass(errors.MissingExtra, ImportError)

    def test_a_status_is_told_where_there_was_one(self) -> None:
        assert str(errors.NotFound("gone", endpoint="app.illust.detail", status=404)) == (
            "app.illust.detail: 404 gone"
        )
        assert str(errors.AuthError("log in", endpoint="web.webpush")) == "web.webpush: log in"

    def test_many_problems_are_summed_up(self) -> None:
        error = example_of(DecodeError)
        assert str(error).endswith("and 2 more")
        assert isinstance(error, DecodeError) and len(error.problems) == 7
