"""What the resources of the App API have in common."""

from __future__ import annotations

from .._core.declare import Api
from .._core.endpoint import APP, Auth
from .sources import RECORDED


class AppResource(Api, base=APP, auth=Auth.BEARER, source=RECORDED):
    """Endpoints of the App API; all of them need a bearer token."""
