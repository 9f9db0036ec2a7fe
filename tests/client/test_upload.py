"""Posting works: bodies as a well-kept parser reads them, and the way to the published work."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import anyio.lowlevel
import httpx
import pytest
from python_multipart.multipart import parse_form
from support.clock import FakeClock
from support.raw_server import Connection, RawServer
from support.script import (
    ScriptedTransport,
    Seen,
    TokenServer,
    app_error,
    expired,
    in_turn,
    json_reply,
    rate_limit,
)

from pixivkit import AccessToken, Pixiv, Progress, RefreshToken, UploadFile, errors

pytestmark = pytest.mark.anyio

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
JPEG = b"\xff\xd8\xff\xe0" + b"--boundary\r\n" * 50
GIF = b"GIF89a" + b"\r\n--" * 10
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 "


class Parsed:
    """
    A multipart body, parsed.

    Attributes:
        fields: Names and texts, in order.
        files: Field, file name, type and content of each file, in order.
    """

    def __init__(self, content_type: str, body: bytes) -> None:
        self.fields: list[tuple[str, str]] = []
        self.files: list[tuple[str, str, str, bytes]] = []
        headers = {
            "Content-Type": content_type.encode(),
            "Content-Length": str(len(body)).encode(),
        }
        parse_form(headers, io.BytesIO(body), self._on_field, self._on_file)

    def _on_field(self, field) -> None:  # type: ignore[no-untyped-def]
        self.fields.append((field.field_name.decode(), (field.value or b"").decode()))

    def _on_file(self, file) -> None:  # type: ignore[no-untyped-def]
        file.file_object.seek(0)
        self.files.append((
            file.field_name.decode(),
            file.file_name.decode(),
            file.content_type,
            file.file_object.read(),
        ))  # fmt: skip


def parsed(seen: Seen) -> Parsed:
    return Parsed(seen.headers["content-type"], seen.body)


def accepting() -> ScriptedTransport:
    return ScriptedTransport(lambda _: json_reply({"convert_key": "key"}))


def client(transport: ScriptedTransport, clock: FakeClock | None = None) -> Pixiv:
    return Pixiv(
        app=AccessToken("token"), transport=transport, pace=None, clock=clock or FakeClock()
    )


async def drip(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 100):
        await anyio.lowlevel.checkpoint()
        yield content[start : start + 100]
    yield b""


async def test_every_field_and_page_arrives_in_order(tmp_path: Path) -> None:
    path = tmp_path / "hill at dawn.png"
    path.write_bytes(PNG)
    transport = accepting()
    async with client(transport) as px:
        upload = await px.app.upload.illust(
            '夜明け "dawn" & more\r\nsecond line',
            [path, str(path), JPEG, drip(GIF), UploadFile(WEBP, "last", "image/webp")],
            caption="",
            type="manga",
            restrict="private",
            x_restrict="r18",
            is_sexual=True,
            tags=["風景", "two words", "風景"],
        )
    assert upload.convert_key == "key"
    (seen,) = transport.seen
    assert (seen.method, seen.path) == ("POST", "/v1/upload/illust")
    body = parsed(seen)
    assert body.fields == [
        ("title", '夜明け "dawn" & more\r\nsecond line'),
        ("caption", ""),
        ("type", "manga"),
        ("restrict", "private"),
        ("x_restrict", "r18"),
        ("is_sexual", "true"),
        ("tags[]", "風景"),
        ("tags[]", "two words"),
        ("tags[]", "風景"),
    ]
    assert body.files == [
        ("files[]", "hill at dawn.png", "image/png", PNG),
        ("files[]", "hill at dawn.png", "image/png", PNG),
        ("files[]", "2.jpg", "image/jpeg", JPEG),
        ("files[]", "3", "application/octet-stream", GIF),
        ("files[]", "last", "image/webp", WEBP),
    ]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PNG, "0.png", "image/png"),
        (JPEG, "0.jpg", "image/jpeg"),
        (GIF, "0.gif", "image/gif"),
        (WEBP, "0.webp", "image/webp"),
        (b"what is this?", "0", "application/octet-stream"),
    ],
)
async def test_the_type_of_bytes_is_read_from_their_beginning(
    content: bytes, name: str, kind: str
) -> None:
    transport = accepting()
    async with client(transport) as px:
        await px.app.upload.illust("A quiet hill", [content])
    assert parsed(transport.seen[0]).files == [("files[]", name, kind, content)]


async def test_what_a_file_is_told_to_be_goes_before_what_it_looks_like(tmp_path: Path) -> None:
    path = tmp_path / "page.jpg"
    path.write_bytes(PNG)
    transport = accepting()
    async with client(transport) as px:
        await px.app.upload.illust(
            "A quiet hill", [path, UploadFile(path, name="x", content_type="image/gif")]
        )
    assert [file[1:3] for file in parsed(transport.seen[0]).files] == [
        ("page.jpg", "image/png"),
        ("x", "image/gif"),
    ]


async def test_odd_file_names_do_not_break_the_body() -> None:
    transport = accepting()
    async with client(transport) as px:
        name = 'a"b\r\nX-Evil: 1\r\n\r\n日本.png'
        await px.app.upload.illust("A quiet hill", [UploadFile(PNG, name=name)])
    ((_, arrived, kind, content),) = parsed(transport.seen[0]).files
    assert arrived == "a%22b%0D%0AX-Evil: 1%0D%0A%0D%0A日本.png"
    assert (kind, content) == ("image/png", PNG)


async def test_a_body_of_known_size_has_a_length_and_another_goes_in_chunks(
    tmp_path: Path,
) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(PNG)
    transport = accepting()
    async with client(transport) as px:
        await px.app.upload.illust("A quiet hill", [path, PNG])
        await px.app.upload.illust("A quiet hill", [path, drip(PNG)])
    known, unknown = transport.seen
    assert int(known.headers["content-length"]) == len(known.body)
    assert "transfer-encoding" not in known.headers
    assert unknown.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in unknown.headers


@pytest.mark.parametrize("streamed", [False, True])
async def test_it_arrives_so_over_a_real_connection(streamed: bool) -> None:
    async def behave(connection: Connection) -> None:
        await connection.request()
        await connection.reply(b'{"convert_key": "key"}')

    big = PNG * 500
    server = RawServer(behave)
    async with (
        server.serving(),
        Pixiv(app=AccessToken("token"), hosts=server.hosts, pace=None) as px,
    ):
        file = drip(big) if streamed else big
        response = await px.app.upload.illust("A quiet hill", [file]).response()
    assert response.value.convert_key == "key"
    (received,) = server.requests
    body = Parsed(received.headers["content-type"], received.body)
    assert body.files[0][3] == big
    assert ("content-length" in received.headers) is not streamed


async def test_progress_adds_up_to_the_size_of_the_body(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(PNG * 100)
    transport = accepting()
    steps: list[Progress] = []
    async with client(transport) as px:
        call = px.app.upload.illust("A quiet hill", [path, PNG])
        await call.response(progress=steps.append)
    size = len(transport.seen[0].body)
    assert [step.done for step in steps] == sorted({step.done for step in steps})
    assert steps[-1].done == size
    assert {step.total for step in steps} == {size}
    assert len(steps) > 3


async def test_progress_has_no_total_where_nobody_knows_it() -> None:
    transport = accepting()
    steps: list[Progress] = []
    async with client(transport) as px:
        call = px.app.upload.illust("A quiet hill", [drip(PNG)])
        await call.response(progress=steps.append)
    assert {step.total for step in steps} == {None}
    assert steps[-1].done == len(transport.seen[0].body)


async def test_a_call_may_be_sent_twice_with_its_files_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(PNG)
    transport = accepting()
    async with client(transport) as px:
        call = px.app.upload.illust("A quiet hill", [path])
        await call
        path.write_bytes(JPEG)
        await call
    assert [parsed(seen).files[0][3] for seen in transport.seen] == [PNG, JPEG]


@pytest.mark.parametrize("title", ["", " ", "\n\u3000"])
async def test_a_work_needs_a_title(title: str) -> None:
    transport = accepting()
    async with client(transport) as px:
        with pytest.raises(errors.InvalidArgument, match="title"):
            await px.app.upload.illust(title, [PNG])
    assert not transport.seen


@pytest.mark.parametrize(
    "files",
    [[], [b""], [3], [None], "page.png", b"bytes", [io.BytesIO(PNG)]],
    ids=["none", "empty", "a number", "None", "text", "bytes", "an open file"],
)
async def test_files_that_are_none_are_refused_before_anything_is_sent(files: object) -> None:
    transport = accepting()
    async with client(transport) as px:
        with pytest.raises(errors.InvalidArgument, match="files"):
            await px.app.upload.illust("A quiet hill", files)  # type: ignore[arg-type]
    assert not transport.seen


@pytest.mark.parametrize("kind", ["missing", "a folder", "empty"])
async def test_a_file_that_cannot_be_read_is_refused_before_anything_is_sent(
    kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "page.png"
    if kind == "a folder":
        path.mkdir()
    elif kind == "empty":
        path.write_bytes(b"")
    transport = accepting()
    async with Pixiv(app=RefreshToken("refresh"), transport=transport) as px:
        with pytest.raises(errors.InvalidArgument, match=r"page\.png") as caught:
            await px.app.upload.illust("A quiet hill", [PNG, path])
    assert caught.value.endpoint == "app.upload.illust"
    assert not transport.seen


# What is sent again.


async def test_an_upload_that_may_have_arrived_is_not_sent_again() -> None:
    transport = ScriptedTransport(in_turn(httpx.ReadError("reset")))
    async with client(transport) as px:
        with pytest.raises(errors.TransportError):
            await px.app.upload.illust("A quiet hill", [PNG])
    assert len(transport.seen) == 1


async def test_one_that_pixiv_refused_for_its_rate_is_sent_again_in_full() -> None:
    transport = ScriptedTransport(in_turn(rate_limit(), json_reply({"convert_key": "key"})))
    async with client(transport) as px:
        await px.app.upload.illust("A quiet hill", [PNG])
    assert [parsed(seen).files[0][3] for seen in transport.seen] == [PNG, PNG]


async def test_a_stream_is_never_sent_again_and_yet_the_account_pauses() -> None:
    clock = FakeClock()
    transport = ScriptedTransport(in_turn(rate_limit(), json_reply({"convert_key": "key"})))
    async with client(transport, clock) as px:
        with pytest.raises(errors.RateLimited) as caught:
            await px.app.upload.illust("A quiet hill", [drip(PNG)])
        assert len(transport.seen) == 1
        assert px.pace["app"].paused_for >= 60
    assert caught.value.retry_after is not None


async def test_a_stream_is_not_sent_again_with_the_token_that_the_next_call_uses() -> None:
    server = TokenServer()

    def answer(seen: Seen) -> httpx.Response:
        if seen.path == "/v1/upload/illust":
            return json_reply({"convert_key": "key"}) if seen.bearer == "access-2" else expired()
        return server(seen)

    transport = ScriptedTransport(answer)
    async with Pixiv(
        app=RefreshToken("refresh-0"), transport=transport, pace=None, clock=FakeClock()
    ) as px:
        with pytest.raises(errors.AuthError) as caught:
            await px.app.upload.illust("A quiet hill", [drip(PNG)])
        await px.app.upload.illust("A quiet hill", [drip(PNG)])
    assert not caught.value.needs_login
    assert [seen.bearer for seen in transport.to("/v1/upload/illust")] == ["access-1", "access-2"]


async def test_a_stream_that_was_not_begun_may_be_sent_after_a_connection_failed() -> None:
    attempts = 0

    class Unreachable(ScriptedTransport):
        async def handle_async_request(self, request: object) -> object:
            nonlocal attempts
            attempts += 1
            if attempts == 1:
                raise httpx.ConnectError("no route")
            return await super().handle_async_request(request)

    transport = Unreachable(lambda _: json_reply({"convert_key": "key"}))
    async with client(transport) as px:
        await px.app.upload.illust("A quiet hill", [drip(PNG)])
    assert parsed(transport.seen[0]).files[0][3] == PNG


# From the upload to the published work.


def publishing(*statuses: httpx.Response) -> ScriptedTransport:
    status = in_turn(*statuses)

    def answer(seen: Seen) -> httpx.Response:
        if seen.path == "/v1/upload/illust":
            return json_reply({"convert_key": "key"})
        assert seen.form == {"convert_key": "key"}
        reply = status(seen)
        assert isinstance(reply, httpx.Response)
        return reply

    return ScriptedTransport(answer)


WORKING = json_reply({"status": "CONVERTING", "illust_id": None})
COMPLETE = json_reply({"status": "COMPLETE", "illust_id": 140000012})


async def test_publish_sends_the_work_and_waits_until_it_is_there() -> None:
    clock = FakeClock()
    transport = publishing(WORKING, WORKING, WORKING, COMPLETE)
    async with client(transport, clock) as px:
        published = await px.publish(px.app.upload.illust("A quiet hill", [PNG]))
    assert (published.illust_id, published.convert_key) == (140000012, "key")
    assert len(transport.to("/v1/upload/status")) == 4
    assert clock.slept == [0.5, 1.0, 2.0]


async def test_the_waits_grow_to_a_limit() -> None:
    clock = FakeClock()
    transport = publishing(*[WORKING] * 12, COMPLETE)
    async with client(transport, clock) as px:
        await px.publish(px.app.upload.illust("A quiet hill", [PNG]))
    assert clock.slept == sorted(clock.slept)
    assert len(clock.slept) == 12
    assert clock.slept[-1] == clock.slept[-2] <= 30


async def test_waiting_for_pixiv_to_process_has_an_end() -> None:
    clock = FakeClock()
    transport = publishing(WORKING)
    async with client(transport, clock) as px:
        call = px.app.upload.illust("A quiet hill", [PNG])
        with pytest.raises(errors.UploadFailed, match="CONVERTING"):
            await px.publish(call, processing=60)
    assert 30 <= clock.monotonic() <= 60
    assert len(transport.to("/v1/upload/illust")) == 1


async def test_an_upload_that_failed_is_said_so() -> None:
    transport = publishing(WORKING, json_reply({"status": "FAILED", "illust_id": None}))
    async with client(transport) as px:
        with pytest.raises(errors.UploadFailed, match="FAILED"):
            await px.publish(px.app.upload.illust("A quiet hill", [PNG]))


async def test_other_errors_on_the_way_are_what_they_are() -> None:
    async with client(publishing(app_error("", 404))) as px:
        with pytest.raises(errors.NotFound) as caught:
            await px.publish(px.app.upload.illust("A quiet hill", [PNG]))
    assert caught.value.endpoint == "app.upload.status"


async def test_a_status_that_cannot_be_asked_for_a_moment_does_no_harm() -> None:
    transport = publishing(httpx.Response(502), COMPLETE)
    async with client(transport) as px:
        await px.publish(px.app.upload.illust("A quiet hill", [PNG]))
    assert len(transport.to("/v1/upload/illust")) == 1


async def test_publish_reports_progress_and_takes_calls_of_illusts_only() -> None:
    steps: list[Progress] = []
    transport = publishing(COMPLETE)
    async with client(transport) as px:
        call = px.app.upload.illust("A quiet hill", [PNG])
        await px.publish(call, progress=steps.append)
        assert steps[-1].done == steps[-1].total
        with pytest.raises(errors.InvalidArgument, match=r"app\.upload\.illust"):
            await px.publish(px.app.upload.novel("Title", "Text"))
    assert len(transport.seen) == 2
