"""Where pixiv's apps send people to manage their account, on the App API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import get
from ..models.app import IdpUrls
from .resource import AppResource
from .sources import CLIENTS


class IdpUrlsApi(AppResource, resource="idp_urls", source=CLIENTS):
    """Where pixiv's apps send people to manage their account."""

    @get("/idp-urls")
    def __call__(self) -> Call[IdpUrls]:
        """
        The pages where people manage their account, and where tokens are fetched.

        Returns:
            The addresses. No reply has been recorded: the keys are those that clients read.
        """
        ...
