"""The journal: what it keeps, what it refuses, and that it survives being killed."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import anyio.lowlevel
import pytest
from journal_writer import ask as ask_for_work

from pixivkit import errors, structure
from pixivkit._core.calls.cursor import following_request
from pixivkit._core.calls.request import Reply, Request
from pixivkit._core.declaration.arguments import UploadFile
from pixivkit.errors import (
    InvalidArgument,
    JournalError,
    NotFound,
    OffsetLimit,
    PixivError,
    PremiumRequired,
    Restricted,
)
from pixivkit.journal import Journal, Recorded, is_permanent, request_key
from pixivkit.registry import REGISTRY

WRITER = Path(__file__).with_name("journal_writer.py")
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
"""Of other processes: they import what this one does, installed or not."""


def ask(name: str, **arguments: object) -> Request:
    endpoint = REGISTRY[name]
    return Request(endpoint, endpoint.bind(**arguments))


def answer(work: int, title: str = "Evening") -> Reply:
    return Reply(200, {"date": "now"}, {"illust": {"id": work, "title": title}}, "localhost:1")


async def everything(journal: Journal) -> list[Recorded]:
    return [recorded async for recorded in journal]


def check_integrity(path: Path) -> None:
    database = sqlite3.connect(path)
    try:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        database.close()


# What is kept


@pytest.mark.anyio
async def test_a_recorded_reply_is_there_in_the_next_run(tmp_path: Path) -> None:
    request = ask("app.illust.detail", illust_id=7)
    async with Journal(tmp_path / "journal") as journal:
        assert await journal.recorded(request) is None
        await journal.record_reply(request, answer(7, "夕暮れ 🌆"))

    async with Journal(tmp_path / "journal") as journal:
        recorded = await journal.recorded(request)
    assert recorded is not None
    assert recorded.error is None
    assert recorded.status == 200
    assert recorded.json == {"illust": {"id": 7, "title": "夕暮れ 🌆"}}
    assert recorded.key == request_key(request)
    assert recorded.recorded_at.tzinfo is dt.UTC
    work = structure(recorded.endpoint, recorded.json, **recorded.arguments)
    assert (work.id, work.title) == (7, "夕暮れ 🌆")


@pytest.mark.anyio
async def test_long_replies_come_back_as_they_were_and_take_less_room(tmp_path: Path) -> None:
    request = ask("app.search.illust", word="sea")
    page = {"illusts": [{"id": 2**53 + i, "title": "海"} for i in range(20_000)]}
    async with Journal(tmp_path / "journal") as journal:
        await journal.record_reply(request, Reply(200, {}, page))
        recorded = await journal.recorded(request)
    assert recorded is not None
    assert recorded.json == page
    assert (tmp_path / "journal").stat().st_size < 200_000


@pytest.mark.anyio
async def test_a_recorded_page_leads_to_the_next_one(tmp_path: Path) -> None:
    """Also where the client was told another host, which is kept with the reply."""
    request = ask("app.search.illust", word="sea")
    url = "http://localhost:1/v1/search/illust?word=sea&offset=30"
    page: dict[str, object] = {"illusts": [], "next_url": url}
    async with Journal(tmp_path / "journal") as journal:
        await journal.record_reply(request, Reply(200, {}, page, "localhost:1"))
        recorded = await journal.recorded(request)
        assert recorded is not None
        assert recorded.reply is not None
        following = following_request(request, recorded.reply)
        assert following is not None
        assert await journal.recorded(following) is None
        await journal.record_reply(following, Reply(200, {}, {"illusts": []}))
        assert [one.next_url for one in await everything(journal)] == ["", url]


@pytest.mark.anyio
@pytest.mark.parametrize(
    "error",
    [
        NotFound("gone", endpoint="app.illust.detail", status=404, user_message="ありません"),
        errors.EndpointGone("no such end-point", endpoint="app.illust.detail", status=404),
        Restricted("", endpoint="app.illust.detail", status=403, reason="limited"),
        PremiumRequired("premium", endpoint="app.illust.detail", status=403),
        OffsetLimit("Offset must be no more than 5000", endpoint="app.illust.detail", status=400),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_permanent_failure_comes_back_as_it_was(tmp_path: Path, error: PixivError) -> None:
    request = ask("app.illust.detail", illust_id=7)
    async with Journal(tmp_path / "journal") as journal:
        await journal.record_failure(request, error)
        recorded = await journal.recorded(request)
    assert recorded is not None
    assert recorded.reply is None
    assert recorded.json is None
    assert type(recorded.error) is type(error)
    assert vars(recorded.error) == vars(error)
    assert str(recorded.error) == str(error)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "error",
    [
        errors.ConnectionFailed("no route"),
        errors.Timeout("too long"),
        errors.RateLimited("Rate Limit", status=403),
        errors.ServerError("oops", status=502),
        errors.RefreshTokenInvalid("no", status=400),
        errors.BlockedByCloudflare("a page", status=403),
        errors.ApiError("whatever this is", status=400),
        errors.DecodeError(["$.illust: missing"]),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_failure_that_may_pass_is_not_recorded(tmp_path: Path, error: PixivError) -> None:
    request = ask("app.illust.detail", illust_id=7)
    assert not is_permanent(error)
    async with Journal(tmp_path / "journal") as journal:
        with pytest.raises(InvalidArgument, match="may pass"):
            await journal.record_failure(request, error)
        assert await journal.recorded(request) is None


@pytest.mark.anyio
async def test_records_are_counted_listed_in_order_replaced_and_forgotten(tmp_path: Path) -> None:
    async with Journal(tmp_path / "journal") as journal:
        for work in range(1, 101):
            await journal.record_reply(ask("app.illust.detail", illust_id=work), answer(work))
        first = ask("app.illust.detail", illust_id=1)
        await journal.record_reply(first, answer(1, "Another title"))
        assert await journal.count() == 100
        listed = await everything(journal)
        assert [one.arguments["illust_id"] for one in listed] == list(range(1, 101))
        assert listed[0].json == answer(1, "Another title").json

        assert await journal.forget(first)
        assert not await journal.forget(first)
        assert await journal.recorded(first) is None
        assert await journal.count() == 99


@pytest.mark.anyio
async def test_a_journal_may_grow_while_it_is_listed(tmp_path: Path) -> None:
    async with Journal(tmp_path / "journal") as journal:
        for work in range(40):
            await journal.record_reply(ask("app.illust.detail", illust_id=work), answer(work))
        seen: list[object] = []
        async for recorded in journal:
            seen.append(recorded.arguments["illust_id"])
            if len(seen) == 1:
                request = ask("app.illust.detail", illust_id=40)
                await journal.record_reply(request, answer(40))
        assert seen == list(range(41))


@pytest.mark.anyio
async def test_what_waits_is_written_together(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    async with Journal(path) as journal:
        async with anyio.create_task_group() as tasks:
            for work in range(200):
                request = ask("app.illust.detail", illust_id=work)
                tasks.start_soon(journal.record_reply, request, answer(work))
        assert await journal.count() == 200
        assert commits(path.with_name("journal-wal")) < 20


def commits(log: Path) -> int:
    """How many transactions a write-ahead log of SQLite holds (sqlite.org/fileformat2.html)."""
    content = log.read_bytes()
    step = 24 + int.from_bytes(content[8:12], "big")
    return sum(any(content[at + 4 : at + 8]) for at in range(32, len(content), step))


# Keys


def test_keys_are_the_same_in_every_process_and_version() -> None:
    request = ask("app.illust.detail", illust_id=123)
    digest = "791bb4be151a4566c9c3757a7d514181b156a644bd0c65b7fac111ae36ce6230"
    assert request_key(request).hex() == digest
    in_another = subprocess.run(
        [
            sys.executable,
            "-c",
            "from journal_writer import ask, request_key; print(request_key(ask(123)).hex())",
        ],
        env=ENVIRONMENT,
        capture_output=True,
        check=True,
        text=True,
    )
    assert in_another.stdout.strip() == digest


def test_defaults_and_spellings_make_no_difference() -> None:
    plain = ask("app.search.illust", word="sea")
    default = plain.endpoint.signature.parameters["sort"].default
    assert request_key(plain) == request_key(ask("app.search.illust", word="sea", sort=default))
    as_text = ask("app.search.illust", word="sea", start_date="2026-01-31")
    as_date = ask("app.search.illust", word="sea", start_date=dt.date(2026, 1, 31))
    assert request_key(as_text) == request_key(as_date)


def test_what_differs_has_another_key() -> None:
    first = ask("app.search.illust", word="sea")
    requests = [
        first,
        Request(first.endpoint, first.arguments, "https://app-api.pixiv.net/?offset=30"),
        ask("app.search.illust", word="海"),
        ask("app.search.illust", word="sea", start_date="2026-01-31"),
        ask("app.illust.detail", illust_id=1),
        ask("app.illust.detail", illust_id=2),
    ]
    assert len({request_key(request) for request in requests}) == len(requests)


def test_files_are_told_by_path_or_content() -> None:
    def upload(*files: object) -> bytes:
        given: dict[str, object] = {"title": "A", "caption": "", "files": files}
        return request_key(fill("app.upload.illust", **given))

    assert upload("a.png") == upload(Path("a.png"))
    assert upload(b"\x89PNG 1") == upload(b"\x89PNG 1")
    keys = {
        upload("a.png"),
        upload("b.png"),
        upload("a.png", "b.png"),
        upload(b"\x89PNG 1"),
        upload(b"\x89PNG 2"),
        upload(UploadFile(b"\x89PNG 1", name="a.png")),
    }
    assert len(keys) == 6


def fill(name: str, **arguments: object) -> Request:
    """A request whose other arguments are whatever they may be."""
    endpoint = REGISTRY[name]
    return Request(endpoint, tuple(arguments.get(p.name, p.default) for p in endpoint.params))


async def chunks() -> AsyncIterator[bytes]:
    yield b"\x89PNG"


@pytest.mark.anyio
async def test_what_cannot_be_recorded_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    streamed = fill("app.upload.illust", title="A", files=(chunks(),))
    token = ask("oauth.auth.token_refresh", refresh_token="very-secret")
    async with Journal(tmp_path / "journal") as journal:
        for request in (streamed, token):
            with pytest.raises(InvalidArgument):
                await journal.recorded(request)
            with pytest.raises(InvalidArgument):
                await journal.record_reply(request, Reply(200, {}, {}))
    assert b"very-secret" not in (tmp_path / "journal").read_bytes()


# Opening


@pytest.mark.anyio
async def test_opening_twice_is_fine_and_who_is_inside_keeps_it_open(tmp_path: Path) -> None:
    request = ask("app.illust.detail", illust_id=7)
    journal = Journal(tmp_path / "journal")
    async with journal:
        async with journal:
            await journal.record_reply(request, answer(7))
        assert await journal.count() == 1

    await journal.open()
    await journal.open()
    async with journal:
        pass
    assert await journal.count() == 1
    await journal.aclose()
    await journal.aclose()
    with pytest.raises(JournalError, match="not open"):
        await journal.count()


@pytest.mark.anyio
async def test_only_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    command = [sys.executable, str(WRITER), str(path), "asyncio", "0", "1"]
    async with Journal(path) as journal:
        await journal.record_reply(ask("app.illust.detail", illust_id=7), answer(7))
        with pytest.raises(JournalError, match="in use"):
            await Journal(path).open()
        other = await anyio.run_process(command, check=False, env=ENVIRONMENT)
        assert other.returncode != 0
        assert b"JournalError" in other.stderr
        assert b"in use" in other.stderr
        assert await journal.count() == 1
    alone = await anyio.run_process(command, env=ENVIRONMENT)
    assert alone.stdout.endswith(b"done\n")


@pytest.mark.anyio
async def test_a_foreign_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    photo, music, newer = tmp_path / "photo", tmp_path / "music", tmp_path / "newer"
    photo.write_bytes(b"\x89PNG" + bytes(5000))
    run_sql(music, "CREATE TABLE songs (name TEXT)")
    async with Journal(newer):
        pass
    run_sql(newer, "PRAGMA user_version = 3")
    for path, words in ((photo, "not a database"), (music, "another program"), (newer, "newer")):
        before = path.read_bytes()
        with pytest.raises(JournalError, match=words):
            await Journal(path).open()
        assert path.read_bytes() == before
    with pytest.raises(JournalError):
        await Journal(tmp_path / "missing" / "journal").open()
    with pytest.raises(JournalError):
        await Journal(tmp_path).open()


def run_sql(path: Path, statement: str) -> None:
    database = sqlite3.connect(path)
    try:
        database.execute(statement)
        database.commit()
    finally:
        database.close()


@pytest.mark.anyio
async def test_an_empty_file_becomes_a_journal(tmp_path: Path) -> None:
    """It is what a kill leaves between making the file and writing to it."""
    (tmp_path / "journal").touch()
    async with Journal(tmp_path / "journal") as journal:
        assert await journal.count() == 0


@pytest.mark.anyio
async def test_a_damaged_journal_says_so(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    async with Journal(path) as journal:
        for work in range(200):
            reply = answer(work, random.Random(work).randbytes(400).hex())
            await journal.record_reply(ask("app.illust.detail", illust_id=work), reply)
    content = path.read_bytes()

    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(JournalError):
        async with Journal(path) as journal:
            await everything(journal)

    path.write_bytes(content[:4096] + bytes(len(content) - 4096))
    with pytest.raises(JournalError):
        async with Journal(path) as journal:
            await everything(journal)


@pytest.mark.anyio
async def test_a_record_that_is_not_what_was_written_says_so(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    request = ask("app.illust.detail", illust_id=7)
    async with Journal(path) as journal:
        await journal.record_reply(request, answer(7))
    run_sql(path, "UPDATE outcomes SET body = x'7b'")
    async with Journal(path) as journal:
        with pytest.raises(JournalError, match="damaged"):
            await journal.recorded(request)


@pytest.mark.parametrize(
    "damage",
    [
        "body = NULL",
        "body = NULL, compressed = 1",
        "body = 7",
        "body = x'00', compressed = 1",
        "body = x''",
        "key = x'00'",
        "key = 'text'",
        "request = NULL",
        "request = '[]'",
        "request = '猫'",
        "request = x'ff'",
        "request = replace(request, 'app.illust.detail', 'app.illust.other!')",
        "occurrence = NULL",
        "occurrence = 'first'",
        "occurrence = 2",
        "recorded_at = NULL",
        "recorded_at = 1e300",
        "recorded_at = 'now'",
        "status = NULL",
        "host = NULL",
        "error = 'no JSON'",
        "error = '[]'",
        "error = '{}'",
        "error = x'00'",
        """error = '{"type": "KeyboardInterrupt", "message": ""}'""",
        """error = '{"type": "NotFound", "message": "", "colour": "red"}'""",
    ],
)
@pytest.mark.anyio
async def test_whatever_is_damaged_in_a_record_says_so(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "journal"
    request = ask("app.illust.detail", illust_id=7)
    async with Journal(path) as journal:
        await journal.record_reply(request, answer(7))
    allow_anything(path)
    run_sql(path, f"UPDATE outcomes SET {damage}")
    async with Journal(path) as journal:
        with pytest.raises(JournalError):
            await everything(journal)
        if not damage.startswith("key"):
            with pytest.raises(JournalError):
                await journal.recorded(request)


def allow_anything(path: Path) -> None:
    """Take away what the columns of a journal are declared to hold."""
    database = sqlite3.connect(path)
    try:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '')")
        database.commit()
    finally:
        database.close()


@pytest.mark.anyio
async def test_a_path_that_can_be_none_says_so() -> None:
    with pytest.raises(JournalError, match="null"):
        await Journal("run\0.db").open()


@pytest.mark.anyio
async def test_a_journal_of_the_first_version_is_read_and_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    first, second = (ask("app.illust.detail", illust_id=number) for number in (1, 2))
    async with Journal(path) as journal:
        await journal.record_reply(first, answer(1))
        await journal.record_failure(second, NotFound("gone", status=404))
    run_sql(path, "ALTER TABLE outcomes DROP COLUMN occurrence")
    run_sql(path, "PRAGMA user_version = 1")

    write = ask("app.illust.comment_add", illust_id=1, comment="hello")
    async with Journal(path) as journal:
        recorded = await journal.recorded(first)
        assert recorded is not None
        assert (recorded.json, recorded.occurrence) == (answer(1).json, 1)
        await journal.begin(write, occurrence=2)
    async with Journal(path) as journal:
        assert [one.occurrence for one in await everything(journal)] == [1, 1, 2]


# Writes


@pytest.mark.anyio
async def test_a_write_that_was_begun_is_in_doubt_until_its_outcome_is_recorded(
    tmp_path: Path,
) -> None:
    write = ask("app.illust.comment_add", illust_id=1, comment="hello")
    async with Journal(tmp_path / "journal") as journal:
        await journal.begin(write)
        await journal.begin(write, occurrence=2)
    async with Journal(tmp_path / "journal") as journal:
        for occurrence in (1, 2):
            recorded = await journal.recorded(write, occurrence=occurrence)
            assert recorded is not None
            assert recorded.reply is None
            assert isinstance(recorded.error, errors.OutcomeUnknown)
            assert "journal.forget(request" in str(recorded.error)
        assert await journal.recorded(write, occurrence=3) is None

        await journal.record_reply(write, Reply(200, {}, {"comment": {"id": 5}}))
        assert await journal.forget(write, occurrence=2)
        recorded = await journal.recorded(write)
        assert recorded is not None
        assert recorded.json == {"comment": {"id": 5}}
        assert await journal.count() == 1
        with pytest.raises(InvalidArgument, match="occurrence"):
            await journal.begin(write, occurrence=0)


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such mode there")
@pytest.mark.anyio
async def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    async with Journal(tmp_path / "journal") as journal:
        await journal.record_reply(ask("app.illust.detail", illust_id=7), answer(7))
        assert modes(tmp_path) == {
            "journal": 0o600,
            "journal-wal": 0o600,
            "journal-shm": 0o600,
            "journal-lock": 0o600,
        }


def modes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}


# Cancellation and crashes


@pytest.mark.anyio
async def test_a_reply_that_came_is_recorded_even_if_the_task_is_cancelled(tmp_path: Path) -> None:
    async with Journal(tmp_path / "journal") as journal:
        with anyio.CancelScope() as scope:
            scope.cancel()
            for work in range(5):
                await journal.record_reply(ask("app.illust.detail", illust_id=work), answer(work))
            await anyio.lowlevel.checkpoint()
        assert scope.cancelled_caught
        assert await journal.count() == 5


def test_tasks_that_asyncio_cancels_do_no_harm(tmp_path: Path) -> None:
    """asyncio's own cancellation, which no scope holds off."""

    async def main() -> None:
        async with Journal(tmp_path / "journal") as journal:
            tasks = [
                asyncio.create_task(
                    journal.record_reply(ask("app.illust.detail", illust_id=work), answer(work))
                )
                for work in range(60)
            ]
            await asyncio.sleep(0)
            for task in tasks[::3]:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
            assert not [one for one in results if isinstance(one, Exception)]
            for work, result in enumerate(results):
                if result is None:
                    assert await journal.recorded(ask("app.illust.detail", illust_id=work))

    asyncio.run(main())
    check_integrity(tmp_path / "journal")


