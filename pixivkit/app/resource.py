"""What the resources of the App API have in common."""

from __future__ import annotations

from .._core.calls.declare import Api
from .._core.declaration.endpoint import APP, Auth
from .sources import RECORDED


class AppResource(Api, base=APP, auth=Auth.BEARER, source=RECORDED):
    """Endpoints of the App API; they need a bearer token where they do not say otherwise."""
