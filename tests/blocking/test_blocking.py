"""Clients in scripts: `pixivkit.blocking`."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Literal

import anyio
import pytest

import pixivkit
from pixivkit import (
    BlockingPixiv,
    ClientPool,
    Pixiv,
    PixivError,
    blocking,
)
from pixivkit.errors import InvalidArgument, NotFound, RateLimited
from pixivkit.sinks import JsonLines
from pixivkit.testing import FakePixiv

Backend = Literal["asyncio", "trio"]


@pytest.fixture(params=["asyncio", "trio"])
def backend(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv()


@pytest.fixture
def px(fake: FakePixiv, backend: Backend) -> Iterator[BlockingPixiv]:
    with blocking(fake.client(), backend=backend) as px:
        yield px


def shown(fake: FakePixiv, count: int) -> list[int]:
    """Ids of works that anybody may see, of one page."""
    works = fake.world.works.values()
    seen = [w for w in works if not (w.restrict or w.sanity_limited or w.kind != "illust")]
    return [work.id for work in seen if work.page_count == 1][:count]


class TestRun:
    def test_a_call_brings_its_result(self, px: BlockingPixiv, fake: FakePixiv) -> None:
        [illust_id] = shown(fake, 1)
        assert px.run(px.app.illust.detail(illust_id)).id == illust_id
        assert px.run(px.web.illust.detail(illust_id)).id == illust_id
        assert len(px.run(px.app.search.illust("風景").take(40))) == 40
        assert px.run(px.with_options(patience=1).app.illust.detail(illust_id)).id == illust_id

    def test_so_does_anything_that_can_be_awaited(
        self, px: BlockingPixiv, fake: FakePixiv, tmp_path: Path
    ) -> None:
        [illust_id] = shown(fake, 1)
        [file] = px.run(px.download(illust_id, tmp_path))
        assert file.path.read_bytes() == px.run(px.fetch(illust_id).bytes())

        async def title() -> str:
            return (await px.app.illust.detail(illust_id)).title

        assert px.run(title()) == fake.world.works[illust_id].title

    def test_an_error_is_the_error(self, px: BlockingPixiv) -> None:
        with pytest.raises(NotFound, match=r"app\.illust\.detail"):
            px.run(px.app.illust.detail(1))

        async def fail() -> None:
            raise LookupError("mine")

        with pytest.raises(LookupError, match="mine"):
            px.run(fail())

    def test_what_leaves_the_program_leaves_it(self, px: BlockingPixiv, fake: FakePixiv) -> None:
        async def leave() -> None:
            raise SystemExit(3)

        with pytest.raises(SystemExit):
            px.run(leave())
        assert px.run(px.app.illust.detail(shown(fake, 1)[0]))

    @pytest.mark.parametrize(
        "value, hint",
        [
            (5, "not int"),
            (anyio.sleep, "not function; call it first"),
            (None, "not NoneType"),
        ],
    )
    def test_it_says_what_it_takes(self, px: BlockingPixiv, value: Any, hint: str) -> None:
        with pytest.raises(TypeError, match=f"run: takes what can be awaited, {hint}"):
            px.run(value)

    def test_it_says_what_lists_and_runs_are_for(self, px: BlockingPixiv) -> None:
        bulk: Any = px.bulk([px.app.illust.detail(1)])
        with pytest.raises(TypeError, match=r"not Bulk; go through it with px.each"):
            px.run(bulk)
        pages: Any = px.app.search.illust("x")
        with pytest.raises(TypeError, match="is a list"):
            px.run(pages)

    def test_a_callback_cannot_wait_for_the_client(
        self, px: BlockingPixiv, fake: FakePixiv, tmp_path: Path
    ) -> None:
        [illust_id] = shown(fake, 1)

        def progress(_: object) -> None:
            px.run(px.app.illust.detail(illust_id))

        with pytest.raises(PixivError, match="callback"):
            px.run(px.download(illust_id, tmp_path, progress=progress))


class TestEach:
    def test_a_list_is_walked_as_far_as_the_loop_goes(
        self, px: BlockingPixiv, fake: FakePixiv
    ) -> None:
        for _ in px.each(px.app.search.illust("風景")):
            break
        assert fake.count("app.search.illust") == 1

        found = [illust.id for illust in px.each(px.app.search.illust("風景"))]
        assert found == [work.id for work in fake.world.search("風景", fake.user)]

    def test_runs_need_nothing_of_their_own(
        self, px: BlockingPixiv, fake: FakePixiv, tmp_path: Path
    ) -> None:
        ids = shown(fake, 30)
        outcomes = px.each(px.bulk((px.app.illust.detail(n) for n in ids), ordered=True))
        assert [outcome.unwrap().id for outcome in outcomes] == ids

        files = [done.file for done in px.each(px.downloads(ids, tmp_path))]
        assert all(file and file.path.is_file() for file in files)
        assert len(files) == len(ids)

        found = {work.id for work in px.each(px.crawl.user_works(fake.account))}
        assert found >= {work.id for work in fake.world.works_of(fake.account, fake.user)}

    def test_nothing_is_asked_for_before_it_is_needed(self, px: BlockingPixiv) -> None:
        asked: list[int] = []

        async def numbers() -> AsyncIterator[int]:
            for number in range(5):
                asked.append(number)
                yield number

        for number in px.each(numbers()):
            assert asked == list(range(number + 1))

    @pytest.mark.parametrize("how", ["to its end", "break", "raise", "fail"])
    def test_it_is_closed_in_the_task_that_ran_it(self, px: BlockingPixiv, how: str) -> None:
        tasks: list[int] = []

        async def numbers() -> AsyncGenerator[int]:
            tasks.append(anyio.get_current_task().id)
            try:
                # What is opened at one item and closed at another: it takes a single task.
                with anyio.CancelScope():
                    for number in range(3):
                        yield number
                        if how == "fail":
                            raise LookupError("inside")
            finally:
                tasks.append(anyio.get_current_task().id)

        def loop() -> None:
            for _ in px.each(numbers()):
                if how == "break":
                    break
                if how == "raise":
                    raise LookupError("mine")

        expected: Any = contextlib.nullcontext()
        if how in ("raise", "fail"):
            expected = pytest.raises(LookupError, match="mine" if how == "raise" else "inside")
        with expected:
            loop()
        assert len(tasks) == 2
        assert tasks[0] == tasks[1]

    def test_a_loop_that_is_dropped_is_closed_wherever_that_happens(
        self, px: BlockingPixiv
    ) -> None:
        closed = threading.Event()

        async def numbers() -> AsyncGenerator[int]:
            try:
                yield 1
                yield 2
            finally:
                closed.set()

        kept = [px.each(numbers())]
        assert next(kept[0]) == 1

        async def drop() -> None:
            kept.clear()

        px.run(drop())
        assert closed.wait(30)

    @pytest.mark.parametrize("value, hint", [([1], "not list"), (5, "not int")])
    def test_it_says_what_it_takes(self, px: BlockingPixiv, value: Any, hint: str) -> None:
        with pytest.raises(TypeError, match=f"each: takes what goes with `async for`, {hint}"):
            px.each(value)

    def test_it_says_what_calls_are_for(self, px: BlockingPixiv) -> None:
        call: Any = px.app.illust.detail(1)
        with pytest.raises(TypeError, match=r"not Call; px.run"):
            px.each(call)


class TestEnter:
    def test_a_file_is_read_as_it_arrives(self, px: BlockingPixiv, fake: FakePixiv) -> None:
        with px.enter(px.fetch(shown(fake, 1)[0])) as file:
            data = b"".join(px.each(file))
        assert len(data) == file.size

    def test_a_sink_is_written(self, px: BlockingPixiv, tmp_path: Path) -> None:
        path = tmp_path / "works.jsonl"
        with px.enter(JsonLines(path)) as sink:
            for illust in px.each(px.app.search.illust("風景").take(3)):
                px.run(sink.write(illust))
        assert len(path.read_text("utf-8").splitlines()) == 3

    def test_a_run_ends_with_the_block(self, px: BlockingPixiv, fake: FakePixiv) -> None:
        calls = [px.app.illust.detail(number) for number in shown(fake, 30)]
        with px.enter(px.bulk(calls)) as run:
            for _ in px.each(run):
                break
            assert list(px.each(run)) == []

    def test_it_is_told_of_an_error(self, px: BlockingPixiv) -> None:
        told: list[object] = []

        @contextlib.asynccontextmanager
        async def manager() -> AsyncIterator[int]:
            try:
                yield 7
            except LookupError as exc:
                told.append(exc)
                raise

        with pytest.raises(LookupError, match="mine"), px.enter(manager()) as value:
            assert value == 7
            raise LookupError("mine")
        assert len(told) == 1

    def test_it_says_what_it_takes(self, px: BlockingPixiv) -> None:
        value: Any = px.app.illust.detail(1)
        with pytest.raises(TypeError, match="enter: takes what goes with `async with`, not Call"):
            px.enter(value)


class TestThreads:
    def test_each_waits_for_its_own_call(self, px: BlockingPixiv, fake: FakePixiv) -> None:
        ids = shown(fake, 60)

        def title(illust_id: int) -> int:
            return px.run(px.app.illust.detail(illust_id)).id

        with concurrent.futures.ThreadPoolExecutor(8) as threads:
            assert list(threads.map(title, ids)) == ids

    def test_leaving_the_block_ends_what_others_wait_for(
        self, fake: FakePixiv, backend: Backend
    ) -> None:
        begun, ended = threading.Event(), threading.Event()

        async def endless() -> None:
            begun.set()
            try:
                await anyio.sleep_forever()
            finally:
                ended.set()

        with concurrent.futures.ThreadPoolExecutor(1) as threads:
            with blocking(fake.client(), backend=backend) as px:
                waiting = threads.submit(lambda: px.run(endless()))
                assert begun.wait(30)
            assert ended.is_set()
            with pytest.raises(PixivError, match="the client was left"):
                waiting.result(30)

    def test_a_loop_that_was_begun_ends_too(self, fake: FakePixiv, backend: Backend) -> None:
        with blocking(fake.client(), backend=backend) as px:
            works = px.each(px.app.search.illust("風景"))
            next(works)
        with pytest.raises(PixivError, match="the client was left"):
            next(works)


class TestLifetime:
    def test_what_was_left_says_so(self, fake: FakePixiv, backend: Backend) -> None:
        with blocking(fake.client(), backend=backend) as px:
            pass
        with pytest.raises(PixivError, match="the client was left"):
            px.run(px.app.illust.detail(1))
        with pytest.raises(PixivError, match="the client was left"):
            px.run(px.download(1, "nowhere"))
        with pytest.raises(PixivError, match="the client was left"):
            list(px.each(px.app.search.illust("x")))
        with pytest.raises(PixivError, match="the client was left"):
            px.bulk([])
        assert fake.log == []

    def test_a_client_may_be_used_again(self, fake: FakePixiv) -> None:
        client, [illust_id] = fake.client(), shown(fake, 1)
        door = blocking(client)
        for entering in (door, door, blocking(client, backend="trio")):
            with entering as px:
                assert px.run(px.app.illust.detail(illust_id)).id == illust_id

        async def use() -> None:
            async with client:
                assert (await client.app.illust.detail(illust_id)).id == illust_id

        asyncio.run(use())

    def test_one_that_is_in_use_is_refused(self, fake: FakePixiv) -> None:
        client = fake.client()
        with blocking(client):
            with pytest.raises(PixivError, match="entered already"), blocking(client):
                pass
            assert [t.name for t in threading.enumerate()].count("pixivkit") == 1

    def test_an_error_of_the_block_is_raised_as_it_is(self, fake: FakePixiv) -> None:
        error = LookupError("mine")
        with pytest.raises(LookupError) as caught, blocking(fake.client()):
            raise error
        assert caught.value is error
        assert "pixivkit" not in [thread.name for thread in threading.enumerate()]

    def test_without_a_block_it_says_how(self, fake: FakePixiv) -> None:
        door: Any = blocking(fake.client())
        for name in ("run", "app", "download"):
            with pytest.raises(AttributeError, match=rf"with pixivkit.blocking.*px.{name}"):
                getattr(door, name)

    def test_it_says_what_it_takes(self, px: BlockingPixiv) -> None:
        value: Any = Pixiv
        with pytest.raises(InvalidArgument, match=r"takes a client, such as Pixiv\(...\)"):
            blocking(value)
        with pytest.raises(InvalidArgument, match="blocking already"):
            blocking(px)

    def test_it_names_a_backend_that_is_none(self, fake: FakePixiv) -> None:
        backend: Any = "curio"
        with (
            pytest.raises(InvalidArgument, match=r"backend: .*'curio'"),
            blocking(fake.client(), backend=backend),
        ):
            pass

    def test_it_works_where_a_loop_runs(self, fake: FakePixiv) -> None:
        [illust_id] = shown(fake, 1)

        async def notebook() -> None:
            with blocking(fake.client()) as px:
                assert px.run(px.app.illust.detail(illust_id)).id == illust_id
                outcomes = px.each(px.bulk([px.app.illust.detail(illust_id)]))
                assert [outcome.ok for outcome in outcomes] == [True]
                with pytest.raises(PixivError, match=r"use px.run\(...\)"):
                    await px.app.illust.detail(illust_id)

        asyncio.run(notebook())


class TestClients:
    def test_a_pool_is_one(self, backend: Backend) -> None:
        fakes = [FakePixiv(), FakePixiv()]
        with blocking(ClientPool(fake.client() for fake in fakes), backend=backend) as px:
            assert len(px.accounts) == 2
            calls = [px.app.illust.detail(number) for number in shown(fakes[0], 20)]
            assert len(px.run(px.gather(calls))) == 20

    def test_a_class_of_your_own_stays_one(self, fake: FakePixiv) -> None:
        class Mine(Pixiv):
            def greeting(self) -> str:
                return f"I am {type(self).__name__}"

        with blocking(Mine(**fake.login(), transport=fake.transport)) as px:
            assert isinstance(px, Mine)
            assert isinstance(px, BlockingPixiv)
            assert px.greeting() == "I am BlockingMine"

    def test_another_client_may_be_entered(self, px: BlockingPixiv, fake: FakePixiv) -> None:
        with px.enter(FakePixiv().client()) as other:
            assert px.run(other.app.illust.detail(shown(fake, 1)[0]))

    def test_limits_are_told_as_ever(self, px: BlockingPixiv, fake: FakePixiv) -> None:
        px.run(px.app.illust.detail(shown(fake, 1)[0]))
        fake.fail_next("app.illust.detail", status=429, headers={"retry-after": "600"})
        with pytest.raises(RateLimited) as caught:
            px.run(px.with_options(patience=0).app.illust.detail(1))
        assert caught.value.retry_after is not None


def test_it_is_a_name_of_the_package() -> None:
    assert pixivkit.blocking is blocking
