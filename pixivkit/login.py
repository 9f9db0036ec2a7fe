"""
Get a refresh token: log in with any browser, and redeem the code that this ends with.

    started = login.start()
    print(started.url)
    tokens = await login.finish(started, input("code: "))

No browser is driven. Pixiv's login page ends by going to an address that only its app can open,
``pixiv://account/login?code=...``; the browser's developer tools show it (mikf/gallery-dl).
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import string
from urllib.parse import parse_qs, urlencode, urlsplit

import anyio
import attrs

from ._core.account.credentials import Tokens, TokenStore
from ._core.account.hosts import Hosts
from ._core.basics.clock import Clock
from ._core.declaration.endpoint import APP
from ._core.http.transport import Transport
from ._core.sending.app_login import locked
from .app.oauth import AuthApi
from .client import Pixiv
from .errors import AuthUnavailable, InvalidArgument, LoginCodeInvalid, RefreshTokenInvalid

__all__ = ["LoginStart", "code_challenge", "finish", "parse_code", "start"]

_LOGIN = "/web/v1/login"
_SIGN_UP = "/web/v1/provisional-accounts/create"

# What comes along when something is pasted: blanks, also invisible ones, and quotes.
_WRAPPING = string.whitespace + "'\"`<>\u00a0\u200b\u3000\ufeff‘’“”「」"
_CODE = re.compile(r"[A-Za-z0-9._~-]+")


@attrs.frozen
class LoginStart:
    """
    A login that was begun.

    Attributes:
        url: Where to log in, in a browser.
        verifier: The secret that proves who began it; `finish` needs it.
    """

    url: str
    verifier: str = attrs.field(repr=False)


def start(*, sign_up: bool = False) -> LoginStart:
    """
    Begin a login; nothing is sent.

    Args:
        sign_up: Whether to open the page that makes a new account, instead of the login.

    Returns:
        The address to open, with the secret for `finish`. It pickles, so that another process
        may finish.
    """
    verifier = secrets.token_urlsafe(32)
    query = {
        "code_challenge": code_challenge(verifier),
        "code_challenge_method": "S256",
        "client": "pixiv-android",
    }
    return LoginStart(f"{APP.url}{_SIGN_UP if sign_up else _LOGIN}?{urlencode(query)}", verifier)


def code_challenge(verifier: str) -> str:
    """Return the code challenge for *verifier*: its SHA-256 in base64url (RFC 7636, S256)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


async def finish(
    started: LoginStart,
    code_or_url: str,
    *,
    hosts: Hosts | None = None,
    proxy: str | None = None,
    transport: Transport | None = None,
    clock: Clock | None = None,
    store: TokenStore | None = None,
) -> Tokens:
    """
    Trade the code that a login ended with for tokens.

    Be quick: the code is good for about 30 seconds, and once (mikf/gallery-dl).

    Args:
        started: What `start` returned for this very login.
        code_or_url: The code, or the address that holds it; see `parse_code`.
        hosts: Base URLs to use instead of pixiv's own.
        proxy: URL of a proxy to go through.
        transport: What carries the request, instead of the built-in transport; it is closed.
        clock: The clock to use; for tests.
        store: Keeps the tokens, for ``Pixiv(app=RefreshToken(store=store))``.

    Returns:
        The tokens of the account that logged in. They were saved before.

    Raises:
        InvalidArgument: There is no code in *code_or_url*; nothing was sent.
        LoginCodeInvalid: The code is wrong, used or too old; start again.
        AuthUnavailable: There was no usable answer.
        BlockedByCloudflare: A challenge or block page came instead of one.
        TokenStoreError: The store could not keep the tokens.
    """
    code = parse_code(code_or_url)
    async with Pixiv(hosts=hosts, proxy=proxy, transport=transport, clock=clock) as px:
        call = AuthApi(px).token_code(code, started.verifier)
        try:
            tokens = await px.exchange_token(call)
        except RefreshTokenInvalid as exc:
            words = f"pixiv does not accept the login code: {exc.message or 'no reason given'}"
            raise LoginCodeInvalid(
                words,
                endpoint=exc.endpoint,
                status=exc.status,
                user_message=exc.user_message,
                reason=exc.reason,
            ) from exc
        if not tokens.refresh_token:
            msg = "the answer holds no refresh token"
            raise AuthUnavailable(msg, endpoint=call.request.endpoint.name, status=200)
        if store is not None:
            # The code is used up: what it gave must not be lost with a cancelled task.
            with anyio.CancelScope(shield=True):
                async with locked(store):
                    await store.save(tokens)
    return tokens


def parse_code(text: str) -> str:
    """
    Find the code in what a user pasted.

    Args:
        text: The code alone; the address ``pixiv://account/login?code=...&via=login``; or an
            https address with ``code=`` in its query. Blanks, line ends and quotes around it are
            dropped.

    Raises:
        InvalidArgument: It is something else. The message does not repeat it.
    """
    pasted = text.strip(_WRAPPING)
    if not pasted:
        raise InvalidArgument("nothing was pasted: the login code is needed")
    code = pasted
    if "://" in pasted:
        code = _code_of(pasted)
    if not _CODE.fullmatch(code):
        msg = (
            "this is no login code: paste the letters and digits after code= alone, or the whole "
            "address pixiv://account/login?code=..."
        )
        raise InvalidArgument(msg)
    return code


def _code_of(url: str) -> str:
    # The messages of urlsplit may quote the address, and with it the code.
    try:
        split = urlsplit(url)
        given = parse_qs(split.query)
    except ValueError:
        raise InvalidArgument("this is no address that a login ends with") from None
    if split.scheme not in ("pixiv", "https", "http"):
        raise InvalidArgument("this is no address of pixiv or its app")
    codes = given.get("code", [])
    if len(codes) == 1:
        return codes[0]
    if "code_challenge" in given:
        msg = (
            "this is the address that the login starts with; "
            "the one it ends with begins pixiv://account/login?code="
        )
        raise InvalidArgument(msg)
    msg = (
        "there is no code= in this address: log in first, and look for the address that begins "
        "pixiv://account/login?code="
    )
    raise InvalidArgument(msg)
