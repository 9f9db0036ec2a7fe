"""Services linked with pixiv."""

from __future__ import annotations

from .._core.calls.call import Pages
from .._core.calls.declare import get
from .._core.declaration.endpoint import Auth
from .._core.declaration.paging import PageNumber
from ..models.web.linked import Tumeng
from ..parameters import FirstPage
from .resource import WebResource


class LinkedApi(WebResource, resource="linked", auth=Auth.COOKIE):
    """Services linked with the account."""

    @get("/ajax/linked_service/tumeng", paging=PageNumber(items="page.works", param="page"))
    def service_tumeng(self, *, page: FirstPage = 1) -> Pages[Tumeng, object]:
        """
        The account at tumeng, and the works there.

        Returns:
            Works as pixiv sends them, untyped: no reply with any was seen. `Tumeng.page` holds
            the account at the service.
        """
        ...
