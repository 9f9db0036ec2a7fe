"""What the resources of the web API have in common."""

from __future__ import annotations

from .._core.declare import Api
from .._core.endpoint import WEB, Auth
from .sources import AJAX_DOCS, SITE


class WebResource(Api, base=WEB, auth=Auth.OPTIONAL, source=AJAX_DOCS, referer=SITE):
    """Endpoints of the web API; most of them answer without a login too."""
