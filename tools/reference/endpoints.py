"""Pages of the endpoints: a page for each resource, made from the declarations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from pixivkit._core.declaration.endpoint import Endpoint, Param
from pixivkit.cli.argument_words import default_words, given_by_caller, type_words
from pixivkit.examples import Example, examples_of
from pixivkit.openapi.docstrings import read_docstring
from pixivkit.openapi.document import paging_kind
from pixivkit.registry import built_in_endpoints

from .markdown import code, definitions, example_json, table, toctree
from .models import type_link

__all__ = ["endpoint_pages"]

_LOGINS = {
    "none": "none",
    "optional": "the cookie of a session, where there is one",
    "bearer": "the App API's",
    "cookie": "the cookie of a session",
    "csrf": "the cookie of a session, and its token, which is found by itself",
}
_APIS = {"app": "App API", "oauth": "Tokens", "web": "Web API"}


def endpoint_pages() -> Mapping[str, str]:
    """Return a page for each resource, and one that lists them."""
    resources: defaultdict[str, list[Endpoint]] = defaultdict(list)
    for endpoint in built_in_endpoints():
        api, resource, *_ = endpoint.name.split(".")
        resources[f"{api}-{resource}"].append(endpoint)
    pages = {f"endpoints/{name}.md": _resource_page(found) for name, found in resources.items()}
    index = "# Endpoints\n\nEvery endpoint, by resource. What is called `px.app.illust.detail` "
    index += "in Python is `app.illust.detail` for `px.call` and for the command.\n"
    for api, title in _APIS.items():
        index += f"\n## {title}\n\n"
        index += toctree(sorted(name for name in resources if name.startswith(f"{api}-"))) + "\n"
    return {**pages, "endpoints/index.md": index}


def _resource_page(endpoints: list[Endpoint]) -> str:
    api, resource, *_ = endpoints[0].name.split(".")
    names = ("call", "what")
    rows = [
        (f"{{ref}}`{one.name} <{_anchor(one)}>`", read_docstring(one.doc).summary)
        for one in sorted(endpoints, key=lambda one: one.name)
    ]
    head = f"# {api}.{resource}\n\n{table(names, rows)}"
    return "\n\n".join([head, *(_endpoint(one) for one in endpoints)]) + "\n"


def _anchor(endpoint: Endpoint) -> str:
    return "endpoint-" + endpoint.name.replace(".", "-").replace("_", "-")


def _endpoint(endpoint: Endpoint) -> str:
    doc = read_docstring(endpoint.doc)
    parts = [
        f"({_anchor(endpoint)})=\n## {endpoint.name}",
        doc.summary,
        doc.description,
        f"```http\n{endpoint.method} {endpoint.base.url}{endpoint.path} HTTP/1.1\n```",
        definitions(_facts(endpoint, doc.returns)),
        _parameters(endpoint, doc.entries),
        _raises(doc.raises),
        _example(endpoint),
    ]
    return "\n\n".join(filter(None, parts))


def _facts(endpoint: Endpoint, returns: str) -> list[tuple[str, str]]:
    kind = type_link(endpoint.response)
    if endpoint.paging is not None:
        kind = f"pages of {kind}; each item is {type_link(endpoint.item)}"
    others = ", ".join(
        f"with {code(name)}: {type_link(one)}" for name, one in endpoint.variants.items()
    )
    return [
        ("Login", _LOGINS.get(endpoint.auth.value, endpoint.auth.value)),
        ("Referer", code(endpoint.referer or "")),
        ("Pages", code(paging_kind(endpoint.paging)) if endpoint.paging else ""),
        ("Response", "; ".join(filter(None, (kind, others)))),
        ("Returns", returns),
        ("Status", endpoint.status),
        ("Source", endpoint.source),
    ]


def _parameters(endpoint: Endpoint, meanings: Mapping[str, str]) -> str:
    rows = [
        (f"{code(param.name)} {_type(param)}", " ".join(_words(param, meanings)))
        for param in given_by_caller(endpoint)
    ]
    return table(("argument", "meaning"), rows)


def _type(param: Param) -> str:
    words = type_words(param.accepts)
    several = " (several)" if words.endswith("...") else ""
    return words.removesuffix("...").replace("|", ", ").lower() + several


def _words(param: Param, meanings: Mapping[str, str]) -> Iterator[str]:
    if meaning := meanings.get(param.name):
        yield meaning
    if param.required:
        yield "**Required.**"
    if (default := default_words(param)) is not None:
        yield f"Default: {code(default)}."
    if param.wire != param.name:
        yield f"Sent as {code(param.wire)}."
    if param.place != "query":
        yield f"In the {'path' if param.place == 'path' else f'body ({param.place})'}."


def _raises(raises: Mapping[str, str]) -> str:
    rows = [(f"{{ref}}`{name} <error-{name.lower()}>`", text) for name, text in raises.items()]
    return table(("raises", "when"), rows)


def _example(endpoint: Endpoint) -> str:
    try:
        example = examples_of(endpoint.name)[0]
    except LookupError:
        return ""
    call = f"```python\n{_call(endpoint, example)}\n```"
    reply = example_json(_plain(example.reply))
    return f":::{{dropdown}} Example\n{call}\n\nsends `{example.request.url}`\n\n{reply}\n:::"


def _call(endpoint: Endpoint, example: Example) -> str:
    arguments = ", ".join(f"{name}={value!r}" for name, value in example.call.items())
    made = f"px.{endpoint.name.removesuffix('.__call__')}({arguments})"
    if endpoint.name.startswith("oauth."):
        return f'px.call("{endpoint.name}", {arguments})'
    return f"await {made}.first()" if endpoint.paging else f"await {made}"


def _plain(value: Any) -> Any:
    return orjson.loads(orjson.dumps(value))
