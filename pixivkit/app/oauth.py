"""The token endpoint, which turns a login or a refresh token into an access token."""

from __future__ import annotations

from typing import Annotated, Literal

from .._core.calls.call import Call
from .._core.calls.declare import Api, post
from .._core.declaration.arguments import NotEmpty, Spelling
from .._core.declaration.endpoint import OAUTH, Auth
from ..models.app import Token
from ..parameters import ClientId, ClientSecret, SayIfTermsWait
from .sources import OAUTH_CLIENTS

# What pixiv's own apps send, the same in every client: public, and no account's secret.
CLIENT_ID = "MOBrBDS8blbauoSck0ZfDbtuzpyT"
CLIENT_SECRET = "lsACyCD94FhDUtGTXi3QzcFE2uU1hqtDaKeqrdwj"

REDIRECT_URI = "https://app-api.pixiv.net/web/v1/users/auth/pixiv/callback"


class AuthApi(Api, base=OAUTH, resource="auth", auth=Auth.NONE, source=OAUTH_CLIENTS):
    """Access tokens for the App API."""

    @post("/auth/token")
    def token_refresh(
        self,
        refresh_token: Annotated[str, NotEmpty(), Spelling(secret=True)],
        *,
        client_id: ClientId = CLIENT_ID,
        client_secret: ClientSecret = CLIENT_SECRET,
        grant_type: Literal["refresh_token"] = "refresh_token",
        include_policy: SayIfTermsWait = True,
        get_secure_url: Literal[1] | None = 1,
    ) -> Call[Token]:
        """
        A new access token for a refresh token.

        Args:
            refresh_token: What an earlier token or the login gave.
            grant_type: Always ``refresh_token``.
            get_secure_url: 1 for https addresses of pictures; None leaves it out.

        Returns:
            The token, good for an hour. Its refresh token is mostly the one that was given;
            store it all the same.

        Raises:
            RefreshTokenInvalid: The refresh token is not accepted.
        """
        ...

    @post("/auth/token")
    def token_code(
        self,
        code: Annotated[str, NotEmpty(), Spelling(secret=True)],
        code_verifier: Annotated[str, NotEmpty(), Spelling(secret=True)],
        *,
        client_id: ClientId = CLIENT_ID,
        client_secret: ClientSecret = CLIENT_SECRET,
        grant_type: Literal["authorization_code"] = "authorization_code",
        redirect_uri: str = REDIRECT_URI,
        include_policy: SayIfTermsWait = True,
    ) -> Call[Token]:
        """
        The first token, for the code that a login in the browser ends with.

        Args:
            code: The code in the address that the login leads to; good for about 30 seconds and
                for one use (mikf/gallery-dl).
            code_verifier: The secret whose SHA-256 the login was started with (PKCE).
            grant_type: Always ``authorization_code``.
            redirect_uri: Where the login was told to lead.

        Returns:
            The token, good for an hour, with the refresh token that gets the next ones. No reply
            has been recorded: it is taken to be that of `token_refresh`.

        Raises:
            RefreshTokenInvalid: The code is wrong, used or too old.
        """
        ...
