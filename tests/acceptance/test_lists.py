"""Stories 6, 7 and 11: lists that are followed exactly, gone on with elsewhere, and whole."""

from __future__ import annotations

import base64
import logging
import random
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import anyio
import orjson
import pytest
from support import backends
from support.raw_server import Connection, RawServer
from support.tagged import REACHED, TAG, day, post

from pixivkit import AccessToken, Pixiv
from pixivkit.errors import UnexpectedHost
from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio

Make = Callable[[RawServer], Pixiv]


@pytest.fixture(params=backends.BACKENDS)
def make_client(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes clients of a raw server, with the transport a user gets, and with that of httpx."""
    backends.use(str(request.param), monkeypatch)

    def make(server: RawServer) -> Pixiv:
        return Pixiv(app=AccessToken("token"), hosts=server.hosts, pace=None)

    return make


def query(page: int) -> str:
    """A query as pixiv writes it, and as nobody else would."""
    rng = random.Random(page)
    pairs = [(f"viewed[{n}]", str(rng.randrange(10**9))) for n in range(40)]
    pairs += [("seed_illust_ids[0]", "7"), ("word", "猫 a+b/~"), ("empty", ""), ("viewed[0]", "1")]
    rng.shuffle(pairs)
    # Half of it in capitals, a blank as a plus, and what need not be escaped escaped.
    spelled = [f"{quote(key)}={quote(value, safe='/')}" for key, value in pairs]
    return "&".join(spelled).replace("%20", "+", 1).replace("~", "%7e") + "&x=%e7%8c%ab"


async def test_06_the_query_of_the_next_page_is_sent_byte_for_byte(make_client: Make) -> None:
    async def behave(connection: Connection) -> None:
        page = 0
        while await connection.request() is not None:
            page += 1
            url = f"https://app-api.pixiv.net/v1/user/illusts?{query(page)}"
            reply = {"illusts": [{"id": page}], "next_url": url if page <= 10 else None}
            await connection.reply(orjson.dumps(reply))

    async with RawServer(behave).serving() as server, make_client(server) as px:
        ids = [work.id async for work in px.app.user.illusts(1)]
    assert ids == list(range(1, 12))
    first, *others = [received.target for received in server.requests]
    assert first == "/v1/user/illusts?user_id=1"
    assert others == [f"/v1/user/illusts?{query(page)}" for page in range(1, 11)]


@pytest.mark.parametrize(
    "next_url",
    [
        "https://evil.example/v1/user/illusts?offset=30",
        "http://127.0.0.1:{other}/v1/user/illusts?offset=30",
        "https://app-api.pixiv.net.evil.example/v1/user/illusts?offset=30",
        "https://app-api.pixiv.net@127.0.0.1:{other}/v1/user/illusts?offset=30",
    ],
)
async def test_06_no_request_goes_to_a_foreign_host(make_client: Make, next_url: str) -> None:
    async def behave(connection: Connection) -> None:
        while await connection.request() is not None:
            url = next_url.format(other=foreign.port)
            await connection.reply(orjson.dumps({"illusts": [{"id": 1}], "next_url": url}))

    foreign, server = RawServer(behave), RawServer(behave)
    seen: list[int] = []
    async with foreign.serving(), server.serving(), make_client(server) as px:
        with pytest.raises(UnexpectedHost):
            async for work in px.app.user.illusts(1):
                seen.append(work.id)
    assert seen == [1], "what came before is handed out"
    assert (len(server.requests), foreign.opened) == (1, 0)


GO_ON = """
import anyio, os, sys
from pathlib import Path
from pixivkit import Hosts, Pixiv, RefreshToken

async def main():
    url = sys.argv[2]
    hosts = Hosts(app=url + "/app", oauth=url + "/oauth")
    login = RefreshToken(os.environ["REFRESH_TOKEN"])
    async with Pixiv(app=login, hosts=hosts, pace=None) as px:
        async for work in px.resume(Path(sys.argv[1]).read_text()):
            print(work.id)

anyio.run(main, backend=sys.argv[3])
"""


async def test_07_another_process_goes_on_at_the_next_work(
    tmp_path: Path, anyio_backend: str
) -> None:
    fake = FakePixiv(works=0, users=2)
    post(fake.world, {day(0): 70, day(1): 30})
    saved = tmp_path / "cursor"
    async with fake.serve() as server:
        async with server.client() as px:
            found = px.app.search.illust(TAG, end_date=day(1), sort="date_asc")
            page = await found.first()
        assert page.cursor is not None
        saved.write_text(page.cursor)
        program = [sys.executable, "-c", GO_ON, str(saved), server.url, anyio_backend]
        done = await anyio.run_process(program, env={"REFRESH_TOKEN": fake.refresh_token})
    before = [work.id for work in page.items]
    after = [int(line) for line in done.stdout.split()]
    assert len(before) == 30
    assert before + after == list(fake.world.works)
    assert fake.count("app.search.illust") == 4
    secrets = (fake.refresh_token, *fake.credentials.access_tokens)
    content = base64.urlsafe_b64decode(page.cursor + "=" * (-len(page.cursor) % 4)).decode()
    assert [secret for secret in secrets if secret in content or secret in page.cursor] == []


async def test_11_a_tag_of_21000_works(caplog: pytest.LogCaptureFixture) -> None:
    """Each work that a search reaches comes once, and the day that hides some is told."""
    caplog.set_level(logging.WARNING, logger="pixivkit")
    fake = FakePixiv(works=0, users=2)
    quiet = {day(number): 500 for number in range(9)}
    post(fake.world, {**quiet, day(3): 6000, day(5): 11_500})
    async with fake.client() as px:
        crawl = px.crawl.tag(TAG)
        found = [work.id async for work in crawl]
    hidden = 11_500 - 2 * REACHED
    assert len(fake.world.works) == 21_000
    assert len(set(found)) == len(found) == 21_000 - hidden
    missing = set(fake.world.works) - set(found)
    assert {fake.world.works[one].date.date() for one in missing} == {day(5)}
    assert crawl.coverage.works == len(found)
    assert crawl.coverage.truncated == [day(5)]
