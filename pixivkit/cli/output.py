"""Print output: tables and colours for people, tab-separated lines for programs."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

import click
import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text


def one_line(value: object) -> str:
    """Return *value* as text without line breaks, tabs or control characters."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        return value.isoformat()
    text = " ".join(str(value).split())
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


class Output:
    """
    Standard output.

    Attributes:
        plain: Whether it is no terminal.
        as_json: Whether JSON is to be printed, and nothing else.
        quiet: Whether to leave out what is no result.
    """

    def __init__(self, *, as_json: bool = False, quiet: bool = False) -> None:
        self.plain: bool = not sys.stdout.isatty()
        self.as_json = as_json
        self.quiet = quiet
        self._console = Console(highlight=False, markup=False, emoji=False)

    @property
    def console(self) -> Console:
        """The console of rich, on a terminal."""
        return self._console

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Print *rows*: a table, or a line for each without a heading."""
        if self.plain:
            for row in rows:
                self.line(*row)
            return
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        for index, column in enumerate(columns):
            table.add_column(column, style="cyan" if index == 0 else "", overflow="fold")
        for row in rows:
            table.add_row(*(Text(one_line(cell)) for cell in row))
        self._console.print(table)

    def line(self, *cells: object, style: str = "", width: int = 0) -> None:
        """Print *cells* on one line; on a terminal the first is in *style* and *width* wide."""
        texts = [one_line(cell) for cell in cells]
        if self.plain:
            click.echo("\t".join(texts))
            return
        shown = Text().append(texts[0].ljust(width), style)
        for text in texts[1:]:
            shown.append(f"  {text}")
        self._console.print(shown, soft_wrap=True)

    def note(self, words: str) -> None:
        """Say on standard error what is no result."""
        if not self.quiet:
            click.echo(f"pixivkit: {one_line(words)}", err=True)

    def json(self, value: object, *, indent: bool = True) -> None:
        """Print *value* as one JSON document; without *indent*, on one line."""
        options = orjson.OPT_NON_STR_KEYS | (orjson.OPT_INDENT_2 if indent else 0)
        click.echo(orjson.dumps(value, option=options).decode())


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield each value inside *value* that is not empty, with its dotted path."""
    if isinstance(value, Mapping):
        for key, inner in cast("Mapping[Any, object]", value).items():
            yield from leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, inner in enumerate(cast("list[object]", value)):
            yield from leaves(inner, f"{path}[{index}]")
    elif value is not None and value != "":
        yield path, value
