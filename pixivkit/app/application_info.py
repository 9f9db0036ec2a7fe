"""What pixiv tells its own apps about themselves, on the App API."""

from __future__ import annotations

from .._core.calls.call import Call
from .._core.calls.declare import get
from .._core.declaration.endpoint import Auth
from ..models.app import ApplicationInfo
from .resource import AppResource


class ApplicationInfoApi(
    AppResource,
    resource="application_info",
    auth=Auth.NONE,
    source="mika-f/Pixiv.Net, cssxsh/pixiv-client",
):
    """What pixiv tells its own apps about themselves."""

    @get("/v1/application-info/ios", pick="application_info")
    def ios(self) -> Call[ApplicationInfo]:
        """
        The latest version of the iOS app, and what its users must be told; needs no login.

        Returns:
            The version, and the notice. No reply has been recorded: the keys are those that
            clients read.
        """
        ...

    @get("/v1/application-info/android", pick="application_info")
    def android(self) -> Call[ApplicationInfo]:
        """
        The latest version of the Android app, and what its users must be told; needs no login.

        Returns:
            The version, and the notice. No reply has been recorded: the keys are those that
            clients read.
        """
        ...
