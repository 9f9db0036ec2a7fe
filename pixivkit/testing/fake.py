"""The fake pixiv."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Literal

from .._core.account.credentials import RefreshToken, SessionCookie
from .._core.account.hosts import Hosts
from .._core.basics.clock import Clock, SystemClock
from .._core.declaration.endpoint import OAUTH, Base
from ..client import Pixiv
from ..errors import InvalidArgument
from ..registry import find_endpoint
from .application import Middleware, make_application
from .credentials import Credentials
from .factories import Factories
from .faults import FaultPlan, OrderedFault, OrderedFaults
from .generate import generate_world
from .images import Images
from .in_process import in_process_transport
from .messages import ASGIApp
from .names import check_endpoint
from .request_log import RequestLog
from .routing import own_bases
from .server import Serving
from .views import VIEWS
from .world import User, World

if TYPE_CHECKING:
    from .._core.http.transport import Transport

__all__ = ["FakePixiv", "Server"]


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


class FakePixiv(Factories):
    """
    One pixiv of its own: both APIs, the token endpoint and the images, for tests and for trying.

        fake = FakePixiv()
        async with fake.client() as px:
            work = await px.app.illust.detail(next(iter(fake.world.works)))

    It keeps state, and both APIs show the same: an uploaded illustration shows among the user's
    works, a bookmark made on the web shows in the app. It refuses what pixiv refuses, with
    pixiv's words, and is strict where pixiv may not be, unless told otherwise: unknown parameters,
    and a missing Referer wherever pixiv's own pages send one, are refused. The same seed makes the
    same pixiv.

    Args:
        seed: Decides everything that is generated.
        works: How many illustrations, manga and ugoira there are; 0 for an empty world: nobody
            follows or has posted anything, until you add it (`add_illust` and the others).
        users: How many users there are, 2 at least; by default 40, and in an empty world the
            account alone.
        clock: What tells when access tokens expire, the machine's clock by default; the time of
            the world goes with one that is given, once that is past *now*.
        answers: ``world`` answers from the state; ``examples`` answers each endpoint with its
            example from ``spec/``, whatever the arguments, and changes nothing.
        now: The time of the world, whose newest works and rankings are of the day before; a fixed
            time of June 2026 by default, so that tests see the same every day.
        strict: Whether parameters that the declarations do not have, and a missing Referer, are
            refused; false ignores them, for programs that are not pixivkit. Images need a Referer
            either way.
        log_size: How many requests the log keeps, the latest; None for all.
        examples: Whole replies as JSON values, by the name of their endpoint: what the fake
            answers instead of what it would. Endpoints of your own need one, or a `view`.
        logins: The headers that log in to bases of your own, by base: at endpoints that need a
            login (`Auth.OWN`), requests without them get 401. A base that is not named takes any.

    Raises:
        InvalidArgument: There is no endpoint of such a name.

    Attributes:
        world: The state, to look at and to change.
        account: Id of the user that the credentials below log in as.
        refresh_token: Logs in to the App API.
        session_cookie: Logs in to the web API: the value of PHPSESSID.
        login_code: A code as a login in the browser ends with, good once, with any verifier.
        log: The requests received, oldest first; see `log_size`.
        middleware: Plain ASGI middleware around every answer, outermost first; in its scope,
            ``pixivkit.received`` is the `ReceivedRequest`.
        examples: Replies that were given, by the name of their endpoint.
        images: The hosts of images; its `least_bytes` makes every picture a large download.
        credentials: Who may log in.
        faults: Failures that were ordered.
        plan: Failures that are drawn; None for none.
        application: The fake as an ASGI application.
    """

    def __init__(
        self,
        seed: int = 0,
        works: int = 600,
        users: int | None = None,
        *,
        clock: Clock | None = None,
        answers: Literal["world", "examples"] = "world",
        now: dt.datetime | None = None,
        strict: bool = True,
        log_size: int | None = None,
        examples: Mapping[str, object] | None = None,
        logins: Mapping[Base, Mapping[str, str]] | None = None,
    ) -> None:
        for name in examples or ():
            check_endpoint(name)
        self.examples: dict[str, object] = dict(examples or {})
        self.answers: Literal["world", "examples"] = answers
        self.world: World = generate_world(seed, works, users, now=now)
        self.world.clock = clock
        self.account: int = self.world.account_id
        self.credentials: Credentials = Credentials(
            self.world, clock or SystemClock(), seed, strict
        )
        self.credentials.own.update(logins or {})
        self.refresh_token: str = self.credentials.new_refresh_token(self.account)
        self.session_cookie: str = self.credentials.new_session(self.account)
        self.login_code: str = self.credentials.new_login_code()
        self.log: RequestLog = RequestLog(log_size)
        self.faults: OrderedFaults = OrderedFaults()
        self.plan: FaultPlan | None = None
        self.middleware: list[Middleware] = []
        self.images: Images = Images(self.world)
        self.application: ASGIApp = make_application(self)

    @property
    def user(self) -> User:
        """The user that the fake's credentials log in as."""
        return self.world.account

    @property
    def csrf_token(self) -> str:
        """The CSRF token of the session."""
        return self.credentials.csrf_token(self.session_cookie)

    @property
    def strict(self) -> bool:
        """Whether unknown parameters and a missing Referer are refused."""
        return self.credentials.strict

    @strict.setter
    def strict(self, strict: bool) -> None:
        self.credentials.strict = strict

    @property
    def rotate_refresh_tokens(self) -> bool:
        """Whether a refresh token is replaced when it is used, and good no more."""
        return self.credentials.rotate

    @rotate_refresh_tokens.setter
    def rotate_refresh_tokens(self, rotate: bool) -> None:
        self.credentials.rotate = rotate

    @property
    def void_older_tokens(self) -> bool:
        """Whether a new access token of an account voids the older ones."""
        return self.credentials.void_older

    @void_older_tokens.setter
    def void_older_tokens(self, void: bool) -> None:
        self.credentials.void_older = void

    @cached_property
    def transport(self) -> Transport:
        """The fake in process: ``Pixiv(transport=fake.transport)``, pixiv's own URLs and all."""
        return in_process_transport(self.application)

    def login(self) -> dict[str, Any]:
        """The credentials, as `Pixiv` takes them."""
        return {
            "app": RefreshToken(self.refresh_token),
            "web": SessionCookie(self.session_cookie),
        }

    def client(self, **options: Any) -> Pixiv:
        """
        A client of the fake in process, logged in to both APIs and without a pace.

        Args:
            options: Those of `Pixiv`, to change what is said above.
        """
        defaults: dict[str, Any] = {"transport": self.transport, "pace": None}
        return Pixiv(**{**self.login(), **defaults, **options})

    def serve(self, port: int = 0, *, own_urls: bool = False) -> Serving[Server]:
        """
        Serve the fake on a socket of 127.0.0.1, from a thread of its own.

        Args:
            port: Where; 0 for any that is free.
            own_urls: Whether the addresses of further pages and of pictures in what it answers
                are those of the socket, for programs that follow them; else they are pixiv's.

        Returns:
            A context manager, for ``with`` and for ``async with``, of a `Server`.
        """
        return Serving(self.application, partial(Server, self), port, own_urls=own_urls)

    def simulates(self, endpoint: str) -> bool:
        """
        Whether the state of the world answers an endpoint, rather than its example.

        Args:
            endpoint: Name of the endpoint.

        Raises:
            InvalidArgument: There is no such endpoint.
        """
        exchanges_tokens = find_endpoint(endpoint).base is OAUTH
        return exchanges_tokens or (self.answers == "world" and endpoint in VIEWS)

    def count(self, endpoint: str) -> int:
        """
        How many requests an endpoint has received, since the log was cleared.

        Args:
            endpoint: Its name, such as ``app.illust.detail``; ``images``; ``web.page`` for pages
                of the site; ``app.login``; empty for what does not exist.

        Raises:
            InvalidArgument: There is no such name.
        """
        check_endpoint(endpoint)
        return self.log.counts[endpoint]

    def expire_tokens(self) -> None:
        """Let every access token given out so far be expired."""
        self.credentials.expire()

    def fail_next(
        self,
        endpoint: str,
        *,
        status: int = 500,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        times: int = 1,
    ) -> None:
        """
        Answer the next requests to an endpoint with a failure; they change nothing.

        Args:
            endpoint: Name, such as ``app.illust.detail``; ``images``; ``web.page`` for the page
                that the CSRF token is read from; ``app.login``.
            status: HTTP status.
            body: JSON values, text of a page (``""`` for an empty one), or bytes; by default what
                pixiv says with that status.
            headers: Headers to send, such as ``{"retry-after": "3"}``.
            times: How many requests, one at least.

        Raises:
            InvalidArgument: There is no such name, or *times* is less than 1.
        """
        check_endpoint(endpoint)
        if times < 1:
            msg = f"times: must be at least 1, not {times}"
            raise InvalidArgument(msg)
        self.faults.add(endpoint, OrderedFault(status, body, dict(headers or {}), times))
