"""The examples of an endpoint, as commands to type."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import cast

import click

from .._core.declaration.endpoint import Endpoint
from ..examples import Example, examples_of
from .output import Output

__all__ = ["show_examples"]


def show_examples(output: Output, endpoint: Endpoint) -> None:
    """
    Print the example calls of an *endpoint*, each with the request that it sends, and the reply.

    Args:
        output: Where to; of JSON output the replies only are a part.
        endpoint: What is called.

    Raises:
        click.UsageError: There is no example of it.
    """
    try:
        examples = examples_of(endpoint.name)
    except LookupError:
        raise click.UsageError(f"there is no example of {endpoint.name}") from None
    for example in examples:
        if not output.as_json:
            click.echo(_command(example))
            click.echo(f"  {example.request.method} {example.request.url}")
    output.json(examples[0].reply)


def _command(example: Example) -> str:
    pairs = [f"{name}={text}" for name, value in example.call.items() for text in _texts(value)]
    return shlex.join(["pixivkit", "call", example.endpoint, *pairs])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for one in cast("list[object]", value):
            yield from _texts(one)
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif isinstance(value, bytes):
        yield "FILE"
    else:
        yield str(value)
