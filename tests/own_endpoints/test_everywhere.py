"""What works for pixiv's endpoints works for one's own: runs, cursors, the command, the fake."""

from __future__ import annotations

import json
import math
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import openapi_spec_validator
import pytest
from click.testing import CliRunner

from own_endpoints.gallery import GALLERY, Mark, Print, PrintApi, Prints
from own_endpoints.orders import Order, OrderApi
from own_endpoints.test_gallery import KEY
from pixivkit import (
    APP,
    REGISTRY,
    Api,
    ApiKey,
    Auth,
    Base,
    Call,
    Pages,
    Pixiv,
    Retry,
    get,
    structure,
    unstructure,
)
from pixivkit.cli.command import commands
from pixivkit.errors import ApiError, AuthError, DecodeError, InvalidArgument, NotFound
from pixivkit.openapi import export
from pixivkit.testing import Context, FakeClock, FakePixiv, FaultPlan, Refusal, view

ONE = {"data": {"id": 1, "title": "Print 1", "paper": "matte"}}


@view("gallery.order.place")
def place(context: Context) -> object:
    if context.arguments["print_id"] > 6:
        raise Refusal(404, {"error": {"message": "there is no such print"}})
    return {"id": 1, "copies": context.arguments["copies"], "currency": "JPY"}


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(
        works=5,
        users=2,
        examples={"gallery.print.detail": ONE},
        logins={GALLERY: {"X-Api-Key": KEY}},
    )


@pytest.fixture
def client(fake: FakePixiv) -> Callable[..., Pixiv]:
    def make(**options: Any) -> Pixiv:
        return fake.client(credentials={GALLERY: ApiKey(KEY)}, **options)

    return make


@pytest.mark.anyio
class TestClients:
    async def test_calls_by_name_and_by_pickle(self, client: Callable[..., Pixiv]) -> None:
        async with client() as px:
            by_name = px.call("gallery.print.detail", print_id=1)
            assert by_name == PrintApi(px).detail(1)
            assert isinstance(by_name, Call)
            call = px.attach(pickle.loads(pickle.dumps(by_name)))
            assert (await call).title == "Print 1"

    async def test_lists_go_on_from_a_cursor(self, client: Callable[..., Pixiv]) -> None:
        async with client() as px:
            page = await PrintApi(px).listed().first()
            assert page.cursor is not None
            assert [one.id for one in await px.resume(page.cursor).take(9)] == [3, 4, 5, 6]

    async def test_runs_with_a_journal_send_once(
        self, fake: FakePixiv, client: Callable[..., Pixiv], tmp_path: Path
    ) -> None:
        for _ in range(2):
            async with client() as px:
                calls: list[Pages[Prints, Print]] = [PrintApi(px).listed()]
                run = px.bulk(calls, journal=tmp_path / "run.db")
                pages = [outcome.unwrap() async for outcome in run]
                writes = px.bulk([OrderApi(px).place(1, copies=2)], journal=tmp_path / "orders.db")
                orders = [outcome.unwrap() async for outcome in writes]
            assert [one.id for page in pages for one in page.items] == [1, 2, 3, 4, 5, 6]
            assert orders == [Order(1, 2)]
        assert fake.count("gallery.print.listed") == 3
        assert fake.count("gallery.order.place") == 1

    async def test_each_host_has_a_pace_of_its_own(self, client: Callable[..., Pixiv]) -> None:
        async with client() as px:
            await PrintApi(px).detail(1)
            assert {*px.pace} == {"app", "web", "gallery"}

    async def test_plain_classes_fit_as_a_whole(self, fake: FakePixiv) -> None:
        fake.examples["gallery.order.place"] = {"data": {"id": 1, "copies": "many"}}
        async with fake.client(credentials={GALLERY: ApiKey(KEY)}) as px:
            with pytest.raises(DecodeError, match=r"gallery\.order\.place"):
                await OrderApi(px).place(1)


class TestReplies:
    def test_those_that_were_stored_are_read_and_written(self) -> None:
        read = structure("gallery.print.detail", ONE)
        assert (read.id, read.title, read.extra) == (1, "Print 1", {"paper": "matte"})
        assert unstructure(read) == {**ONE["data"], "price": None}


class TestDeclarations:
    @pytest.mark.parametrize("auth", [Auth.BEARER, Auth.COOKIE, Auth.CSRF])
    def test_logins_of_pixiv_are_for_pixiv(self, auth: Auth) -> None:
        with pytest.raises(TypeError, match=r"gallery\.mine\.of.*is for pixiv"):

            class MineApi(Api, base=GALLERY, resource="mine", auth=auth):
                @get("/mine")
                def of(self) -> Call[Print]:
                    """Never declared."""
                    raise NotImplementedError

    def test_own_logins_are_not(self) -> None:
        with pytest.raises(TypeError, match=r"app\.mine\.of.*bases of your own"):

            class MineApi(Api, base=APP, resource="mine", auth=Auth.OWN):
                @get("/mine")
                def of(self) -> Call[Print]:
                    """Never declared."""
                    raise NotImplementedError

    @pytest.mark.parametrize(
        ("name", "url"),
        [
            ("app", "https://evil.example"),
            ("web", "https://evil.example"),
            ("images", "https://evil.example"),
            ("two.words", "https://fine.example"),
            ("Shop", "https://fine.example"),
            ("fine", "fine.example"),
            ("fine", "ftp://fine.example"),
        ],
    )
    def test_bases_that_are_none(self, name: str, url: str) -> None:
        with pytest.raises(InvalidArgument, match=f"base '{name}'"):
            Base(name, url)


