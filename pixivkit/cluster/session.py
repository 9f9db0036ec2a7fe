"""A session whose requests are sent by the homes of accounts on a Ray cluster."""

from __future__ import annotations

import functools
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Self

import anyio
import anyio.to_thread
import attrs

from .._core.account.hosts import Hosts
from .._core.account.profile import BROWSER, AppProfile, image_headers
from .._core.basics.clock import Clock, SystemClock
from .._core.basics.events import Listener, emit_misfit
from .._core.calls.call import Prepared
from .._core.calls.misfit_policy import MisfitPolicy
from .._core.calls.request import ProgressCallback, Reply, Request
from .._core.http.backend import LARGEST_FILE, LARGEST_REPLY, Timeouts
from .._core.sending.send_options import SendOptions, options_of
from .._core.waiting.lifetime import Lifetime
from .._core.waiting.long_waits import LongWaits
from .._core.waiting.pace import Pace
from .._core.waiting.retry import Retry
from ..account_choice import AccountChoice
from ..download_session import DownloadSession
from ..errors import ClusterError, InvalidArgument, PixivError, RateLimited
from . import engine
from .account import Account
from .answers import AccountReport, HomeSettings
from .calls_under_way import CallsUnderWay
from .home_connection import HomeConnection
from .remote_account import RemoteAccount
from .tokens import keeper

if TYPE_CHECKING:
    from ..download.file import Fetcher
    from .saver import ClusterSaver

__all__ = ["Cluster"]

_CALLS_PER_HOME: Final = 64
_STAYS_IDLE: Final = 600.0


