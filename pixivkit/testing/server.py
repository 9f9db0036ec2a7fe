"""The fake on a real socket of the loopback interface."""

from __future__ import annotations

import socket
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any

import anyio.to_thread
import uvicorn

from .._core.hosts import Hosts
from ..client import Pixiv
from .connections import Connections
from .own_urls import with_own_urls
from .routing import own_bases

if TYPE_CHECKING:
    from .fake import FakePixiv

__all__ = ["Server", "Serving"]


class Server:
    """
    A fake that is being served.

    Attributes:
        fake: The fake.
        url: Its address, without a slash at the end; the parts of pixiv are at ``/app``,
            ``/oauth``, ``/web`` and ``/images``, bases of your own below their names.
    """

    def __init__(self, fake: FakePixiv, url: str) -> None:
        self.fake = fake
        self.url = url

    @property
    def hosts(self) -> Hosts:
        """What to give to a client, all bases declared so far: ``Pixiv(hosts=server.hosts)``."""
        return Hosts(
            app=f"{self.url}/app",
            oauth=f"{self.url}/oauth",
            web=f"{self.url}/web",
            images=f"{self.url}/images",
            own={base: f"{self.url}/{base.name}" for base in own_bases()},
        )

    def client(self, **options: Any) -> Pixiv:
        """A client of this server, logged in to both APIs; *options* are those of `Pixiv`."""
        defaults: dict[str, Any] = {"hosts": self.hosts, "pace": None}
        return Pixiv(**{**self.fake.login(), **defaults, **options})


class Serving:
    """Serves while the block runs: ``with`` and ``async with`` both give a `Server`."""

    def __init__(self, fake: FakePixiv, port: int = 0, *, own_urls: bool = False) -> None:
        self._fake = fake
        self._own_urls = own_urls
        self._port = port
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._socket: socket.socket | None = None

    def __enter__(self) -> Server:
        # Named as TCP, for asyncio then sends small pieces at once (TCP_NODELAY).
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", self._port))
        except OSError:
            listening.close()
            raise
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        application = self._fake.application
        if self._own_urls:
            application = with_own_urls(application, url)
        connections = Connections()
        config = uvicorn.Config(
            connections.serve(application),
            http=connections.protocol(),
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(
            target=server.run, args=([listening],), name="fake-pixiv", daemon=True
        )
        self._server, self._thread, self._socket = server, thread, listening
        thread.start()
        while not server.started:
            if not thread.is_alive():
                listening.close()
                msg = "the server of the fake pixiv did not start"
                raise RuntimeError(msg)
            time.sleep(0.002)
        return Server(self._fake, url)

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        server, thread, listening = self._server, self._thread, self._socket
        self._server = self._thread = self._socket = None
        if server is not None:
            server.should_exit = True
        if thread is not None:
            thread.join(timeout=10)
        if listening is not None:
            listening.close()

    async def __aenter__(self) -> Server:
        return await anyio.to_thread.run_sync(self.__enter__)

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(self.__exit__, exc_type, exc, tb)
