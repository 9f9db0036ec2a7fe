"""Write the pages of the reference from the registry, the models and the errors."""

from __future__ import annotations

from collections.abc import Mapping

from .command import command_page
from .endpoints import endpoint_pages
from .errors import error_page
from .models import model_pages

__all__ = ["reference_pages"]


def reference_pages() -> Mapping[str, str]:
    """Return all pages: the text of each, in Markdown, by its path below ``reference/``."""
    return {
        **endpoint_pages(),
        **model_pages(),
        "errors.md": error_page(),
        "command.md": command_page(),
    }
