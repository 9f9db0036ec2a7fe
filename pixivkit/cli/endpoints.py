"""``pixivkit endpoints``: list the endpoints."""

from __future__ import annotations

from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem

from .._core.basics.suggest import did_you_mean
from ..openapi.docstrings import read_docstring
from ..openapi.document import paging_kind
from ..registry import REGISTRY, Endpoint
from .described import endpoint_data, facts_of, parameter_rows
from .output import Output

_COLUMNS = ("name", "method", "path", "auth", "paging", "status")


def _complete_name(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    return [CompletionItem(name) for name in sorted(REGISTRY) if name.startswith(incomplete)]


@click.command(short_help="List or describe the endpoints.")
@click.argument("words", default="", metavar="[NAME|FILTER]", shell_complete=_complete_name)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.option("--markdown", is_flag=True, help="Print a table in Markdown.")
def endpoints(words: str, as_json: bool, markdown: bool) -> None:
    """
    List the endpoints, all or those with FILTER in their name or path; or describe the one NAME.
    """
    found = [
        endpoint
        for name, endpoint in sorted(REGISTRY.items())
        if words.lower() in name.lower() or words.lower() in endpoint.path.lower()
    ]
    output = Output(as_json=as_json)
    if as_json:
        output.json([endpoint_data(endpoint) for endpoint in found])
        return
    if markdown:
        click.echo(markdown_table(found), nl=False)
        return
    if words in REGISTRY:
        _describe(output, REGISTRY[words])
        return
    if not found:
        output.note(
            f"no endpoint has {words!r} in its name or path{did_you_mean(words, REGISTRY)}"
        )
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


def _describe(output: Output, endpoint: Endpoint) -> None:
    doc = read_docstring(endpoint.doc)
    texts = [one.replace("`", "") for one in (doc.summary, doc.description) if one]
    rows = [("endpoint", endpoint.name), ("what", " ".join(texts)), *facts_of(endpoint)]
    output.table(("", ""), [*rows, *parameter_rows(endpoint)])


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
