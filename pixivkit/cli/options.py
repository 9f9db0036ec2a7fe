"""Options that commands share: how to reach pixiv, and how to print."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import attrs
import click

from ..client import Pixiv
from .accounts import read_accounts, sole_account
from .client_options import client_options
from .output import Output

if TYPE_CHECKING:
    from ..cluster import Cluster

__all__ = [
    "Connected",
    "Connection",
    "cluster_options",
    "connection_options",
    "output_options",
]

Connected: TypeAlias = "Pixiv | Cluster"
"""What commands that work on a cluster send their calls with."""

T = TypeVar("T")


@attrs.frozen
class Connection:
    """
    How the commands reach pixiv: from the environment, and from their options.

    Attributes:
        server: URL of a running ``pixivkit serve``; None for pixiv.
        proxy: URL of a proxy; None for none.
        timeout: Seconds for each part of a request; None for the usual ones.
        cluster: Where a Ray is that sends the requests; None for this process.
        accounts: A file with the accounts of a cluster; None for that of the environment.
        account: The account that everything is sent as; None for any.
    """

    server: str | None = None
    proxy: str | None = attrs.field(default=None, repr=False)
    timeout: float | None = None
    cluster: str | None = None
    accounts: Path | None = None
    account: str | None = None

    def settings(self) -> dict[str, Any]:
        """
        Return the arguments of a client; its logins are those of the environment.

        Raises:
            click.UsageError: The environment or an option makes no sense.
        """
        settings = client_options(self.server)
        if self.proxy:
            settings["proxy"] = self.proxy
        if self.timeout:
            settings["timeout"] = self.timeout
        return settings

    def client(self) -> Pixiv:
        """Return a client with these settings."""
        return Pixiv(**self.settings())

    def connected(self) -> Connected:
        """
        Return what sends calls: a client, or with ``--cluster`` a session on that.

        Raises:
            click.UsageError: The options or the file of accounts make no sense.
        """
        if self.cluster is None:
            if self.accounts or self.account:
                raise click.UsageError("--accounts and --account are for --cluster")
            return self.client()
        return self._on_cluster(self.cluster)

    def chosen(self, px: Connected) -> Connected:
        """
        Return *px* as the account that everything is sent as: the one that was named, or the only.

        Raises:
            InvalidArgument: There is none of that name.
        """
        if isinstance(px, Pixiv):
            return px
        if self.account is not None:
            return px.account(self.account)
        return px.account(px.names[0]) if len(px.names) == 1 else px

    def _on_cluster(self, address: str) -> Connected:
        from ..cluster import Cluster

        settings = self.settings()
        if self.accounts is None:
            accounts = [sole_account(settings)]
        else:
            accounts = read_accounts(self.accounts, polite=settings.get("pace", True) is not None)
        return Cluster(
            accounts,
            address=address,
            hosts=settings.get("hosts"),
            timeout=settings.get("timeout"),
        )


def connection_options(command: Callable[..., T]) -> Callable[..., T]:
    """Add ``--server``, ``--proxy`` and ``--timeout``: the command gets ``connection=``."""

    @click.option("--server", metavar="URL", help="Ask a running `pixivkit serve`, not pixiv.")
    @click.option(
        "--proxy", metavar="URL", envvar="PIXIVKIT_PROXY", help="Reach pixiv through this proxy."
    )
    @click.option(
        "--timeout",
        metavar="SECONDS",
        type=click.FloatRange(0, min_open=True),
        help="How long each step of a request may take.",
    )
    @functools.wraps(command)
    def with_connection(
        *args: Any, server: str | None, proxy: str | None, timeout: float | None, **options: Any
    ) -> T:
        own = options.pop("cluster", None)
        connection = Connection(
            server,
            proxy,
            timeout,
            cluster=click.get_current_context().find_root().params.get("cluster") or own,
            accounts=options.pop("accounts", None),
            account=options.pop("account", None),
        )
        return command(*args, connection=connection, **options)

    return with_connection


def cluster_options(command: Callable[..., T]) -> Callable[..., T]:
    """
    Add ``--cluster``, ``--accounts`` and ``--account``, which `connection_options` takes up.

    It stands below `connection_options` on a command.
    """

    @click.option(
        "--cluster",
        metavar="ADDRESS",
        envvar="PIXIVKIT_CLUSTER",
        help="Let a Ray cluster send the requests: auto, or ray://HOST:10001.",
    )
    @click.option(
        "--accounts",
        envvar="PIXIVKIT_ACCOUNTS",
        type=click.Path(dir_okay=False, path_type=Path),
        help="With --cluster: a TOML file with a table for each account.",
    )
    @click.option("--account", metavar="NAME", help="With --cluster: send all as this account.")
    @functools.wraps(command)
    def with_cluster(*args: Any, **options: Any) -> T:
        return command(*args, **options)

    return with_cluster


def output_options(command: Callable[..., T]) -> Callable[..., T]:
    """Add ``--json`` and ``--quiet``: the command gets ``output=``."""

    @click.option("--json", "as_json", is_flag=True, help="Print JSON: of a list, an item a line.")
    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors.")
    @functools.wraps(command)
    def with_output(*args: Any, as_json: bool, quiet: bool, **options: Any) -> T:
        return command(*args, output=Output(as_json=as_json, quiet=quiet), **options)

    return with_output
