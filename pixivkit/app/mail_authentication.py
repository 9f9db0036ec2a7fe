"""The mail address of the account, on the App API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import post
from ..models.app import Done
from .resource import AppResource


class MailAuthenticationApi(
    AppResource, resource="mail_authentication", source="alphasp/pixiv-api-client"
):
    """The mail address of the account."""

    @post("/v1/mail-authentication/send")
    def send(self) -> Call[Done]:
        """
        Have pixiv send the mail that the account's address is confirmed with.

        Returns:
            Nothing more than that it is done.
        """
        ...
