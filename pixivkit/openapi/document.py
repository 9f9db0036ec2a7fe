"""Build the document: one operation for each method and path."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any, cast

import attrs

from .._core.declaration.endpoint import APP, OAUTH, WEB, Auth, Base, Endpoint
from .._core.declaration.paging import Paging
from .._version import __version__
from ..examples import examples_of
from ..registry import REGISTRY, built_in_endpoints
from .docstrings import DocSections, read_docstring
from .examples import add_examples
from .failures import ERROR_RESPONSES, ERROR_SCHEMAS, error_responses
from .parameters import parameters, request_body
from .schemas import Schema, Schemas, is_strict

_HOSTS = {
    APP.name: "The App API, which pixiv's own apps use.",
    OAUTH.name: "Access tokens for the App API.",
    WEB.name: "The web API, which pixiv's own pages use.",
}

_SECURITY: dict[Auth, list[dict[str, list[str]]]] = {
    Auth.NONE: [],
    Auth.OPTIONAL: [{}, {"cookie": []}],
    Auth.BEARER: [{"bearer": []}],
    Auth.COOKIE: [{"cookie": []}],
    Auth.CSRF: [{"cookie": [], "csrf": []}],
    Auth.OWN: [{"own": []}],
}

_SCHEMES: dict[str, Schema] = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "An access token from `/auth/token`, good for an hour.",
    },
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "PHPSESSID",
        "description": "The session of a browser that is logged in.",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "x-csrf-token",
        "description": "The token that pixiv's own pages carry for the session.",
    },
}


_OWN_SCHEME: Schema = {
    "type": "apiKey",
    "in": "header",
    "name": "Authorization",
    "description": "The credential of the host; it may be in another header.",
}

_PIXIV: Schema = {
    "title": "pixiv",
    "version": __version__,
    "summary": "What is known of pixiv's App API and web API.",
    "description": (
        "Unofficial: exported from the declarations of pixivkit. Objects list the "
        "properties that pixiv is known to send; more may come at any time."
    ),
    "license": {"name": "MIT", "identifier": "MIT"},
}


def export(*bases: Base) -> dict[str, object]:
    """
    Describe every built-in endpoint, or the endpoints of bases of your own.

    Args:
        bases: Whose endpoints, their modules imported; none for what this package declares.

    Returns:
        An OpenAPI 3.1 document as plain JSON values, always in the same order.
    """
    found = (
        [endpoint for endpoint in REGISTRY.values() if endpoint.base in bases]
        if bases
        else built_in_endpoints()
    )
    endpoints = sorted(found, key=lambda endpoint: endpoint.name)
    schemas = Schemas(endpoints)
    title = ", ".join(base.name for base in bases)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "0"} if bases else _PIXIV,
        "servers": [_server(base) for base in bases or (APP, OAUTH, WEB)],
        "tags": _tags(endpoints),
        "paths": _paths(endpoints, schemas),
        "components": {
            "schemas": dict(sorted({**schemas.components(), **ERROR_SCHEMAS}.items())),
            "responses": ERROR_RESPONSES,
            "securitySchemes": {"own": _OWN_SCHEME} if bases else _SCHEMES,
        },
    }


def _server(base: Base) -> Schema:
    return {"url": base.url, "description": _HOSTS.get(base.name, f"The base {base.name}.")}


def _tags(endpoints: Iterable[Endpoint]) -> list[Schema]:
    docs = {
        _tag(endpoint): vars(sys.modules[endpoint.declaration.__module__])[
            endpoint.declaration.__qualname__.split(".")[0]
        ].__doc__
        for endpoint in endpoints
    }
    return [
        {"name": tag, "description": read_docstring(doc).summary}
        for tag, doc in sorted(docs.items())
    ]


def _tag(endpoint: Endpoint) -> str:
    return ".".join(endpoint.name.split(".")[:2])


def _paths(endpoints: Iterable[Endpoint], schemas: Schemas) -> dict[str, Schema]:
    found: dict[str, Schema] = {}
    for endpoint in sorted(endpoints, key=lambda e: (e.base.name, e.path, e.method, e.name)):
        servers = [_server(endpoint.base)]
        item = found.setdefault(endpoint.path, {"servers": servers})
        if item["servers"] != servers:
            msg = f"{endpoint.name}: {endpoint.path} is on two hosts"
            raise ValueError(msg)
        made = _operation(endpoint, schemas)
        method = endpoint.method.lower()
        item[method] = _merge(item[method], made) if method in item else made
    return found


def _operation(endpoint: Endpoint, schemas: Schemas) -> Schema:
    words = read_docstring(endpoint.doc)
    operation: Schema = {
        "operationId": endpoint.name,
        "tags": [_tag(endpoint)],
        "summary": words.summary.removesuffix("."),
    }
    if description := _description(words):
        operation["description"] = description
    if found := parameters(endpoint, words.entries):
        operation["parameters"] = found
    if body := request_body(endpoint, words.entries):
        operation["requestBody"] = body
    operation["responses"] = {
        "200": {
            "description": words.returns or "Done.",
            "content": _content(endpoint, reply_schema(endpoint, schemas)),
        },
        **error_responses(endpoint.base.name),
    }
    operation["security"] = _security(endpoint)
    if endpoint.status == "deprecated":
        operation["deprecated"] = True
    operation["x-pixivkit-name"] = endpoint.name
    if endpoint.referer is not None:
        operation["x-referer"] = endpoint.referer
    if endpoint.paging is not None:
        strict = is_strict(endpoint)
        item = schemas.reply(endpoint.item, strict=strict)
        operation["x-paging"] = {**_paging(endpoint, endpoint.paging), "item": item}
    operation["x-source"] = endpoint.source
    operation["x-status"] = endpoint.status
    # Endpoints of users have none.
    with contextlib.suppress(LookupError):
        add_examples(operation, examples_of(endpoint.name), endpoint.reader)
    return operation


def _content(endpoint: Endpoint, schema: Schema) -> Schema:
    """Return what a reply is; of a page, *schema* is of the object in it."""
    if endpoint.reader:
        return {"text/html": {"schema": {"type": "string"}, "x-object": schema}}
    return {"application/json": {"schema": schema}}


def _description(words: DocSections) -> str:
    raised = [f"- {name}: {text}" for name, text in words.raises.items()]
    return "\n\n".join(filter(None, (words.description, "\n".join(raised))))


def _security(endpoint: Endpoint) -> list[dict[str, list[str]]]:
    if endpoint.auth is Auth.OPTIONAL and endpoint.base != WEB:
        return [{}, {"bearer" if endpoint.base == APP else "own": []}]
    return _SECURITY[endpoint.auth]


def paging_kind(paging: Paging) -> str:
    """Return the name of the strategy, such as ``next-url``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(paging).__name__).lower()


