"""
The registry as an OpenAPI 3.1 document, for other languages.

``python -m pixivkit.openapi FILE`` writes it, with ``--check`` it compares the file instead.
"""

from __future__ import annotations

from .document import export

__all__ = ["export"]
