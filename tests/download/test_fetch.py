"""One file into memory: in chunks as they arrive, or whole."""

from __future__ import annotations

from typing import Any

import anyio
import httpx
import pytest
from support.clock import FakeClock
from support.image_host import (
    ImageHost,
    Misbehaviour,
    breaks_at,
    ends_at,
    instead,
    page,
    reply,
    stalls_at,
    with_headers,
)
from support.script import Chunks, ScriptedTransport

from pixivkit import AccessToken, Hosts, Pixiv, Retry, SessionCookie
from pixivkit.download import Downloadable, Source, Work
from pixivkit.errors import (
    BlockedByCloudflare,
    DecodeError,
    IncompleteFile,
    InvalidArgument,
    NotFound,
    PixivError,
    RateLimited,
    ReplyTooLarge,
    Restricted,
    ServerError,
    TransportError,
    UnexpectedHost,
)
from pixivkit.events import Event, Listener, LongWait
from pixivkit.pixiv_url import WorkRef
from pixivkit.testing import FakePixiv
from pixivkit.testing.picture_files import make_picture

pytestmark = pytest.mark.anyio

PATH = "/img-original/img/2026/03/14/12/00/00/140000001_p0.png"
URL = f"https://i.pximg.net{PATH}"
CONTENT = make_picture("png", 40, 30, "sea", 10_000)
OTHER = make_picture("png", 40, 30, "another sea", 12_000)


@pytest.fixture
def host() -> ImageHost:
    return ImageHost({PATH: CONTENT})


def client(
    transport: Any,
    *,
    attempts: int = 4,
    largest: int = 100_000,
    retry: Retry | None = None,
    on_event: Listener | None = None,
) -> Pixiv:
    return Pixiv(
        app=AccessToken("secret-bearer"),
        web=SessionCookie("secret-session"),
        pace=None,
        transport=transport,
        clock=FakeClock(),
        retry=retry or Retry(attempts=attempts),
        largest_file=largest,
        on_event=on_event,
    )


async def read(px: Pixiv, what: Downloadable = URL) -> bytes:
    """The chunks of a file, together."""
    async with px.fetch(what) as file:
        return b"".join([chunk async for chunk in file])


async def test_a_file_comes_in_chunks(host: ImageHost) -> None:
    async with client(host) as px, px.fetch(URL) as file:
        assert (file.url, file.size) == (URL, len(CONTENT))
        assert file.source == Source((URL,), "p0", 0)
        chunks = [chunk async for chunk in file]
    assert b"".join(chunks) == CONTENT
    assert len(chunks) > 2
    assert host.now == 0


async def test_a_file_comes_whole(host: ImageHost) -> None:
    async with client(host) as px:
        assert await px.fetch(URL).bytes() == CONTENT
    assert len(host.seen) == 1
    assert host.now == 0


async def test_image_hosts_get_a_referer_and_no_credentials(host: ImageHost) -> None:
    async with client(host) as px:
        await px.fetch(URL).bytes()
        await read(px)
    for seen in host.seen:
        assert seen.headers["referer"] == "https://www.pixiv.net/"
        assert "secret" not in str(seen.headers)


async def test_nothing_is_sent_before_it_is_entered_or_to_other_hosts(host: ImageHost) -> None:
    evil = Work(id="1", sources=(Source(("https://example.com/a.png",)),))
    async with client(host) as px:
        px.fetch(URL)
        with pytest.raises(UnexpectedHost):
            await read(px, evil)
        with pytest.raises(UnexpectedHost):
            await px.fetch(evil).bytes()
        with pytest.raises(InvalidArgument):
            await px.fetch("https://example.com/a.png").bytes()
    assert host.seen == []


async def test_no_more_is_read_than_is_asked_for() -> None:
    chunks = Chunks(b"\x89PNG\r\n\x1a\n" + b"x" * 992, 1000)
    transport = ScriptedTransport(lambda _: httpx.Response(200, stream=chunks))
    async with client(transport, largest=10_000_000) as px, px.fetch(URL) as file:
        for number in range(5):
            await anext(file)
            await anyio.wait_all_tasks_blocked()
            assert chunks.given <= number + 4
    assert chunks.closed


