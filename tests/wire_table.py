"""What every endpoint of the two seed documents sends, written down from the documents.

Nothing here looks at the package, so a mistake in a declaration cannot repeat itself in the
expectation.
"""

from __future__ import annotations

from wire_table_app import APP_CASES
from wire_table_case import Auth, Body, Form, Json, Method, Multipart, WireCase
from wire_table_search import SEARCH_CASES
from wire_table_web import WEB_CASES

__all__ = [
    "APP_CASES",
    "CASES",
    "SEARCH_CASES",
    "WEB_CASES",
    "Auth",
    "Body",
    "Form",
    "Json",
    "Method",
    "Multipart",
    "WireCase",
]

CASES: tuple[WireCase, ...] = APP_CASES + WEB_CASES + SEARCH_CASES
