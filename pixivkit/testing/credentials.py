"""Who is who on the fake pixiv: sessions, access tokens, refresh tokens and login codes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

import attrs

from .._core.basics.clock import Clock
from .._core.declaration.endpoint import Auth, Base, Endpoint
from .accepted import PUBLIC_CLIENTS, from_pixiv
from .refusals import Refusal, bearer_refused, challenge, oauth_error, web_error
from .world import User, World

__all__ = ["LIFETIME", "Credentials"]

LIFETIME = 3600
_BOTS = ("bot", "curl", "python", "httpx", "aiohttp", "wget", "spider", "go-http")


@attrs.frozen
class _Access:
    user_id: int
    expires_at: float


@attrs.define(eq=False)
class Credentials:
    """
    The credentials that the fake accepts.

    Attributes:
        world: Where the users are.
        clock: What tells when a token has expired.
        seed: Makes tokens differ from those of another fake.
        strict: Whether a request of the web API needs the Referer that pixiv's own pages send.
        rotate: Whether a refresh token is replaced when it is used.
        void_older: Whether a new access token voids the older ones of its user.
        refresh_tokens: Users by refresh token.
        access_tokens: Access tokens that were given out.
        sessions: Users by the value of PHPSESSID.
        own: The headers that log in to bases that are not pixiv's, by base.
    """

    world: World
    clock: Clock
    seed: int
    strict: bool = True
    rotate: bool = False
    void_older: bool = False
    refresh_tokens: dict[str, int] = attrs.field(factory=dict[str, int], repr=False)
    access_tokens: dict[str, _Access] = attrs.field(factory=dict[str, _Access], repr=False)
    sessions: dict[str, int] = attrs.field(factory=dict[str, int], repr=False)
    own: dict[Base, Mapping[str, str]] = attrs.field(
        factory=dict["Base", "Mapping[str, str]"], repr=False
    )
    _codes: dict[str, str | None] = attrs.field(factory=dict[str, "str | None"], repr=False)
    _made: int = 0
    _csrf_round: int = 0

    def _secret(self, purpose: str) -> str:
        self._made += 1
        text = f"{self.seed} {purpose} {self._made}"
        return hashlib.sha256(text.encode()).hexdigest()

    def new_refresh_token(self, user_id: int) -> str:
        """A refresh token of a user."""
        token = "fake-refresh-" + self._secret("refresh")[:32]
        self.refresh_tokens[token] = user_id
        return token

    def new_session(self, user_id: int) -> str:
        """A session of a user: the value of the cookie PHPSESSID."""
        value = f"{user_id}_{self._secret('session')[:32]}"
        self.sessions[value] = user_id
        return value

    def new_login_code(self, challenge: str | None = None) -> str:
        """A code as a login in a browser ends with: good once, for the *challenge*'s verifier."""
        code = "fake-code-" + self._secret("code")[:32]
        self._codes[code] = challenge
        return code

    def new_access_token(self, user_id: int) -> str:
        """An access token of a user."""
        token = "fake-access-" + self._secret("access")[:32]
        self.access_tokens[token] = _Access(user_id, self.clock.time() + LIFETIME)
        return token

    def expire(self) -> None:
        """Let every access token given out so far be expired."""
        self.access_tokens.clear()

    def csrf_token(self, session: str) -> str:
        """The CSRF token of a session; empty for nobody's."""
        text = f"{self.seed} csrf {session} {self._csrf_round}"
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    def renew_csrf(self) -> None:
        """Let every session have another CSRF token from now on."""
        self._csrf_round += 1

    def session_of(self, headers: Mapping[str, str]) -> str:
        """The session that a request belongs to; empty for none that is known."""
        for cookie in headers.get("cookie", "").split(";"):
            name, _, value = cookie.strip().partition("=")
            if name == "PHPSESSID" and value in self.sessions:
                return value
        return ""

    def authenticate(self, endpoint: Endpoint, headers: Mapping[str, str]) -> User | None:
        """
        Say who sends a request; None for nobody.

        Raises:
            Refusal: The endpoint does not take it so.
        """
        if endpoint.base.name == "web":
            return self._web(endpoint, headers)
        if endpoint.auth is Auth.OWN:
            self._check_own(endpoint.base, headers)
        return self._bearer(headers) if endpoint.auth is Auth.BEARER else None

    def _check_own(self, base: Base, headers: Mapping[str, str]) -> None:
        wanted = self.own.get(base, {}).items()
        if any(headers.get(name.lower()) != value for name, value in wanted):
            raise Refusal(
                401, {"error": {"message": f"{base.name}: the login is missing or wrong"}}
            )

    def _bearer(self, headers: Mapping[str, str]) -> User:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or not token:
            raise bearer_refused("invalid_request")
        access = self.access_tokens.get(token)
        if access is None or access.expires_at <= self.clock.time():
            raise bearer_refused("invalid_grant")
        return self.world.users[access.user_id]

    def _web(self, endpoint: Endpoint, headers: Mapping[str, str]) -> User | None:
        self.refuse_bots(headers)
        if self.strict and endpoint.referer and not from_pixiv(headers):
            raise web_error(403, "The Referer is missing or not pixiv's.")
        session = self.session_of(headers)
        if endpoint.auth in (Auth.COOKIE, Auth.CSRF) and not session:
            raise web_error(401, "You are not logged in.")
        if endpoint.auth is Auth.CSRF:
            self._check_csrf(session, headers)
        return self.world.users[self.sessions[session]] if session else None

    def refuse_bots(self, headers: Mapping[str, str]) -> None:
        """
        Refuse a User-Agent that no browser has.

        Raises:
            Refusal: It is one.
        """
        agent = headers.get("user-agent", "").casefold()
        if not agent or any(bot in agent for bot in _BOTS):
            raise challenge()

    def _check_csrf(self, session: str, headers: Mapping[str, str]) -> None:
        token = headers.get("x-csrf-token")
        if not token:
            raise web_error(400, "不正なリクエストです: the CSRF token is missing.")
        if token != self.csrf_token(session):
            raise web_error(403, "不正なリクエストです: the CSRF token is wrong.")

    def exchange(self, arguments: Mapping[str, Any]) -> object:
        """
        Give out a token for a refresh token or a code.

        Raises:
            Refusal: It is not accepted.
        """
        if PUBLIC_CLIENTS.get(arguments["client_id"]) != arguments["client_secret"]:
            raise oauth_error("Invalid client", 1508, "invalid_client")
        if arguments["grant_type"] == "refresh_token":
            refresh_token = str(arguments["refresh_token"])
            user_id = self.refresh_tokens.get(refresh_token)
            if user_id is None:
                raise oauth_error("Invalid refresh token", 1508)
            if self.rotate:
                del self.refresh_tokens[refresh_token]
                refresh_token = self.new_refresh_token(user_id)
        else:
            self._redeem(str(arguments["code"]), str(arguments["code_verifier"]))
            user_id = self.world.account_id
            refresh_token = self.new_refresh_token(user_id)
        if self.void_older:
            self._void(user_id)
        return self._token(self.world.users[user_id], refresh_token)

    def _void(self, user_id: int) -> None:
        older = [key for key, access in self.access_tokens.items() if access.user_id == user_id]
        for token in older:
            del self.access_tokens[token]

    def _redeem(self, code: str, verifier: str) -> None:
        if code not in self._codes:
            raise oauth_error("The authorization code has expired", 1508)
        wanted = self._codes.pop(code)
        digest = hashlib.sha256(verifier.encode()).digest()
        if wanted not in (None, base64.urlsafe_b64encode(digest).rstrip(b"=").decode()):
            raise oauth_error("Invalid code verifier", 1508)

    def _token(self, user: User, refresh_token: str) -> object:
        token: dict[str, object] = {
            "access_token": self.new_access_token(user.id),
            "expires_in": LIFETIME,
            "token_type": "bearer",
            "scope": "",
            "refresh_token": refresh_token,
            "user": {
                "profile_image_urls": {
                    f"px_{size}x{size}": user.avatar_url(size) for size in (16, 50, 170)
                },
                "id": str(user.id),
                "name": user.name,
                "account": user.account,
                "mail_address": f"{user.account}@example.com",
                "is_premium": user.is_premium,
                "x_restrict": 2 if user.shows_r18 else 0,
                "is_mail_authorized": True,
                "require_policy_agreement": False,
            },
        }
        return {**token, "response": token}