@pytest.mark.anyio
class TestTheFake:
    async def test_a_view_refuses(self, client: Callable[..., Pixiv]) -> None:
        async with client() as px:
            with pytest.raises(NotFound, match="no such print"):
                await OrderApi(px).place(7)

    @pytest.mark.parametrize("served", [False, True])
    async def test_it_wants_the_login(self, fake: FakePixiv, served: bool) -> None:
        wrong = {GALLERY: ApiKey("another-key-altogether")}
        with fake.serve() as server:
            make = server.client if served else fake.client
            async with make(credentials=wrong) as px:
                with pytest.raises(AuthError, match="gallery: the login is missing or wrong"):
                    await PrintApi(px).listed().first()

    async def test_it_checks_parameters(self, client: Callable[..., Pixiv]) -> None:
        async with client() as px:
            call = OrderApi(px).place(1)
            wrong = attrs.evolve(call.request, arguments=(1, 99))
            with pytest.raises(ApiError, match="copies"):
                await px.send(wrong)

    async def test_endpoints_that_are_declared_later(
        self, fake: FakePixiv, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as before:
            for name in [name for name in REGISTRY if name.startswith("gallery.")]:
                before.delitem(REGISTRY, name)
            async with fake.client() as px:
                await px.app.upload.novel_covers()
        async with fake.client() as px:
            assert (await PrintApi(px).detail(1)).id == 1

    async def test_one_without_an_answer_says_what_to_do(self, fake: FakePixiv) -> None:
        async with fake.client() as px:
            with pytest.raises(LookupError, match=r"gallery\.order\.bill: give it a view"):
                await OrderApi(px).bill(1)

    async def test_examples_go_before_what_it_would_answer(self) -> None:
        fake = FakePixiv(works=5, users=2, examples={"app.illust.detail": {"illust": {"id": 77}}})
        async with fake.client() as px:
            assert (await px.app.illust.detail(1)).id == 77

    def test_examples_of_nothing_are_refused(self) -> None:
        with pytest.raises(InvalidArgument, match=r"did you mean 'gallery\.print\.detail'"):
            FakePixiv(examples={"gallery.print.details": {}})

    async def test_faults_are_for_them_too(
        self, fake: FakePixiv, client: Callable[..., Pixiv]
    ) -> None:
        fake.plan = FaultPlan({"gallery.*": {"status_502": 0.3, "rate_limit_429": 0.3}}, seed=2)
        async with client(clock=FakeClock(), retry=Retry(attempts=9), patience=math.inf) as px:
            assert len(await PrintApi(px).listed().take(9)) == 6
        assert fake.plan.count() > 0


class TestWhatIsMadeOfTheRegistry:
    def test_the_command_lists_them(self) -> None:
        listed = CliRunner().invoke(commands, ["endpoints", "gallery", "--json"]).output
        found = {one["name"]: one for one in json.loads(listed)}
        assert found["gallery.print.listed"]["paging"] == "mark"
        assert found["gallery.print.listed"]["auth"] == "own"
        assert found["gallery.print.detail"]["host"] == "gallery.example"

    def test_the_command_as_the_document_has_it(self) -> None:
        run = "import gallery, pixivkit.cli; pixivkit.cli.main()"
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", run, "endpoints", "gallery"],
            cwd=Path(__file__).parent,
            env={"PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert done.stdout.startswith("gallery.print.detail\tGET\t/prints/{print_id}\tnone")

    def test_openapi_describes_them(self) -> None:
        document: Any = export(GALLERY)
        openapi_spec_validator.validate(document)
        assert document["servers"][0]["url"] == "https://gallery.example/api"
        listed = document["paths"]["/prints"]["get"]
        assert listed["security"] == [{"own": []}]
        assert listed["x-paging"]["kind"] == "mark"
        assert "own_endpoints.gallery.Print" in document["components"]["schemas"]
        bill = document["paths"]["/bill"]["post"]
        assert bill["security"] == [{}, {"own": []}]

    def test_and_leaves_them_out_of_pixivs(self) -> None:
        document: Any = export()
        assert "/prints" not in document["paths"]


def test_a_strategy_is_a_plain_class() -> None:
    mark = Mark("prints")
    assert mark.after({}, {"mark": None}) is None
