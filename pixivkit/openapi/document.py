"""The whole document: one operation for each method and path."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any, cast

import attrs

from .._core.declaration.endpoint import APP, OAUTH, WEB, Auth, Base, Endpoint
from .._core.declaration.paging import Paging
from .._version import __version__
from ..examples import examples_of
from ..registry import REGISTRY
from .docstrings import DocSections, read_docstring
from .examples import add_examples
from .failures import ERROR_RESPONSES, ERROR_SCHEMAS, error_response
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
    endpoints = [
        endpoint
        for _, endpoint in sorted(REGISTRY.items())
        if (
            endpoint.base in bases
            if bases
            else endpoint.declaration.__module__.startswith("pixivkit.")
        )
    ]
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


def export_text() -> str:
    """The document as its file has it."""
    return json.dumps(export(), ensure_ascii=False, indent=2) + "\n"


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
            # Of a page it is the schema of the object in it.
            "content": {
                "text/html" if endpoint.reader else "application/json": {
                    "schema": reply_schema(endpoint, schemas)
                }
            },
        },
        "default": error_response(endpoint.base.name),
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
        add_examples(operation, examples_of(endpoint.name))
    return operation


def _description(words: DocSections) -> str:
    raised = [f"- {name}: {text}" for name, text in words.raises.items()]
    return "\n\n".join(filter(None, (words.description, "\n".join(raised))))


def _security(endpoint: Endpoint) -> list[dict[str, list[str]]]:
    if endpoint.auth is Auth.OPTIONAL and endpoint.base != WEB:
        return [{}, {"bearer" if endpoint.base == APP else "own": []}]
    return _SECURITY[endpoint.auth]


def paging_kind(paging: Paging) -> str:
    """The name of the strategy, such as ``next-url``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(paging).__name__).lower()


def _paging(endpoint: Endpoint, paging: Paging) -> Schema:
    """The strategy and its fields; parameters by the name they have on the wire."""
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
    """The schema of a whole reply, with what is around the payload."""
    strict = is_strict(endpoint)
    schema = schemas.reply(endpoint.response, strict=strict)
    if endpoint.variants:
        others = [schemas.reply(kind, strict=strict) for kind in endpoint.variants.values()]
        schema = {"anyOf": [*others, schema]}
    if endpoint.pick:
        schema = _object(endpoint.pick, schema)
    if endpoint.envelope:
        around = _object(endpoint.envelope, schema)
        said: Schema = {"error": {"const": False}, "message": {"type": "string"}}
        around["properties"] = {**said, **around["properties"]}
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
    """One operation of two that share method and path."""
    names: list[str] = known.get("x-pixivkit-names") or [known["x-pixivkit-name"]]
    merged = {**known, "x-pixivkit-names": [*names, other["x-pixivkit-name"]]}
    merged.pop("x-pixivkit-name", None)
    more: str = other["summary"]
    merged["summary"] = f"{known['summary']}; or {more[:1].lower()}{more[1:]}"
    if said := [o["description"] for o in (known, other) if "description" in o]:
        merged["description"] = "\n\n".join(said)
    if "parameters" in known or "parameters" in other:
        merged["parameters"] = _merge_parameters(
            known.get("parameters", []), other.get("parameters", [])
        )
    if "requestBody" in known and "requestBody" in other:
        merged["requestBody"] = _merge_bodies(known["requestBody"], other["requestBody"])
    merged["responses"] = _merge_replies(known["responses"], other["responses"])
    return merged


def _merge_parameters(known: list[Schema], other: list[Schema]) -> list[Schema]:
    in_known = {(p["name"], p["in"]) for p in known}
    in_both = in_known & {(p["name"], p["in"]) for p in other}
    return [
        {**p, "required": p["required"] and (p["name"], p["in"]) in in_both}
        for p in [*known, *(p for p in other if (p["name"], p["in"]) not in in_known)]
    ]


def _merge_bodies(known: Schema, other: Schema) -> Schema:
    content: dict[str, Schema] = dict(known["content"])
    for media, added in other["content"].items():
        if media in content:
            schema: Schema = content[media]["schema"]
            choices = [*schema.get("oneOf", [schema]), added["schema"]]
            shown: Schema = {**content[media].get("examples", {}), **added.get("examples", {})}
            merged: Schema = {**content[media], **added, "schema": {"oneOf": choices}}
            content[media] = {**merged, "examples": shown} if shown else merged
        else:
            content[media] = added
    return {"required": known["required"] and other["required"], "content": content}


def _merge_replies(known: Schema, other: Schema) -> Schema:
    mine: Schema
    theirs: Schema
    mine, theirs = (r["200"]["content"]["application/json"] for r in (known, other))
    schema: Schema = mine["schema"]
    if schema != theirs["schema"]:
        choices = schema["anyOf"] if schema.keys() == {"anyOf"} else [schema]
        schema = {"anyOf": [*choices, theirs["schema"]]}
    shown: Schema = {**mine.get("examples", {}), **theirs.get("examples", {})}
    reply: Schema = {"schema": schema, **({"examples": shown} if shown else {})}
    return {**known, "200": {**known["200"], "content": {"application/json": reply}}}
