"""A SOCKS proxy is asked, which refuses."""

import asyncio
import socket
from threading import Thread

from pixivkit import Pixiv
from pixivkit.errors import PatienceExceeded


def refuse(listener: socket.socket, seen: list[bytes]) -> None:
    while True:
        connection, _ = listener.accept()
        with connection:
            seen.append(connection.recv(3))
            # Of the ways to log in that were offered, none will do.
            connection.sendall(b"\x05\xff")


async def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    seen: list[bytes] = []
    Thread(target=refuse, args=(listener, seen), daemon=True).start()
    proxy = f"socks5://127.0.0.1:{listener.getsockname()[1]}"
    async with Pixiv(proxy=proxy, pace=None, patience=0) as px:
        try:
            await px.web.illust.detail(1)
        except PatienceExceeded as error:
            assert "the proxy refused it" in str(error)
        else:
            raise AssertionError
    assert seen[0] == b"\x05\x01\x00"


asyncio.run(main())
