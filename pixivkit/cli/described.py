"""Describe an endpoint from its declaration: for ``call NAME --help`` and ``endpoints NAME``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from .._core.declaration.endpoint import Endpoint, Param
from ..openapi.docstrings import read_docstring
from ..openapi.document import paging_kind
from .argument_words import choices, default_words, given_by_caller, type_words

__all__ = ["endpoint_data", "facts_of", "parameter_rows"]


def endpoint_data(endpoint: Endpoint) -> dict[str, Any]:
    """Return all that the declaration says, as JSON."""
    return {
        "name": endpoint.name,
        "method": endpoint.method,
        "host": urlsplit(endpoint.base.url).netloc,
        "path": endpoint.path,
        "params": [_parameter_data(endpoint, param) for param in endpoint.params],
        "auth": endpoint.auth.value,
        "referer": endpoint.referer,
        "paging": paging_kind(endpoint.paging) if endpoint.paging else None,
        "status": endpoint.status,
    }


def _parameter_data(endpoint: Endpoint, param: Param) -> dict[str, Any]:
    return {
        "name": param.name,
        "wire": param.wire,
        "place": param.place,
        "required": param.required,
        "type": type_words(param.accepts),
        "choices": choices(param.accepts),
        "default": default_words(param),
        "meaning": _meanings(endpoint).get(param.name, ""),
    }


def _meanings(endpoint: Endpoint) -> dict[str, str]:
    return read_docstring(endpoint.doc).entries


def parameter_rows(endpoint: Endpoint) -> list[tuple[str, str]]:
    """Return a row for each parameter: how it is given, and what it means."""
    meanings = _meanings(endpoint)
    return [
        (f"{param.name}={type_words(param.accepts)}", " ".join(_words(param, meanings)))
        for param in given_by_caller(endpoint)
    ]


def _words(param: Param, meanings: dict[str, str]) -> Iterator[str]:
    if meaning := meanings.get(param.name):
        yield meaning.replace("`", "")
    if param.required:
        yield "[required]"
    if (default := default_words(param)) is not None:
        yield f"[default: {default}]"


def facts_of(endpoint: Endpoint) -> list[tuple[str, str]]:
    """Return what is to be known of *endpoint* besides its parameters."""
    doc = read_docstring(endpoint.doc)
    facts = {
        "request": f"{endpoint.method} {endpoint.base.url}{endpoint.path}",
        "login": endpoint.auth.value,
        "pages": paging_kind(endpoint.paging) if endpoint.paging else "",
        "status": endpoint.status,
        "returns": doc.returns.replace("`", ""),
        **{f"raises {name}": words.replace("`", "") for name, words in doc.raises.items()},
        "source": endpoint.source,
    }
    return [(name, words) for name, words in facts.items() if words]