class Cluster(DownloadSession):
    """
    Accounts on a Ray cluster, used like one client: an asynchronous context manager, on asyncio.

        async with Cluster(accounts=[Account("first", app=RefreshToken("..."))]) as px:
            async for outcome in px.bulk(calls, journal="run.db"):
                ...

    Each account has one home, a process on some node that owns its login, pace, cookies and
    connections, and that every program in the cluster uses which gives the same account. Calls
    that only read go to the account that is free soonest, as with `ClientPool`, and again where
    a home died under them. What changes something wants to know as whom: `account`.

    Mind that pixiv's terms may not allow you several accounts.

    Args:
        accounts: The accounts.
        address: Where Ray is, such as ``auto`` or ``ray://host:10001``; not needed where this
            process has a Ray already. None uses the one that runs on this machine, or starts one.
        hosts: Base URLs to use instead of pixiv's own.
        language: Language of translated tags and error texts, as of ``Accept-Language``.
        patience: How many seconds anything may hold an awaited call; see `Pixiv`. Waiting for a
            home that is away counts as trouble.
        retry: How often requests are repeated.
        timeout: How long things may take: `Timeouts`, or seconds for each of its parts.
        strict: Whether a reply that does not fit its model raises `DecodeError`.
        on_event: Called with the events of this program's calls, and of what holds an account,
            while it happens; each says the account and the node of its home. A call that has to
            be sent once more has another number then.
        calls_per_home: How many calls of this program may be under way in each home, of those
            that somebody waits for, and of runs; others wait here.
        idle: After how many seconds without a call a home leaves the cluster.
        app_profile: The app that App API requests come from.
        ipv4_only: Whether homes connect over IPv4 only.
        largest_reply: How many bytes the body of a reply may have, decompressed.
        largest_file: How many bytes a downloaded file may have, decompressed.
        runtime_env: What the nodes need, as for ``ray.init``, where this connects to Ray.
        clock: The clock to use; for tests.

    Raises:
        InvalidArgument: There are no accounts, two of a name, or an argument makes no sense.
    """

    _has_disk = False

    def __init__(
        self,
        accounts: Iterable[Account],
        *,
        address: str | None = None,
        hosts: Hosts | None = None,
        language: str = "en",
        patience: float | None = None,
        retry: Retry | None = None,
        timeout: Timeouts | float | None = None,
        strict: bool = False,
        on_event: Listener | None = None,
        calls_per_home: int = _CALLS_PER_HOME,
        idle: float = _STAYS_IDLE,
        app_profile: AppProfile | None = None,
        ipv4_only: bool = False,
        largest_reply: int = LARGEST_REPLY,
        largest_file: int = LARGEST_FILE,
        runtime_env: Mapping[str, Any] | None = None,
        clock: Clock | None = None,
    ) -> None:
        given = list(accounts)
        _check(given, calls_per_home, idle)
        options = options_of(patience, timeout, retry, language)
        super().__init__(options, Lifetime())
        self.misfit_policy: Final = MisfitPolicy(
            strict=strict, on_misfit=functools.partial(emit_misfit, on_event)
        )
        self._clock = clock or SystemClock()
        self._listener = on_event
        self._address = address
        self._runtime_env = runtime_env
        self._settings = HomeSettings(
            hosts=hosts or Hosts(),
            app_profile=app_profile,
            ipv4_only=ipv4_only,
            largest_reply=largest_reply,
            largest_file=largest_file,
            idle=float(idle),
        )
        user = secrets.token_hex(8)
        calls = CallsUnderWay(on_event, self._clock)
        self._remotes = {
            one.name: RemoteAccount(
                one,
                HomeConnection(one, self._settings, user, self._clock, calls, self._lifetime),
                self._clock,
                calls_per_home,
                calls,
            )
            for one in given
        }
        members = list(self._remotes.values())
        self._choice = AccountChoice(
            members, self._clock, passing=(RateLimited, ClusterError), listener=on_event
        )
        self._only: RemoteAccount | None = None
        self._connection = _Connection()

    def account(self, name: str) -> Self:
        """
        Return a view of this session that sends everything as one account, also what writes.

            await px.account("first").app.illust.bookmark_add(1)

        Args:
            name: The name of the account.

        Raises:
            InvalidArgument: There is none of that name.
        """
        remote = self._remotes.get(name)
        if remote is None:
            msg = f"there is no account of that name, only {', '.join(self._remotes)}"
            raise InvalidArgument(msg)
        view = self._view(None, self._options.patience)
        view._only = remote
        return view

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the accounts."""
        return tuple(remote.account.name for remote in self._chosen)

    @property
    def logins(self) -> tuple[str, ...]:
        """The bases that one of the accounts has a login for: ``app``, ``web``, and your own."""
        found = (name for remote in self._chosen for name in remote.account.logins)
        return tuple(dict.fromkeys(found))

    @property
    def _chosen(self) -> list[RemoteAccount]:
        return [self._only] if self._only else list(self._remotes.values())

    async def accounts(self) -> list[AccountReport]:
        """
        Ask all homes for their state.

        Returns:
            The state of each account, in the order they were given.

        Raises:
            ClusterError: A home is away.
        """
        self._check()
        return [await remote.report() for remote in self._chosen]

    async def __aenter__(self) -> Self:
        engine.need_asyncio()
        if self._connection.is_open:
            # It is entered already: that is told, and nothing closed.
            return await super().__aenter__()
        try:
            await anyio.to_thread.run_sync(
                engine.connect, self._connection, self._address, self._runtime_env
            )
            if any(remote.account.needs_a_store for remote in self._remotes.values()):
                await anyio.to_thread.run_sync(functools.partial(keeper, here=True))
            async with anyio.create_task_group() as tasks:
                for remote in self._remotes.values():
                    tasks.start_soon(self._connection.open, remote.connection)
            self._connection.raise_failure()
            await super().__aenter__()
            self._connection.is_open = True
        except engine.Lost as exc:
            await self.aclose()
            raise ClusterError("the cluster does not answer") from exc
        except BaseException:
            await self.aclose()
            raise
        return self

    async def aclose(self) -> None:
        """
        Let the homes go: one that no other program uses leaves the cluster.

        The Ray that was started or connected to for the sessions of this process ends with the
        last of them.
        """
        self._connection.is_open = False
        with anyio.CancelScope(shield=True):
            async with anyio.create_task_group() as tasks:
                for remote in self._remotes.values():
                    tasks.start_soon(remote.connection.leave)
            await anyio.to_thread.run_sync(engine.disconnect, self._connection)

    def __repr__(self) -> str:
        alone = f", as {self._only.account.name}" if self._only else ""
        return f"<Cluster of {', '.join(self._remotes)}{alone}>"

    def _check(self, endpoint: str | None = None) -> None:
        super()._check(endpoint)
        if not self._connection.is_open:
            raise PixivError("a Cluster has to be entered first: use it inside `async with`")

    async def _send(
        self, request: Request, options: SendOptions, progress: ProgressCallback | None
    ) -> Reply:
        """
        Send a request with the account that is free soonest, or with the one that was chosen.

        Raises:
            InvalidArgument: The endpoint changes something: choose an account for that.
            PixivError: Any of `pixivkit.errors`.
        """
        engine.need_asyncio()
        self._check()
        try:
            if self._only is not None:
                return await self._only.send_alone(request, options, progress)
            if not request.endpoint.idempotent:
                msg = 'this changes something: call it with px.account("...") that it is for'
                raise InvalidArgument(msg)
            return await self._choice.send(request, options, progress)
        except PixivError as exc:
            exc.endpoint = exc.endpoint or request.endpoint.name
            raise

    @property
    def _image_mirror(self) -> str:
        return self._settings.hosts.images

    def _memory_fetcher(self) -> Fetcher:
        from ..download.file import Fetcher
        from .image_backend import ImageBackend

        settings = self._settings
        profile = settings.app_profile or AppProfile()
        return Fetcher(
            check=self._check,
            backend=ImageBackend(self._chosen),
            identity=functools.partial(image_headers, profile=profile, browser=BROWSER),
            hosts=settings.hosts,
            options=self._options,
            clock=self._clock,
            pacer=self._pacer(None, "the hosts of images"),
            retry_waits=LongWaits("retry", self._clock, self._listener),
            largest=settings.largest_file,
        )

    def _saver(self, to: str | os.PathLike[str], pace: Pace | None) -> ClusterSaver:
        from .places import check_place
        from .saver import ClusterSaver

        place = os.fspath(to)
        check_place(place)
        return ClusterSaver(
            accounts=self._chosen,
            to=place,
            options=self._options,
            pacer=self._pacer(pace, "the hosts of images"),
            clock=self._clock,
        )

    def dataset(self, calls: Iterable[Prepared[Any]], *, limit: int = 16, workers: int = 2) -> Any:
        """
        Return a Ray Data set of the rows that calls bring, such as ``.write_parquet(...)`` takes.

        The calls are sent by workers of Ray Data through the same homes, when the set is read:
        what they bring does not pass this program. The columns are those of
        `pixivkit.sinks.row.Row` in the types of the `Parquet` sink, and ``error``: a call that
        failed is a row of the kind ``failed`` that says why.

        Args:
            calls: Calls and lists that only read.
            limit: How many are under way at once in each worker.
            workers: How many workers there are.

        Returns:
            A ``ray.data.Dataset``; needs the extra ``parquet``.

        Raises:
            InvalidArgument: One of the calls changes something.
            MissingExtra: A package is not installed.
        """
        from .dataset import dataset_of

        self._check()
        options = self._options
        make_session = functools.partial(
            Cluster,
            [remote.account for remote in self._chosen],
            language=options.language,
            retry=options.retry,
            timeout=options.timeouts,
            **attrs.asdict(self._settings, recurse=False),
        )
        return dataset_of(calls, make_session, limit=limit, workers=workers)


class _Connection:
    """The connection of a session and all its views to Ray."""

    def __init__(self) -> None:
        self.is_open = False
        self._failure: PixivError | None = None

    async def open(self, home: HomeConnection) -> None:
        """Find a *home*; one that is away may come, any other trouble is kept."""
        try:
            await home.open()
        except ClusterError:
            return
        except PixivError as exc:
            self._failure = exc

    def raise_failure(self) -> None:
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure


def _check(accounts: Sequence[object], calls_per_home: int, idle: float) -> None:
    if not accounts:
        raise InvalidArgument("a cluster needs an account")
    names: set[str] = set()
    for one in accounts:
        if not isinstance(one, Account):
            raise InvalidArgument(f"accounts: takes Account(...), not {type(one).__name__}")
        if one.name in names:
            raise InvalidArgument(f"accounts: there are two of the name {one.name}")
        names.add(one.name)
    if calls_per_home < 1:
        raise InvalidArgument(f"calls_per_home: must be at least 1, not {calls_per_home}")
    if not idle > 0:
        raise InvalidArgument(f"idle: must be more than 0 seconds, not {idle}")