async def test_a_reset_is_gone_on_from(host: ImageHost) -> None:
    host.misbehave = [breaks_at(3000), breaks_at(2000)]
    async with client(host) as px:
        assert await read(px) == CONTENT
    assert host.ranges == ["", "bytes=3000-", "bytes=5000-"]


async def test_a_reset_is_gone_on_from_in_memory(host: ImageHost) -> None:
    host.misbehave = [breaks_at(3000), breaks_at(2000)]
    async with client(host) as px:
        assert await px.fetch(URL).bytes() == CONTENT
    assert host.ranges == ["", "bytes=3000-", "bytes=5000-"]


async def test_what_keeps_breaking_off_is_an_error(host: ImageHost) -> None:
    host.misbehave = [breaks_at(n) for n in (3000, 1000, 1000)]
    async with client(host, attempts=3) as px:
        arrived = b""
        with pytest.raises(TransportError, match="140000001"):
            async with px.fetch(URL) as file:
                async for chunk in file:
                    arrived += chunk
    assert arrived == CONTENT[:5000]
    assert len(host.seen) == 3


def without_version(at: int) -> Misbehaviour:
    def change(seen: Any, answer: Any) -> Any:
        return breaks_at(at)(seen, with_headers(etag="")(seen, answer))

    return change


async def test_what_was_handed_out_and_cannot_be_gone_on_with_is_an_error(
    host: ImageHost,
) -> None:
    host.misbehave = [without_version(3000)]
    async with client(host) as px:
        with pytest.raises(TransportError):
            await read(px)
        assert len(host.seen) == 1
        # Nothing was handed out of this one, and of the other nothing ever is.
        host.misbehave = [without_version(0), None, without_version(3000)]
        assert await read(px) == CONTENT
        assert await px.fetch(URL).bytes() == CONTENT
    assert host.ranges == [""] * 5


async def test_a_file_that_changed_meanwhile_is_not_mixed(host: ImageHost) -> None:
    async with client(host) as px:
        host.misbehave = [breaks_at(3000), lambda _, __: reply(200, OTHER, {})]
        with pytest.raises(IncompleteFile, match="became another"):
            await read(px)
        assert len(host.seen) == 2
        host.misbehave = [breaks_at(3000), lambda _, __: reply(200, OTHER, {})]
        assert await px.fetch(URL).bytes() == OTHER


async def test_a_wrong_part_is_not_handed_out(host: ImageHost) -> None:
    wrong = with_headers(content_range=f"bytes 4001-9999/{len(CONTENT)}")
    host.misbehave = [breaks_at(4000), wrong]
    arrived = b""
    async with client(host) as px:
        with pytest.raises(IncompleteFile):
            async with px.fetch(URL) as file:
                async for chunk in file:
                    arrived += chunk
    assert arrived == CONTENT[:4000]


async def test_a_file_that_vanishes_while_it_is_read_is_not_found(host: ImageHost) -> None:
    host.misbehave = [breaks_at(3000), instead(page(404))]
    work = Work(id="1", sources=(Source((URL, URL.replace("png", "jpg"))),))
    async with client(host) as px:
        with pytest.raises(NotFound):
            await read(px, work)
    assert len(host.seen) == 2


@pytest.mark.parametrize("length", [str(len(CONTENT)), ""])
async def test_a_file_without_its_end_is_an_error(host: ImageHost, length: str) -> None:
    def short(seen: Any, answer: Any) -> Any:
        return ends_at(5000)(seen, with_headers(content_length=length)(seen, answer))

    async with client(host, attempts=1) as px:
        for whole in (True, False):
            host.misbehave = [short]
            with pytest.raises(IncompleteFile) as caught:
                await (px.fetch(URL).bytes() if whole else read(px))
            assert caught.value.work_id == "140000001"


async def test_a_file_whose_length_fits_and_whose_end_is_missing_is_an_error(
    host: ImageHost,
) -> None:
    host.files[PATH] = CONTENT[:-8]
    async with client(host, attempts=2) as px:
        with pytest.raises(IncompleteFile, match="lacks its end"):
            await px.fetch(URL).bytes()
        assert len(host.seen) == 2
        with pytest.raises(IncompleteFile, match="lacks its end"):
            await read(px)
    assert len(host.seen) == 3


