"""Replies of a live session, kept as files and given again; the fake stands for pixiv here."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixivkit import Pixiv, RefreshToken, SessionCookie
from pixivkit.errors import InvalidArgument, NotFound, RateLimited, ReplyNotRecorded
from pixivkit.testing import FakePixiv, RecordingTransport, ReplayTransport
from pixivkit.testing.scrubbing import Scrubber

pytestmark = pytest.mark.anyio


@pytest.fixture
def fake() -> FakePixiv:
    fake = FakePixiv(works=0)
    fake.user.name = "Rowan of the Hill"
    painter = fake.add_user(name="絵描きさん", comment="write to me@studio.example.jp")
    for number in range(40):
        fake.add_illust(title=f"駅 {number}", user=painter, tags=["風景"], size=(40, 30))
    fake.add_ugoira(frames=3, user=painter)
    return fake


def recording(fake: FakePixiv, folder: Path) -> Pixiv:
    transport = RecordingTransport(folder, transport=fake.transport, hide=[fake.user.name])
    return fake.client(transport=transport)


def replaying(folder: Path) -> Pixiv:
    return Pixiv(
        app=RefreshToken("another-refresh-token"),
        web=SessionCookie("1_another-session-cookie"),
        transport=ReplayTransport(folder, hide=["Rowan of the Hill"]),
        pace=None,
    )


async def use(px: Pixiv, folder: Path) -> list[object]:
    """A session as a program has it: reads, a list of pages, a write, files, an error."""
    ids = [illust.id async for illust in px.app.search.illust("風景")]
    detail = await px.web.illust.detail(ids[0])
    await px.web.illust.like(ids[0])
    [file] = await px.download(ids[1], folder)
    ugoira = [one.id async for one in px.app.user.illusts(11_000_002, type="illust")]
    with pytest.raises(NotFound):
        await px.app.illust.detail(1)
    user = await px.app.user.detail(11_000_002)
    return [ids, detail.title, file.path.name, file.size, ugoira, user.user.name]


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


async def test_a_session_is_given_again(fake: FakePixiv, tmp_path: Path) -> None:
    folder = tmp_path / "replies"
    async with recording(fake, folder) as px:
        first = await use(px, tmp_path / "first")
    requests = len(fake.log)
    assert len(files(folder)) == requests
    async with replaying(folder) as px:
        again = await use(px, tmp_path / "again")
    # A picture that stands for another has a size of its own.
    assert [one for at, one in enumerate(again) if at != 3] == [
        one for at, one in enumerate(first) if at != 3
    ]
    assert len(fake.log) == requests


async def test_no_secret_is_in_any_file(fake: FakePixiv, tmp_path: Path) -> None:
    folder = tmp_path / "replies"
    async with recording(fake, folder) as px:
        await use(px, tmp_path / "pictures")
        await px.app.user.detail(fake.account)
    bearers = {one.headers["authorization"].split()[1] for one in fake.log if
               "authorization" in one.headers}  # fmt: skip
    secrets = {fake.refresh_token, fake.session_cookie, fake.csrf_token, *bearers}
    assert len(secrets) >= 4
    everything = "".join(path.name + path.read_text("utf-8") for path in files(folder))
    assert [secret[:4] for secret in secrets if secret in everything] == []
    assert "Rowan of the Hill" not in everything
    assert "studio.example.jp" not in everything
    assert "PHPSESSID" not in everything
    assert "絵描きさん" in everything


async def test_a_file_says_what_was_asked_and_answered(fake: FakePixiv, tmp_path: Path) -> None:
    async with recording(fake, tmp_path) as px:
        await px.app.illust.detail(next(iter(fake.world.works)))
    token, detail = files(tmp_path)
    assert token.name == "00001-POST-oauth.secure.pixiv.net-auth-token.json"
    assert detail.name == "00002-GET-app-api.pixiv.net-v1-illust-detail.json"
    made = json.loads(detail.read_text("utf-8"))
    assert made["version"] == 1
    assert made["request"] == {
        "method": "GET",
        "host": "app-api.pixiv.net",
        "path": "/v1/illust/detail",
        "query": [["illust_id", "140000001"]],
        "form": [],
    }
    assert made["reply"]["status"] == 200
    assert set(made["reply"]["headers"]) == {"content-type"}
    assert made["reply"]["body"]["json"]["illust"]["title"] == "駅 0"


async def test_pictures_are_not_kept(fake: FakePixiv, tmp_path: Path) -> None:
    fake.images.least_bytes = 200_000
    work, *_, ugoira = fake.world.works.values()
    folder = tmp_path / "replies"
    async with recording(fake, folder) as px:
        await px.download(work.id, tmp_path)
        await px.download(ugoira.id, tmp_path / "ugoira")
    bodies = [json.loads(path.read_text("utf-8"))["reply"]["body"] for path in files(folder)]
    [picture] = [body for body in bodies if "picture" in body]
    assert (picture["picture"], picture["width"], picture["height"]) == ("jpg", 40, 30)
    assert picture["size"] >= 200_000
    [archive] = [body["archive"] for body in bodies if "archive" in body]
    assert archive["frames"] == ["000000.jpg", "000001.jpg", "000002.jpg"]
    assert all(path.stat().st_size < 20_000 for path in files(folder))
    async with replaying(folder) as px:
        [again] = await px.download(ugoira.id, tmp_path / "again")
        assert again.size < 20_000


async def test_what_was_not_recorded_is_named(fake: FakePixiv, tmp_path: Path) -> None:
    async with recording(fake, tmp_path) as px:
        await px.app.illust.detail(140_000_001)
    async with replaying(tmp_path) as px:
        with pytest.raises(
            ReplyNotRecorded, match=r"GET app-api\.pixiv\.net/v1/illust/detail ill"
        ):
            await px.app.illust.detail(140_000_002)
        outcomes = [one async for one in px.bulk([px.app.illust.detail(140_000_003)])]
        assert isinstance(outcomes[0].error, ReplyNotRecorded)


async def test_replies_to_the_same_request_come_in_their_order(
    fake: FakePixiv, tmp_path: Path
) -> None:
    async with recording(fake, tmp_path) as px:
        for title in ("一", "二"):
            fake.world.works[140_000_001].title = title
            await px.app.illust.detail(140_000_001)
    # What is there stays, and counting goes on.
    async with recording(fake, tmp_path) as px:
        fake.fail_next("app.illust.detail", status=429, headers={"retry-after": "77"})
        with pytest.raises(RateLimited):
            await px.with_options(patience=30).app.illust.detail(140_000_001)
    async with replaying(tmp_path) as px:
        titles = [(await px.app.illust.detail(140_000_001)).title for _ in range(2)]
        assert titles == ["一", "二"]
        for _ in range(2):
            with pytest.raises(RateLimited) as caught:
                await px.with_options(patience=0).app.illust.detail(140_000_001)
            assert caught.value.retry_after is not None
            assert caught.value.retry_after > 60


async def test_packed_bodies_are_unpacked_in_files(tmp_path: Path) -> None:
    class Packed(httpx.AsyncBaseTransport):
        async def handle_async_request(self, _: httpx.Request) -> httpx.Response:
            import gzip

            body = gzip.compress(b'{"illust": {"id": 7, "title": "x"}}')
            headers = {"content-type": "application/json", "content-encoding": "gzip"}
            return httpx.Response(200, headers=headers, stream=httpx.ByteStream(body))

    async with Pixiv(transport=RecordingTransport(tmp_path, transport=Packed())) as px:
        await px.app.walkthrough.illusts().first()
    [path] = files(tmp_path)
    assert json.loads(path.read_text("utf-8"))["reply"]["body"]["json"]["illust"]["id"] == 7


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": 1, "request": {"a": 1}}'])
async def test_a_file_that_is_no_recording_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "00001-x.json").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidArgument, match=r"00001-x\.json is no recording"):
        ReplayTransport(tmp_path)


async def test_a_folder_without_any_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidArgument, match="no recordings in"):
        ReplayTransport(tmp_path)


SECRETS = st.from_regex(r"[A-Za-z0-9_-]{12,40}", fullmatch=True)
NAMES = st.sampled_from(["access_token", "refresh_token", "PHPSESSID", "postKey", "Token"])


@given(SECRETS, NAMES, st.text(alphabet="abc \"'{}=:;", max_size=20))
def test_a_secret_that_was_seen_is_gone_wherever_it_stands(
    secret: str, name: str, around: str
) -> None:
    scrubber = Scrubber()
    made = [
        scrubber.json({"data": [{name: secret}], "text": around + secret}),
        scrubber.text(f"{around}{secret}{around}"),
        scrubber.pairs([("q", secret)]),
        scrubber.query(f"a={secret}"),
    ]
    assert secret not in json.dumps(made)


@given(SECRETS)
def test_headers_are_learnt_from(secret: str) -> None:
    scrubber = Scrubber()
    scrubber.learn_headers(
        [("Authorization", f"Bearer {secret}a"), ("Cookie", f"a=1; PHPSESSID={secret}b")]
    )
    scrubber.learn_headers([("Set-Cookie", f"PHPSESSID={secret}c; Path=/")])
    for end in "abc":
        assert secret not in scrubber.text(f"<i>{secret}{end}</i>")


@pytest.mark.parametrize(
    "page",
    [
        'x = {"token":"SECRET"}',
        r'{"state": "{\"api\":{\"token\":\"SECRET\"}}"}',
        'pixiv.context.token = "SECRET"',
        'pixiv.context.postKey="SECRET";',
    ],
)
async def test_tokens_in_pages_keep_their_shape(page: str) -> None:
    secret = "0123456789abcdef" * 2
    assert Scrubber().text(page.replace("SECRET", secret)) == page.replace("SECRET", "0" * 32)
