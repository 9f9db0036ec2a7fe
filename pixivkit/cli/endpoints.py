"""``pixivkit endpoints``: list the endpoints."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

import click

from ..openapi.docstrings import read_docstring
from ..openapi.document import paging_kind
from ..registry import REGISTRY, Endpoint
from .output import Output

_COLUMNS = ("name", "method", "path", "auth", "paging", "status")


@click.command()
@click.argument("words", default="", metavar="[FILTER]")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.option("--markdown", is_flag=True, help="Print a table in Markdown.")
def endpoints(words: str, as_json: bool, markdown: bool) -> None:
    """List the endpoints, all or those with FILTER in their name or path."""
    found = [
        endpoint
        for name, endpoint in sorted(REGISTRY.items())
        if words.lower() in name.lower() or words.lower() in endpoint.path.lower()
    ]
    output = Output()
    if as_json:
        output.json([_plain(endpoint) for endpoint in found])
        return
    if markdown:
        click.echo(markdown_table(found), nl=False)
        return
    rows = [
        (
            endpoint.name,
            endpoint.method,
            endpoint.path,
            endpoint.auth.value,
            paging_kind(endpoint.paging) if endpoint.paging else "-",
            endpoint.status,
        )
        for endpoint in found
    ]
    output.table(_COLUMNS, rows)


def markdown_table(endpoints: Iterable[Endpoint]) -> str:
    """Return *endpoints* as a table in Markdown."""
    head = "| call | what | request | login | pages |\n| --- | --- | --- | --- | --- |\n"
    return head + "".join(f"{_markdown(endpoint)}\n" for endpoint in endpoints)


def _markdown(endpoint: Endpoint) -> str:
    summary = endpoint.doc.partition("\n")[0]
    pages = paging_kind(endpoint.paging) if endpoint.paging else ""
    request = f"`{endpoint.method} {endpoint.path}`"
    cells = (f"`{endpoint.name}`", summary, request, endpoint.auth.value, pages)
    return f"| {' | '.join(cells)} |"


def _plain(endpoint: Endpoint) -> dict[str, object]:
    meanings = read_docstring(endpoint.doc).entries
    return {
        "name": endpoint.name,
        "method": endpoint.method,
        "host": urlsplit(endpoint.base.url).netloc,
        "path": endpoint.path,
        "params": [
            {
                "name": param.name,
                "wire": param.wire,
                "place": param.place,
                "required": param.required,
                "meaning": meanings.get(param.name, ""),
            }
            for param in endpoint.params
        ],
        "auth": endpoint.auth.value,
        "referer": endpoint.referer,
        "paging": paging_kind(endpoint.paging) if endpoint.paging else None,
        "status": endpoint.status,
    }
