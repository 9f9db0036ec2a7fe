"""The discovery pages."""

from __future__ import annotations

from typing import Annotated

from .._core.calls.call import Call
from .._core.calls.declare import get
from .._core.declaration.arguments import Between, Spelling
from .._core.declaration.endpoint import Auth
from ..models.web.discovery import DiscoveryArtworks, DiscoveryMeta, DiscoveryUsers
from ..parameters import ForWhichAges
from .resource import WebResource


class DiscoveryApi(WebResource, resource="discovery", auth=Auth.COOKIE):
    """
    Works and users that pixiv recommends to the account.

    There are no pages: every call brings a fresh choice (ppixiv, PixivNow).
    """

    @get("/ajax/discovery/artworks")
    def artworks(
        self,
        *,
        mode: ForWhichAges = "all",
        limit: Annotated[int, Between(1, 100)] = 100,
        sample_illust_id: Annotated[int | None, Spelling("sampleIllustId")] = None,
    ) -> Call[DiscoveryArtworks]:
        """
        A fresh choice of recommended illustrations, manga and ugoira.

        Args:
            limit: How many, from 1 to 100.
            sample_illust_id: Id of a work that the choice is to start from (ppixiv, pixiv-viewer).
                None for what suits the account.

        Returns:
            The works, and why each is recommended.
        """
        ...

    @get("/ajax/discovery/users")
    def users(self, *, limit: Annotated[int, Between(1)] = 20) -> Call[DiscoveryUsers]:
        """
        A fresh choice of recommended users.

        Args:
            limit: How many, at least 1.

        Returns:
            The users, with their newest works.
        """
        ...

    @get("/ajax/discovery/artworks/meta")
    def artworks_meta(self, *, mode: ForWhichAges = "all") -> Call[DiscoveryMeta]:
        """
        What stands around the page of recommended works.

        Returns:
            Title and advertisements of the page.
        """
        ...

    @get("/ajax/discovery/users/meta")
    def users_meta(self) -> Call[DiscoveryMeta]:
        """
        What stands around the page of recommended users.

        Returns:
            Title and advertisements of the page.
        """
        ...
