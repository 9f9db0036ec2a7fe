"""``pixivkit login``: from a browser's login to stored tokens."""

from __future__ import annotations

import click

from .. import login as logins
from .._core.account.credentials import Tokens, TokenStore
from .._core.account.hosts import Hosts
from ..errors import InvalidArgument
from ..token_stores import FileTokenStore
from .client_options import hosts_of, token_store
from .options import Connection, connection_options
from .waiting import run

__all__ = ["login"]

_STEPS = """\
1. Open this address in a browser, and its developer tools (F12) at the tab Network:

   {url}

2. Log in. The page then stays blank, for it leads to pixiv's app.
3. In the list of requests find the one to pixiv://account/login?code=..., or the one to
   callback?state=..., whose header Location holds that address.
4. Paste the address, or the code alone, within 30 seconds.
"""


@click.command(short_help="Log in to the App API with a browser.")
@click.option("--show", is_flag=True, help="Print the refresh token; log in only if none is kept.")
@click.option(
    "--store",
    metavar="PATH|keyring",
    envvar="PIXIVKIT_STORE",
    help="Where the tokens are kept; else PIXIVKIT_STORE, else a file in the user's settings.",
)
@click.option("--no-browser", is_flag=True, help="Only print the address, do not open it.")
@connection_options
def login(show: bool, store: str | None, no_browser: bool, connection: Connection) -> None:
    """
    Log in to the App API with a browser, and keep the tokens.

    Standard output gets the token of --show and nothing else.
    """
    hosts = hosts_of(connection.server)
    kept = token_store(store, hosts)
    tokens = run(kept.load) if show else None
    if tokens is None:
        tokens = _log_in(kept, hosts, connection.proxy, no_browser)
    if show:
        click.echo(tokens.refresh_token)


def _log_in(store: TokenStore, hosts: Hosts | None, proxy: str | None, no_browser: bool) -> Tokens:
    started = logins.start()
    click.echo(_STEPS.format(url=started.url), err=True)
    if not no_browser:
        click.launch(started.url)
    code: str = click.prompt("Code", value_proc=_code, err=True)
    tokens = run(lambda: logins.finish(started, code, hosts=hosts, proxy=proxy, store=store))
    where = store.path if isinstance(store, FileTokenStore) else "the keyring"
    click.echo(f"Logged in as user {tokens.user_id}; the tokens are kept in {where}.", err=True)
    return tokens


def _code(text: str) -> str:
    try:
        return logins.parse_code(text)
    except InvalidArgument as exc:
        raise click.BadParameter(str(exc)) from exc
