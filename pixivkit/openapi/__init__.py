"""The registry as an OpenAPI 3.1 document, for other languages."""

from __future__ import annotations

from .document import export

__all__ = ["export"]