def _paging(endpoint: Endpoint, paging: Paging) -> Schema:
    """Return the strategy and its fields; parameters by the name they have on the wire."""
    wire = {param.name: param.wire for param in endpoint.params}
    fields: Mapping[str, Any] = (
        attrs.asdict(cast("attrs.AttrsInstance", paging))
        if attrs.has(type(paging))
        else {"items": paging.items}
    )
    described: Schema = {"kind": paging_kind(paging)}
    for name, value in fields.items():
        if name in ("param", "limit") and value in wire:
            described[name] = wire[value]
        elif name != "params" and value:
            described[name] = value
    return described


def reply_schema(endpoint: Endpoint, schemas: Schemas) -> Schema:
    """Return the schema of a whole reply, with the envelope of the payload."""
    strict = is_strict(endpoint)
    schema = schemas.reply(endpoint.response, strict=strict)
    if endpoint.variants:
        others = [schemas.reply(kind, strict=strict) for kind in endpoint.variants.values()]
        schema = {"anyOf": [*others, schema]}
    if endpoint.pick:
        schema = _object(endpoint.pick, schema)
    if endpoint.envelope:
        around = _object(endpoint.envelope, schema)
        envelope: Schema = {
            "error": {"type": "boolean", "const": False},
            "message": {"type": "string"},
        }
        around["properties"] = {**envelope, **around["properties"]}
        schema = around
    return schema


def _object(key: str, schema: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {key: schema},
        "required": [key],
        "additionalProperties": True,
    }


def _merge(known: Schema, other: Schema) -> Schema:
    """Merge two operations that share method and path: either may be what is called."""
    merged = _either(known, other)
    names: list[str] = known.get("x-pixivkit-names") or [known["x-pixivkit-name"]]
    del merged["x-pixivkit-name"]
    merged["x-pixivkit-names"] = [*names, other["x-pixivkit-name"]]
    more: str = other["summary"]
    merged["summary"] = f"{known['summary']}; or {more[:1].lower()}{more[1:]}"
    if said := [o["description"] for o in (known, other) if "description" in o]:
        merged["description"] = "\n\n".join(said)
    if found := _merge_parameters(known.get("parameters", []), other.get("parameters", [])):
        merged["parameters"] = found
    return merged


def _either(known: Schema, other: Schema) -> Schema:
    """What holds for both: all keys of either, and any of two schemas that differ."""
    merged: Schema = {**known, **other, **known}
    for key in known.keys() & other.keys():
        mine, theirs = known[key], other[key]
        if key == "schema":
            merged[key] = mine if mine == theirs else {"anyOf": [mine, theirs]}
        elif key == "required":
            merged[key] = mine and theirs
        elif isinstance(mine, dict) and not key.startswith("x-"):
            merged[key] = _either(cast("Schema", mine), theirs)
    return merged


def _merge_parameters(known: list[Schema], other: list[Schema]) -> list[Schema]:
    mine, theirs = ({(p["name"], p["in"]): p for p in params} for params in (known, other))
    either = {**theirs, **mine}
    in_both = mine.keys() & theirs.keys()
    return [
        _either(p, theirs[place]) if place in in_both else {**p, "required": False}
        for place, p in either.items()
    ]
