"""The dashboard."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import get
from .._core.declaration.endpoint import Auth
from ..models.web.dashboard import DashboardHome, DashboardSettings, RequestStrategy
from .resource import WebResource


class DashboardApi(WebResource, resource="dashboard", auth=Auth.COOKIE):
    """What the account sees of its own works: how they do, and how they are managed."""

    @get("/ajax/dashboard/home")
    def home(self) -> Call[DashboardHome]:
        """
        The front page of the dashboard.

        Returns:
            What the account's works received today and yesterday, contests that accept works,
            and what is celebrated today.
        """
        ...

    @get("/ajax/dashboard/settings")
    def settings(self) -> Call[DashboardSettings]:
        """
        How the account set up its dashboard.

        Returns:
            The settings; `DashboardSettings.view` is None where nothing was set up.
        """
        ...

    @get("/ajax/dashboard/works/illust/request_strategy")
    def works_illust_request_strategy(self) -> Call[RequestStrategy]:
        """
        The account's illustrations, series and drafts as the dashboard lists them.

        Returns:
            The lists, untyped: no reply with any item was seen.
        """
        ...
