"""
An HTTPS proxy that is pixiv: what clients send to pixiv's hosts goes to a fake on this machine.

Clients need no change: they are told of the proxy and of its authority by the environment, as
behind the proxy of a company. Other hosts are refused, so nothing leaves this machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import attrs
import trustme

HOSTS: Final = (
    "accounts.pixiv.net",
    "app-api.pixiv.net",
    "i.pximg.net",
    "oauth.secure.pixiv.net",
    "s.pximg.net",
    "www.pixiv.net",
)


@attrs.frozen
class Seen:
    """
    A request that came.

    Attributes:
        method: ``GET`` or ``POST``.
        host: The host of pixiv that it was for; another one was refused.
        path: Its path.
        sent: Names and values of its query, then of its form.
    """

    method: str
    host: str
    path: str
    sent: tuple[tuple[str, str], ...]


@attrs.define
class Proxy:
    """
    A running proxy.

    Attributes:
        url: Where it listens.
        authority: A file with the certificate that clients have to trust.
        seen: What came since somebody last took it.
    """

    url: str
    authority: Path
    seen: list[Seen] = attrs.field(factory=list[Seen])

    def take(self) -> list[Seen]:
        """Return what came, and forget it."""
        taken, self.seen = self.seen, []
        return taken

    def environment(self) -> dict[str, str]:
        """The variables that send a client through the proxy."""
        names = "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"
        proxies = (f"{scheme}_proxy" for scheme in ("http", "https", "all"))
        return {name: str(self.authority) for name in names} | {
            spelled: self.url for name in proxies for spelled in (name, name.upper())
        }


@contextlib.contextmanager
def proxying(server: str, folder: Path) -> Iterator[Proxy]:
    """
    Run the proxy while the block does.

    Args:
        server: Where the fake pixiv is.
        folder: Where the certificate of the authority is written.
    """
    authority = trustme.CA()
    file = folder / "authority.pem"
    authority.cert_pem.write_to_path(file)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*HOSTS).configure_cert(tls)
    proxy = Proxy("", file)
    connections = _Connections(proxy, server, tls)
    started, loop = threading.Event(), asyncio.new_event_loop()

    def run() -> None:
        listen = asyncio.start_server(connections.serve, "127.0.0.1", 0)
        listening = loop.run_until_complete(listen)
        port = listening.sockets[0].getsockname()[1]
        proxy.url = f"http://127.0.0.1:{port}"
        started.set()
        loop.run_forever()
        listening.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    started.wait()
    try:
        yield proxy
    finally:
        asyncio.run_coroutine_threadsafe(_end_tasks(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end_tasks() -> None:
    """Cancel what waits for clients that went without a word."""
    waiting = asyncio.all_tasks() - {asyncio.current_task()}
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


class _Connections:
    """What is done with a connection of a client."""

    def __init__(self, proxy: Proxy, server: str, tls: ssl.SSLContext) -> None:
        self._proxy = proxy
        self._server = urlsplit(server)
        self._tls = tls
        # asyncio itself forgets a task whose client has gone.
        self._serving: set[object] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        task = asyncio.current_task()
        self._serving.add(task)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await self._serve(reader, writer)
        finally:
            writer.close()
            self._serving.discard(task)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method, target, headers = _head(await reader.readuntil(b"\r\n\r\n"))
        if method == "CONNECT":
            host = target.partition(":")[0]
            if host not in HOSTS:
                self._refuse(method, host, writer)
                return
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await writer.start_tls(self._tls)
            method, target, headers = _head(await reader.readuntil(b"\r\n\r\n"))
        else:
            # What axios sends: the whole address, to the proxy itself.
            split = urlsplit(target)
            host = split.hostname or ""
            target = split._replace(scheme="", netloc="").geturl()
            if host not in HOSTS:
                self._refuse(method, host, writer)
                return
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        path, _, query = target.partition("?")
        form = headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
        sent = [*parse_qsl(query), *(parse_qsl(body.decode()) if form else [])]
        self._proxy.seen.append(Seen(method, host, path, tuple(sent)))
        lines = [f"{method} {target} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
        await self._forward("\r\n".join([*lines, "", ""]).encode("latin-1") + body, writer)

    async def _forward(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        """Send a request to the fake; its connection, and the client's, end with the reply."""
        assert self._server.hostname is not None
        theirs, ours = await asyncio.open_connection(self._server.hostname, self._server.port)
        ours.write(request)
        while chunk := await theirs.read(1 << 16):
            writer.write(chunk)
            await writer.drain()
        ours.close()

    def _refuse(self, method: str, host: str, writer: asyncio.StreamWriter) -> None:
        self._proxy.seen.append(Seen(method, host, "", ()))
        writer.write(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")


def _head(head: bytes) -> tuple[str, str, dict[str, str]]:
    """Method, target and headers of a request, whose connection is to end with it."""
    first, *rest = head.decode("latin-1").rstrip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)
    }
    headers.pop("proxy-connection", None)
    return method, target, headers | {"connection": "close"}
