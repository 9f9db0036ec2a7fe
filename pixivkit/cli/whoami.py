"""``pixivkit whoami``: whose the logins are."""

from __future__ import annotations

from typing import Any

import attrs
import click

from .._core.account.credentials import RefreshToken, SessionCookie, TokenStore
from ..client import Pixiv
from ..errors import AuthError
from ..token_stores import MemoryTokenStore
from .options import Connection, connection_options, output_options
from .output import Output
from .waiting import run

__all__ = ["Account", "account_of_app", "account_of_web", "whoami"]


@attrs.frozen
class Account:
    """
    The account of a login.

    Attributes:
        api: ``app`` or ``web``.
        id: Its id; None where that cannot be told.
        name: Its name.
    """

    api: str
    id: int | None
    name: str


@click.command(short_help="Ask pixiv whose the logins are.")
@output_options
@connection_options
def whoami(output: Output, connection: Connection) -> None:
    """Ask pixiv whose the logins for the App API and the web API are."""
    settings = connection.settings()
    if not settings.keys() & {"app", "web"}:
        msg = "there is no login: run `pixivkit login`, or set PIXIV_PHPSESSID"
        raise AuthError(msg)

    async def work() -> list[Account]:
        found = [await account_of_app(settings)] if "app" in settings else []
        return [*found, await account_of_web(settings)] if "web" in settings else found

    accounts = run(work)
    if output.as_json:
        output.json([attrs.asdict(account) for account in accounts])
    else:
        output.table(("api", "id", "name"), [attrs.astuple(account) for account in accounts])


async def account_of_app(settings: dict[str, Any]) -> Account:
    """
    Return the account of the login for the App API.

    Raises:
        PixivError: The login is refused, or the account cannot be asked for.
    """
    login = settings["app"]
    store: TokenStore | None = None
    if isinstance(login, RefreshToken):
        # Pixiv says whose a token is when it renews it, and nowhere else.
        store = login.store or MemoryTokenStore()
        login = attrs.evolve(login, store=store)
    options: dict[str, Any] = settings | {"app": login}
    async with Pixiv(**options) as px:
        await px.app.user.me_state()
        tokens = None if store is None else await store.load()
        if tokens is None or not tokens.user_id:
            return Account("app", None, "")
        user = (await px.app.user.detail(tokens.user_id)).user
        return Account("app", user.id, user.name)


async def account_of_web(settings: dict[str, Any]) -> Account:
    """
    Return the account of the login for the web API.

    Raises:
        PixivError: The login is refused, or the account cannot be asked for.
    """
    login: SessionCookie = settings["web"]
    async with Pixiv(**settings) as px:
        await px.web.user.extra()
        if login.user_id is None:
            return Account("web", None, "")
        return Account("web", login.user_id, (await px.web.user.detail(login.user_id)).name)
