"""
Write the pages for people who come from other clients.

``spec/clients/<client>.toml`` holds every public method of a client with its arguments, as they
are in a version of it, and what one uses here instead. What differs between its arguments and
those of the endpoint here is found from both; only what cannot be found is written there.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from pixivkit import Endpoint
from pixivkit.registry import REGISTRY

FOLDER: Final = "spec/clients"
_MOST_NAMED: Final = 5
"""How many of the arguments that only pixivkit has are named in a row."""

_PAGE: Final = """\
# Coming from {name}

{text}

## How things are done

There:

```{language}
{there}
```

Here:

```python
{here}
```

## Every method

Those of {name} {version}. Endpoints have the same name with one underscore turned into a dot.
Arguments are called as there, unless the table says so.{everywhere}

| there | here | request | what differs |
| --- | --- | --- | --- |
{rows}"""


@attrs.frozen
class Argument:
    """An argument of another client: its name, and its default if it has one."""

    name: str
    written: str
    has_default: bool
    default: object


@attrs.frozen
class Method:
    """
    A public method of another client.

    Attributes:
        name: Its name, with its class where that is not the client's main one.
        arguments: Its arguments, as a ``def`` would have them.
        here: What one uses in its place: ``px.`` and the path to a call or a method of the client,
            or the path of a public name.
        request: Method and path of its request, where it is not that of the endpoint here.
        dead: Whether it does not work: pixiv refuses it, or the client cannot read the reply.
        sends: What it sends if it is not given, by our names, where its arguments do not say so.
        renames: Our names of its arguments; empty for those that have nothing in their place.
        differs: What else is different, or why nothing takes its place.
    """

    name: str
    arguments: str = ""
    here: Sequence[str] = ()
    request: str = ""
    dead: bool = False
    sends: Mapping[str, object] = attrs.field(factory=dict[str, object])
    renames: Mapping[str, str] = attrs.field(factory=dict[str, str])
    differs: str = ""

    @property
    def endpoint(self) -> Endpoint | None:
        """The endpoint that takes its place; None for what is not a request."""
        return REGISTRY.get(self.here[0].removeprefix("px.")) if self.here else None

    def read_arguments(self) -> list[Argument]:
        """Its arguments, but those that take any other."""
        made = ast.parse(f"def method({self.arguments.replace('...', 'None')}): pass").body[0]
        assert isinstance(made, ast.FunctionDef)
        names = [argument.arg for argument in made.args.args]
        defaults = [ast.literal_eval(default) for default in made.args.defaults]
        plain: list[object] = [None] * (len(names) - len(defaults))
        return [
            Argument(
                name,
                f"{name}={default!r}" if at >= len(plain) else name,
                at >= len(plain),
                default,
            )
            for at, (name, default) in enumerate(zip(names, plain + defaults, strict=True))
        ]


@attrs.frozen
class OtherClient:
    """Another client, with all its public methods."""

    name: str
    package: str
    version: str
    head: Mapping[str, str]
    everywhere: Mapping[str, str]
    methods: Sequence[Method]

    def skips(self, argument: Argument) -> bool:
        """Whether the page says of an *argument* once what holds for all methods."""
        return argument.written in self.everywhere


def read_clients(root: Path) -> list[OtherClient]:
    """Read what is written of every client."""
    return [_read(file) for file in sorted((root / FOLDER).glob("*.toml"))]


def _read(file: Path) -> OtherClient:
    read: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    methods = [Method(name, **fields) for name, fields in read["methods"].items()]
    return OtherClient(
        read["client"],
        read["package"],
        read["version"],
        read["head"],
        read.get("everywhere", {}),
        methods,
    )


def pages(root: Path) -> dict[str, str]:
    """The page of each client, by the name of its file."""
    return {f"docs/moving/{client.name}.md": _page(client) for client in read_clients(root)}


def _page(client: OtherClient) -> str:
    everywhere = [f"* `{written}`: {text}\n" for written, text in client.everywhere.items()]
    return _PAGE.format(
        name=client.name,
        version=client.version,
        text=client.head["text"].strip(),
        language=client.head.get("language", "python"),
        there=client.head["there"].strip(),
        here=client.head["here"].strip(),
        everywhere="\n\n" + "".join(everywhere).rstrip() if everywhere else "",
        rows="".join(_row(client, method) for method in client.methods),
    )


def _row(client: OtherClient, method: Method) -> str:
    here = ", ".join(f"`{_shown(name)}`" for name in method.here) or "-"
    cells = (f"`{method.name}`", here, _request(method), " ".join(_differences(client, method)))
    return f"| {' | '.join(cells)} |\n"


def _shown(name: str) -> str:
    """A name as one writes it: ``Pixiv(language=)`` for a parameter."""
    return name.replace(")", "=)").removeprefix("pixivkit.") if name.endswith(")") else name


def _request(method: Method) -> str:
    if method.endpoint is None:
        return ""
    ours = f"`{method.endpoint.method} {method.endpoint.path}`"
    return f"{ours}, there `{method.request}`" if method.request else ours


def _differences(client: OtherClient, method: Method) -> Iterator[str]:
    if method.differs:
        yield method.differs
    endpoint = method.endpoint
    # What calls itself something else altogether has arguments of its own.
    if endpoint is None or (method.dead and not method.request):
        return
    taken: set[str] = set()
    for argument in method.read_arguments():
        name = our_name(method, argument, endpoint)
        taken.add(name)
        if not client.skips(argument):
            yield from _renamed(argument, name, endpoint)
            yield from _defaults(name, argument.default, endpoint)
    for name, value in method.sends.items():
        yield from _defaults(name, value, endpoint)
    more = [f"`{param.name}`" for param in endpoint.params if param.name not in taken]
    if len(more) > _MOST_NAMED:
        more[_MOST_NAMED - 1 :] = [f"and {len(more) - _MOST_NAMED + 1} more"]
    if more:
        yield f"Here also {', '.join(more)}."


def our_name(method: Method, argument: Argument, endpoint: Endpoint) -> str:
    """What an *argument* is called here; empty where nothing takes its place."""
    if argument.name in method.renames:
        return method.renames[argument.name]
    snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in argument.name)
    return snake if any(param.name == snake for param in endpoint.params) else ""


def _renamed(argument: Argument, name: str, endpoint: Endpoint) -> Iterator[str]:
    if all(param.name != name for param in endpoint.params):
        yield f"`{argument.name}` is not here."
    elif argument.name.lower() != name.replace("_", "") and argument.name != name:
        yield f"`{argument.name}` is `{name}` here."


def _defaults(name: str, theirs: object, endpoint: Endpoint) -> Iterator[str]:
    param = next((param for param in endpoint.params if param.name == name), None)
    if param is None or theirs is None or theirs == param.default:
        return
    ours = f"`{param.default!r}`" if param.default is not None else "left out"
    ours = "required" if param.required else ours
    yield f"`{name}`: `{theirs!r}` if not given there, {ours} here."
