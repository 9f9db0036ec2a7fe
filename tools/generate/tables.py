"""Write tables of endpoints and resources in Markdown."""

from __future__ import annotations

import importlib
import inspect
import re
from typing import Final

from pixivkit import Endpoint
from pixivkit.cli.endpoints import markdown_table
from pixivkit.registry import built_in_endpoints
from pixivkit.testing import FakePixiv

_RESOURCES: Final = re.compile(r"(?<=<!-- resources -->\n).*?(?=<!-- /resources -->)", re.S)
_PAGE: Final = """\
# Endpoints

Every call there is, and the request that it sends. `pixivkit endpoints` prints the same.

"""
_STATIC: Final = """
## Answered from examples

The fake pixiv keeps no state for these: it answers them from their examples.

"""


def endpoints_page() -> str:
    """The page of all endpoints."""
    fake = FakePixiv(works=1, users=2)
    static = [f"* `{one.name}`\n" for one in _built_in() if not fake.simulates(one.name)]
    return "".join([_PAGE, markdown_table(_built_in()), _STATIC, *static])


def with_resources(readme: str) -> str:
    """The *readme* with a line for each resource."""
    resources: dict[str, list[Endpoint]] = {}
    for endpoint in _built_in():
        resources.setdefault(".".join(endpoint.name.split(".")[:2]), []).append(endpoint)
    rows = [
        f"| `px.{name}` | {_about(endpoints[0])} | {len(endpoints)} |\n"
        for name, endpoints in resources.items()
        if not name.startswith("oauth.")
    ]
    table = "".join(["| resource | what | endpoints |\n| --- | --- | --- |\n", *rows])
    made, count = _RESOURCES.subn(lambda _: table, readme)
    assert count == 1, "the README has a place for the resources"
    return made


def _built_in() -> list[Endpoint]:
    return sorted(built_in_endpoints(), key=lambda endpoint: endpoint.name)


def _about(endpoint: Endpoint) -> str:
    """Return the first line of the docstring of the class of an endpoint."""
    module = importlib.import_module(endpoint.declaration.__module__)
    kind = getattr(module, endpoint.declaration.__qualname__.partition(".")[0])
    return (inspect.getdoc(kind) or "").partition("\n")[0]