async def test_more_than_was_announced_is_an_error(host: ImageHost) -> None:
    async with client(host, attempts=1) as px:
        for whole in (True, False):
            host.misbehave = [with_headers(content_length="5000")]
            with pytest.raises(IncompleteFile, match="more came"):
                await (px.fetch(URL).bytes() if whole else read(px))


@pytest.mark.parametrize("says_how_long", [True, False])
async def test_what_is_larger_than_the_limit_is_not_read(says_how_long: bool) -> None:
    chunks = Chunks(b"\x89PNG\r\n\x1a\n" + b"x" * 992, 1000)
    headers = {"content-length": "1000000"} if says_how_long else {}
    transport = ScriptedTransport(lambda _: httpx.Response(200, headers=headers, stream=chunks))
    async with client(transport, largest=10_000_000) as px:
        with pytest.raises(ReplyTooLarge, match="work 140000001 page 0") as caught:
            await px.fetch(URL).bytes(limit=5000)
    assert "5000 bytes" in str(caught.value)
    assert chunks.given <= (1 if says_how_long else 7)
    assert chunks.closed
    assert len(transport.seen) == 1


async def test_the_limit_of_the_client_holds_as_well(host: ImageHost) -> None:
    async with client(host, largest=5000) as px:
        with pytest.raises(ReplyTooLarge):
            await px.fetch(URL).bytes()
        with pytest.raises(ReplyTooLarge):
            await read(px)
        assert host.now == 0
    async with client(host, largest=len(CONTENT)) as px:
        assert await px.fetch(URL).bytes(limit=len(CONTENT)) == CONTENT


REFUSALS: dict[str, tuple[httpx.Response, type[PixivError]]] = {
    "403": (page(403), Restricted),
    "404": (page(404), NotFound),
    "500": (page(500), ServerError),
    "challenge": (page(403, "<title>Just a moment...</title>"), BlockedByCloudflare),
    "page with 200": (page(200), DecodeError),
    "other bytes": (reply(200, b"no such thing, sorry", {}), DecodeError),
}


@pytest.mark.parametrize("case", REFUSALS)
async def test_what_is_no_file_raises_on_entering(host: ImageHost, case: str) -> None:
    answer, error = REFUSALS[case]
    async with client(host) as px:
        host.misbehave = [instead(answer)]
        with pytest.raises(error) as caught:
            async with px.fetch(URL):
                raise AssertionError  # Not reached.
        assert caught.value.endpoint == "image"
        assert (caught.value.work_id, caught.value.page) == ("140000001", 0)
        host.misbehave = [instead(answer)]
        with pytest.raises(error):
            await px.fetch(URL).bytes()
    assert len(host.seen) == 2
    assert host.now == 0


async def test_passing_failures_are_tried_again(host: ImageHost) -> None:
    host.misbehave = [instead(page(502)), instead(reply(429, b"", {"retry-after": "7"})), None]
    async with client(host) as px:
        assert await read(px) == CONTENT
    assert len(host.seen) == 3


async def test_patience_is_kept(host: ImageHost) -> None:
    host.misbehave = [instead(reply(429, b"", {"retry-after": "60"}))]
    async with client(host) as px:
        with pytest.raises(RateLimited) as caught:
            await px.fetch(URL, patience=5).bytes()
    assert caught.value.retry_after == pytest.approx(60)
    assert len(host.seen) == 1


@pytest.mark.parametrize("retry", [Retry(first=30), Retry(first=1)])
async def test_a_long_wait_before_another_attempt_is_told(host: ImageHost, retry: Retry) -> None:
    events: list[Event] = []
    host.misbehave = [instead(page(502)), None]
    async with client(host, retry=retry, on_event=events.append) as px:
        assert await read(px) == CONTENT
    told = [event.reason for event in events if isinstance(event, LongWait)]
    assert told == (["retry"] if retry.first == 30 else [])


async def test_leaving_early_closes_the_connection(host: ImageHost) -> None:
    async with client(host) as px:
        async with px.fetch(URL) as file:
            async for _ in file:
                break
            assert host.now == 1
        assert host.now == 0
        assert await read(px) == CONTENT


async def test_what_the_block_raises_passes_as_it_is(host: ImageHost) -> None:
    async with client(host) as px:
        with pytest.raises(KeyError, match="mine"):
            async with px.fetch(URL):
                raise KeyError("mine")
    assert host.now == 0


