"""Runs with a journal: no write is dropped or done twice, and no answer is thrown away."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import anyio
import attrs
import httpx
import pytest
from support.full_disk import full_disk, needs_limits
from support.script import ScriptedTransport, Seen, app_error, illust_reply, json_reply

from pixivkit import AccessToken, BulkProgress, Call, Outcome, Pixiv, Reply, Retry, errors
from pixivkit.errors import JournalError, OutcomeUnknown
from pixivkit.journal import Journal
from pixivkit.testing import FakeClock, FakePixiv

pytestmark = pytest.mark.anyio

COMMENT = "app.illust.comment_add"
DETAIL = "app.illust.detail"
LIST = "app.user.illusts"


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=200, users=3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.db"


def visible(fake: FakePixiv, count: int) -> list[int]:
    """Works that the account may see."""
    works = fake.world.works.values()
    found = [work.id for work in works if not (work.restrict or work.sanity_limited)]
    assert len(found) >= count
    return found[:count]


def comments(fake: FakePixiv) -> list[str]:
    return [made.text for made in fake.world.comments.values()]


async def outcomes(px: Pixiv, calls: Any, **options: Any) -> list[Outcome[Any]]:
    return [outcome async for outcome in px.bulk(calls, **options)]


class Writes:
    """
    A server of comments that can be cut off in the middle of one.

    Attributes:
        made: The texts that arrived.
        waiting: Set when one arrived that gets no answer.
    """

    def __init__(self, *, silent_from: int = 1_000_000, answer: Any = None) -> None:
        self.made: list[str] = []
        self.waiting = anyio.Event()
        self._silent_from = silent_from
        self._answer = answer

    async def __call__(self, seen: Seen) -> httpx.Response:
        self.made.append(seen.form["comment"])
        if len(self.made) >= self._silent_from:
            self.waiting.set()
            await anyio.sleep_forever()
        if isinstance(self._answer, Exception):
            raise self._answer
        if self._answer is not None:
            answer: httpx.Response = self._answer()
            return answer
        return json_reply({"comment": {"id": len(self.made), "comment": self.made[-1]}})

    def client(self, **options: Any) -> Pixiv:
        transport = ScriptedTransport(self)
        options = {"pace": None, "retry": Retry(attempts=1), **options}
        return Pixiv(app=AccessToken("token"), transport=transport, clock=FakeClock(), **options)


def three(px: Pixiv) -> list[Call[Any]]:
    return [px.app.illust.comment_add(1, "hello") for _ in range(3)]


class TestEqualWrites:
    @pytest.mark.parametrize("ordered", [False, True])
    @pytest.mark.parametrize("limit", [1, 16])
    async def test_each_is_done_once_and_a_finished_run_sends_nothing(
        self, fake: FakePixiv, path: Path, limit: int, ordered: bool
    ) -> None:
        work = visible(fake, 1)[0]
        before = comments(fake)
        made: list[list[int]] = []
        for again in (False, True):
            async with fake.client() as px:
                calls = [px.app.illust.comment_add(work, "hello") for _ in range(3)]
                found = await outcomes(px, calls, journal=path, limit=limit, ordered=ordered)
            assert [outcome.recorded for outcome in found] == [again] * 3
            found.sort(key=lambda outcome: outcome.index)
            assert [outcome.occurrence for outcome in found] == [1, 2, 3]
            made.append([outcome.unwrap().id for outcome in found])
        assert comments(fake) == [*before, "hello", "hello", "hello"]
        assert fake.count(COMMENT) == 3
        assert len(set(made[0])) == 3
        assert made[0] == made[1]

    async def test_a_longer_run_does_what_is_new(self, fake: FakePixiv, path: Path) -> None:
        work = visible(fake, 1)[0]
        async with fake.client() as px:
            for count in (2, 5):
                calls = (px.app.illust.comment_add(work, "hello") for _ in range(count))
                await outcomes(px, calls, journal=path)
        assert comments(fake).count("hello") == 5

    async def test_they_are_numbered_by_their_place_among_all_calls(self, path: Path) -> None:
        """However they are mixed with others, and wherever they come from."""
        server = Writes()

        async def calls(px: Pixiv) -> AsyncIterator[Call[Any]]:
            for text in "abacab":
                yield px.app.illust.comment_add(1, text)

        async with server.client() as px:
            found = await outcomes(px, calls(px), journal=path, limit=4)
        found.sort(key=lambda outcome: outcome.index)
        assert [outcome.occurrence for outcome in found] == [1, 1, 2, 1, 3, 2]
        assert sorted(server.made) == sorted("abacab")

    async def test_reading_is_not_numbered(self, fake: FakePixiv, path: Path) -> None:
        work = visible(fake, 1)[0]
        async with fake.client() as px:
            calls = [px.app.illust.detail(work)] * 3
            found = await outcomes(px, calls, journal=path, limit=1)
        assert [outcome.occurrence for outcome in found] == [1, 1, 1]
        assert fake.count(DETAIL) == 1


class TestWritesInDoubt:
    async def test_one_that_was_cut_off_is_neither_repeated_nor_forgotten(
        self, path: Path
    ) -> None:
        server = Writes(silent_from=2)
        async with server.client() as px, px.bulk(three(px), journal=path, limit=3) as run:
            assert (await anext(run)).ok
            await server.waiting.wait()
        assert server.made == ["hello", "hello"]

        server = Writes()
        async with server.client() as px:
            found = await outcomes(px, three(px), journal=path, ordered=True)
        assert server.made == ["hello"]
        assert [outcome.ok for outcome in found] == [True, False, True]
        assert [outcome.recorded for outcome in found] == [True, True, False]
        error = found[1].error
        assert isinstance(error, OutcomeUnknown)
        assert error.endpoint == COMMENT
        assert "journal.forget(request, occurrence=2)" in str(error)

    def test_asyncios_own_cancellation_leaves_it_in_doubt_too(self, path: Path) -> None:
        async def main() -> None:
            server = Writes(silent_from=1)

            async def use() -> None:
                async with server.client() as px:
                    await outcomes(px, three(px), journal=path)

            task = asyncio.create_task(use())
            await server.waiting.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            server = Writes()
            async with server.client() as px:
                found = await outcomes(px, three(px), journal=path, ordered=True)
            assert isinstance(found[0].error, OutcomeUnknown)
            assert server.made == ["hello"] * 2

        asyncio.run(main())

    async def in_doubt(self, path: Path) -> None:
        """The first of three writes of an earlier run is in doubt."""
        server = Writes(silent_from=1)
        async with server.client() as px, anyio.create_task_group() as tasks:
            tasks.start_soon(lambda: outcomes(px, three(px), journal=path))
            await server.waiting.wait()
            tasks.cancel_scope.cancel()

    async def test_forgetting_it_has_it_sent_again(self, path: Path) -> None:
        await self.in_doubt(path)
        server = Writes()
        async with server.client() as px:
            first = (await outcomes(px, three(px), journal=path, ordered=True))[0]
            async with Journal(path) as journal:
                assert await journal.forget(first.call.request, occurrence=first.occurrence)
            found = await outcomes(px, three(px), journal=path, ordered=True)
        assert [outcome.ok for outcome in found] == [True] * 3
        assert server.made == ["hello"] * 3

    async def test_what_it_brought_can_be_recorded_instead(self, path: Path) -> None:
        await self.in_doubt(path)
        server = Writes()
        async with server.client() as px:
            request = three(px)[0].request
            async with Journal(path) as journal:
                reply = Reply(200, {}, {"comment": {"id": 77, "comment": "hello"}})
                await journal.record_reply(request, reply)
            found = await outcomes(px, three(px), journal=path, ordered=True)
        assert found[0].unwrap().id == 77
        assert server.made == ["hello"] * 2

    async def test_the_journal_lists_those_in_doubt(self, path: Path) -> None:
        await self.in_doubt(path)
        async with Journal(path) as journal:
            (doubtful,) = [one async for one in journal if isinstance(one.error, OutcomeUnknown)]
            assert (doubtful.endpoint, doubtful.occurrence) == (COMMENT, 1)
            assert await journal.forget(doubtful)
            assert await journal.count() == 0

    @pytest.mark.parametrize(
        "answer",
        [
            httpx.ConnectError("no route"),
            httpx.ConnectTimeout("no answer"),
            lambda: app_error("Rate Limit", 403),
            lambda: app_error("The comment is too long", 400),
        ],
        ids=["no connection", "no connection in time", "limited", "refused"],
    )
    async def test_one_that_was_not_done_leaves_nothing_behind(
        self, path: Path, answer: Exception | Callable[[], httpx.Response]
    ) -> None:
        async with Writes(answer=answer).client() as px:
            found = await outcomes(px, three(px), journal=path, patience=100)
        assert not any(outcome.ok for outcome in found)
        async with Journal(path) as journal:
            assert await journal.count() == 0

        server = Writes()
        async with server.client() as px:
            assert all(outcome.ok for outcome in await outcomes(px, three(px), journal=path))
        assert server.made == ["hello"] * 3

    @pytest.mark.parametrize(
        "answer",
        [
            httpx.ReadError("reset"),
            httpx.ReadTimeout("no answer"),
            lambda: httpx.Response(200, content=b'{"comment'),
            lambda: app_error("bad gateway", 502),
        ],
        ids=["reset", "no answer in time", "half an answer", "broken server"],
    )
    async def test_one_that_may_have_been_done_stays_in_doubt(
        self, path: Path, answer: Exception | Callable[[], httpx.Response]
    ) -> None:
        server = Writes(answer=answer)
        async with server.client() as px:
            assert not any(outcome.ok for outcome in await outcomes(px, three(px), journal=path))
            found = await outcomes(px, three(px), journal=path)
        assert server.made == ["hello"] * 3
        assert {type(outcome.error) for outcome in found} == {OutcomeUnknown}
        assert all(outcome.recorded for outcome in found)

    async def test_one_at_a_time_is_under_way(self, path: Path) -> None:
        server = Writes(silent_from=1)
        async with server.client() as px, anyio.create_task_group() as tasks:
            tasks.start_soon(lambda: outcomes(px, three(px), journal=path))
            await server.waiting.wait()
            await anyio.wait_all_tasks_blocked()
            tasks.cancel_scope.cancel()
        assert server.made == ["hello"]
        async with Journal(path) as journal:
            assert await journal.count() == 1

    async def test_one_that_no_journal_can_tell_is_not_sent(self, path: Path) -> None:
        async def chunks() -> AsyncIterator[bytes]:
            yield b"\x89PNG"

        async with Writes().client() as px:
            upload = px.app.upload.illust("A quiet hill", [chunks()])
            (outcome,) = await outcomes(px, [upload], journal=path)
        assert isinstance(outcome.error, errors.InvalidArgument)


@needs_limits
class TestFullDisks:
    @pytest.mark.parametrize("ordered", [False, True])
    @pytest.mark.parametrize("limit", [1, 16])
    async def test_the_run_ends_and_hands_out_every_answer_that_it_has(
        self, fake: FakePixiv, path: Path, limit: int, ordered: bool
    ) -> None:
        handed_out: list[Outcome[Any]] = []
        async with fake.client() as px:
            calls = [px.app.illust.detail(work) for work in visible(fake, 150)]
            with full_disk(200_000):
                run = px.bulk(calls, journal=path, limit=limit, ordered=ordered)
                with pytest.raises(JournalError, match=r"run\.db"):
                    async for outcome in run:
                        handed_out.append(outcome)
                with pytest.raises(StopAsyncIteration):
                    await anext(run)
            sent = fake.count(DETAIL)
            assert all(outcome.ok for outcome in handed_out)
            assert 10 < len(handed_out) < 140
            # At most those that were under way when the disk was full.
            assert sent - (limit - 1) <= len(handed_out) <= sent

            # With room again, what was recorded is not asked for.
            found = await outcomes(px, calls, journal=path)
        assert len(found) == 150
        recorded = sum(outcome.recorded for outcome in found)
        assert len(handed_out) - limit <= recorded < len(handed_out)
        assert fake.count(DETAIL) == sent + 150 - recorded

    async def test_a_list_ends_after_the_page_that_could_not_be_recorded(
        self, fake: FakePixiv, path: Path
    ) -> None:
        handed_out: list[Outcome[Any]] = []
        async with fake.client() as px:
            lists = [px.app.user.illusts(user) for user in fake.world.users]
            async with Journal(path) as journal:
                with full_disk(4000), pytest.raises(JournalError):
                    async for outcome in px.bulk(lists, journal=journal, limit=1):
                        handed_out.append(outcome)
        assert len(handed_out) == fake.count(LIST) == 1
        assert handed_out[0].unwrap().items

    async def test_a_write_is_not_sent_where_its_intent_cannot_be_recorded(
        self, path: Path
    ) -> None:
        server = Writes()
        async with server.client() as px, Journal(path) as journal:
            with full_disk(4000), pytest.raises(JournalError):
                await outcomes(px, three(px), journal=journal)
            assert server.made == []
            await outcomes(px, three(px), journal=journal)
        assert server.made == ["hello"] * 3

    async def test_writes_are_done_once_however_full_the_disk_is(self, path: Path) -> None:
        server = Writes()
        async with server.client() as px:
            for room in range(20_000, 120_000, 4_000):
                with full_disk(room):
                    try:
                        await outcomes(px, self.many(px), journal=path)
                    except JournalError:
                        continue
            found = await outcomes(px, self.many(px), journal=path)
        assert len(found) == 60
        in_doubt = [outcome for outcome in found if not outcome.ok]
        assert all(isinstance(outcome.error, OutcomeUnknown) for outcome in in_doubt)
        done = {str(outcome.unwrap().comment) for outcome in found if outcome.ok}
        assert len(server.made) == len(set(server.made)) == 60
        assert done <= set(server.made)

    @staticmethod
    def many(px: Pixiv) -> list[Call[Any]]:
        return [px.app.illust.comment_add(1, f"number {n}") for n in range(60)]


class TestOpening:
    @pytest.mark.parametrize("content", [b"\x89PNG" + bytes(5000), b"SQLite format 3\0" * 400])
    async def test_a_journal_that_is_none_ends_the_run_before_anything_is_sent(
        self, fake: FakePixiv, tmp_path: Path, content: bytes
    ) -> None:
        path = tmp_path / "run.db"
        path.write_bytes(content)
        async with fake.client() as px:
            with pytest.raises(JournalError):
                await outcomes(px, [px.app.illust.detail(1)] * 5, journal=path)
        assert path.read_bytes() == content
        assert fake.log == []

    async def test_a_damaged_record_ends_the_run(self, fake: FakePixiv, path: Path) -> None:
        works = visible(fake, 40)
        async with fake.client() as px:
            calls = [px.app.illust.detail(work) for work in works]
            await outcomes(px, calls, journal=path)
            database = sqlite3.connect(path)
            database.execute("UPDATE outcomes SET body = x'00' WHERE number = 7")
            database.commit()
            database.close()
            sent = fake.count(DETAIL)
            with pytest.raises(JournalError, match="damaged"):
                await outcomes(px, calls, journal=path, limit=2)
        assert fake.count(DETAIL) == sent


class TestProgress:
    @staticmethod
    def check(steps: list[BulkProgress]) -> None:
        for before, after in zip([BulkProgress(), *steps], steps, strict=False):
            assert before.done <= after.done <= before.done + 1
            assert after.pages <= before.pages + 1
            assert after.failed + after.recorded <= after.done
            assert after.total is None or after.done <= after.total

    async def test_calls_and_pages_are_counted_apart(self, fake: FakePixiv, path: Path) -> None:
        for again in (False, True):
            steps: list[BulkProgress] = []
            async with fake.client() as px:
                lists = [px.app.user.illusts(user) for user in fake.world.users]
                single = [px.app.illust.detail(work) for work in visible(fake, 2)]
                calls = [*lists, *single]
                found = await outcomes(px, calls, journal=path, progress=steps.append)
            self.check(steps)
            assert len(steps) == len(found) > 5
            assert steps[-1] == BulkProgress(
                done=5, total=5, pages=len(found) - 2, recorded=5 if again else 0
            )

    async def test_a_list_that_breaks_off_is_one_failure(self, fake: FakePixiv) -> None:
        steps: list[BulkProgress] = []
        url = "https://example.com/v1/user/illusts?user_id=1&offset=30"
        fake.fail_next(LIST, status=200, body={"illusts": [], "next_url": url})
        fake.fail_next(DETAIL, status=404)
        async with fake.client() as px:
            calls: list[Any] = [px.app.user.illusts(fake.account), px.app.illust.detail(1)]
            found = await outcomes(px, iter(calls), progress=steps.append, limit=1)
        self.check(steps)
        assert len(found) == 3
        assert steps[-1] == BulkProgress(done=2, failed=2, pages=1, total=None)


class TestWhen:
    async def test_an_outcome_says_when_it_was_fetched(self, fake: FakePixiv, path: Path) -> None:
        times: list[Any] = []
        async with fake.client() as px:
            calls = [px.app.illust.detail(work) for work in visible(fake, 3)]
            for _ in range(2):
                found = await outcomes(px, calls, journal=path, ordered=True)
                times.append([outcome.fetched_at for outcome in found])
            assert times[0] == times[1]
            (alone,) = await outcomes(px, calls[:1])
        assert alone.fetched_at is not None
        assert alone.fetched_at.utcoffset() is not None
        assert times[0][0] <= alone.fetched_at

    async def test_outcomes_are_plain_values(self, fake: FakePixiv) -> None:
        async with fake.client() as px:
            (one,) = await outcomes(px, [px.app.illust.detail(visible(fake, 1)[0])])
        assert attrs.evolve(one) == one


async def test_an_outcome_ahead_of_its_turn_ends_an_ordered_run() -> None:
    """It is the last one, and it is handed out, though one before it is not done."""

    async def answer(seen: Seen) -> httpx.Response:
        illust_id = int(seen.query["illust_id"])
        if illust_id == 1:
            await anyio.sleep_forever()
        return app_error("no", 404) if illust_id == 3 else illust_reply(seen)

    transport = ScriptedTransport(answer)
    async with Pixiv(app=AccessToken("token"), transport=transport, pace=None) as px:
        calls = [px.app.illust.detail(number) for number in range(10)]
        found = await outcomes(px, calls, limit=2, ordered=True, stop_on=(errors.NotFound,))
    assert [outcome.index for outcome in found] == [0, 2, 3]
    assert isinstance(found[-1].error, errors.NotFound)
