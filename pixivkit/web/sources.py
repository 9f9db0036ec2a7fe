"""Where the knowledge of the web API comes from, and the page that most of it is seen on."""

from __future__ import annotations

from typing import Final

AJAX_DOCS: Final = "daydreamer-json/pixiv-ajax-api-docs"
SITE: Final = "https://www.pixiv.net/"
