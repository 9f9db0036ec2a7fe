"""``pixivkit endpoints``: what can be called."""

from __future__ import annotations

from urllib.parse import urlsplit

import click

from ..openapi.document import paging_kind
from ..registry import REGISTRY, Endpoint
from .output import Output

_COLUMNS = ("name", "method", "path", "auth", "paging", "status")


@click.command()
@click.argument("words", default="", metavar="[FILTER]")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def endpoints(words: str, as_json: bool) -> None:
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


def _plain(endpoint: Endpoint) -> dict[str, object]:
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
            }
            for param in endpoint.params
        ],
        "auth": endpoint.auth.value,
        "referer": endpoint.referer,
        "paging": paging_kind(endpoint.paging) if endpoint.paging else None,
        "status": endpoint.status,
    }
