"""``pixivkit call``: one call, or some pages of a list."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import click
from click.shell_completion import CompletionItem

from .._core.basics.suggest import did_you_mean
from .._core.calls.call import Pages
from .._core.declaration.endpoint import Endpoint
from ..openapi.docstrings import read_docstring
from ..registry import REGISTRY
from .argument_words import choices, given_by_caller
from .described import facts_of, parameter_rows
from .examples import show_examples
from .items import show_items, show_result
from .options import Connection, cluster_options, connection_options, output_options
from .output import Output, one_line
from .values import read_arguments
from .waiting import run

__all__ = ["call"]


class _EndpointCommand(click.Command):
    """The call of one endpoint; its help is made from the declaration."""

    def __init__(self, endpoint: Endpoint, **settings: Any) -> None:
        super().__init__(endpoint.name, **settings)
        self.endpoint = endpoint

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if rows := parameter_rows(self.endpoint):
            with formatter.section("Arguments"):
                formatter.write_dl(rows)
        super().format_options(ctx, formatter)
        with formatter.section("About"):
            formatter.write_dl(facts_of(self.endpoint))


class _Calls(click.Group):
    """A command for each endpoint, made when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(REGISTRY)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        endpoint = REGISTRY.get(cmd_name)
        return None if endpoint is None else _command(endpoint)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in REGISTRY:
            msg = f"no endpoint is called {args[0]!r}{did_you_mean(args[0], REGISTRY)}"
            raise click.UsageError(f"{msg}. See `pixivkit endpoints`.")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All the endpoints would be a list of several screens: ``endpoints`` has it."""


def _complete_pair(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Complete ``name=`` and, where they are known, its values."""
    endpoint = REGISTRY[ctx.info_name or ""]
    given: list[str] = list(ctx.params.get(param.name or "") or ())
    # Bash takes an equals sign for a word of its own, and click one that comes last for nothing.
    match given, incomplete:
        case [*_, name, "="], _:
            return _values(endpoint, name, incomplete)
        case [*_, name], "" if "=" not in name:
            return _values(endpoint, name, "")
        case _:
            pass
    name, equals, value = incomplete.partition("=")
    if equals:
        return [CompletionItem(f"{name}={item.value}") for item in _values(endpoint, name, value)]
    meanings = read_docstring(endpoint.doc).entries
    return [
        CompletionItem(f"{one.name}=", help=one_line(meanings.get(one.name)))
        for one in given_by_caller(endpoint)
        if one.name.startswith(incomplete)
    ]


def _values(endpoint: Endpoint, name: str, incomplete: str) -> list[CompletionItem]:
    words = [
        word
        for param in endpoint.params
        if name in (param.name, param.wire)
        for word in choices(param.accepts)
    ]
    return [CompletionItem(word) for word in words if word.startswith(incomplete)]


def _command(endpoint: Endpoint) -> click.Command:
    doc = read_docstring(endpoint.doc)
    is_list = endpoint.paging is not None

    @click.argument("pairs", nargs=-1, metavar="[NAME=VALUE]...", shell_complete=_complete_pair)
    @click.option("--pages", type=click.IntRange(1), hidden=not is_list, help="How many pages; 1.")
    @click.option("--items", type=click.IntRange(1), hidden=not is_list, help="How many items.")
    @click.option("--example", is_flag=True, help="Show an example, and send nothing.")
    @output_options
    @connection_options
    @cluster_options
    def called(
        pairs: tuple[str, ...],
        pages: int | None,
        items: int | None,
        example: bool,
        output: Output,
        connection: Connection,
    ) -> None:
        if not is_list and (pages or items):
            msg = f"{endpoint.name} is no list: it has no pages or items to count"
            raise click.UsageError(msg)
        if pages and items:
            raise click.UsageError("choose one of --pages and --items")
        if example:
            show_examples(output, endpoint)
            return
        arguments = read_arguments(endpoint, pairs)
        connected = connection.connected()
        px = connection.chosen(connected)

        async def work() -> None:
            async with connected:
                made = px.call(endpoint.name, **arguments)
                if isinstance(made, Pages):
                    await show_items(output, _items(made, pages, items))
                else:
                    show_result(output, await made)

        run(work)

    texts = (one.replace("`", "") for one in (doc.summary, doc.description) if one)
    return _EndpointCommand(
        endpoint,
        callback=called,
        params=list(reversed(getattr(called, "__click_params__", []))),
        help="\n\n".join(texts),
        short_help=doc.summary,
    )


async def _items(
    made: Pages[Any, Any], pages: int | None, items: int | None
) -> AsyncGenerator[object]:
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


@click.group(
    short_help="Call an endpoint by its name.",
    cls=_Calls,
    subcommand_metavar="NAME [NAME=VALUE]...",
    no_args_is_help=True,
)
def call() -> None:
    """
    Call the endpoint NAME with arguments.

    `pixivkit call NAME --help` tells what it takes. For a list of values repeat NAME=VALUE; files
    are paths; true and false are spelled so; an empty value is none where the parameter may be
    none. PIXIVKIT_HOSTS names other hosts than pixiv's: the URL of a running `pixivkit serve`, or
    app=URL,oauth=URL,web=URL,images=URL.

    \b
    Examples:
      pixivkit call app.illust.detail illust_id=1
      pixivkit call app.search.illust word=cat --items 100 --json
    """
