"""``pixivkit serve``: the fake pixiv on a real socket."""

from __future__ import annotations

import datetime as dt
import sys
import time
from typing import TYPE_CHECKING

import click

from .._core.basics.clock import SystemClock
from .output import Output

if TYPE_CHECKING:
    from ..testing import Server

_PARTS = ("app", "oauth", "web", "images")
_LOG_SIZE = 1000
"""How many requests are remembered."""


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0 for any free one.")
@click.option("--seed", type=int, default=0, show_default=True, help="Which pixiv to invent.")
@click.option(
    "--strict", is_flag=True, help="Refuse unknown parameters and a missing Referer, as in tests."
)
@click.option(
    "--own-urls", is_flag=True, help="Answer with addresses of this server in place of pixiv's."
)
def serve(port: int, seed: int, strict: bool, own_urls: bool) -> None:
    """
    Run a fake pixiv until Ctrl-C.

    It is on this machine only, invented from a seed as if it were today, and keeps what it is
    told while it runs. The logins that are printed are fake, too. Requests may carry pixiv's own
    Host header, and Referers of pixiv are what it expects.
    """
    # Loaded here: no other command should wait for a web server.
    from ..testing import FakePixiv

    # It may run for weeks: its days pass, and its rankings are published.
    clock, now = SystemClock(), dt.datetime.now(dt.UTC)
    fake = FakePixiv(seed, clock=clock, now=now, strict=strict, log_size=_LOG_SIZE)
    try:
        with fake.serve(port, own_urls=own_urls) as server:
            _announce(Output(), server)
            while True:
                time.sleep(3600)
    except OSError as exc:
        raise click.UsageError(f"port {port}: {exc.strerror}") from None
    except KeyboardInterrupt:
        click.echo("stopped", err=True)


def _announce(output: Output, server: Server) -> None:
    fake, url = server.fake, server.url
    example = "pixivkit call app.illust.ranking --items 5 --server"
    printed = {
        "url": url,
        **{f"host {name}": getattr(server.hosts, name) for name in _PARTS},
        "refresh token": fake.refresh_token,
        "session cookie": fake.session_cookie,
        "try": f"PIXIV_REFRESH_TOKEN={fake.refresh_token} {example} {url}",
    }
    for name, value in printed.items():
        output.line(name, value, style="cyan", width=16)
    # Whoever reads this through a pipe waits for it.
    sys.stdout.flush()