@pytest.mark.parametrize("at", [0, 4000])
async def test_cancelling_closes_the_connection(host: ImageHost, at: int) -> None:
    async with client(host) as px:
        for whole in (True, False):
            host.misbehave = [stalls_at(at)]

            async def fetch(whole: bool = whole) -> None:
                await (px.fetch(URL).bytes() if whole else read(px))
                raise AssertionError  # Not reached.

            async with anyio.create_task_group() as tasks:
                tasks.start_soon(fetch)
                await anyio.wait_all_tasks_blocked()
                assert host.now == 1
                tasks.cancel_scope.cancel()
            assert host.now == 0
        assert await read(px) == CONTENT


async def test_files_are_read_at_the_same_time(host: ImageHost) -> None:
    results: list[bytes] = []

    async with client(host) as px, anyio.create_task_group() as tasks:

        async def fetch() -> None:
            results.append(await read(px))

        for _ in range(5):
            tasks.start_soon(fetch)
    assert results == [CONTENT] * 5
    assert host.most_at_once > 1


async def test_candidates_are_tried_in_turn(host: ImageHost) -> None:
    base = URL.removesuffix("png")
    work = Work(id="1", sources=(Source(tuple(base + ext for ext in ("jpg", "png", "gif"))),))
    async with client(host) as px:
        assert await px.fetch(work).bytes() == CONTENT
        async with px.fetch(work) as file:
            assert file.url == URL
        host.files.clear()
        with pytest.raises(NotFound):
            await px.fetch(work).bytes()


async def test_a_mirror_gets_the_path(host: ImageHost) -> None:
    host.files = {f"/pixiv{PATH}": CONTENT}
    mirror = Hosts(images="https://mirror.example/pixiv")
    async with Pixiv(transport=host, hosts=mirror) as px:
        assert await px.fetch(URL).bytes() == CONTENT
        assert await px.fetch(f"https://mirror.example/pixiv{PATH}").bytes() == CONTENT


async def test_a_file_is_read_inside_its_block_and_once(host: ImageHost) -> None:
    async with client(host) as px:
        file = px.fetch(URL)
        with pytest.raises(PixivError, match="async with"):
            await anext(file)
        async with file:
            with pytest.raises(PixivError, match="already"):
                await file.__aenter__()
        with pytest.raises(PixivError, match="async with"):
            await anext(file)
        assert await file.bytes() == CONTENT
        late = px.fetch(URL)
    with pytest.raises(PixivError, match="left"):
        await late.bytes()


async def test_a_client_that_was_left_goes_on_with_nothing(host: ImageHost) -> None:
    host.misbehave = [breaks_at(3000)]
    entered, left = anyio.Event(), anyio.Event()

    async def fetch() -> None:
        with pytest.raises(PixivError, match="the client was left"):
            async with px.fetch(URL) as file:
                entered.set()
                await left.wait()
                async for _ in file:
                    pass

    async with anyio.create_task_group() as tasks:
        async with client(host) as px:
            tasks.start_soon(fetch)
            await entered.wait()
        left.set()
    assert len(host.seen) == 1


async def test_a_page_is_fetched_by_whatever_names_it() -> None:
    fake = FakePixiv(works=60)
    work = next(
        work
        for work in fake.world.works.values()
        if work.kind == "manga" and work.page_count > 1 and not work.restrict
    )
    async with fake.client(pace=None) as px:
        illust = await px.app.illust.detail(work.id)
        page = illust.meta_pages[1]
        expected = await px.fetch(page).bytes()
        given: list[Downloadable] = [
            f"https://www.pixiv.net/artworks/{work.id}#2", WorkRef(work.id, 1),
            page.image_urls.original or "",
        ]  # fmt: skip
        for what in given:
            assert await px.fetch(what).bytes() == expected
            assert await read(px, what) == expected
        for several in (illust, work.id, px.app.illust.detail(work.id)):
            assert await px.fetch(several, page=1).bytes() == expected
            with pytest.raises(InvalidArgument, match=f"work {work.id}: .*page="):
                await px.fetch(several).bytes()
        with pytest.raises(InvalidArgument, match="user 11"):
            async with px.fetch("https://www.pixiv.net/users/11"):
                raise AssertionError  # Not reached.
