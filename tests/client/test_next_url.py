"""The query of a further page arrives alike with every HTTP library."""

from __future__ import annotations

import orjson
import pytest
from support import backends
from support.raw_server import Connection, RawServer

from pixivkit import AccessToken, Pixiv

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("wire", backends.BACKENDS)
@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ("user_id=1&offset=30", "user_id=1&offset=30"),
        ("user_id=1&tag=a b", "user_id=1&tag=a%20b"),
        ("user_id=1&tag=a\r\nX-Injected: 1", "user_id=1&tag=a%0D%0AX-Injected:%201"),
        ("user_id=1&tag=風景", "user_id=1&tag=%E9%A2%A8%E6%99%AF"),
        ("user_id=1&viewed[0]=2&x=|%zz+", "user_id=1&viewed[0]=2&x=|%zz+"),
    ],
    ids=["plain", "a blank", "a line break", "letters", "odd but allowed"],
)
async def test_what_a_next_url_holds_is_sent_alike(
    query: str, sent: str, wire: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets: list[str] = []
    next_url = f"https://app-api.pixiv.net/v1/user/illusts?{query}"
    pages = [orjson.dumps({"illusts": [], "next_url": url}) for url in (next_url, None)]

    async def behave(connection: Connection) -> None:
        while (received := await connection.request()) is not None:
            targets.append(received.target)
            await connection.reply(pages[len(targets) - 1])

    backends.use(wire, monkeypatch)
    async with (
        RawServer(behave).serving() as server,
        Pixiv(app=AccessToken("token"), hosts=server.hosts, pace=None) as px,
    ):
        async for _ in px.app.user.illusts(1):
            pass
    assert targets[1].endswith(f"/v1/user/illusts?{sent}")
    assert len(targets) == 2
