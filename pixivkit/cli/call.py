"""``pixivkit call``: one call, or some pages of a list."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, cast

import click

from .._core.calls.call import Pages
from .._core.structuring.model_fields import model_fields
from ..client import Pixiv
from ..errors import InvalidArgument
from ..models.base import Model
from ..registry import find_endpoint
from ..structuring import unstructure
from .client_options import client_options
from .examples import show_examples
from .output import Output, leaves, one_line
from .values import read_arguments
from .waiting import run

_SHOWN = (
    "id", "illust_id", "user_id", "rank", "title", "name", "tag", "user_name", "user", "type",
    "comment", "create_date",
)  # fmt: skip


@click.command()
@click.argument("name")
@click.argument("pairs", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: of a list, an item a line.")
@click.option("--pages", type=click.IntRange(1), help="Of a list: how many pages; 1 by default.")
@click.option("--items", type=click.IntRange(1), help="Of a list: how many items.")
@click.option("--example", is_flag=True, help="Show an example, and send nothing.")
@click.option("--server", metavar="URL", help="Call a running `pixivkit serve`, not pixiv.")
def call(
    name: str,
    pairs: tuple[str, ...],
    as_json: bool,
    pages: int | None,
    items: int | None,
    example: bool,
    server: str | None,
) -> None:
    """
    Call the endpoint NAME with arguments.

    For a list of values repeat NAME=VALUE; files are paths; yes and no are true and false; an
    empty value is none where the parameter may be none.
    PIXIVKIT_HOSTS names other hosts than pixiv's: the URL of a running `pixivkit serve`, or
    app=URL,oauth=URL,web=URL,images=URL.

    \b
    Examples:
      pixivkit call app.illust.detail illust_id=1
      pixivkit call app.search.illust word=cat --items 100 --json
    """
    try:
        endpoint = find_endpoint(name)
    except InvalidArgument as exc:
        raise click.UsageError(f"{exc} See `pixivkit endpoints`.") from None
    if endpoint.paging is None and (pages or items):
        raise click.UsageError(f"{name} is no list: it has no pages or items to count")
    if pages and items:
        raise click.UsageError("choose one of --pages and --items")
    output = Output()
    if example:
        show_examples(output, endpoint, as_json=as_json)
        return
    arguments = read_arguments(endpoint, pairs)
    options = client_options(server)

    async def work() -> None:
        async with Pixiv(**options) as px:
            made = px.call(endpoint.name, **arguments)
            if isinstance(made, Pages):
                await _show_items(output, made, as_json, pages, items)
            else:
                _show(output, await made, as_json)

    run(work)


def _show(output: Output, value: object, as_json: bool) -> None:
    plain = unstructure(value)
    if as_json:
        output.json(plain)
    else:
        output.table(("field", "value"), list(leaves(plain)))


async def _show_items(
    output: Output, made: Pages[Any, Any], as_json: bool, pages: int | None, items: int | None
) -> None:
    rows: list[list[object]] = []
    columns: list[str] = []
    async for item in _items(made, pages, items):
        if as_json:
            output.json(unstructure(item), indent=False)
            continue
        columns = columns or _columns(item)
        rows.append([_cell(item, column) for column in columns])
        if output.plain:
            output.line(*rows.pop())
    if rows:
        output.table(columns, rows)


async def _items(
    made: Pages[Any, Any], pages: int | None, items: int | None
) -> AsyncIterator[object]:
    left_pages = pages or (None if items else 1)
    left_items = items
    async for page in made.pages():
        for broken in page.broken:
            click.echo(f"pixivkit: left out: {one_line(broken.error)}", err=True)
        for item in page.items[:left_items]:
            yield item
        if left_items is not None:
            left_items -= len(page.items)
            if left_items <= 0:
                return
        if left_pages is not None:
            left_pages -= 1
            if left_pages == 0:
                return


def _columns(item: object) -> list[str]:
    """Return the names of the fields that identify an item, or of its first ones."""
    if not isinstance(item, Model):
        return []
    names = [field.name for field in model_fields(type(item))]
    return [name for name in _SHOWN if name in names] or names[:5]


def _cell(item: object, column: str) -> object:
    value = getattr(item, column)
    if isinstance(value, Model):
        return getattr(value, "name", None) or getattr(value, "id", "")
    if isinstance(value, list | dict):
        return len(cast("list[object]", value))
    return value
