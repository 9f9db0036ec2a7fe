"""What the resources of the web API have in common."""

from __future__ import annotations

from .._core.calls.declare import Api
from .._core.declaration.endpoint import WEB, Auth
from .sources import AJAX_DOCS, SITE


class WebResource(Api, base=WEB, auth=Auth.OPTIONAL, source=AJAX_DOCS, referer=SITE):
    """Endpoints of the web API; most of them answer without a login too."""
