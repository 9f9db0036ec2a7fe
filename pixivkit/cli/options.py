"""Options that commands share: how to reach pixiv, and how to print."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import attrs
import click

from ..client import Pixiv
from .client_options import client_options
from .output import Output

__all__ = ["Connection", "connection_options", "output_options"]

T = TypeVar("T")


@attrs.frozen
class Connection:
    """
    How the commands reach pixiv: from the environment, and from their options.

    Attributes:
        server: URL of a running ``pixivkit serve``; None for pixiv.
        proxy: URL of a proxy; None for none.
        timeout: Seconds for each part of a request; None for the usual ones.
    """

    server: str | None = None
    proxy: str | None = attrs.field(default=None, repr=False)
    timeout: float | None = None

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
        return command(*args, connection=Connection(server, proxy, timeout), **options)

    return with_connection


def output_options(command: Callable[..., T]) -> Callable[..., T]:
    """Add ``--json`` and ``--quiet``: the command gets ``output=``."""

    @click.option("--json", "as_json", is_flag=True, help="Print JSON: of a list, an item a line.")
    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors.")
    @functools.wraps(command)
    def with_output(*args: Any, as_json: bool, quiet: bool, **options: Any) -> T:
        return command(*args, output=Output(as_json=as_json, quiet=quiet), **options)

    return with_output