@pytest.mark.anyio
async def test_each_writer_hears_of_a_write_that_failed(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    failures: list[JournalError] = []

    async def record(work: int) -> None:
        try:
            await journal.record_reply(ask("app.illust.detail", illust_id=work), answer(work))
        except JournalError as exc:
            failures.append(exc)

    async with anyio.create_task_group() as tasks:
        for work in range(3):
            tasks.start_soon(record, work)
    assert len(set(map(id, failures))) == 3
    async with journal:
        await record(3)
        assert await journal.count() == 1


def test_after_a_kill_nothing_is_lost_and_nothing_sent_again(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    choose = random.Random(20)
    kept: dict[int, bytes] = {}
    for run in range(20):
        backend = ("asyncio", "trio")[run % 2]
        lines = run_and_kill([str(path), backend, "0", "1000000"], choose.randrange(0, 60))
        for line in lines:
            word, *rest = line.split()
            if word == "kept":
                kept[int(rest[1])] = bytes.fromhex(rest[0])
            elif word == "sent":
                assert int(rest[0]) not in kept, "sent again"
        if path.exists():
            check_integrity(path)

    async def check() -> None:
        async with Journal(path) as journal:
            assert await journal.count() >= len(kept) > 100
            for work, key in kept.items():
                recorded = await journal.recorded(ask_for_work(work))
                assert recorded is not None, "lost"
                assert recorded.key == key
            assert {recorded.key async for recorded in journal} >= {*kept.values()}

    anyio.run(check)


def run_and_kill(arguments: list[str], count: int) -> list[str]:
    """Run the writer, kill it after *count* lines, and return all it could say."""
    process = subprocess.Popen(
        [sys.executable, str(WRITER), *arguments],
        stdout=subprocess.PIPE,
        env=ENVIRONMENT,
        text=True,
    )
    with process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(count)]
        process.kill()
        lines += process.stdout.read().splitlines()
    return [line for line in lines if line]
